"""Which version of an agreement stands, and the hash that a signature stands under."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sharing.agreements.models import Agreement, Version


def hash_of(agreement: Agreement, version: Version) -> str:
    """SHA-256 (hex) of what a party signs: parties, articles and dates of the agreement, and the terms of this version."""
    body = {
        "agreement": str(agreement.pk), "title": agreement.title, "reference": agreement.reference,
        "begins": _moment(agreement.starts_at), "ends": _moment(agreement.ends_at), "comparing": agreement.covers_deconfliction,
        "parties": sorted(str(party.agency_id) for party in agreement.parties.all()),
        "articles": sorted([each.number, each.text, sorted(each.purposes)] for each in agreement.articles.all()),
        "version": version.number, "from": _moment(version.starts_at), "changed": version.changed, "reason": version.reason,
        "terms": version.terms,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _moment(moment: Any) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else ""


def version_in_force(agreement_id: Any) -> Version | None:
    """The version that stands now: of those that every party signed and that have begun, the newest."""
    return Version.objects.standing().filter(agreement_id=agreement_id).first()


def newer_than(version: Version | None) -> Version | None:
    """The version that stands now, where it is a newer one than that a decision was taken under."""
    stands = version_in_force(version.agreement_id) if version else None
    return stands if version and stands and stands.number > version.number else None
