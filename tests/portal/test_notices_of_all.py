"""Of everything that waits in a world where everything happened once: what is counted is what is said."""

from itertools import product

import pytest

from accounts.models import Notice, Officer, RoleDeed
from accounts.roles import Deed
from portal.pages.notices import SPOKEN, STANDING, standing
from tests.cast import fresh
from tests.world import World

pytestmark = pytest.mark.django_db


def test_everybody_is_told_of_exactly_what_is_counted_for_them(world: World):
    kinds = set()
    for person in world.people.values():
        officer = fresh(person)
        each_once = Notice.objects.filter(officer=officer).order_by("kind", "subject_id", "-posted_at").distinct("kind", "subject_id")
        Notice.objects.filter(officer=officer).exclude(pk__in=list(each_once.values_list("pk", flat=True))).delete()
        Notice.objects.filter(officer=officer).update(done_at=None)  # also what was settled: its thing stands no more
        mine = Notice.objects.filter(officer=officer)
        said = {notice for notice in mine if SPOKEN[notice.kind](officer, notice.subject_id)}
        assert set(standing(officer)) == said
        kinds |= {notice.kind for notice in said}
    assert {kind.partition(".")[0] for kind in kinds} == {
        "agreements", "casefiles", "deconfliction", "entities", "joint", "prosecution", "releases",
    }  # fmt: skip


def test_what_stands_is_asked_with_nothing_of_an_officer_but_what_tells_readers_apart(world: World, monkeypatch):
    """The statements are put in words once for each reader: what else of an officer they held would be what it once was."""
    read, facts = set(), {name for each in Officer._meta.get_fields() for name in (each.name, getattr(each, "attname", each.name))}
    officers = [fresh(person) for person in world.people.values()]
    assert all(officer.deeds is not None for officer in officers)

    def noted(self, name):
        read.add(name)
        return object.__getattribute__(self, name)

    monkeypatch.setattr(Officer, "__getattribute__", noted, raising=False)
    for things, officer in product(STANDING.values(), officers):
        things(officer).exists()
    assert read & (facts | {"roles", "deeds", "units"}) == {"id", "agency_id", "deeds"}


def test_whoever_may_do_less_is_told_less_at_the_next_page(world: World):
    ana = fresh(world.people["ana"])
    rooms = {notice.kind.partition(".")[0] for notice in standing(ana)}
    RoleDeed.objects.filter(agency=ana.agency_id, deed__in=[Deed.CASES_READ, Deed.INTELLIGENCE_READ]).delete()
    assert "casefiles" in rooms
    assert "casefiles" not in {notice.kind.partition(".")[0] for notice in standing(fresh(ana))}
