"""Whoever meets a silent file gets, to the byte, what whoever meets nobody gets."""

from __future__ import annotations

import re

import pytest
from django.urls import NoReverseMatch, reverse

from accounts import actions as people
from accounts.models import Notice, Officer
from accounts.roles import Role
from audit import models as audit
from cases.casefiles.models import NoticeMode
from cases.entities.models import Mention
from sharing.deconfliction import actions
from sharing.deconfliction.models import HitSide
from sharing.deconfliction.notices import readers
from tests.cast import fresh
from tests.sharing.deconfliction.conftest import browser_of, compare, machine_of

pytestmark = pytest.mark.django_db
PHONE = "+995501477"
PAGES = ("home", "deconfliction:list", "casefiles:list", "accounts:badges")
CANARIES = ("canary-case", "canary-name", "canary-officer", "Quiet unit", "Quiet desk")


def everything_served(officer) -> dict[str, bytes]:
    """Every page and list that could say something of a hit, without what differs from one request to the next."""
    browser, machine, served = browser_of(officer), machine_of(officer), {}
    for name in PAGES:
        try:
            served[name] = browser.get(reverse(name)).content
        except NoReverseMatch:
            continue
    for state in ("", "?state=new", "?state=settled"):
        served[f"list {state}"] = browser.get(f"/deconfliction/{state}").content
        served[f"api {state}"] = machine.get(f"/api/v1/hits/{state}").content
    return {
        name: re.sub(rb'(csrfmiddlewaretoken" value|X-CSRFToken&quot;:|datetime)="?[^"]*"|\d\d:\d\d', b"", body)
        for name, body in served.items()
    }


def kept_of(agency_id):
    """What the asker's own ledger and notices hold that the job could have written."""
    lines = audit.Event.objects.filter(owner_id=agency_id, actor_id=None)
    notices = Notice.objects.filter(officer__agency=agency_id, kind__startswith="deconfliction")
    return lines.count(), notices.count()


@pytest.fixture
def auditor(bela):
    return people.enrol_officer(unit=bela.unit, email="auditor@sic.example", name="Ulisses Prado", password=None, roles=[Role.AUDITOR])


@pytest.mark.usefixtures("agreement")
@pytest.mark.parametrize("compartment", [False, True])
def test_a_silent_match_looks_like_no_match(auditor, hold, quiet_unit, compartment):
    bela = Officer.objects.get(name="Bela Arouche")
    hold(bela, PHONE)
    compare()
    askers = (bela, fresh(auditor))
    before = [everything_served(officer) for officer in askers]
    kept = kept_of(bela.agency_id)

    quinn = people.enrol_officer(unit=quiet_unit, email="q@nfis.example", name="canary-officer", password=None, roles=[Role.INVESTIGATOR])
    hold(quinn, PHONE, mode=NoticeMode.OWNER_ONLY, name="canary-name", title="canary-case", is_compartment=compartment)
    compare()

    assert len(actions.list_hits(officer=quinn).rows) == 1
    after = [everything_served(officer) for officer in askers]
    assert kept_of(bela.agency_id) == kept
    for had, has in zip(before, after, strict=True):
        assert {name for name in had if had[name] != has[name]} == set()
        assert not [canary for canary in CANARIES if any(canary.encode() in body for body in has.values())]


def test_an_open_match_would_have_been_noticed(ana, bela, auditor, agreement, hold):
    """That the comparison above can fail."""
    hold(bela, PHONE)
    compare()
    before = everything_served(bela)
    hold(ana, PHONE)
    compare()
    changed = {name for name, body in everything_served(bela).items() if body != before[name]}
    assert changed >= {"deconfliction:list", "list ", "list ?state=new", "api ", "api ?state=new", "accounts:badges"}


@pytest.mark.parametrize("mode", NoticeMode.values)
def test_those_who_are_told_are_those_who_may_see(cast, agreement, hold, mode):
    ana = fresh(cast["ana"])
    mine = hold(ana, PHONE, mode=mode, team=[cast["alma"].pk])
    hold(fresh(cast["bela"]), PHONE)
    compare()
    mentions, sides = Mention.objects.unscoped("test").filter(pk=mine.pk), HitSide.objects.unscoped("test").filter(mention=mine)
    told, readers_of_it = set(readers(ana.unit, sides)), set(mentions.readers())
    everybody = {key: fresh(officer) for key, officer in cast.items()}
    assert told == {officer for officer in everybody.values() if HitSide.objects.visible_to(officer).filter(mention=mine).exists()}
    assert readers_of_it == {officer for officer in everybody.values() if Mention.objects.visible_to(officer).filter(pk=mine.pk).exists()}
    assert {key for key, officer in everybody.items() if officer in told} == {"ana", "alma"} | (
        {"sami"} if mode == NoticeMode.BOTH else set()
    )
