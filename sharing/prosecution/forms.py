"""What a person typed behind a wall, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, OfficerQuerySet
from sharing.prosecution import rules


def _called(officer: Officer) -> str:
    return f"{officer.name}, {officer.agency.short_name}"


class AdviceForm(forms.Form):
    """What is advised, and whom it is for."""

    title = forms.CharField(label=_("What it is about"), max_length=160)
    text = forms.CharField(
        label=_("Advice"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It stays as you send it. It is never released, exported or handed over with the case."),
    )  # fmt: skip
    to = forms.ModelMultipleChoiceField(
        label=_("Addressed to"), queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("They alone read it, and only as long as they see the case. Nobody else learns that it was written."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: OfficerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = _called  # type: ignore[attr-defined]

    def clean_to(self) -> Any:
        if self.cleaned_data["to"].count() > rules.MOST:
            raise forms.ValidationError(str(rules.ADDRESS_IT.text))
        return self.cleaned_data["to"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "to": [each.pk for each in self.cleaned_data["to"]]}


class QuestionForm(AdviceForm):
    """What a prosecutor is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["to"].label = _("Your question"), _("Whom you ask")


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by all who are behind this wall. It stays as you send it."),
    )  # fmt: skip


class LetInForm(forms.Form):
    """Whoever was chosen; the deed says whether they see the case."""

    member = forms.UUIDField()


class ReaderForm(forms.Form):
    """One more person behind the wall."""

    member = forms.ModelChoiceField(label=_("Officer"), queryset=Officer.objects.none(), empty_label="—")

    def __init__(self, *args: Any, people: OfficerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = _called  # type: ignore[attr-defined]
