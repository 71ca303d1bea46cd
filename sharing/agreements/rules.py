"""Who may draft, sign, suspend, resume and end an agreement, and what an agreement must say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.records.handling import CODES
from kernel.errors import Sentence, sentence
from kernel.verdict import Verdict, refuse
from sharing.agreements.models import Agreement, Party, Purpose

MOST_ARTICLES = 30
OWN_AGENCY_MISSING = sentence("agreements.own-agency-missing", _("Your own agency is a party to what you draft."))
SIGNED_ALREADY = sentence("agreements.signed-already", _("%(agency)s has already signed."))
OTHER_PARTY_SUSPENDED = sentence("agreements.other-party-suspended", _("%(agency)s suspended it. Only %(agency)s can resume it."))
TWO_PARTIES = sentence("agreements.two-parties", _("An agreement has at least two parties."))
NO_ARTICLE = sentence("agreements.no-article", _("Write at least one article, and say for which purposes it lets records cross."))
ONE_NUMBER = sentence("agreements.one-number", _("Each article has a number of its own."))
UNKNOWN_PURPOSE = sentence("agreements.unknown-purpose", _("Choose the purposes from the list."))
NO_CODE = sentence("agreements.no-code", _("Choose at least one handling code that the parties accept."))
UNKNOWN_CODE = sentence("agreements.unknown-code", _("Choose the handling codes from the list."))
ENDS_BEFORE = sentence("agreements.ends-before", _("It ends after it begins."))
ENDED_BY_DATE = sentence("agreements.ended-by-date", _("Its end has passed; it can no longer come into force."))
REASON_MISSING = sentence("agreements.reason-missing", _("Give a reason; the other parties read it."))
NOT_NOW = sentence("agreements.not-now", _("This agreement is now: %(status)s. That can no longer be done."))


def can_draft(officer: Officer, party_ids: Collection[UUID]) -> Verdict:
    """Whoever signs for an agency drafts for it."""
    if officer.agency_id not in party_ids:
        return refuse(OWN_AGENCY_MISSING)
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_sign(officer: Officer, party: Party | None) -> Verdict:
    """An officer who signs for a party that has not signed yet; `party` is the officer's agency in this agreement."""
    if party is None:
        return refuse(OWN_AGENCY_MISSING)
    if party.signed_at:
        return refuse(SIGNED_ALREADY, agency=officer.agency.short_name)
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_suspend(officer: Officer) -> Verdict:
    """Any party, at any time: trust is taken back by one side alone."""
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_resume(officer: Officer, agreement: Agreement) -> Verdict:
    """Only the party that suspended."""
    if agreement.suspended_by_id != officer.agency_id:
        return refuse(OTHER_PARTY_SUSPENDED, agency=agreement.suspended_by.short_name if agreement.suspended_by else "")
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_end(officer: Officer) -> Verdict:
    """Any party, for good; what was given under it is no longer seen."""
    return may(officer, Deed.AGREEMENTS_SIGN)


def open_deeds(officer: Officer, agreement: Agreement, party: Party | None) -> list[str]:
    """What this officer could do with the agreement as it stands: sign, suspend, resume, end."""
    status = Agreement.Status(agreement.status)
    able = {
        "sign": status == Agreement.Status.DRAFT and can_sign(officer, party),
        "suspend": status == Agreement.Status.IN_FORCE and can_suspend(officer),
        "resume": status == Agreement.Status.SUSPENDED and can_resume(officer, agreement),
        "end": status != Agreement.Status.ENDED and can_end(officer),
    }
    return [deed for deed, verdict in able.items() if verdict]


def flaws(
    *, parties: Collection[UUID], articles: Iterable[Mapping[str, Any]], handling_codes: Iterable[str], starts_at: datetime,
    ends_at: datetime | None,
) -> dict[str, Sentence]:  # fmt: skip
    """What keeps a draft from being an agreement: a sentence for each field, the same for page and API."""
    written, accepted = list(articles), [tuple(code.split(":", 1)) for code in handling_codes]
    numbers = [article["number"] for article in written]
    purposes = [purpose for article in written for purpose in article["purposes"]]
    checks = (
        ("parties", len(set(parties)) < 2, TWO_PARTIES),  # noqa: PLR2004
        ("articles", len(set(numbers)) < len(numbers), ONE_NUMBER),
        ("articles", not set(purposes) <= set(Purpose.values), UNKNOWN_PURPOSE),
        ("articles", not all(article["purposes"] for article in written) or not written, NO_ARTICLE),
        ("handling_codes", not set(accepted) <= set(CODES), UNKNOWN_CODE),
        ("handling_codes", not accepted, NO_CODE),
        ("ends_at", ends_at is not None and ends_at <= starts_at, ENDS_BEFORE),
    )
    return {name: said for name, wrong, said in checks if wrong}
