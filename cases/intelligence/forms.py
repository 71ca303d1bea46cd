"""An item as an officer types it: its title and handling, and up to fifty graded paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.http import rows_said
from accounts.models import Officer
from cases.casefiles.models import CaseFile, CaseFileQuerySet
from cases.intelligence import grading
from cases.intelligence.models import Paragraph
from cases.intelligence.rules import MOST_PARAGRAPHS, parts_of, says_enough
from cases.records import handling
from cases.records.models import Rendition

Grouped = list[tuple[Any, Any]]
LONGEST_CODE = 8
MOST_FILES = 200
CODES_WANTED = _("Write the codes of countries, not their names.")
PARAGRAPH_WRONG = _("Paragraph %(number)s needs correcting.")
HOW_MANY = _("An item has 1 to 50 numbered paragraphs.")
MIXED = _("Source and information are graded on one scale.")


class SinceForm(forms.Form):
    """What a case's list of items is narrowed to, in its address."""

    since = forms.DateTimeField(required=False)


def grouped(words: grading.Words, first: str) -> Grouped:
    """The codes of every scale, each as `scale:code`, one's own agency's scale first."""
    scales = sorted(grading.Scheme, key=lambda scheme: scheme.value != first)
    options = [(scale.label, [(f"{scale}:{code}", f"{code}  {said}") for code, said in words[scale].items()]) for scale in scales]
    return [("", _("Choose")), *options]


def handlings(first: str, empty: Any) -> Grouped:
    schemes = sorted(handling.Scheme, key=lambda scheme: scheme.value != first)
    options = [(s.label, [(f"{s}:{code}", label) for code, label in handling.choices(s)]) for s in schemes]
    return [("", empty), *options]


class HandledForm(forms.Form):
    """One handling code with what it may need besides."""

    handling = forms.ChoiceField(label=_("Handling"))
    handling_text = forms.CharField(
        label=_("Conditions in words"), max_length=500, required=False, help_text=_("For codes that say they need them.")
    )
    handling_countries = forms.CharField(
        label=_("Countries it may go to"),
        max_length=200,
        required=False,
        help_text=_("Codes with commas between; for “only for the countries listed”."),
    )

    def clean_handling_countries(self) -> list[str]:
        codes = [code.strip() for code in self.cleaned_data["handling_countries"].upper().split(",")]
        if any(len(code) > LONGEST_CODE for code in codes):
            raise forms.ValidationError(CODES_WANTED)
        return list(dict.fromkeys(filter(None, codes)))

    def handled(self) -> dict[str, Any]:
        """As the action takes it; nothing where the whole item's handling is meant."""
        given = self.cleaned_data
        scheme, _colon, code = given["handling"].partition(":")
        if not code:
            return {}
        beside = {name: given[name] for name in ("handling_text", "handling_countries")}
        return {"handling_scheme": scheme, "handling_code": code} | beside


