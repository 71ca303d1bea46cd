"""Who is behind a wall: its author's to say, each time a line in the ledger."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts import notices
from accounts.models import Officer
from kernel.errors import Conflict, Invalid
from sharing.prosecution import rules
from sharing.prosecution.actions.ledger import behind, write_down
from sharing.prosecution.actions.notices import ANSWERED, GIVEN
from sharing.prosecution.events import Event
from sharing.prosecution.models import Advice, Reader
from sharing.prosecution.storage import advisers_of, place_of_advice, seeing


@transaction.atomic(durable=True)
def let_in(*, officer: Officer, advice_id: UUID, member_id: UUID) -> Reader:
    """Let one more person behind the wall: they read all that was written there. Of a question, only one more prosecutor.

    Raises NotFound, NotAllowed (rules.can_choose_readers), Conflict if the case is closed or they are in already, Invalid for whoever
    does not see the case.
    """
    advice = Advice.objects.visible_to(officer).select_related("author").locked().one(advice_id)
    rules.can_choose_readers(officer, advice).enforce()
    place = place_of_advice(officer, advice, hold=True)
    rules.hold_open(place)
    member = next((each for each in seeing(place, [member_id]) if each.pk != officer.pk), None)
    if member is None:
        raise Invalid(fields={"member": rules.ADDRESS_IT})
    if advice.kind == Advice.Kind.QUESTION and not advisers_of(place).filter(pk=member.pk).exists():
        raise Invalid(fields={"member": rules.ASK_ADVISERS})
    if any(reader.officer_id == member.pk for reader in behind(advice)):
        raise Conflict(rules.READS_ALREADY, name=member.name)
    reader: Reader = Reader.objects.create(advice=advice, officer=member)
    notices.post(GIVEN, to=[member], subject_id=advice.pk)
    write_down(Event.READER_LET_IN, officer, advice, member=member.pk)
    return reader


@transaction.atomic(durable=True)
def let_out(*, officer: Officer, advice_id: UUID, member_id: UUID) -> Advice:
    """From the next request on somebody sees nothing of it any more. What they have read they have read: that stays written.

    Works in a closed case too. Raises NotFound, NotAllowed (rules.can_choose_readers), Conflict if they are not behind the wall.
    """
    advice = Advice.objects.visible_to(officer).select_related("author").locked().one(advice_id)
    rules.can_choose_readers(officer, advice).enforce()
    reader = next((each for each in behind(advice) if each.officer_id == member_id), None)
    if reader is None:
        raise Conflict(rules.READS_NOT, name=_called(officer, member_id))
    Reader.objects.visible_to(officer).filter(pk=reader.pk).update(ended_at=Now())
    for kind in (GIVEN, ANSWERED):
        notices.settle(kind, subject_id=advice.pk, officer=reader.officer)
    write_down(Event.READER_LET_OUT, officer, advice, reader.officer, member=member_id)
    return advice


def _called(officer: Officer, member_id: UUID) -> str:
    """The name of a colleague; of nobody else, whoever they may be."""
    found = Officer.objects.filter(pk=member_id, agency=officer.agency_id).first()
    return found.name if found else "—"
