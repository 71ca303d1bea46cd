"""What the agencies of the world conclude of those whom they name: relations, and subjects put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from accounts.models import Officer
from cases.entities import actions as entities
from cases.entities.models import RelationSupport, Subject
from cases.records.models import Rendition

if TYPE_CHECKING:
    from tests.world import World


def merged(world: World, owner: Officer, second: Subject, item: Rendition, word: Callable[[str], str], readers: tuple[str, ...]) -> None:
    """A third ship that is put together with the second."""
    third = entities.note_mention(officer=owner, rendition_id=item.pk, etype="vessel", name=f"{word('third')} Dourada")
    label = world.plant(f"label that went over into {second.pk}")  # read by nobody until it is taken back
    gone = entities.make_subject(officer=owner, mention_ids=[third.pk], label=f"{label} Dourada")
    merge = entities.merge_subjects(officer=owner, subject_id=second.pk, other_id=gone.pk, reason=f"{word('reason of a merge')} told us")
    world.place("merge_id", merge.pk, *readers)
    world.place("subject_id", second.pk, *readers)
    world.place("mention_id", third.pk, *readers)


def related(
    world: World,
    owner: Officer,
    ends: tuple[Subject, Subject],
    items: list[Rendition],
    word: Callable[[str], str],
    readers: tuple[str, ...],
) -> None:
    """Two relations that rest on both items, one of which goes to a partner: one stands on what is left of it, one is taken back."""
    facts: dict[str, Any] = {
        "officer": owner,
        "subject_id": ends[0].pk,
        "other_id": ends[1].pk,
        "supports": {(each.pk, 1) for each in items},
    }
    stands = entities.relate_subjects(**facts, kind="uses", description=f"{word('relation')} on Fridays")
    ended = entities.relate_subjects(**facts, kind="owns", description=f"{word('relation that ended')} by deed")
    entities.end_relation(officer=owner, relation_id=ended.pk, reason=f"{word('end of a relation')} sold it")
    supports = RelationSupport.objects.visible_to(owner).filter(relation__in=[stands, ended]).order_by("made_at", "pk")
    gone = supports.filter(relation=stands, rendition=items[0]).get()
    entities.withdraw_support(officer=owner, support_id=gone.pk, reason=f"{word('withdrawal of a support')} was misread")
    for kind, things in (("relation_id", (stands, ended)), ("support_id", supports), ("subject_id", (ends[1],))):
        for thing in things:
            world.place(kind, thing.pk, *readers)
