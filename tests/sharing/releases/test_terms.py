"""What an agreement's terms make of a release: weighed, kept with its version, and asked again when it is approved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from kernel.errors import NotAllowed
from sharing.agreements import actions as agreements
from sharing.agreements import gates
from sharing.agreements.models import Agreement
from sharing.agreements.versions import version_in_force
from sharing.releases import actions, rules
from sharing.releases.actions import contents
from tests.cases.refusals import refused
from tests.cast import signed
from tests.sharing.releases.conftest import proven


def amend(agreement: Agreement, *officers: Officer, **terms: Any) -> None:
    """Other terms, signed by all."""
    now = version_in_force(agreement.pk)
    assert now
    agreements.draft_amendment(
        officer=officers[0], agreement_id=agreement.pk, terms=replace(now.read, **terms), changed="The terms.", reason="A new law."
    )
    for officer in officers:
        signed(officer, agreement)


def test_a_release_and_its_decision_keep_the_version_they_were_taken_under(sami, breno, agreement, approved):
    release = approved()
    assert release.version == version_in_force(agreement.pk)
    assert actions.open_release(officer=sami, release_id=release.pk).newer is None
    amend(agreement, sami, breno, retention_months=12)
    opened = actions.open_release(officer=sami, release_id=release.pk)
    assert (opened.release.version.number, opened.newer.number) == (1, 2)
    assert [decision.version_id for decision in opened.inside.decisions] == [release.version_id]


def test_nobody_approves_under_terms_that_were_not_asked_under(sami, breno, agreement, asked):
    release = asked()
    amend(agreement, sami, breno, retention_months=12)
    with refused(rules.NEWER_TERMS):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))


def test_what_the_terms_attach_stands_in_the_release(sami, breno, agreement, asked):
    amend(agreement, sami, breno, conditions=("no-death-penalty",), onward="consent")
    assert set(asked().conditions) >= {"no-death-penalty", "no-onward"}


def test_the_offences_of_the_case_are_weighed(sami, breno, ana, agreement, asked, casefile):
    amend(agreement, sami, breno, offences=("07",))
    with refused(gates.OFFENCE_MISSING):
        asked()
    casefiles.add_offence(officer=ana, casefile_id=casefile.pk, code="07041")
    assert asked().version.number == 2
    casefiles.add_offence(officer=ana, casefile_id=casefile.pk, code="0101")
    with refused(gates.OFFENCE_NOT_COVERED):
        asked()


def test_the_kinds_of_data_are_weighed(sami, breno, agreement, asked):
    amend(agreement, sami, breno, data_kinds=("financial",))
    with pytest.raises(NotAllowed, match="Intelligence"):
        asked()


def test_each_party_gives_by_its_own_codes(sami, breno, agreement, asked):
    amend(agreement, sami, breno, codes={str(breno.agency_id): ("europol:H0",)})
    assert asked().version.number == 2
    amend(agreement, sami, breno, codes={str(sami.agency_id): ("europol:H0",)})
    with pytest.raises(NotAllowed, match="handling code"):
        asked()


def test_the_page_says_the_version_and_what_became_of_the_agreement(browser_of, sami, bela, breno, agreement, approved):
    release = approved()
    amend(agreement, sami, breno, retention_months=12)
    agreements.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak.")
    for officer in (sami, bela):
        page = browser_of(officer).get(f"/releases/{release.pk}/").content.decode()
        for said in ("version 1", "version 2 is in force", "The agreement is suspended"):
            assert said in page


def test_a_program_reads_the_version(machine_of, sami, breno, agreement, approved):
    release = approved()
    amend(agreement, sami, breno, retention_months=12)
    seen = machine_of(sami).get(f"/api/v1/releases/{release.pk}/").json()
    assert (seen["version"], seen["newer_version"]) == (1, 2)


def test_the_hash_is_of_the_version_too(sami, breno, agreement, asked):
    release = asked()
    before = contents.content_hash(release)
    release.version = None
    assert contents.content_hash(release) != before
