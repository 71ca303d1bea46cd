"""Terms in versions: signed by their hash, amended while the former stands, kept by the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import proofs
from accounts.roles import Deed
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.demo.cast import PASSWORD
from sharing.agreements import actions, rules
from sharing.agreements.models import Agreement, Signature, Version
from sharing.agreements.terms import Terms, differences, is_secret, months_after, read, written
from sharing.agreements.versions import hash_of, version_in_force
from tests.cases.refusals import refused
from tests.cast import in_force, signed

WHY = {"changed": "Kept for six months.", "reason": "A new law on data."}


def now_terms(agreement: Agreement) -> Terms:
    found = version_in_force(agreement.pk)
    assert found
    return found.read


def amended(officer: Any, agreement: Agreement, **facts: Any) -> Version:
    terms = replace(now_terms(agreement), retention_months=6)
    return actions.draft_amendment(officer=officer, agreement_id=agreement.pk, **{"terms": terms} | WHY | facts)


def test_an_amendment_stands_when_all_have_signed_and_the_former_stays_readable(sami, breno, agreement):
    version = amended(sami, agreement)
    signed(breno, agreement)
    assert now_terms(agreement).retention_months is None
    signed(sami, agreement)
    assert version_in_force(agreement.pk) == version
    former = actions.open_version(officer=breno, version_id=agreement.versions.get(number=1).pk)
    assert (former.version.read.retention_months, former.in_force) == (None, version)
    assert actions.open_version(officer=breno, version_id=version.pk).changes == ["retention_months"]


def test_an_amendment_waits_for_its_day(sami, breno, agreement):
    amended(sami, agreement, starts_at=timezone.now() + timedelta(days=9))
    for officer in (sami, breno):
        signed(officer, agreement)
    assert now_terms(agreement).retention_months is None


def test_what_is_signed_is_the_hash_that_was_read(sami, agreement):
    amended(sami, agreement)
    other = proofs.check(sami, Deed.AGREEMENTS_SIGN, agreement.pk, "0" * 64, {"proof_password": PASSWORD})
    with refused(proofs.NOT_FOR_THIS):
        actions.sign_agreement(officer=sami, agreement_id=agreement.pk, proof=other)


def test_the_hash_is_of_every_word(agreement):
    version = agreement.versions.get()
    seen = {hash_of(agreement, version)}
    assert seen == {version.content_hash}
    for name, value in (("terms", written(Terms(retention_months=1))), ("number", 2), ("changed", "x"), ("reason", "y")):
        changed = agreement.versions.get()
        setattr(changed, name, value)
        seen.add(hash_of(agreement, changed))
    agreement.title = "Another"
    assert len(seen | {hash_of(agreement, version)}) == 6


def test_nobody_signs_twice_and_only_one_amendment_waits(sami, agreement):
    amended(sami, agreement)
    with refused(rules.AMENDMENT_WAITS, Conflict):
        amended(sami, agreement, terms=replace(now_terms(agreement), retention_months=7))
    signed(sami, agreement)
    with refused(rules.SIGNED_ALREADY):
        signed(sami, agreement)


def test_an_amendment_is_dropped_by_any_party_and_another_may_follow(sami, breno, agreement):
    first = amended(sami, agreement)
    with refused(rules.REASON_MISSING, Invalid):
        actions.drop_amendment(officer=breno, agreement_id=agreement.pk, reason=" ")
    actions.drop_amendment(officer=breno, agreement_id=agreement.pk, reason="Not agreed.")
    with refused(rules.NOT_NOW, Conflict):
        actions.drop_amendment(officer=breno, agreement_id=agreement.pk, reason="Again.")
    assert amended(sami, agreement).number == first.number + 1


def test_ending_drops_what_waits(sami, agreement):
    version = amended(sami, agreement)
    actions.end_agreement(officer=sami, agreement_id=agreement.pk, reason="Denounced.")
    version.refresh_from_db()
    assert version.dropped_at
    with refused(rules.NOT_NOW, Conflict):
        actions.draft_amendment(officer=sami, agreement_id=agreement.pk, terms=Terms(), **WHY)


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"changed": " "}, "changed", rules.REASON_MISSING),
        ({"reason": ""}, "reason", rules.REASON_MISSING),
        ({"starts_at": timezone.now() + timedelta(days=900)}, "starts_at", rules.STARTS_OUTSIDE),
        ({"starts_at": timezone.now() - timedelta(days=90)}, "starts_at", rules.STARTS_OUTSIDE),
    ],
)
def test_an_amendment_says_what_and_why_and_begins_while_it_runs(sami, agreement, facts, field, said):
    with pytest.raises(Invalid) as caught:
        amended(sami, agreement, **facts)
    assert caught.value.fields == {field: said}


def test_an_amendment_changes_something(sami, agreement):
    with pytest.raises(Invalid) as caught:
        amended(sami, agreement, terms=now_terms(agreement))
    assert caught.value.fields == {"changed": rules.NOTHING_CHANGES}


def test_who_is_no_party_finds_no_version(otto, ana, sami, agreement):
    for stranger in (otto,):
        with pytest.raises(NotFound):
            actions.open_version(officer=stranger, version_id=agreement.versions.get().pk)
        with pytest.raises(NotFound):
            amended(stranger, agreement)
    with pytest.raises(NotAllowed, match="Your role"):
        amended(ana, agreement)
    with pytest.raises(NotFound):
        actions.open_version(officer=sami, version_id=agreement.pk)


def one(agency: Any, **facts: str) -> dict[str, str]:
    usual = {
        "agency": str(agency),
        "role": "desk",
        "name": "Duty desk",
        "telephone": "+000 1",
        "email": "",
        "hours": "",
        "time_zone": "UTC",
    }
    return usual | facts


@pytest.mark.parametrize(
    ("flawed", "field", "said"),
    [
        (lambda us, them: Terms(kind="gossip"), "kind", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(offences=("9x",)), "offences", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(data_kinds=("gossip",)), "data_kinds", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(onward="maybe"), "onward", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(evidence="maybe"), "evidence", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(languages=("tlh",)), "languages", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(conditions=("be-nice",)), "conditions", rules.UNKNOWN_TERM),
        (lambda us, them: Terms(codes={us: ("europol:H3",)}), "codes", rules.OTHERS_CODES),
        (lambda us, them: Terms(codes={"somebody": ("europol:H0",)}), "codes", rules.OTHERS_CODES),
        (lambda us, them: Terms(retention_months=0), "retention_months", rules.MONTHS_WRONG),
        (lambda us, them: Terms(retention_months=1_201), "retention_months", rules.MONTHS_WRONG),
        (lambda us, them: Terms(contacts=(one("else"),)), "contacts", rules.CONTACT_WRONG),
        (lambda us, them: Terms(contacts=(one(us, name=" "),)), "contacts", rules.CONTACT_WRONG),
        (lambda us, them: Terms(contacts=(one(us, telephone=""),)), "contacts", rules.CONTACT_WRONG),
        (lambda us, them: Terms(contacts=(one(us, time_zone="Mars/Base"),)), "contacts", rules.CONTACT_WRONG),
        (lambda us, them: Terms(contacts=(one(us, role="boss"),)), "contacts", rules.CONTACT_WRONG),
        (lambda us, them: Terms(contacts=(one(us),) * 41), "contacts", rules.TOO_MANY),
        (lambda us, them: Terms(levels=({us: "Reservada"},)), "levels", rules.LEVELS_WRONG),
        (lambda us, them: Terms(levels=({us: "Reservada", "else": "B"},)), "levels", rules.LEVELS_WRONG),
        (lambda us, them: Terms(levels=({us: "Secreta", them: "B"},)), "levels", rules.TOO_SECRET),
    ],
)
def test_terms_are_of_the_vocabulary_and_of_the_parties(sami, breno, flawed, field, said):
    with pytest.raises(Invalid) as caught:
        in_force(sami, breno, terms=flawed(str(sami.agency_id), str(breno.agency_id)))
    assert caught.value.fields == {field: said}


@pytest.mark.parametrize(
    "level", ["SECRET", "Top Secret", "Secreto", "ultrassecreta", "Ultrasecreto", "Secreta", "TRÈS SECRET", "Top-Secret"]
)
def test_secret_and_above_is_refused(level):
    assert is_secret(level)


@pytest.mark.parametrize("level", ["Reservada", "Confidencial", "Protected B", "CUI", "Restringido", "Secretariat"])
def test_what_lies_below_is_not(level):
    assert not is_secret(level)


def test_terms_come_back_as_they_were_written():
    terms = Terms(offences=("07",), codes={"a": ("europol:H0",)}, contacts=(one("a"),), levels=({"a": "x", "b": "y"},), retention_months=3)
    assert read(written(terms)) == terms
    assert differences(terms, terms) == []
    assert differences(terms, replace(terms, offences=("08",))) == ["offences"]


def test_a_month_later_is_the_same_day_or_the_last():
    def day(*parts: int) -> datetime:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]

    assert months_after(day(2026, 1, 31), 1) == day(2026, 2, 28)
    assert months_after(day(2026, 11, 15), 2) == day(2027, 1, 15)
    assert months_after(day(2026, 12, 1), 12) == day(2027, 12, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: Version.objects.filter(pk=v.pk).update(terms={}),
        lambda v: Version.objects.filter(pk=v.pk).update(agreed_at=None),
        lambda v: Version.objects.filter(pk=v.pk).update(content_hash="0" * 64),
        lambda v: Version.objects.filter(pk=v.pk)._raw_delete("default"),
        lambda v: Signature.objects.filter(version=v).update(content_hash="0" * 64),
        lambda v: Signature.objects.filter(version=v).delete(),
    ],
)
def test_the_database_keeps_a_version_and_its_signatures(agreement, change):
    with pytest.raises(IntegrityError, match="agreement"), transaction.atomic():
        change(agreement.versions.get())


def test_the_database_takes_no_signature_under_another_hash_and_no_version_without_all(sami, agreement, otto):
    version = amended(sami, agreement)
    with pytest.raises(IntegrityError, match="under its own hash"), transaction.atomic():
        Signature.objects.create(version=version, agency=sami.agency, officer=sami, content_hash="0" * 64)
    with pytest.raises(IntegrityError, match="under its own hash"), transaction.atomic():
        Signature.objects.create(version=version, agency=otto.agency, officer=otto, content_hash=version.content_hash)
    with pytest.raises(IntegrityError, match="every party"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
