"""Who holds what: grants live by the database's clock, are ended and never deleted, and guardian's backend agrees with the rows."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import actions as people
from accounts import grants as memberships
from accounts.models import Agency, Officer
from cases.casefiles.models import CaseFile, CaseGrant, Note
from cases.records import grants as sight
from cases.records.models import Record, RecordGrant, Rendition
from cases.records.storage import keep_record, keep_rendition
from kernel import grants
from kernel.postgresql.compiler import guarded_tables
from tests.cast import fresh

pytestmark = pytest.mark.django_db
SOON, PAST = timedelta(hours=1), timedelta(seconds=-1)


@pytest.fixture
def rendition(casefile: CaseFile, ana: Officer) -> Rendition:
    """Of a record at home in Ana's case."""
    casefile.agency, casefile.unit = ana.agency, ana.unit
    record = keep_record(officer=ana, casefile=casefile, kind=Record.Kind.INTELLIGENCE)
    return keep_rendition(
        officer=ana, record=record, content={"paragraphs": []}, title="Berth 4", handling_scheme="europol", handling_code="H1"
    )


def sees(officer: Officer, row: CaseFile | Record | Rendition | Note) -> bool:
    return type(row).objects.visible_to(fresh(officer)).filter(pk=row.pk).exists()


def test_a_grant_opens_its_object_to_its_group_alone(ana: Officer, sami: Officer, casefile: CaseFile):
    assert sees(ana, casefile)
    assert not sees(sami, casefile)
    grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile)
    assert sees(sami, casefile)


@pytest.mark.parametrize(("left", "seen"), [(None, True), (SOON, True), (PAST, False)])
def test_a_grant_ends_by_itself_at_its_time(sami: Officer, casefile: CaseFile, left, seen):
    until = None if left is None else timezone.now() + left
    grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile, expires_at=until)
    assert sees(sami, casefile) is seen


def test_the_end_counts_by_the_clock_of_the_database(sami: Officer, casefile: CaseFile):
    grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile, expires_at=Now())
    assert not sees(sami, casefile)


def test_an_ended_grant_is_kept_and_opens_nothing(sami: Officer, casefile: CaseFile):
    cause = uuid4()
    grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile, cause=cause)
    assert grants.end(CaseGrant, cause=cause) == 1
    assert grants.end(CaseGrant, cause=cause) == 0
    assert not sees(sami, casefile)
    assert CaseGrant.objects.get(cause=cause).ended_at


def test_giving_again_revives_the_same_grant_with_its_new_end(sami: Officer, casefile: CaseFile):
    cause = uuid4()
    given = {"to": sami.personal_group, "on": casefile, "cause": cause}
    grants.give(CaseGrant, "view", **given, expires_at=timezone.now() + PAST)
    grants.end(CaseGrant, cause=cause)
    grants.give(CaseGrant, "view", **given, expires_at=timezone.now() + SOON)
    assert sees(sami, casefile)
    assert CaseGrant.objects.filter(cause=cause).count() == 1


def test_two_causes_are_two_grants_and_one_outlives_the_other(sami: Officer, casefile: CaseFile):
    causes = [uuid4(), uuid4()]
    for cause in causes:
        grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile, cause=cause)
    grants.end(CaseGrant, cause=causes[0])
    assert sees(sami, casefile)
    grants.end(CaseGrant, cause=causes[1])
    assert not sees(sami, casefile)


def test_a_right_on_one_thing_is_no_other_right(sami: Officer, casefile: CaseFile):
    grants.give(CaseGrant, "view", to=sami.personal_group, on=casefile)
    assert CaseFile.objects.holding("view", sami).exists()
    assert not CaseFile.objects.holding("work", sami).exists()


def test_leaving_the_group_ends_the_sight_it_gave(ana: Officer, casefile: CaseFile):
    memberships.leave(ana, ana.personal_group)
    assert not sees(ana, casefile)


def test_nobody_sees_anything_once_dismissed_or_their_agency_suspended(ana: Officer, casefile: CaseFile):
    people.set_agency_status(agency_id=ana.agency_id, status=Agency.Status.SUSPENDED)
    assert not sees(ana, casefile)
    people.set_agency_status(agency_id=ana.agency_id, status=Agency.Status.ACTIVE)
    assert sees(ana, casefile)
    people.dismiss_officer(by=None, officer_id=ana.pk)
    assert not sees(ana, casefile)


def release(rendition: Rendition, *readers: Officer, left: timedelta = SOON) -> UUID:
    """Grants as an approved release leaves them; its cause, which is also the agreement it rests on here."""
    cause = uuid4()
    group = memberships.found_group("release", cause)
    for reader in readers:
        memberships.join(reader, group, cause=cause)
    sight.admit_release([rendition], to=group, release_id=cause, agreement_id=cause, until=timezone.now() + left)
    return cause


