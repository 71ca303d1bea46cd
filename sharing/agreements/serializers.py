"""How an agreement looks to a machine: to its parties' officers only."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.records.handling import CODES
from sharing.agreements.actions import Opened, OpenedVersion
from sharing.agreements.models import Agreement, Condition, Purpose, Version
from sharing.agreements.rules import LONGEST_WORD, MOST_ARTICLES, MOST_MONTHS, MOST_ROWS
from sharing.agreements.terms import LANGUAGES, DataKind, Evidence, Kind, Onward, Role, read


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


class ContactIn(serializers.Serializer[Any]):
    agency = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices)
    name = serializers.CharField(max_length=LONGEST_WORD)
    telephone = serializers.CharField(max_length=LONGEST_WORD, required=False, allow_blank=True, default="")
    email = serializers.EmailField(max_length=LONGEST_WORD, required=False, allow_blank=True, default="")
    hours = serializers.CharField(max_length=LONGEST_WORD, required=False, allow_blank=True, default="")
    time_zone = serializers.CharField(max_length=60)


def _some(choices: Any, said: str) -> serializers.ListField:
    child = serializers.ChoiceField(choices=choices) if choices else serializers.CharField(max_length=34)
    return serializers.ListField(child=child, required=False, default=list, max_length=500, help_text=said)


class TermsIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Kind.choices)
    offences = _some(None, "Codes of the catalogue, each with those that are kinds of it; none means all.")
    data_kinds = _some(DataKind.choices, "None means all.")
    handling_codes = _some(None, "scheme:code; in an amendment. Those of the agreement otherwise.")
    codes = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=34), max_length=len(CODES)), required=False, default=dict,
        help_text="By agency: the handling codes of what it may give; a party not named gives by all of them.",
    )  # fmt: skip
    retention_months = serializers.IntegerField(min_value=1, max_value=MOST_MONTHS, required=False, allow_null=True, default=None)
    onward = serializers.ChoiceField(choices=Onward.choices)
    evidence = serializers.ChoiceField(choices=Evidence.choices)
    languages = _some(list(LANGUAGES.items()), "")
    conditions = _some(Condition.choices, "They attach to everything that crosses.")
    contacts = serializers.ListField(child=ContactIn(), required=False, default=list, max_length=MOST_ROWS)
    levels = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(max_length=LONGEST_WORD)), required=False, default=list,
        max_length=MOST_ROWS, help_text="Rows of agency to its level of classification; those of a row count as equal.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> Any:
        given = attrs | {"contacts": [{name: str(value) for name, value in row.items()} for row in attrs["contacts"]]}
        return read(given)


class TermsOut(TermsIn):
    pass


class SignatureOut(serializers.Serializer[Any]):
    agency = serializers.UUIDField()
    name = serializers.CharField()
    officer = serializers.CharField()
    signed_at = serializers.DateTimeField()


class VersionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    content_hash = serializers.CharField(help_text="SHA-256 of every word of the agreement in this version: what is signed.")
    changed = serializers.CharField()
    reason = serializers.CharField()
    starts_at = serializers.DateTimeField()
    drafted_at = serializers.DateTimeField()
    agreed_at = serializers.DateTimeField(allow_null=True, help_text="When the last party signed.")
    dropped_at = serializers.DateTimeField(allow_null=True)
    signatures = SignatureOut(many=True)
    terms = TermsOut()


class OpenedVersionOut(VersionOut):
    in_force = serializers.IntegerField(allow_null=True, help_text="The number of the version that stands now.")
    changes = serializers.ListField(child=serializers.CharField(), help_text="The terms that are not as in the version before.")


class SignIn(serializers.Serializer[Any]):
    content_hash = serializers.CharField(max_length=64, help_text="Of the version that waits, as it was read.")
    proof = serializers.DictField(help_text='{"passkey": {…}}, {"code": "123456"} or {"password": "…"}')


class AmendmentIn(serializers.Serializer[Any]):
    terms = TermsIn()
    changed = serializers.CharField(max_length=1_000)
    reason = serializers.CharField(max_length=1_000)
    starts_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="As soon as all have signed, if not said."
    )


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
    version = VersionOut(allow_null=True, help_text="The one whose terms stand now, or that of a draft.")
    waiting = VersionOut(allow_null=True, help_text="The one that waits for signatures.")
    versions = serializers.ListField(child=serializers.UUIDField(), help_text="The newest first.")


class AgreementIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    reference = serializers.CharField(max_length=60)
    parties = serializers.ListField(child=serializers.UUIDField(), max_length=60)
    articles = serializers.ListField(child=ArticleIn(), min_length=1, max_length=MOST_ARTICLES)
    handling_codes = serializers.ListField(child=serializers.CharField(max_length=34), max_length=len(CODES), help_text="scheme:code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    covers_deconfliction = serializers.BooleanField(required=False, default=False)
    terms = TermsIn(required=False, help_text="Without any, nothing is limited beyond the handling codes.")


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
        "version": opened.version and show_version(opened.version),
        "waiting": opened.waiting and show_version(opened.waiting),
        "versions": [each.pk for each in opened.versions],
    }


def show_version(version: Version) -> dict[str, Any]:
    return {
        "id": version.pk,
        "number": version.number,
        "content_hash": version.content_hash,
        "changed": version.changed,
        "reason": version.reason,
        "starts_at": version.starts_at,
        "drafted_at": version.drafted_at,
        "agreed_at": version.agreed_at,
        "dropped_at": version.dropped_at,
        "signatures": [
            {"agency": each.agency_id, "name": each.agency.short_name, "officer": each.officer.name, "signed_at": each.signed_at}
            for each in version.signatures.all()
        ],
        "terms": version.terms,
    }


def show_opened_version(opened: OpenedVersion) -> dict[str, Any]:
    in_force = opened.in_force.number if opened.in_force else None
    return show_version(opened.version) | {"in_force": in_force, "changes": opened.changes}


def show_state(agreement: Agreement) -> dict[str, Any]:
    return {"id": agreement.pk, "status": agreement.status, "status_at": agreement.status_at}
