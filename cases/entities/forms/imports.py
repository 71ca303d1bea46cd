"""A file from outside, and what its columns are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.entities import actions, currencies, moments, transport
from cases.entities.identifiers import IdentifierType, country_code
from cases.entities.models import EntityType, ImportMapping
from cases.entities.rules import CONDITIONS_WANTED, is_handling, is_mapped
from cases.entities.transport import NUMBER
from cases.records import handling
from cases.records.handling import Atom

COLUMNS = "columns"
SAMPLES = 3
OF_MAPPING = ("rows", "dates", "etype", "decimals", "currency", "zone", "ends")
"""What a remembered mapping says besides its columns."""
ASKED_OF: dict[str, tuple[str, ...]] = {
    transport.Kind.ENTITIES: ("etype",),
    transport.Kind.MONEY: ("decimals", "currency", "zone", "own", "ends"),
    transport.Kind.CALLS: ("zone", "own", "ends"),
}
SIGNS = {",": _("Comma"), ";": _("Semicolon"), "\t": _("Tab"), "|": _("Bar |")}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), allow_empty_file=False, help_text=_("CSV, .xlsx or .ods. It is removed here once its rows are in."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods"}),
    )  # fmt: skip


class PlanForm(forms.Form):
    """Which table of the file, how it is read, and what the register will be."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    header = forms.IntegerField(label=_("Row of the header"), min_value=0, max_value=1_000_000, help_text=_("0 if it has none."))
    encoding = forms.ChoiceField(label=_("Letters"), choices=[(each, each) for each in transport.ENCODINGS])
    delimiter = forms.ChoiceField(label=_("Between the cells"), choices=list(SIGNS.items()))
    mapping = forms.ChoiceField(label=_("Columns as in"), required=False)
    rows = forms.ChoiceField(label=_("Each row says"), choices=transport.Kind.choices, required=False)
    dates = forms.ChoiceField(label=_("Dates are written"), choices=[("", _("Say which")), *transport.DateOrder.choices])
    etype = forms.ChoiceField(
        label=_("Each row is a"), choices=EntityType.choices, required=False, help_text=_("Unless a column says the kind.")
    )
    decimals = forms.ChoiceField(
        label=_("Decimal sign"), choices=[("", _("Say which")), (".", _("Point")), (",", _("Comma"))], required=False
    )
    currency = forms.CharField(
        label=_("Currency"), max_length=currencies.LONGEST, required=False, help_text=_("Of rows that say none; its code, as USD.")
    )
    zone = forms.CharField(
        label=_("Time zone"), max_length=moments.LONGEST_ZONE, required=False,
        help_text=_("Of times that say none: as America/Bogota, −05:00 or Z."),
    )  # fmt: skip
    own = forms.CharField(
        label=_("Whose table it is"), max_length=200, required=False,
        help_text=_("The account or number that stands where a row leaves one end empty. A minus sign or “in” turns a row round."),
    )  # fmt: skip
    ends = forms.BooleanField(
        label=_("Note each account and number as a mention"), required=False, initial=True,
        help_text=_("They can then be taken for subjects, and are compared with what other agencies hold."),
    )  # fmt: skip
    register = forms.ChoiceField(label=_("Goes into"), required=False)
    title = forms.CharField(label=_("The register is called"), max_length=200)
    handling_code = forms.ChoiceField(label=_("Handling"))
    handling_text = forms.CharField(
        label=_("Conditions in words"), max_length=500, required=False, help_text=_("Where the handling code wants them.")
    )

    def __init__(self, *args: Any, opened: actions.OpenImport, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened, self.scheme = opened, officer.agency.handling_scheme
        choices: dict[str, Iterable[tuple[str, Any]]] = {
            "sheet": [(str(number), _sheet(name, hidden=hidden)) for number, (name, hidden) in enumerate(opened.job.sheets)],
            "mapping": [("", _("Guessed from the header")), *((str(each.pk), each.name) for each in opened.mappings)],
            "register": [("", _("A new register")), *((str(each.record_id), each.title) for each in opened.registers)],
            "handling_code": [
                (code, said) for code, said in handling.choices(self.scheme) if Atom.REL_TO not in handling.CODES[self.scheme, code].atoms
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = list(offered)  # type: ignore[attr-defined]
        if chosen := self._chosen():
            self.initial = dict(self.initial) | {name: chosen.mapping[name] for name in OF_MAPPING if name in chosen.mapping}
        for name in ("encoding", "delimiter") if opened.job.format != transport.Format.CSV else ("sheet",):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> None:
        given = self.cleaned_data
        if not is_handling(self.scheme, given.get("handling_code", ""), given.get("handling_text", "")):
            self.add_error("handling_text", str(CONDITIONS_WANTED.text))
        if self.rows_are() == transport.Kind.MONEY and not given.get("decimals"):
            self.add_error("decimals", str(_("Say which sign stands before the decimals.")))
        given["zone"] = given.get("zone", "").replace("\u2212", "-")
        try:
            moments.zone_of(given["zone"])
        except ValueError:
            self.add_error("zone", str(moments.UNREADABLE))

    def reading(self) -> transport.Reading:
        """Which table is shown: as it is asked for, or as it was."""
        kept = self.opened.job.reading
        asked = {name: self[name].value() for name in ("sheet", "encoding", "delimiter")}
        sheet = str(asked["sheet"])
        number = int(sheet) if sheet.isascii() and sheet.isdigit() and len(sheet) < 4 else 0  # noqa: PLR2004
        letters = asked["encoding"] if asked["encoding"] in transport.ENCODINGS else kept["encoding"]
        sign = asked["delimiter"] if asked["delimiter"] in transport.DELIMITERS else kept["delimiter"]
        return transport.Reading(self.opened.job.format, number, letters, sign)

    def header_row(self) -> int:
        said = str(self["header"].value())
        return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0  # noqa: PLR2004

    def rows_are(self) -> str:
        """What each row says, as it is asked for."""
        said = str(self["rows"].value())
        return said if said in transport.Kind.values else str(transport.Kind.ENTITIES)

    def _chosen(self) -> ImportMapping | None:
        return next((each for each in self.opened.mappings if str(each.pk) == self["mapping"].value()), None)

    def remembered(self) -> Mapping[str, Any]:
        """The columns of the mapping that was chosen, by their headers; nothing where none was."""
        chosen = self._chosen()
        return {column["header"]: column for column in chosen.mapping["columns"]} if chosen else {}

    def plan(self, reading: transport.Reading, columns: list[transport.Column]) -> actions.Plan:
        """What the action takes."""
        given = self.cleaned_data
        etype, decimals = given["etype"] or EntityType.PERSON, given["decimals"] or "."
        more = (
            {name: given[name] for name in ("zone", "own", "ends")}
            | {"rows": self.rows_are()}
            | {"currency": given["currency"].strip().upper()}
        )
        mapping = transport.TableMapping(given["header"], given["dates"], etype, columns, decimals=decimals, **more)
        register_id = UUID(given["register"]) if given["register"] else None
        return actions.Plan(reading, mapping, given["title"], given["handling_code"], given["handling_text"], register_id)

    def at_first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "header", "encoding", "delimiter", "mapping", "rows")]

    def of_register(self) -> list[forms.BoundField]:
        """How the cells are read, and what the register will be: a payment has more that a table may leave unsaid."""
        register = ("register", "title", "handling_code", "handling_text")
        return [self[name] for name in ("dates", *ASKED_OF[self.rows_are()], *register)]


def _sheet(name: str, *, hidden: bool) -> str:
    return str(_("%(name)s (hidden)")) % {"name": name} if hidden else name


class ColumnForm(forms.Form):
    """What one column is taken for."""

    field = forms.ChoiceField(label=_("Taken for"), required=False)
    country = forms.CharField(label=_("Country of its numbers"), max_length=60, required=False)

    def __init__(self, *args: Any, rows: str = transport.Kind.ENTITIES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        if rows != transport.Kind.ENTITIES:
            fields = [("", _("Leave out")), ("id", transport.FIELDS["id"]), *transport.DEALING_FIELDS[rows].items()]
            self.fields["field"].choices = fields  # type: ignore[attr-defined]
            return
        numbers = [(f"{NUMBER}{value}", label) for value, label in IdentifierType.choices]
        own = [("", _("Leave out")), *transport.FIELDS.items()]
        self.fields["field"].choices = [*own, (_("Numbers"), numbers)]  # type: ignore[attr-defined]


class ColumnSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        taken = [transport.Column("", form.cleaned_data.get("field", "")) for form in self.forms if form.is_valid()]
        mapped = is_mapped(transport.TableMapping(columns=taken, rows=self.form_kwargs.get("rows", transport.Kind.ENTITIES)))
        if not mapped:
            raise forms.ValidationError(mapped.reason)

    def named(self, headers: Sequence[str]) -> list[transport.Column]:
        """The columns as the mapping keeps them; further ones than were sent are left out."""
        facts = [form.cleaned_data for form in self.forms]
        return [
            transport.Column(header, each.get("field", ""), country_code(each["country"]) if each.get("country") else "")
            for header, each in zip(headers, facts, strict=False)
        ]


MOST_COLUMNS = 200
Columns = cast(
    "type[ColumnSet]",
    forms.formset_factory(ColumnForm, formset=ColumnSet, extra=0, max_num=MOST_COLUMNS, absolute_max=MOST_COLUMNS, validate_max=True),
)


def begun(headers: Sequence[str], remembered: Mapping[str, Any], rows: str = transport.Kind.ENTITIES) -> list[dict[str, str]]:
    """What each column is at first: as it is remembered by its header, else as its header lets guess."""
    guessed = transport.guess(headers, rows)
    return [
        {name: str(remembered[header].get(name, "")) for name in ("field", "country")} if header in remembered else {"field": field}
        for header, field in zip(headers, guessed if not remembered else [""] * len(headers), strict=True)
    ]


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500)


class MappingNameForm(forms.Form):
    name = forms.CharField(
        label=_("Remember these columns as"),
        max_length=80,
        help_text=_("For everybody in your agency who records; the headers alone, no row."),
    )