def test_a_release_shows_exactly_its_rendition(ana: Officer, bela: Officer, rendition: Rendition):
    other = keep_rendition(officer=ana, record=rendition.record, content={}, title="Berth 5", handling_scheme="europol", handling_code="H1")
    release(rendition, bela)
    assert sees(bela, rendition)
    assert sees(bela, rendition.record)
    assert not sees(bela, other)
    assert sees(ana, other)


def test_sight_is_held_back_while_its_agreement_is_suspended(bela: Officer, rendition: Rendition):
    cause = release(rendition, bela)
    assert sight.suspend(cause) == 1
    assert not sees(bela, rendition)
    assert not sees(bela, rendition.record)
    assert sight.resume(cause) == 1
    assert sees(bela, rendition)


def test_what_ended_while_suspended_does_not_come_back(bela: Officer, rendition: Rendition):
    cause = release(rendition, bela)
    sight.suspend(cause)
    assert sight.end_release(cause) == 1
    assert sight.resume(cause) == 0
    assert not sees(bela, rendition)


def test_a_release_past_its_end_shows_nothing(bela: Officer, rendition: Rendition):
    release(rendition, bela, left=PAST)
    assert not sees(bela, rendition)


def test_has_perm_agrees_with_the_rows_for_everybody(cast: dict[str, Officer], casefile: CaseFile, note: Note, rendition: Rendition):
    """Rows of every state, each asked by everybody, by both doors to the same answer."""
    cause = release(rendition, cast["bela"], cast["otto"])
    release(rendition, cast["tomas"], left=PAST)
    sight.suspend(release(rendition, cast["breno"]))
    grants.give(CaseGrant, "view", to=cast["ana"].agency.group, on=casefile)
    grants.give(CaseGrant, "work", to=cast["petra"].personal_group, on=casefile, cause=cause)
    seen = 0
    for row in (casefile, note, rendition.record, rendition):
        for officer in map(fresh, cast.values()):
            for right in {"view", *row._meta.default_permissions}:
                perm = f"{row._meta.app_label}.{right}_{row._meta.model_name}"
                held = type(row).objects.holding(right, officer)
                assert officer.has_perm(perm, row) is held.filter(pk=row.pk).exists(), (officer, perm)
                seen += officer.has_perm(perm, row)
            assert not officer.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}", row)
            assert (f"{row._meta.app_label}.view_{row._meta.model_name}" in officer.get_all_permissions(row)) is (
                sees(officer, row) and "view" in row._meta.default_permissions
            )
    assert seen > 10


def test_permissions_of_guardian_and_django_open_no_row(bela: Officer, casefile: CaseFile):
    permission = Permission.objects.get(codename="view_casefile")
    bela.user_permissions.add(permission)
    bela.personal_group.permissions.add(permission)
    bela = fresh(bela)
    assert not bela.has_perm("casefiles.view_casefile", casefile)
    assert not sees(bela, casefile)
    for table, holder in ((UserObjectPermission, {"user": bela}), (GroupObjectPermission, {"group": bela.personal_group})):
        row = table(permission=permission, content_type=permission.content_type, object_pk=casefile.pk, **holder)
        with pytest.raises(DatabaseError, match="generic grants are refused"), transaction.atomic():
            table.objects.bulk_create([row])


def test_has_perm_answers_no_to_questions_that_make_no_sense(ana: Officer, casefile: CaseFile):
    assert ana.has_perm("casefiles.view_casefile", casefile)
    for perm in ("casefiles.view", "view_casefile", "records.view_record", "casefiles.view_note", "", ".", "casefiles.view_casefile.x"):
        assert not ana.has_perm(perm, casefile), perm
    assert not ana.has_perm("casefiles.view_casefile")
    assert not ana.has_perm("accounts.view_agency", ana.agency)
    assert not AnonymousUser().has_perm("casefiles.view_casefile", casefile)
    ana.is_active = False
    assert not ana.has_perm("casefiles.view_casefile", casefile)


def test_no_officer_is_a_superuser(ana: Officer):
    ana.is_superuser = True
    with pytest.raises(DatabaseError, match="no_superuser"), transaction.atomic():
        ana.save()


def test_grants_are_the_only_rows_that_tell_who_sees(casefile: CaseFile):
    for table in (CaseGrant, RecordGrant):
        assert table.subject_model() in guarded_tables().values()
        assert not table._meta.unique_together, "guardian's one row per permission would stand against several causes"
    stranger = Group.objects.create(name="nobody's")
    grants.give(CaseGrant, "view", to=stranger, on=casefile)
    assert not CaseFile.objects.unscoped("test").filter(grants__group=stranger, grants__ended_at__isnull=False).exists()
