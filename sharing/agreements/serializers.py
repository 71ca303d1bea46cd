"""How an agreement looks to a machine: to its parties' officers only."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.records.handling import CODES
from sharing.agreements.actions import Opened
from sharing.agreements.models import Agreement, Purpose
from sharing.agreements.rules import MOST_ARTICLES


class PartyOut(serializers.Serializer[Any]):
    agency = serializers.UUIDField()
    name = serializers.CharField()
    signed_at = serializers.DateTimeField(allow_null=True)


class AgreementOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=Agreement.Status.choices)
    parties = PartyOut(many=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class ArticleIn(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=12)
    text = serializers.CharField(max_length=4_000)
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=Purpose.choices), allow_empty=False, max_length=len(Purpose))


class AgreementDetailOut(AgreementOut):
    articles = ArticleIn(many=True)
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=Purpose.choices))
    handling_codes = serializers.ListField(child=serializers.CharField(), help_text="scheme:code")
    covers_deconfliction = serializers.BooleanField()
    status_reason = serializers.CharField()
    status_at = serializers.DateTimeField()
    suspended_by = serializers.UUIDField(allow_null=True)
    given = serializers.IntegerField(help_text="Records of one's agency that cross under it now and that the reader may see.")
    received = serializers.IntegerField(help_text="Records of others that the reader sees under it now.")
    deeds = serializers.ListField(child=serializers.CharField(), help_text="What the reader could do with it now.")


class AgreementIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    reference = serializers.CharField(max_length=60)
    parties = serializers.ListField(child=serializers.UUIDField(), max_length=60)
    articles = serializers.ListField(child=ArticleIn(), min_length=1, max_length=MOST_ARTICLES)
    handling_codes = serializers.ListField(child=serializers.CharField(max_length=34), max_length=len(CODES), help_text="scheme:code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    covers_deconfliction = serializers.BooleanField(required=False, default=False)


class ReasonIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class AgreementStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Agreement.Status.choices)
    status_at = serializers.DateTimeField()


def show_agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.pk,
        "title": agreement.title,
        "reference": agreement.reference,
        "status": agreement.status,
        "parties": [
            {"agency": party.agency_id, "name": party.agency.short_name, "signed_at": party.signed_at} for party in agreement.parties.all()
        ],
        "starts_at": agreement.starts_at,
        "ends_at": agreement.ends_at,
    }


def show_opened(opened: Opened) -> dict[str, Any]:
    agreement = opened.agreement
    return show_agreement(agreement) | {
        "articles": [{"number": each.number, "text": each.text, "purposes": each.purposes} for each in agreement.articles.all()],
        "purposes": agreement.purposes,
        "handling_codes": agreement.handling_codes,
        "covers_deconfliction": agreement.covers_deconfliction,
        "status_reason": agreement.status_reason,
        "status_at": agreement.status_at,
        "suspended_by": agreement.suspended_by_id,
        "given": opened.given,
        "received": opened.received,
        "deeds": opened.deeds,
    }


def show_state(agreement: Agreement) -> dict[str, Any]:
    return {"id": agreement.pk, "status": agreement.status, "status_at": agreement.status_at}
