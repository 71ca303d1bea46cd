"""A query is put in words once for each reader, and read anew each time: what is no longer shown is gone at the next reading."""

from itertools import product

import pytest

from accounts.models import Officer, RoleDeed
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, Task
from cases.records.models import Rendition
from kernel.postgresql.compiler import guarded_tables
from kernel.querysets import UnscopedQuery, in_words
from tests.cast import fresh
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_words_are_found_once_and_the_rows_each_time(ana, sami):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    words = CaseFile.objects.seen_by(sami)
    assert CaseFile.objects.unscoped("a test").filter(pk__in=words).exists()
    casefiles.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    assert CaseFile.objects.seen_by(fresh(sami)) is words
    assert not CaseFile.objects.unscoped("a test").filter(pk__in=words).exists()


def test_each_reader_has_their_own(ana, sami, bela):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    casefiles.set_task(officer=ana, casefile_id=case.pk, title="Call", assignee_id=sami.pk)
    assert [Task.objects.visible_to(each).count() for each in (ana, bela, sami)] == [1, 0, 1]


def test_whoever_may_read_nothing_has_no_words(ana, sami):
    casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    assert CaseFile.objects.seen_by(ana)
    RoleDeed.objects.filter(agency=ana.agency_id, deed=Deed.CASES_READ).delete()
    assert CaseFile.objects.seen_by(fresh(ana)) == ()
    assert not Task.objects.visible_to(fresh(ana)).exists()


def test_what_says_not_who_is_looking_is_not_put_in_words(ana):
    with pytest.raises(UnscopedQuery):
        in_words(lambda officer: Rendition.objects.values("pk"), ana)


def test_sight_asks_nothing_of_an_officer_but_what_tells_readers_apart(world: World, monkeypatch):
    """What else the words held of an officer would be what it once was."""
    read, facts = set(), {name for each in Officer._meta.get_fields() for name in (each.name, getattr(each, "attname", each.name))}
    officers = [fresh(person) for person in world.people.values()]
    assert all(officer.deeds is not None for officer in officers)

    def noted(self, name):
        read.add(name)
        return object.__getattribute__(self, name)

    monkeypatch.setattr(Officer, "__getattribute__", noted, raising=False)
    for model, officer in product(guarded_tables().values(), officers):
        model._default_manager.visible_to(officer).exists()
    assert read & (facts | {"roles", "deeds"}) == {"id", "agency_id", "deeds"}
