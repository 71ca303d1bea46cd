"""What the agencies of the joint case agreed to do, for the world of the tests, with a word planted in each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sharing.joint import actions as joint
from sharing.joint.models import JointCase
from tests.cast import fresh

if TYPE_CHECKING:
    from tests.world import World


def set_tasks(world: World, case: JointCase, team: tuple[str, ...]) -> None:
    """Ana sets a task for Bela, who takes it in hand; Bela one for the agency of Ana, which is dropped. Both speak of it."""
    ana, bela = (fresh(world.people[key]) for key in ("ana", "bela"))
    for officer, other in ((ana, bela), (bela, ana)):
        words = {name: f"{world.plant(f'agreed {name} of {officer.name}', *team)} on Monday" for name in ("title", "text")}
        task = joint.set_agreed_task(
            officer=officer, joint_id=case.pk, agency_id=other.agency_id, assignee_id=other.pk if other == bela else None, **words
        )
        joint.comment_agreed_task(officer=other, task_id=task.pk, text=f"{world.plant(f'agreed comment of {other.name}', *team)} said")
        if other == bela:
            joint.move_agreed_task(officer=other, task_id=task.pk, state="doing")
        else:
            why = world.plant("agreed reason", *team)
            joint.end_agreed_task(officer=other, task_id=task.pk, state="dropped", reason=f"{why} is why")
        world.place("agreed_id", task.pk, *team)
