"""Roles and deeds, the duties that are kept apart, deputies, and what ends with an agency or a membership."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import actions, grants, rules, tasks
from accounts.models import Agency, Appointment, Deputy, Membership, Officer, RoleDeed
from accounts.roles import CONTENT_DEEDS, USUAL_DEEDS, WITHOUT_CONTENT, Deed, Role
from audit.models import Event
from tests.cases.refusals import refused
from tests.cast import fresh

pytestmark = pytest.mark.django_db


def test_an_agency_starts_with_the_usual_deeds_for_every_role(ana):
    rows = RoleDeed.objects.filter(agency=ana.agency).values_list("role", "deed")
    assert set(rows) == {(role, deed) for role, deeds in USUAL_DEEDS.items() for deed in deeds}


def test_an_agencys_own_reviewed_deeds_take_the_place_of_the_usual_ones(petra, tomas):
    """Sierra Clara's prosecutors direct investigations (Code of Criminal Procedure, art. 74); Northmark's do not."""
    assert Deed.INTELLIGENCE_RECORD in tomas.deeds
    assert Deed.INTELLIGENCE_RECORD not in petra.deeds


@pytest.mark.parametrize("role", list(Role))
def test_an_officer_may_do_what_their_role_does_and_nothing_else(cast, ana, role):
    Appointment.objects.filter(officer=ana).delete()
    actions.appoint(by=None, officer_id=ana.pk, role=role)
    allowed = {deed for deed in Deed if rules.may(fresh(ana), deed)}
    assert allowed == set(USUAL_DEEDS[role])
    assert {deed for deed in Deed if Officer.objects.who_may(deed).filter(pk=ana.pk).exists()} == allowed


def test_the_database_gives_no_content_to_those_who_run_accounts_or_oversee(ana):
    for role in WITHOUT_CONTENT:
        for deed in CONTENT_DEEDS:
            with pytest.raises(IntegrityError, match="separation_of_duties"), transaction.atomic():
                RoleDeed.objects.create(agency=ana.agency, role=role, deed=deed)


@pytest.mark.parametrize("role", sorted(WITHOUT_CONTENT))
def test_a_role_without_content_takes_content_away_from_the_others(ana, role):
    with refused(rules.KEPT_APART):
        actions.appoint(by=None, officer_id=ana.pk, role=role)
    Appointment.objects.create(officer=ana, role=role)
    assert not fresh(ana).deeds & CONTENT_DEEDS
    assert not any(Officer.objects.who_may(deed).filter(pk=ana.pk).exists() for deed in CONTENT_DEEDS)


def test_nobody_is_enrolled_across_kept_apart_duties(ana):
    with refused(rules.KEPT_APART):
        actions.enrol_officer(
            unit=ana.unit, email="both@nfis.example", name="Both", password=None, roles=[Role.AGENCY_ADMIN, Role.INVESTIGATOR]
        )


def test_a_role_ends_with_the_next_request(ana):
    actions.withdraw_role(by=None, officer_id=ana.pk, role=Role.INVESTIGATOR)
    assert fresh(ana).deeds == frozenset()


def test_a_role_given_for_a_time_ends_by_itself(ana):
    Appointment.objects.filter(officer=ana).update(until=Now() - timedelta(seconds=1))
    assert fresh(ana).roles == frozenset()


def test_only_the_agencys_own_administrator_manages_its_officers(adam, sami, bela, ana):
    new = {"email": "new@nfis.example", "name": "New", "password": None, "roles": [Role.ANALYST]}
    with refused(rules.NOT_YOUR_DEED):
        actions.enrol_officer(unit=ana.unit, by=sami, **new)
    with refused(rules.OTHER_AGENCY):
        actions.enrol_officer(unit=bela.unit, by=adam, **new)
    with refused(rules.OTHER_AGENCY):
        actions.dismiss_officer(by=adam, officer_id=bela.pk)
    enrolled = actions.enrol_officer(unit=ana.unit, by=adam, **new)
    assert set(Membership.objects.held_by(enrolled).values_list("group", flat=True)) == {
        ana.agency.group_id, ana.unit.group_id, enrolled.personal_group_id,
    }  # fmt: skip
    assert set(enrolled.groups.values_list("pk", flat=True)) == set(enrolled.memberships.values_list("group", flat=True))
    assert Event.objects.filter(kind="accounts.officer.enrolled", subject_id=enrolled.pk, actor_id=adam.pk).exists()


@pytest.fixture
def days():
    now = timezone.now()
    return {"since": now - timedelta(days=1), "until": now + timedelta(days=6), "reason": "Leave"}


def stand_in(by, officer, deputy, days, role=Role.SUPERVISOR) -> Deputy:
    return actions.name_deputy(by=by, officer_id=officer.pk, deputy_id=deputy.pk, role=role, **days)


def test_a_deputy_may_do_what_the_role_may_while_it_is_lent(sami, ana, days):
    stand_in(sami, sami, ana, days)
    assert fresh(ana).roles == {Role.INVESTIGATOR, Role.SUPERVISOR}
    assert Deed.RELEASES_APPROVE in fresh(ana).deeds
    assert Officer.objects.who_may(Deed.RELEASES_APPROVE).filter(pk=ana.pk).exists()
    assert Event.objects.filter(kind="accounts.deputy.named", subject_id=ana.pk, actor_id=sami.pk).exists()


@pytest.mark.parametrize("days_from_now", [(-9, -1), (1, 9)])
def test_before_and_after_its_days_a_delegation_gives_nothing(sami, ana, days, days_from_now):
    since, until = (timezone.now() + timedelta(days=number) for number in days_from_now)
    stand_in(sami, sami, ana, days | {"since": since, "until": until})
    assert fresh(ana).roles == {Role.INVESTIGATOR}


@pytest.mark.parametrize("end", ["role", "officer"])
def test_a_delegation_ends_with_what_was_lent(sami, ana, days, end):
    stand_in(sami, sami, ana, days)
    if end == "role":
        actions.withdraw_role(by=None, officer_id=sami.pk, role=Role.SUPERVISOR)
    else:
        actions.dismiss_officer(by=None, officer_id=sami.pk)
    assert fresh(ana).roles == {Role.INVESTIGATOR}
    assert not Officer.objects.who_may(Deed.RELEASES_APPROVE).filter(pk=ana.pk).exists()


def test_nobody_lends_what_is_not_theirs_or_across_agencies(cast, days):
    adam, ana, sami, alma, bela = (fresh(cast[key]) for key in ("adam", "ana", "sami", "alma", "bela"))
    with refused(rules.NOT_THEIRS_TO_LEND):
        stand_in(ana, ana, alma, days)
    with refused(rules.OTHER_AGENCY):
        stand_in(sami, sami, bela, days)
    with refused(rules.OWN_DEPUTY):
        stand_in(sami, sami, sami, days)
    with refused(rules.NOT_YOUR_DEED):
        stand_in(ana, sami, ana, days)
    stand_in(adam, sami, ana, days)


def test_a_withdrawn_role_cannot_be_lent(sami, ana, days):
    actions.withdraw_role(by=None, officer_id=sami.pk, role=Role.SUPERVISOR)
    with refused(rules.NOT_THEIRS_TO_LEND):
        stand_in(fresh(sami), sami, ana, days)


def test_an_administrator_stands_in_for_nobody_who_sees_content(adam, sami, days):
    with refused(rules.KEPT_APART):
        stand_in(sami, sami, adam, days)


@pytest.mark.parametrize("columns", [{"until": timezone.now() - timedelta(days=30)}, {"deputy": "officer"}])
def test_the_database_refuses_delegations_that_make_no_sense(sami, ana, days, columns):
    facts = days | {"officer": sami, "deputy": ana, "role": Role.SUPERVISOR} | columns
    facts["deputy"] = sami if facts["deputy"] == "officer" else facts["deputy"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(**facts)


def held(officer) -> int:
    return Membership.objects.held_by(officer).count()


@pytest.mark.parametrize("status", [Agency.Status.SUSPENDED, Agency.Status.FROZEN])
def test_officers_of_a_suspended_agency_hold_nothing_and_may_do_nothing(ana, bela, status):
    actions.set_agency_status(agency_id=ana.agency_id, status=status)
    assert (held(ana), fresh(ana).deeds) == (0, frozenset())
    assert not Officer.objects.who_may(Deed.CASES_READ).filter(agency=ana.agency).exists()
    assert held(bela) == 3
    actions.set_agency_status(agency_id=ana.agency_id, status=Agency.Status.ACTIVE)
    assert held(ana) == 3


def test_a_dismissed_officer_holds_nothing_and_may_do_nothing(ana):
    actions.dismiss_officer(by=None, officer_id=ana.pk)
    assert (held(ana), fresh(ana).deeds) == (0, frozenset())
    assert not grants.members(ana.unit.group).filter(pk=ana.pk).exists()


def test_the_tokens_of_a_dismissed_officer_do_not_come_back_with_them(ana):
    actions.make_token(officer=ana, name="nightly", days=30)
    actions.dismiss_officer(by=None, officer_id=ana.pk)
    Officer.objects.filter(pk=ana.pk).update(is_active=True)
    assert not fresh(ana).tokens.filter(ended_at=None).exists()


def test_a_membership_ends_at_once_and_is_kept(ana, sami):
    group = sami.personal_group
    grants.join(ana, group)
    assert held(ana) == 4
    grants.leave(ana, group)
    assert held(ana) == 3
    assert not ana.groups.filter(pk=group.pk).exists()
    assert Membership.objects.filter(officer=ana, group=group, until__isnull=False).exists()


def test_a_membership_for_a_time_ends_by_itself(ana, sami):
    grants.join(ana, sami.personal_group, until=timezone.now() + timedelta(days=1))
    assert held(ana) == 4
    Membership.objects.filter(officer=ana, group=sami.personal_group).update(until=Now())
    assert held(ana) == 3
    kept = set(ana.groups.exclude(pk=sami.personal_group_id))
    assert tasks.end_memberships() == 1
    assert set(ana.groups.all()) == kept
    assert tasks.end_memberships() == 0


def test_the_database_knows_an_address_in_small_letters_alone(ana):
    with pytest.raises(IntegrityError, match="an_address_is_one_however_it_is_written"), transaction.atomic():
        Officer.objects.filter(pk=ana.pk).update(email="Ana@nfis.example")


@pytest.mark.parametrize("table", [UserObjectPermission, GroupObjectPermission])
def test_guardians_generic_tables_take_no_row(ana, table):
    permission = Permission.objects.get(codename="view_casefile")
    whom = {"user": ana} if table is UserObjectPermission else {"group": ana.unit.group}
    row = table(permission=permission, content_type=permission.content_type, object_pk=str(ana.pk), **whom)
    with pytest.raises(DatabaseError, match="generic grants are refused"), transaction.atomic():
        table.objects.bulk_create([row])
