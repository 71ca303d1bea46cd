"""What happened between two, typed by hand; and what a list of it is narrowed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.entities import actions, currencies, moments
from cases.entities.actions import Asked, End
from cases.entities.models import Call, Mention, Transaction

MOST_OFFERED = 200


class MomentForm(forms.Form):
    """Who and whom, when, and which paragraph says so."""

    ENDS: Any = ()
    day = forms.CharField(label=_("Day"), max_length=10, required=False, help_text=_("Year, year-month or year-month-day."))
    clock = forms.CharField(
        label=_("Time of day"), max_length=20, required=False, help_text=_("Hours and minutes, perhaps seconds: 13:05.")
    )
    zone = forms.CharField(
        label=_("Time zone"), max_length=moments.LONGEST_ZONE, required=False,
        help_text=_("As America/Bogota, −05:00 or Z; empty if not said."),
    )  # fmt: skip
    paragraph = forms.IntegerField(label=_("Paragraph that says so"), required=False, min_value=1, max_value=50)

    def __init__(self, *args: Any, officer: Officer, rendition_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = Mention.objects.visible_to(officer).filter(rendition=rendition_id, etype__in=self.ENDS)
        offered = ends.filter(pk__in=ends.order_by("-made_at", "-pk").values("pk")[:MOST_OFFERED]).order_by("name", "pk")
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = offered

    def clean(self) -> None:
        given = self.cleaned_data
        zone = given.get("zone", "").replace("\u2212", "-")
        try:
            given["moment"] = moments.moment(given.pop("day", ""), given.pop("clock", ""), zone)
        except ValueError:
            self.add_error("day", str(moments.UNREADABLE))
        given.pop("zone", None)

    def end(self, side: str) -> End:
        """One end, as the action takes it."""
        chosen = self.cleaned_data.pop(f"{side}_mention", None)
        return End(self.cleaned_data.pop(side, ""), chosen.pk if chosen else None)


def _mention(label: Any) -> forms.ModelChoiceField[Mention]:
    return forms.ModelChoiceField(label=label, queryset=Mention.objects.none(), required=False, empty_label=_("None of them"))


class TransactionForm(MomentForm):
    """A payment."""

    ENDS = Transaction.ENDS
    payer = forms.CharField(label=_("Payer"), max_length=200, required=False, help_text=_("Account, wallet or name, as it is written."))
    payer_mention = _mention(_("Payer, of those this version names"))
    payee = forms.CharField(label=_("Payee"), max_length=200, required=False, help_text=_("Account, wallet or name, as it is written."))
    payee_mention = _mention(_("Payee, of those this version names"))
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=currencies.WHOLE_DIGITS + currencies.DECIMAL_PLACES, decimal_places=currencies.DECIMAL_PLACES,
        min_value=0, localize=True,
    )  # fmt: skip
    currency = forms.CharField(
        label=_("Currency"), max_length=currencies.LONGEST, widget=forms.TextInput(attrs={"list": "currencies"}),
        help_text=_("Its code, as USD or BTC. One that is not known is flagged."),
    )  # fmt: skip
    kind = forms.CharField(label=_("Kind"), max_length=80, required=False, help_text=_("As it is called there: transfer, cash, cheque."))
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)
    purpose = forms.CharField(label=_("Purpose"), max_length=500, required=False)
    field_order = ("payer", "payer_mention", "payee", "payee_mention", "amount", "currency")

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if not any(given.get(name) for name in ("payer", "payer_mention", "payee", "payee_mention")):
            self.add_error("payer", str(_("Say who paid or who was paid.")))

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        ends = {side: self.end(side) for side in ("payer", "payee")}
        return self.cleaned_data | ends


class CallForm(MomentForm):
    """A call, a message or a connection."""

    ENDS = Call.ENDS
    caller = forms.CharField(label=_("Caller"), max_length=200, required=False, help_text=_("The number, as it is written."))
    caller_mention = _mention(_("Caller, of those this version names"))
    called = forms.CharField(label=_("Called number"), max_length=200, required=False, help_text=_("The number, as it is written."))
    called_mention = _mention(_("Called, of those this version names"))
    country = forms.CharField(
        label=_("Country of the numbers"), max_length=60, required=False, help_text=_("Of those written without the code of a country.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Call.Kind.choices, initial=Call.Kind.VOICE)
    seconds = forms.IntegerField(label=_("Seconds"), required=False, min_value=0, max_value=2**31 - 1)
    cell = forms.CharField(label=_("Cell"), max_length=120, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    imei = forms.CharField(label=_("IMEI"), max_length=40, required=False)
    imsi = forms.CharField(label=_("IMSI"), max_length=40, required=False)
    field_order = ("caller", "caller_mention", "called", "called_mention", "country")

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if not any(given.get(name) for name in ("caller", "caller_mention", "called", "called_mention")):
            self.add_error("caller", str(_("Say who called or who was called.")))

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        ends = {side: self.end(side) for side in ("caller", "called")}
        return self.cleaned_data | ends


class DealingsForm(forms.Form):
    """What a list is narrowed to, for both kinds of rows; calls have no currency."""

    giver = forms.CharField(label=_("From"), max_length=200, required=False)
    taker = forms.CharField(label=_("To"), max_length=200, required=False)
    party = forms.CharField(label=_("Either"), max_length=200, required=False)
    currency = forms.CharField(label=_("Currency"), max_length=currencies.LONGEST, required=False)
    since = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, book: actions.Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "currency" not in book.apart:
            del self.fields["currency"]

    def asked(self) -> Asked:
        """As the action takes it; what does not read is not asked for."""
        self.is_valid()
        return Asked(**self.cleaned_data)
