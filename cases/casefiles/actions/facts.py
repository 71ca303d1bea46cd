"""What a case is about and what it is called elsewhere: offences, other references, and how references are written."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Offence, OtherReference, ReferenceScheme
from cases.casefiles.offences import catalogue
from cases.casefiles.storage import SCHEME, touch
from kernel.errors import Conflict, Invalid

LONGEST = 40
"""Characters of a pattern."""


@transaction.atomic(durable=True)
def add_offence(
    *, officer: Officer, casefile_id: UUID, code: str, began_on: date | None = None, ended_on: date | None = None, place: str = ""
) -> Offence:
    """Say an offence the case is about, by its code in the catalogue (ICCS).

    Raises NotFound, NotAllowed (rules.can_work), Conflict if the case is closed, Invalid for a code that is not there or days in disorder.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    if code not in catalogue():
        raise Invalid(fields={"code": rules.NO_SUCH_OFFENCE})
    if began_on and ended_on and ended_on < began_on:
        raise Invalid(fields={"ended_on": rules.ENDS_TOO_EARLY})
    facts = {"code": code, "began_on": began_on, "ended_on": ended_on, "place": place}
    offence: Offence = Offence.objects.create(casefile=casefile, added_by=officer, **facts)
    touch(casefile.pk)
    record(Event.OFFENCE_ADDED, actor=officer, subject=casefile, owner=casefile.agency_id, offence=offence.pk, code=code)
    return offence


@transaction.atomic(durable=True)
def remove_offence(*, officer: Officer, casefile_id: UUID, offence_id: UUID) -> None:
    """Take an offence off a case. Raises NotFound, NotAllowed (rules.can_work), Conflict if the case is closed."""
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    offence = Offence.objects.visible_to(officer).filter(casefile=casefile).one(offence_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    Offence.objects.visible_to(officer).filter(pk=offence.pk).delete()
    touch(casefile.pk)
    record(Event.OFFENCE_REMOVED, actor=officer, subject=casefile, owner=casefile.agency_id, offence=offence_id, code=offence.code)


@transaction.atomic(durable=True)
def add_reference(*, officer: Officer, casefile_id: UUID, kind: str, number: str, body: str = "") -> OtherReference:
    """Note what a court, a prosecution service or a partner calls the same matter.

    Unique in the case alone: that another case has the number too is nothing that may be learned here.
    Raises NotFound, NotAllowed (rules.can_work), Conflict if the case is closed or has the reference, Invalid for an unknown kind.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    if kind not in OtherReference.Kind.values:
        raise Invalid
    if OtherReference.objects.visible_to(officer).filter(casefile=casefile, kind=kind, number=number).exists():
        raise Conflict(rules.REFERENCE_KNOWN)
    made: OtherReference = OtherReference.objects.create(casefile=casefile, kind=kind, number=number, body=body, added_by=officer)
    touch(casefile.pk)
    record(Event.REFERENCE_ADDED, actor=officer, subject=casefile, owner=casefile.agency_id, reference=made.pk, of=kind)
    return made


@transaction.atomic(durable=True)
def remove_reference(*, officer: Officer, casefile_id: UUID, reference_id: UUID) -> None:
    """Take another reference off a case. Raises NotFound, NotAllowed (rules.can_work), Conflict if the case is closed."""
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    reference = OtherReference.objects.visible_to(officer).filter(casefile=casefile).one(reference_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    OtherReference.objects.visible_to(officer).filter(pk=reference.pk).delete()
    touch(casefile.pk)
    record(Event.REFERENCE_REMOVED, actor=officer, subject=casefile, owner=casefile.agency_id, reference=reference_id, of=reference.kind)


@transaction.atomic(durable=True)
def set_scheme(*, officer: Officer, pattern: str) -> ReferenceScheme:
    """Say how the agency's references are written from now on; those drawn before stay.

    Raises NotAllowed (rules.can_set_scheme), Invalid for a pattern without {draw} or with anything unknown in it.
    """
    rules.can_set_scheme(officer).enforce()
    if not SCHEME.fullmatch(pattern) or len(pattern) > LONGEST:
        raise Invalid(fields={"pattern": rules.BAD_SCHEME})
    scheme, _made = ReferenceScheme.objects.update_or_create(agency_id=officer.agency_id, defaults={"pattern": pattern})
    record(Event.SCHEME_SET, actor=officer, owner=officer.agency_id, pattern=pattern)
    return scheme
