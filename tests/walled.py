"""Advice behind walls for the world of the tests, with a word planted in each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sharing.prosecution import actions as prosecution

if TYPE_CHECKING:
    from tests.world import World


def advise(world: World, directed_id: UUID, joint_id: UUID) -> None:
    """Petra advises Ana in the joint case, Bela asks her, Tomás lets Sofía read in his own case and out again; nobody else is told."""
    here, there = {"joint_id": joint_id}, {"casefile_id": directed_id}
    for key, reader, about, deed in (
        ("petra", "ana", here, prosecution.give_advice), ("bela", "petra", here, prosecution.ask_for_advice),
        ("tomas", "sofia", there, prosecution.give_advice),
    ):  # fmt: skip
        behind = (key,) if key == "tomas" else (key, reader)
        words = {name: f"{world.plant(f'advice of {key}: {name}', *behind)} behind a wall" for name in ("title", "text")}
        given = deed(officer=world.people[key], to=[world.people[reader].pk], **about, **words)
        answer = f"{world.plant(f'advice of {key}: answer', *behind)} was heard"
        prosecution.reply_to_advice(officer=world.people[reader], advice_id=given.pk, text=answer)
        if key == "tomas":
            prosecution.let_out(officer=world.people[key], advice_id=given.pk, member_id=world.people[reader].pk)
        world.place("advice_id", given.pk, *behind)