class ParagraphForm(HandledForm):
    """One numbered paragraph."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(label=_("What it is"), choices=Paragraph.Kind.choices, initial=Paragraph.Kind.INFORMATION)
    source = forms.ChoiceField(label=_("Source"))
    information = forms.ChoiceField(label=_("Information"))

    field_order = ("text", "kind", "source", "information", "handling", "handling_text", "handling_countries")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = officer.agency
        self.fields["source"].choices = grouped(grading.SOURCE, agency.grading_scheme)  # type: ignore[attr-defined]
        self.fields["information"].choices = grouped(grading.INFORMATION, agency.grading_scheme)  # type: ignore[attr-defined]
        self.fields["handling"].choices = handlings(agency.handling_scheme, _("As the whole item"))  # type: ignore[attr-defined]
        self.fields["handling"].required = False
        self.fields["handling"].label = _("Handling of this paragraph")

    def clean(self) -> None:
        source, information = (self.cleaned_data.get(name, "").partition(":")[0] for name in ("source", "information"))
        if source and information and source != information:
            self.add_error("information", str(MIXED))

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        scheme, _colon, source = self.cleaned_data["source"].partition(":")
        information = self.cleaned_data["information"].partition(":")[2]
        graded = {"scheme": scheme, "source_code": source, "information_code": information}
        return {name: self.cleaned_data[name] for name in ("text", "kind")} | graded | self.handled()


class TornForm(ParagraphForm):
    """A paragraph that leaves, beside the one of the original that it stands for (none: it says what the original does not)."""

    of = forms.IntegerField(required=False, min_value=1, max_value=MOST_PARAGRAPHS, widget=forms.HiddenInput)


class ItemForm(HandledForm):
    """What is said of the whole item."""

    title = forms.CharField(label=_("Title"), max_length=200)
    dated_on = forms.DateField(
        label=_("Date of the information"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ("casefile", "title", "dated_on", "language", "reason", "handling", "handling_text", "handling_countries")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handling"].choices = handlings(officer.agency.handling_scheme, _("Choose"))  # type: ignore[attr-defined]
        self.fields["language"].initial = officer.agency.language

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith("handling")}
        return given | self.handled()


class NewItemForm(ItemForm):
    """With the file it is recorded in."""

    casefile = forms.ModelChoiceField(label=_("Recorded in"), queryset=CaseFile.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, **kwargs)
        self.fields["casefile"].queryset = _last_worked_on(CaseFile.objects.holding("work", officer).open())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        given = super().facts()
        return given | {"casefile_id": given.pop("casefile").pk}


class CorrectionForm(ItemForm):
    """With the reason that stands on the new version."""

    reason = forms.CharField(label=_("What was wrong, or why it is said anew"), max_length=500)


class TearLineForm(ItemForm):
    reason = forms.CharField(label=_("What was taken out, and for whom"), max_length=500, required=False)


class ParagraphSet(forms.BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = dict.fromkeys(("missing_management_form", "too_few_forms", "too_many_forms"), HOW_MANY)

    def facts(self) -> list[dict[str, Any]]:
        """Every paragraph that was begun, in its order."""
        return [form.facts() for form in self.forms if form.has_changed()]


class TornSet(ParagraphSet):
    def facts(self) -> list[dict[str, Any]]:
        """In the order of the original, then what the original does not say."""
        begun = sorted((form for form in self.forms if form.has_changed()), key=lambda form: form.cleaned_data["of"] or MOST_PARAGRAPHS + 1)
        return [form.facts() for form in begun]


def _set_of(form: type[ParagraphForm], formset: type[ParagraphSet]) -> type[ParagraphSet]:
    made = forms.formset_factory(
        form, formset=formset, extra=0, min_num=1, max_num=MOST_PARAGRAPHS, absolute_max=MOST_PARAGRAPHS, validate_min=True,
        validate_max=True,
    )  # fmt: skip
    return cast("type[ParagraphSet]", made)


Paragraphs, Torn = _set_of(ParagraphForm, ParagraphSet), _set_of(TornForm, TornSet)
PREFIX = "paragraphs"


def complete(item: ItemForm, paragraphs: ParagraphSet) -> bool:
    """Whether all of it can be kept; what is wrong is said once, at the head of the form."""
    sound = item.is_valid()
    for number, form in enumerate(paragraphs.forms, start=1):
        if not form.is_valid():
            item.add_error(None, format_html('<a href="#part-{}">{}</a>', number, str(PARAGRAPH_WRONG) % {"number": number}))
    for error in paragraphs.non_form_errors():
        item.add_error(None, error)
    if not (sound and paragraphs.is_valid()):
        return False
    marked = item.handled()
    verdict = says_enough(marked, parts_of(marked, paragraphs.facts()))
    if not verdict:
        item.add_error(None, verdict.reason)
    return bool(verdict)


def typed(sent: Mapping[str, str], grow: str) -> list[dict[str, str]]:
    """The paragraphs as they were typed, unchecked, for a form that goes on: one "more", or without the one of this number."""
    said = rows_said(sent.get(f"{PREFIX}-TOTAL_FORMS", ""))
    count = 1 if said is None else min(said, MOST_PARAGRAPHS)
    rows = [{name: sent.get(f"{PREFIX}-{number}-{name}", "") for name in TornForm.base_fields} for number in range(count)]
    kept = [row for number, row in enumerate(rows) if str(number) != grow]
    return [*kept, {}][:MOST_PARAGRAPHS] if grow == "more" or not kept else kept


def as_typed(rendition: Rendition, paragraphs: Iterable[Paragraph]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A version as the form would have been filled in for it."""
    item = {"title": rendition.title, "dated_on": rendition.dated_on, "language": rendition.language} | _handled(rendition)
    return item, [_part(each) for each in paragraphs]


def as_torn(paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    """What a tear-line begins with, each beside what it stands for: where the original has it from stays here unless it is brought over."""
    return [_torn(each) for each in paragraphs if each.kind != Paragraph.Kind.PROVENANCE] or [{}]


def brought_over(rows: list[dict[str, str]], grow: str, paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    """The paragraphs as they were typed, with the one of the original that was asked for, once ("over-3")."""
    there = {row.get("of") for row in rows}
    wanted = [each for each in paragraphs if grow == f"over-{each.number}" and str(each.number) not in there]
    begun = [row for row in rows if any(row.values())] if wanted else rows
    return [*begun, *map(_torn, wanted)][:MOST_PARAGRAPHS]


def side_by_side(paragraphs: Iterable[Paragraph], torn: ParagraphSet) -> list[tuple[Paragraph | None, Any, int]]:
    """Each paragraph of the original with what leaves for it, if anything does, and the place of that in its set; then what is added."""
    placed = {str(form["of"].value() or ""): (form, place) for place, form in reversed([*enumerate(torn.forms)])}
    rows: list[tuple[Paragraph | None, Any, int]] = [(each, *placed.get(str(each.number), (None, -1))) for each in paragraphs]
    shown = {place for _original, _form, place in rows}
    return [*rows, *((None, form, place) for place, form in enumerate(torn.forms) if place not in shown)]


def _torn(paragraph: Paragraph) -> dict[str, Any]:
    return _part(paragraph) | {"of": str(paragraph.number)}


def _part(each: Paragraph) -> dict[str, Any]:
    graded = {"source": f"{each.scheme}:{each.source_code}", "information": f"{each.scheme}:{each.information_code}"}
    return {"text": each.text, "kind": each.kind} | graded | _handled(each)


def _last_worked_on(files: CaseFileQuerySet) -> CaseFileQuerySet:
    """As many as a list to choose from can hold."""
    newest = files.order_by("-active_at", "pk").values("pk")[:MOST_FILES]
    return files.filter(pk__in=newest).order_by("-active_at", "pk")


def _handled(thing: Rendition | Paragraph) -> dict[str, str]:
    code = f"{thing.handling_scheme}:{thing.handling_code}"
    return {"handling": code, "handling_text": thing.handling_text, "handling_countries": ", ".join(thing.handling_countries)}


class ItemsForm(forms.Form):
    """What a list of items is narrowed to."""

    casefile = forms.ModelChoiceField(label=_("Case"), queryset=CaseFile.objects.none(), required=False, empty_label=_("All cases"))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["casefile"].queryset = _last_worked_on(CaseFile.objects.visible_to(officer))  # type: ignore[attr-defined]

    def chosen(self) -> CaseFile | None:
        return self.cleaned_data["casefile"] if self.is_valid() else None
