"""The names this room writes in the ledger: of each agency that takes part, one line each."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    JOINTS_LISTED = "joint.case.listed", _("Listed joint cases")
    JOINT_VIEWED = "joint.case.viewed", _("Opened a joint case")
    JOINT_OPENED = "joint.case.opened", _("Started a joint case and asked other agencies to it")
    JOINT_JOINED = "joint.party.joined", _("Joined a joint case")
    JOINT_DECLINED = "joint.party.declined", _("Declined a joint case")
    LEAVING_VIEWED = "joint.party.viewed", _("Looked at what leaving a joint case takes along")
    JOINT_LEFT = "joint.party.left", _("Left a joint case")
    JOINT_CLOSED = "joint.case.closed", _("Closed a joint case")
    ADMITTED = "joint.admission.made", _("Admitted an officer to a joint case")
    ADMISSION_ENDED = "joint.admission.ended", _("Ended an officer's admission to a joint case")
    ENTRY_WRITTEN = "joint.entry.written", _("Wrote in a joint case")
    GIFT_ASKED = "joint.contribution.asked", _("Asked to give a record to a joint case")
    GIFT_VIEWED = "joint.contribution.viewed", _("Opened what is to be given to a joint case")
    CONTRIBUTED = "joint.contribution.made", _("Gave a record to a joint case")
    KEPT = "joint.contribution.kept", _("Let a record stay visible in a joint case after leaving it")
    KEPT_LISTED = "joint.contribution.listed", _("Listed what stays visible in joint cases that were left")
    WITHDRAWN = "joint.contribution.withdrawn", _("Withdrew a record from a joint case")
    TASKS_LISTED = "joint.task.listed", _("Listed tasks of joint cases")
    TASK_VIEWED = "joint.task.viewed", _("Opened a task of a joint case")
    TASK_SET = "joint.task.set", _("Set a task in a joint case")
    TASK_CHANGED = "joint.task.changed", _("Changed a task of a joint case")
    TASK_COMMENTED = "joint.task.commented", _("Commented on a task of a joint case")
    TASK_MOVED = "joint.task.moved", _("Moved a task of a joint case")
    TASK_ENDED = "joint.task.ended", _("Ended a task of a joint case")
    TASK_REOPENED = "joint.task.reopened", _("Took a task of a joint case up again")
    SIGHT_DIFFERS = "joint.sight.differs", _("Found sight that no joint case gives")
