"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    RELEASES_LISTED = "releases.release.listed", _("Listed releases")
    RELEASE_VIEWED = "releases.release.viewed", _("Opened a release")
    RELEASE_DRAFTED = "releases.release.drafted", _("Drafted a release")
    RELEASE_CHANGED = "releases.release.changed", _("Changed a release")
    RELEASE_REQUESTED = "releases.release.requested", _("Asked for a release's approval")
    RELEASE_WITHDRAWN = "releases.release.withdrawn", _("Withdrew a request for release")
    RELEASE_APPROVED = "releases.release.approved", _("Approved a release")
    RELEASE_SENT_BACK = "releases.release.sent-back", _("Sent a release back")
    RELEASE_REFUSED = "releases.release.refused", _("Refused a release")
    RELEASE_DISCUSSED = "releases.release.discussed", _("Said something about a release that waits")
    RELEASE_PREVIEWED = "releases.release.previewed", _("Looked at a release as its recipient")
    RELEASE_LEFT = "releases.release.left", _("A release left")
    RELEASE_STOPPED = "releases.release.stopped", _("Stopped a release before it left")
    RELEASE_LAPSED = "releases.release.lapsed", _("A request for release lapsed")
    RELEASE_ACCEPTED = "releases.release.accepted", _("Accepted a release's conditions")
    RELEASE_RECALLED = "releases.release.recalled", _("Recalled a release")
    RELEASE_EXPIRED = "releases.release.expired", _("A release ended")
    RELEASE_STEP_APPROVED = "releases.release.step-approved", _("Approved a release as one of several")
    RULES_LISTED = "releases.rule.listed", _("Looked at who must approve releases")
    RULE_ADDED = "releases.rule.added", _("Added a rule of who must approve releases")
    RULE_ENDED = "releases.rule.ended", _("Ended a rule of who must approve releases")
    CHOICE_LISTED = "releases.choice.listed", _("Listed what could be released, and to whom")
    POLICY_ASKED = "releases.policy.asked", _("Asked whether something may leave")
    PROJECTION_DIFFERS = "releases.projection.differs", _("Sight is not what it rests on")
