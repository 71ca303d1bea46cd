"""Setting up who there is: agencies, units, officers, roles, deputies. Each deed is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from accounts import grants, rules
from accounts.events import Event
from accounts.models import (
    Agency,
    ApiToken,
    Appointment,
    CountryRule,
    Deputy,
    Desk,
    Draft,
    Jurisdiction,
    Officer,
    RoleDeed,
    StandingAdviser,
    Unit,
)  # fmt: skip
from accounts.roles import USUAL_DEEDS, Deed, Role
from audit.ledger import record
from kernel.errors import NotFound


@transaction.atomic(durable=True)
def found_agency(
    *, jurisdiction: Mapping[str, Any], country_rules: Iterable[Mapping[str, Any]] = (), deeds: Mapping[Role, Iterable[Deed]] | None = None,
    laws: Mapping[Deed, str] | None = None, **facts: Any,
) -> Agency:  # fmt: skip
    """Set up an agency with the usual deeds per role, or its own reviewed ones. Done by the installation, before anybody can sign in.

    `jurisdiction` has code, name and languages; `country_rules` have key, value, law and reviewed_on; `laws` say what a deed rests on.
    """
    country, _made = Jurisdiction.objects.get_or_create(code=jurisdiction["code"], defaults=dict(jurisdiction))
    for rule in country_rules:
        CountryRule.objects.get_or_create(jurisdiction=country, key=rule["key"], defaults=dict(rule))
    agency_id = uuid4()
    agency = Agency.objects.create(id=agency_id, jurisdiction=country, group=grants.found_group("agency", agency_id), **facts)
    allowed = USUAL_DEEDS | dict(deeds or {})
    said = dict(laws or {})
    rows = ({"role": role, "deed": deed, "law": said.get(deed, "")} for role in allowed for deed in sorted(allowed[role]))
    RoleDeed.objects.bulk_create(RoleDeed(agency=agency, **row) for row in rows)
    record(Event.AGENCY_FOUNDED, actor=None, subject=agency, owner=agency.pk, name=agency.name)
    return agency


@transaction.atomic(durable=True)
def name_adviser(*, agency: Agency, service: Agency, law: str, reviewed_on: date) -> StandingAdviser:
    """Say that a prosecution service advises an agency's cases from their first day, by which law. Done by the installation."""
    row = StandingAdviser.objects.create(agency=agency, service=service, law=law, reviewed_on=reviewed_on)
    record(Event.ADVISER_NAMED, actor=None, subject=agency, owner=agency.pk, service=service.pk, law=law)
    return row


@transaction.atomic(durable=True)
def found_unit(*, agency: Agency, name: str, desk: Mapping[str, Any], vetted: bool = True) -> Unit:
    """Set up a unit and the desk where other agencies reach it."""
    unit_id = uuid4()
    unit = Unit.objects.create(id=unit_id, agency=agency, name=name, vetted=vetted, group=grants.found_group("unit", unit_id))
    Desk.objects.create(unit=unit, **desk)
    record(Event.UNIT_FOUNDED, actor=None, subject=unit, owner=agency.pk, name=name)
    return unit


@transaction.atomic(durable=True)
def enrol_officer(
    *, unit: Unit, email: str, name: str, password: str | None, roles: Iterable[Role], by: Officer | None = None, **facts: Any
) -> Officer:
    """Enrol an officer in a unit with their roles; `by` is the agency's administrator, or None for the installation.

    Raises NotAllowed (rules.can_manage_officers, rules.can_hold).
    """
    if by is not None:
        rules.can_manage_officers(by, unit.agency).enforce()
    roles = frozenset(roles)
    rules.can_hold(roles).enforce()
    officer_id = uuid4()
    facts = {"time_zone": unit.agency.time_zone, "language": unit.agency.language} | facts
    officer = Officer(id=officer_id, email=email.lower(), name=name, agency=unit.agency, unit=unit, **facts)
    officer.personal_group = grants.found_group("officer", officer_id)
    officer.set_password(password)
    officer.save(force_insert=True)
    for group in (unit.agency.group, unit.group, officer.personal_group):
        grants.join(officer, group)
    Appointment.objects.bulk_create(Appointment(officer=officer, role=role) for role in roles)
    record(Event.OFFICER_ENROLLED, actor=by, subject=officer, owner=officer.agency_id, roles=sorted(roles))
    return officer


