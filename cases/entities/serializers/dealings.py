"""Money and calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.entities import currencies, moments
from cases.entities.actions import Asked, Dealings, End
from cases.entities.models import Call
from cases.entities.moments import Precision

ENDS = {"payer": "payee", "caller": "called"}


class DealingsIn(serializers.Serializer[Any]):
    rendition = serializers.UUIDField(required=False)
    case = serializers.UUIDField(required=False)
    subject = serializers.UUIDField(required=False)
    giver = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="", help_text="Who gave or called; part of it, or = and the key."
    )
    taker = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    party = serializers.CharField(required=False, allow_blank=True, max_length=200, default="", help_text="Either end.")
    since = serializers.DateField(required=False, default=None, allow_null=True)
    until = serializers.DateField(required=False, default=None, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ("rendition", "case", "subject")) != 1:
            raise serializers.ValidationError({"rendition": _("Name a rendition, a case or a subject.")})
        return attrs


class TransactionsIn(DealingsIn):
    currency = serializers.CharField(required=False, allow_blank=True, max_length=currencies.LONGEST, default="")


class TotalsPartIn(serializers.Serializer[Any]):
    part = serializers.IntegerField(required=False, min_value=1, max_value=10_000, default=1, help_text="Of the totals, 20 to a part.")


class TransactionTotalsIn(TransactionsIn, TotalsPartIn):
    pass


class CallTotalsIn(DealingsIn, TotalsPartIn):
    pass


class NewDealingIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()
    day = serializers.CharField(max_length=10, required=False, default="", allow_blank=True, help_text="ISO 8601, may be partial.")
    clock = serializers.CharField(max_length=20, required=False, default="", allow_blank=True, help_text="HH:MM or HH:MM:SS.")
    zone = serializers.CharField(
        max_length=moments.LONGEST_ZONE, required=False, default="", allow_blank=True, help_text="IANA name, Z or ±HH:MM."
    )
    paragraph = serializers.IntegerField(min_value=1, max_value=50, required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            attrs["moment"] = moments.moment(attrs.pop("day"), attrs.pop("clock"), attrs.pop("zone"))
        except ValueError as unreadable:
            raise serializers.ValidationError({"day": moments.UNREADABLE}) from unreadable
        for side in [name for pair in ENDS.items() for name in pair if name in self.fields]:
            attrs[side] = End(attrs.get(side, ""), attrs.pop(f"{side}_mention", None))
        return attrs


class NewTransactionIn(NewDealingIn):
    payer = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    payer_mention = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="Of the same rendition.")
    payee = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    payee_mention = serializers.UUIDField(required=False, allow_null=True, default=None)
    amount = serializers.DecimalField(
        max_digits=currencies.WHOLE_DIGITS + currencies.DECIMAL_PLACES, decimal_places=currencies.DECIMAL_PLACES, min_value=0
    )
    currency = serializers.CharField(max_length=currencies.LONGEST, help_text="ISO 4217 or a token's symbol; another is flagged.")
    kind = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    purpose = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class NewCallIn(NewDealingIn):
    caller = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    caller_mention = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="Of the same rendition.")
    called = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    called_mention = serializers.UUIDField(required=False, allow_null=True, default=None)
    country = serializers.CharField(max_length=60, required=False, default="", allow_blank=True, help_text="Of numbers without one.")
    kind = serializers.ChoiceField(choices=Call.Kind.choices, required=False, default=Call.Kind.VOICE)
    seconds = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, allow_null=True, default=None)
    cell = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    place = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    imei = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    imsi = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)


class TakeRowsOverIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField(help_text="The newer version.")
    from_rendition_id = serializers.UUIDField(help_text="The older version.")


class TakenRowsOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()


class EndOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    key = serializers.CharField(help_text="What it is counted under.")
    mention = serializers.UUIDField(allow_null=True)


class DealingOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    rendition = serializers.UUIDField(source="rendition_id")
    version = serializers.IntegerField(source="rendition.number")
    paragraph = serializers.IntegerField(allow_null=True, help_text="Graded in the item of that rendition.")
    giver = serializers.SerializerMethodField()
    taker = serializers.SerializerMethodField()
    happened = serializers.SerializerMethodField(help_text="ISO 8601, as exactly as it was said.")
    precision = serializers.ChoiceField(choices=[("", "Not said"), *Precision.choices])
    zone = serializers.CharField()
    made_at = serializers.DateTimeField()

    def get_giver(self, row: Any) -> dict[str, Any]:
        return EndOut({"text": row.from_text, "key": row.from_key, "mention": row.from_mention_id}).data

    def get_taker(self, row: Any) -> dict[str, Any]:
        return EndOut({"text": row.to_text, "key": row.to_key, "mention": row.to_mention_id}).data

    def get_happened(self, row: Any) -> str:
        return moments.in_iso(row.moment)


class TransactionOut(DealingOut):
    amount = serializers.CharField(source="amount_plain", help_text="Exact, in decimal.")
    currency = serializers.CharField()
    currency_known = serializers.BooleanField()
    kind = serializers.CharField()
    reference = serializers.CharField()
    purpose = serializers.CharField()


class CallOut(DealingOut):
    kind = serializers.ChoiceField(choices=Call.Kind.choices)
    seconds = serializers.IntegerField(allow_null=True)
    cell = serializers.CharField()
    place = serializers.CharField()
    imei = serializers.CharField()
    imsi = serializers.CharField()


class PairOut(serializers.Serializer[Any]):
    giver = serializers.CharField()
    giver_key = serializers.CharField()
    taker = serializers.CharField()
    taker_key = serializers.CharField()
    unit = serializers.CharField(help_text="The currency; empty for calls, which are added up in seconds.")
    count = serializers.IntegerField()
    total = serializers.CharField()
    first = serializers.DateField(allow_null=True)
    last = serializers.DateField(allow_null=True)


class InAllOut(serializers.Serializer[Any]):
    unit = serializers.CharField()
    count = serializers.IntegerField()
    total = serializers.CharField()


class TotalsOut(serializers.Serializer[Any]):
    sums = InAllOut(many=True)
    pairs = PairOut(many=True)
    more = serializers.BooleanField(help_text="Whether there is a next part.")


def place_of(asked: Mapping[str, Any]) -> tuple[str, Any, Asked]:
    """Of what rows are asked for ("rendition", "case" or "subject"), its id, and what they are narrowed to."""
    [(place, pk)] = [(name, asked[name]) for name in ("rendition", "case", "subject") if name in asked]
    return place, pk, Asked(**{name: asked[name] for name in Asked.__slots__ if name in asked})


def show_transaction(row: Any) -> Mapping[str, Any]:
    """A payment in a list."""
    return TransactionOut(row).data


def show_call(row: Any) -> Mapping[str, Any]:
    """A call in a list."""
    return CallOut(row).data


def show_totals(shown: Dealings) -> Mapping[str, Any]:
    """What is added up: in all, and one part of the pairs."""
    return {
        "sums": [{"unit": each.unit, "count": each.count, "total": _plain(each.total)} for each in shown.sums],
        "pairs": [
            {
                "giver": each.giver, "giver_key": each.keys[0], "taker": each.taker, "taker_key": each.keys[1],
                "unit": each.unit, "count": each.count, "total": _plain(each.total), "first": each.first, "last": each.last,
            }
            for each in shown.totals
        ],
        "more": shown.more_totals,
    }  # fmt: skip


def _plain(total: Any) -> str:
    return str(total or 0) if isinstance(total, int | None) else currencies.plain(total)
