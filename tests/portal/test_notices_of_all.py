"""Of everything that waits in a world where everything happened once: what is counted is what is said."""

import pytest

from accounts.models import Notice
from portal.pages.notices import SPOKEN, standing
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
