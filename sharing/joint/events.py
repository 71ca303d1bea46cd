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
    JOINT_LEFT = "joint.party.left", _("Left a joint case")
    JOINT_CLOSED = "joint.case.closed", _("Closed a joint case")
    ADMITTED = "joint.admission.made", _("Admitted an officer to a joint case")
    ADMISSION_ENDED = "joint.admission.ended", _("Ended an officer's admission to a joint case")
    ENTRY_WRITTEN = "joint.entry.written", _("Wrote in a joint case")
    GIFT_ASKED = "joint.contribution.asked", _("Asked to give a record to a joint case")
    GIFT_VIEWED = "joint.contribution.viewed", _("Opened what is to be given to a joint case")
    CONTRIBUTED = "joint.contribution.made", _("Gave a record to a joint case")
    WITHDRAWN = "joint.contribution.withdrawn", _("Withdrew a record from a joint case")
    SIGHT_DIFFERS = "joint.sight.differs", _("Found sight that no joint case gives")
