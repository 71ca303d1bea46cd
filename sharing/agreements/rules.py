"""Who may draft, sign, suspend, resume and end an agreement, and what an agreement must say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.casefiles.offences import catalogue
from cases.records.handling import CODES
from kernel.errors import Sentence, sentence
from kernel.verdict import Verdict, refuse
from sharing.agreements.models import Agreement, Condition, Party, Purpose, Signature, Version
from sharing.agreements.terms import CONTACT, LANGUAGES, DataKind, Evidence, Kind, Onward, Role, Terms, is_secret

MOST_ARTICLES = 30
MOST_MONTHS = 1_200
MOST_ROWS = 40
LONGEST_WORD = 200
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
UNKNOWN_TERM = sentence("agreements.unknown-term", _("Choose from the list."))
OTHERS_CODES = sentence("agreements.others-codes", _("Say what each party may give, of the handling codes that the parties accept."))
MONTHS_WRONG = sentence("agreements.months-wrong", _("Say how many months, from 1 to 1,200, or leave it empty."))
CONTACT_WRONG = sentence("agreements.contact-wrong", _("A contact has a party, a name, a time zone, and a telephone or an e-mail address."))
LEVELS_WRONG = sentence("agreements.levels-wrong", _("Say a level of at least two parties side by side."))
TOO_SECRET = sentence("agreements.too-secret", _("Nothing at or above the level Secret crosses here."))
TOO_MANY = sentence("agreements.too-many", _("There are too many rows."))
AMENDMENT_WAITS = sentence("agreements.amendment-waits", _("An amendment already waits for signatures. Sign it or drop it first."))
NOTHING_CHANGES = sentence("agreements.nothing-changes", _("An amendment changes at least one of the terms."))
STARTS_OUTSIDE = sentence("agreements.starts-outside", _("An amendment begins while the agreement runs."))
NOT_NOW = sentence("agreements.not-now", _("This agreement is now: %(status)s. That can no longer be done."))


def can_draft(officer: Officer, party_ids: Collection[UUID]) -> Verdict:
    """Whoever signs for an agency drafts for it."""
    if officer.agency_id not in party_ids:
        return refuse(OWN_AGENCY_MISSING)
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_sign(officer: Officer, party: Party | None, version: Version | None = None) -> Verdict:
    """An officer who signs for a party that has not signed this version yet; `party` is the officer's agency in this agreement."""
    if party is None:
        return refuse(OWN_AGENCY_MISSING)
    if version is None or Signature.objects.filter(version=version, agency=officer.agency_id).exists():
        return refuse(SIGNED_ALREADY, agency=officer.agency.short_name)
    return may(officer, Deed.AGREEMENTS_SIGN)


def can_amend(officer: Officer) -> Verdict:
    """Any party proposes other terms, and takes its proposal back; they bind nobody before all have signed."""
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


def open_deeds(officer: Officer, agreement: Agreement, party: Party | None, waiting: Version | None) -> list[str]:
    """What this officer could do with the agreement as it stands: sign, amend, drop an amendment, suspend, resume, end."""
    status = Agreement.Status(agreement.status)
    bound, over = status in (Agreement.Status.IN_FORCE, Agreement.Status.SUSPENDED), status == Agreement.Status.ENDED
    able = {
        "sign": waiting and not over and can_sign(officer, party, waiting),
        "amend": status == Agreement.Status.IN_FORCE and waiting is None and can_amend(officer),
        "drop": bound and waiting is not None and can_amend(officer),
        "suspend": status == Agreement.Status.IN_FORCE and can_suspend(officer),
        "resume": status == Agreement.Status.SUSPENDED and can_resume(officer, agreement),
        "end": not over and can_end(officer),
    }
    return [deed for deed, verdict in able.items() if verdict]


def flaws_of_terms(terms: Terms, *, parties: Collection[Any]) -> dict[str, Sentence]:
    """What keeps these from being the terms of an agreement between `parties` (ids): a sentence for each field."""
    agencies = {str(each) for each in parties}
    listed = (
        ("kind", {terms.kind}, Kind.values),
        ("offences", terms.offences, catalogue()),
        ("data_kinds", terms.data_kinds, DataKind.values),
        ("onward", {terms.onward}, Onward.values),
        ("evidence", {terms.evidence}, Evidence.values),
        ("languages", terms.languages, LANGUAGES),
        ("conditions", terms.conditions, Condition.values),
        ("handling_codes", terms.handling_codes, {f"{scheme}:{code}" for scheme, code in CODES}),
    )
    found = {name: UNKNOWN_TERM for name, given, known in listed if not set(given) <= set(known)}
    rows: tuple[tuple[str, bool, Sentence], ...] = (
        ("codes", not _gives(terms, agencies), OTHERS_CODES),
        ("retention_months", terms.retention_months is not None and not 0 < terms.retention_months <= MOST_MONTHS, MONTHS_WRONG),
        ("contacts", not all(_reaches(each, agencies) for each in terms.contacts), CONTACT_WRONG),
        ("levels", not all(_compares(each, agencies) for each in terms.levels), LEVELS_WRONG),
        ("levels", any(is_secret(level) for each in terms.levels for level in each.values()), TOO_SECRET),
        ("contacts", len(terms.contacts) > MOST_ROWS, TOO_MANY),
        ("levels", len(terms.levels) > MOST_ROWS, TOO_MANY),
    )
    return found | {name: said for name, wrong, said in rows if wrong}


def _gives(terms: Terms, agencies: set[str]) -> bool:
    return set(terms.codes) <= agencies and all(set(codes) <= set(terms.handling_codes) for codes in terms.codes.values())


def _reaches(contact: Mapping[str, str], agencies: set[str]) -> bool:
    words = all(isinstance(contact.get(name), str) and len(contact[name]) <= LONGEST_WORD for name in CONTACT)
    return (
        words
        and contact["agency"] in agencies
        and contact["role"] in Role.values
        and bool(contact["name"].strip())
        and bool(contact["telephone"].strip() or contact["email"].strip())
        and contact["time_zone"] in available_timezones()
    )


def _compares(row: Mapping[str, str], agencies: set[str]) -> bool:
    return len(row) > 1 and set(row) <= agencies and all(level.strip() and len(level) <= LONGEST_WORD for level in row.values())


def flaws_of_amendment(agreement: Agreement, *, starts_at: datetime, changed: str, reason: str) -> dict[str, Sentence]:
    """What keeps other terms from being an amendment of this agreement."""
    outside = starts_at < agreement.starts_at or (agreement.ends_at is not None and starts_at >= agreement.ends_at)
    checks = (
        ("changed", not changed.strip(), REASON_MISSING),
        ("reason", not reason.strip(), REASON_MISSING),
        ("starts_at", outside, STARTS_OUTSIDE),
    )
    return {name: said for name, wrong, said in checks if wrong}


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
