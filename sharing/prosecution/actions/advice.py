"""Writing behind a wall: a prosecutor advises, somebody asks a prosecutor, and those behind the wall answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from accounts import notices
from accounts.models import Officer
from kernel.errors import Invalid
from sharing.prosecution import rules
from sharing.prosecution.actions.ledger import behind, ids, write_down
from sharing.prosecution.actions.notices import ANSWERED, GIVEN
from sharing.prosecution.events import Event
from sharing.prosecution.models import Advice, Reader, Reply
from sharing.prosecution.storage import Place, advisers_of, place_of, place_of_advice, seeing


@transaction.atomic(durable=True)
def give_advice(
    *, officer: Officer, title: str, text: str, to: Collection[UUID], casefile_id: UUID | None = None, joint_id: UUID | None = None
) -> Advice:
    """Advise named people who see the case, or are on the joint case's team. Nobody else learns of it: not its lead, not a supervisor.

    It leaves no trace with the case: neither its list nor its activity moves. Raises NotFound, NotAllowed (rules.can_advise),
    Conflict if the case is closed, Invalid for somebody who does not see it, or for nobody.
    """
    place = place_of(officer, casefile_id=casefile_id, joint_id=joint_id, hold=True)
    rules.can_advise(officer).enforce()
    rules.hold_open(place)
    people = _addressed(officer, place, to)
    advice = _send(officer, place, Advice.Kind.ADVICE, people, title=title, text=text)
    write_down(Event.ADVICE_GIVEN, officer, advice, addressees=ids(people))
    return advice


@transaction.atomic(durable=True)
def ask_for_advice(
    *, officer: Officer, title: str, text: str, to: Collection[UUID], casefile_id: UUID | None = None, joint_id: UUID | None = None
) -> Advice:
    """Ask prosecutors on the case for advice, behind the same wall. Raises NotFound, NotAllowed (rules.can_ask), Conflict, Invalid."""
    place = place_of(officer, casefile_id=casefile_id, joint_id=joint_id, hold=True)
    rules.can_ask(officer, place).enforce()
    rules.hold_open(place)
    people = _addressed(officer, place, to)
    if advisers_of(place).filter(pk__in=[each.pk for each in people]).count() != len(people):
        raise Invalid(fields={"to": rules.ASK_ADVISERS})
    advice = _send(officer, place, Advice.Kind.QUESTION, people, title=title, text=text)
    write_down(Event.ADVICE_ASKED, officer, advice, addressees=ids(people))
    return advice


@transaction.atomic(durable=True)
def reply_to_advice(*, officer: Officer, advice_id: UUID, text: str) -> Reply:
    """Answer behind the wall, for all who are behind it. It stays. Raises NotFound, Conflict if the case is closed, Invalid."""
    advice = Advice.objects.visible_to(officer).select_related("author").locked().one(advice_id)
    rules.hold_open(place_of_advice(officer, advice, hold=True))
    if not text.strip():
        raise Invalid(fields={"text": rules.SAY_SOMETHING})
    reply: Reply = Reply.objects.create(advice=advice, author=officer, text=text.strip())
    others = {advice.author, *(reader.officer for reader in behind(advice))} - {officer}
    notices.post(ANSWERED, to=others, subject_id=advice.pk)
    write_down(Event.ADVICE_ANSWERED, officer, advice)
    return reply


def _addressed(officer: Officer, place: Place, to: Collection[UUID]) -> Sequence[Officer]:
    """Whom it is for: people who see the case. Elsewhere, hidden and nowhere look the same."""
    wanted = set(to) - {officer.pk}
    people = seeing(place, wanted) if 0 < len(wanted) <= rules.MOST else []
    if not people or len(people) != len(wanted):
        raise Invalid(fields={"to": rules.ADDRESS_IT})
    return people


def _send(officer: Officer, place: Place, kind: str, people: Sequence[Officer], *, title: str, text: str) -> Advice:
    empty = {name: rules.SAY_SOMETHING for name, words in (("title", title), ("text", text)) if not words.strip()}
    if empty:
        raise Invalid(fields=empty)
    advice: Advice = Advice.objects.create(**place.key, kind=kind, author=officer, title=title.strip(), text=text.strip())
    Reader.objects.bulk_create(Reader(advice=advice, officer=each) for each in people)
    notices.post(GIVEN, to=people, subject_id=advice.pk)
    return advice