@transaction.atomic(durable=True)
def appoint(*, by: Officer | None, officer_id: UUID, role: Role, until: datetime | None = None) -> None:
    """Give an officer a role. Raises NotFound, NotAllowed (rules.can_manage_officers, rules.can_hold)."""
    officer = _locked(officer_id)
    if by is not None:
        rules.can_manage_officers(by, officer.agency).enforce()
    rules.can_hold(officer.roles | {role}).enforce()
    Appointment.objects.create(officer=officer, role=role, until=until)
    record(Event.ROLE_CHANGED, actor=by, subject=officer, owner=officer.agency_id, gained=role)


@transaction.atomic(durable=True)
def withdraw_role(*, by: Officer | None, officer_id: UUID, role: Role) -> None:
    """End an officer's role with the next request. Raises NotFound, NotAllowed (rules.can_manage_officers)."""
    officer = _locked(officer_id)
    if by is not None:
        rules.can_manage_officers(by, officer.agency).enforce()
    Appointment.objects.active().filter(officer=officer, role=role).update(until=Now())
    record(Event.ROLE_CHANGED, actor=by, subject=officer, owner=officer.agency_id, lost=role)


@transaction.atomic(durable=True)
def name_deputy(*, by: Officer, officer_id: UUID, deputy_id: UUID, role: Role, since: datetime, until: datetime, reason: str) -> Deputy:
    """Let one officer stand in for another in one role, for a time. Raises NotFound, NotAllowed (rules.can_name_deputy)."""
    first, second = (_locked(pk) for pk in sorted((officer_id, deputy_id)))  # one order, or two who name each other wait forever
    officer, deputy = (first, second) if first.pk == officer_id else (second, first)
    rules.can_name_deputy(by, officer, deputy, role).enforce()
    row = Deputy.objects.create(officer=officer, deputy=deputy, role=role, since=since, until=until, reason=reason)
    record(Event.DEPUTY_NAMED, actor=by, subject=deputy, owner=officer.agency_id, stands_in_for=officer.pk, role=role, reason=reason)
    return row


@transaction.atomic(durable=True)
def dismiss_officer(*, by: Officer | None, officer_id: UUID) -> None:
    """End an officer's access at once; their drafts go with it. Raises NotFound, NotAllowed (rules.can_manage_officers)."""
    officer = _locked(officer_id)
    if by is not None:
        rules.can_manage_officers(by, officer.agency).enforce()
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    ApiToken.objects.filter(officer=officer, ended_at=None).update(ended_at=Now())
    Draft.objects.visible_to(officer).delete()
    record(Event.OFFICER_DISMISSED, actor=by, subject=officer, owner=officer.agency_id)


@transaction.atomic(durable=True)
def set_agency_status(*, agency_id: UUID, status: Agency.Status) -> None:
    """Suspend, freeze or restore an agency; done by the installation. Its officers see nothing with their next request."""
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    agency.status = status
    agency.save(update_fields=["status"])
    record(Event.AGENCY_STATUS_CHANGED, actor=None, subject=agency, owner=agency.pk, status=status)


def _locked(officer_id: UUID) -> Officer:
    officer = Officer.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=officer_id).first()
    if officer is None:
        raise NotFound
    return officer


@transaction.atomic(durable=True)
def end_memberships() -> int:
    """Let Django's groups follow memberships that ended by their date: sight ended then. Their ends are in the ledger since they began.

    How many were taken out.
    """
    return grants.drop_lapsed()
