"""Who can see this, and why: every answer is the one predicate turned round, for the whole cast."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import dismiss_officer, set_agency_status
from accounts.grants import join, members
from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.records import actions, grants, rules
from cases.records.models import RecordGrant, Rendition
from kernel.errors import NotFound
from tests.cases.records.conftest import keep
from tests.cases.released import released
from tests.cast import fresh


def seeing(cast: dict[str, Officer], rendition: Rendition) -> set[str]:
    return {key for key, person in cast.items() if Rendition.objects.visible_to(fresh(person)).filter(pk=rendition.pk).exists()}


def agree(cast: dict[str, Officer], owner: Officer, *renditions: Rendition) -> None:
    """For everybody: explain, the trail's end, the page's lines and the predicate say the same."""
    for rendition in Rendition.objects.unscoped("test").select_related("record__agency").filter(pk__in=[r.pk for r in renditions]):
        explained = {key for key, person in cast.items() if rules.explain(fresh(person), rendition)}
        assert explained == seeing(cast, rendition)
        for key, person in cast.items():
            steps = list(rules.trail(fresh(person), rendition, told_to=owner))
            assert (all(steps[:2]) and any(steps[2:])) == (key in explained)
    record = renditions[0].record
    sights = [sight for sight in rules.who_can_see(owner, record) if sight.sees]
    listed = {p.pk for sight in sights for p in members(sight.group_id).who_may(Deed.INTELLIGENCE_READ)}
    assert listed == {person.pk for person in cast.values() if any(rules.explain(fresh(person), each) for each in renditions)}


@pytest.mark.parametrize("audience", ["team", "unit", "agency"])
def test_lines_trails_and_predicate_agree_at_home(cast, sami, audience):
    reason = "" if audience == "team" else "All look for it."
    wide = casefiles.open_case(officer=sami, title="Wide", audience=audience, audience_reason=reason)
    rendition = keep(sami, wide)
    assert seeing(cast, rendition) == ({"sami"} if audience == "team" else {"ana", "sami", "alma"})
    agree(cast, sami, rendition)


def test_lines_trails_and_predicate_agree_across_releases_in_every_state(cast, ana, original, tear_line):
    bela, tomas, paulo = cast["bela"], cast["tomas"], cast["paulo"]
    agreement_id = uuid4()
    released(tear_line, bela, reference="R-LIVE", agreement_id=agreement_id)
    over = released(original, tomas, reference="R-OVER")
    released(original, paulo, days=-1, reference="R-PAST")
    agree(cast, ana, original, tear_line)
    grants.suspend(agreement_id)
    assert seeing(cast, tear_line) == {"ana", "sami"}
    agree(cast, ana, original, tear_line)
    grants.resume(agreement_id)
    grants.end_release(over)
    assert seeing(cast, original) == {"ana", "sami"}
    agree(cast, ana, original, tear_line)
    dismiss_officer(by=None, officer_id=bela.pk)
    assert seeing(cast, tear_line) == {"ana", "sami"}
    agree(cast, ana, original, tear_line)
    set_agency_status(agency_id=ana.agency_id, status=Agency.Status.FROZEN)
    assert seeing(cast, original) == set()


def test_the_owner_reads_who_sees_it_who_does_not_yet_and_who_no_longer_does(ana, original, tear_line, bela, tomas):
    agreement_id = uuid4()
    released(tear_line, bela, reference="R-LIVE", agreement_id=agreement_id)
    released(original, tomas, days=-1, reference="R-PAST")
    said = [
        (sight.agency.short_name, sight.sentence, sight.sees) for sight in actions.explain_sight(officer=ana, record_id=original.record_id)
    ]
    assert said[0] == ("NFIS", "The team of the case it is kept in: 2 people", True)
    assert ("SIC", "Release R-LIVE: 1 person accepted its conditions", True) in said
    assert ("FN", "no longer, release R-PAST has ended", False) in said
    assert said[-1][2] is False
    grants.suspend(agreement_id)
    said = [sight.sentence for sight in actions.explain_sight(officer=ana, record_id=original.record_id)]
    assert "held back, the agreement of release R-LIVE is suspended" in said


def test_a_recipient_reads_its_own_line_and_of_nobody_else(original, tear_line, bela, tomas):
    released(tear_line, bela, reference="R-BELA")
    released(tear_line, tomas, reference="R-TOMAS")
    lines = actions.explain_sight(officer=fresh(bela), record_id=original.record_id)
    assert [(line.agency.short_name, line.sentence) for line in lines] == [("SIC", "Release R-BELA: 1 person accepted its conditions")]


def test_a_recipient_learns_of_its_own_agencys_readers_alone_whatever_group_they_share(original, tear_line, bela, breno, tomas, ana):
    cause = released(tear_line, bela, breno, reference="R-BELA")
    held = RecordGrant.objects.get(cause=cause)
    for stranger in (tomas, ana):
        join(stranger, held.group, cause=cause)
    home = RecordGrant.objects.filter(content_object=original.record, origin="home").first()
    join(bela, home.group)
    told = [(line.agency, line.sentence) for line in actions.explain_sight(officer=fresh(bela), record_id=original.record_id)]
    assert told == [(bela.agency, "Release R-BELA: 2 people accepted its conditions")]
    owners = [line.sentence for line in actions.explain_sight(officer=ana, record_id=original.record_id)]
    assert owners[:2] == ["The team of the case it is kept in: 3 people", "Release R-BELA: 4 people accepted its conditions"]


def test_a_colleague_is_checked_step_by_step(ana, sami, alma, iris, original):
    yes = actions.check_person(officer=ana, record_id=original.record_id, person_id=sami.pk)
    assert yes.verdict.said is rules.BY_TEAM
    no = actions.check_person(officer=ana, record_id=original.record_id, person_id=alma.pk)
    assert [step.said for step in no.steps] == [rules.SERVING, rules.ROLE_READS, rules.NOT_ON_TEAM]
    assert not no.verdict
    auditor = actions.check_person(officer=ana, record_id=original.record_id, person_id=iris.pk)
    assert auditor.verdict.said is rules.ROLE_READS_NOTHING


def test_an_officer_of_a_recipient_is_checked_by_email_and_no_sight_looks_like_nobody(cast, ana, original, tear_line):
    bela, breno, otto = cast["bela"], cast["breno"], cast["otto"]
    released(tear_line, bela, reference="R-LIVE")
    check = {"officer": ana, "record_id": original.record_id, "rendition_id": tear_line.pk}
    yes = actions.check_person(**check, email=bela.email)
    assert yes.verdict.said is rules.BY_RELEASE
    assert "R-LIVE" in yes.verdict.reason
    assert "Bela" not in yes.verdict.reason
    answers = [actions.check_person(**check, email=email) for email in (breno.email, otto.email, "nobody@nowhere.example")]
    assert {(answer.verdict.reason, len(answer.steps)) for answer in answers} == {(str(rules.NOTHING_LETS.text), 1)}
    with pytest.raises(NotFound):
        actions.check_person(**check, person_id=bela.pk)


def test_a_recipient_does_not_learn_of_another_release_by_checking_a_colleague(original, tear_line, bela, breno):
    released(tear_line, bela, reference="R-BELA")
    released(tear_line, breno, reference="R-BRENO")
    checked = actions.check_person(officer=fresh(bela), record_id=original.record_id, person_id=breno.pk)
    assert checked.verdict.said is rules.BY_ANOTHER_RELEASE
    assert not any("R-BRENO" in step.reason for step in [checked.verdict, *checked.steps])


def test_a_recipient_does_not_check_the_owners_people(original, tear_line, bela, ana):
    released(tear_line, bela)
    checked = actions.check_person(officer=fresh(bela), record_id=original.record_id, email=ana.email)
    assert checked.verdict.said is rules.NOTHING_LETS


def test_who_can_see_is_asked_in_as_many_statements_however_often_it_was_released(ana, bela, case, django_assert_num_queries):
    rendition = keep(ana, case)
    released(rendition, bela)
    record = actions.open_rendition(officer=fresh(ana), record_id=rendition.record_id).record
    with CaptureQueriesContext(connection) as once:
        rules.who_can_see(ana, record)
    for _release in range(4):
        released(rendition, bela)
    with django_assert_num_queries(len(once)):
        assert len(rules.who_can_see(ana, record)) == 7
