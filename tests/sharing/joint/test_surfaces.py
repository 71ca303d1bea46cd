"""Every page and answer at which a joint case of three agencies may be met, for everybody of the cast, while trust changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Officer
from sharing.agreements import actions as agreements
from sharing.joint import actions
from tests.answers import body
from tests.cast import fresh
from tests.doors import doors
from tests.sharing.joint.conftest import admission, recorded
from tests.sharing.joint.giving import give

WORDS = ("Two Harbours", "Porto Almada", "zqentry", "zqgiven", "zqkept")
INSIDE = frozenset(WORDS[:4])
NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def met(joint, ana, bela, sami, tomas, sofia) -> Callable[[Officer], frozenset[str]]:
    """Which of the planted words an officer meets, at all addresses that they may know or guess."""
    actions.admit_officer(officer=sofia, joint_id=joint.pk, member_id=tomas.pk)
    actions.write_entry(officer=ana, joint_id=joint.pk, text="zqentry was agreed")
    given, kept = recorded(ana, joint, "zqgiven list"), recorded(ana, joint, "zqkept list")
    give(ana, sami, joint, given)
    things = [
        {"joint_id": joint.pk, "rendition_id": each.pk, "record_id": each.record_id, "casefile_id": each.record.home_id}
        for each in (given, kept)
    ]
    lists = {
        "home",
        "joint:list",
        "records:list",
        "intelligence:list",
        "casefiles:list",
        "joint-list",
        "record-list",
        "item-list",
        "case-list",
    }
    own = ("joint", "record", "intelligence", "item", "entities", "casefiles", "case")
    near = [door for door in doors() if "GET" in door.methods and door.name.replace("-", ":").partition(":")[0] in own]
    met_at = [door for door in near if door.names and set(door.names) <= set(things[0])] + [door for door in doors() if door.name in lists]
    addresses = {door.at(**named) for door in met_at for named in things}

    def words(officer: Officer) -> frozenset[str]:
        client = Client()
        client.force_login(fresh(officer))
        text = "".join(body(client.get(address)) for address in sorted(addresses))
        return frozenset(word for word in WORDS if word in text)

    return words


def test_the_team_meets_what_was_given_and_nobody_else_a_word(
    met, ana, sami, alma, bela, breno, tomas, sofia, petra, paulo, otto, iris, adam
):
    assert met(ana) == INSIDE | {"zqkept"}
    assert met(bela) == met(tomas) == INSIDE
    for other in (alma, breno, sofia, otto):
        assert met(other) == NOTHING, other.name


def test_while_it_is_suspended_nobody_meets_more_than_what_is_their_own(met, pact, sofia, ana, bela, tomas):
    agreements.suspend_agreement(officer=sofia, agreement_id=pact.pk, reason="Not now.")
    assert met(bela) == met(tomas) == NOTHING
    assert met(ana) == {"zqgiven", "zqkept"}


def test_who_left_or_was_taken_off_meets_nothing_and_the_others_still_do(met, joint, sami, breno, ana, bela, tomas):
    actions.leave_joint_case(officer=breno, joint_id=joint.pk)
    actions.end_admission(officer=sami, joint_id=joint.pk, admission_id=admission(joint, tomas).pk)
    assert met(bela) == met(breno) == met(tomas) == NOTHING
    assert met(ana) == INSIDE | {"zqkept"}
