"""What a rendition says of somebody or something."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Membership, Officer, OfficerQuerySet, Unit
from accounts.roles import Deed
from cases.casefiles.models import NoticeMode
from cases.entities import names
from cases.entities.identifiers import IdentifierType, Validity
from cases.records.models import RecordGrant, Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class EntityType(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    PHONE = "phone", _("Phone")
    ACCOUNT = "account", _("Account")
    WALLET = "wallet", _("Wallet")
    VEHICLE = "vehicle", _("Vehicle")
    VESSEL = "vessel", _("Vessel")
    CONTAINER = "container", _("Container")
    DOCUMENT = "document", _("Document")
    PLACE = "place", _("Place")
    EVENT = "event", _("Event")
    MONEY = "money", _("Money")


LISTS = (*names.ALIASES, "born", "happened")
ATTRIBUTES = (*LISTS, *names.PARTS, *names.WRITTEN, "gender", "country", "place", "address")
"""What a mention may say besides name and identifiers; other names and dates (ISO, maybe partial) are lists, the rest text."""


class MentionQuerySet(GuardedQuerySet["Mention"]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly where its rendition is seen."""
        return self.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    def readers(self) -> OfficerQuerySet:
        """`visible_to` turned round: the officers who see at least one of these mentions at this moment."""
        said = Rendition.objects.unscoped("who sees a mention").filter(pk__in=self.values("rendition"))
        of_record, of_one = Q(rendition=None, content_object__in=said.values("record")), Q(rendition__in=said.values("pk"))
        groups = RecordGrant.objects.live().for_right("view").filter(of_record | of_one).values("group")
        held = Membership.objects.active().filter(group__in=groups)
        return Officer.objects.who_may(Deed.INTELLIGENCE_READ).filter(pk__in=held.values("officer"))


class Mention(GuardedModel):
    """What one rendition says of one person, number, vehicle or place. Its words never change; a correction is a new rendition.

    It carries the desk and the notice mode that deconfliction needs, so that deconfliction need know nothing else of a case.
    """

    sight_includes = frozenset({"rendition"})

    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    paragraph = models.PositiveSmallIntegerField(null=True)  # number of the paragraph of this rendition that says it
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    notice_mode = models.CharField(max_length=12, choices=NoticeMode, default=NoticeMode.OWNER_ONLY)
    etype = models.CharField(max_length=12, choices=EntityType)
    name = models.CharField(max_length=300)
    attributes = models.JSONField(default=dict)  # ATTRIBUTES
    row_key = models.CharField(max_length=80, null=True)  # noqa: DJ001  unique where given: the row of the register it came from
    made_at = models.DateTimeField(db_default=Now())

    objects = MentionQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(etype__in=EntityType.values, notice_mode__in=NoticeMode.values), name="mention_vocabulary_known"
            ),
            models.UniqueConstraint(fields=["rendition", "row_key"], name="one_mention_per_register_row"),
        ]
        indexes = [models.Index(fields=["rendition", "-made_at", "-id"], name="mentions_of_a_rendition")]

    def __str__(self) -> str:
        return self.name

    @property
    def said_beside(self) -> list[str]:
        """Other names and dates, as a list shows them under the name."""
        return [", ".join(self.attributes[key]) for key in LISTS if self.attributes.get(key)]

    @property
    def is_silent(self) -> bool:
        """Whether a match is told to its own side only."""
        return self.notice_mode == NoticeMode.OWNER_ONLY


class IdentifierQuerySet(GuardedQuerySet["Identifier"]):
    def visible_to(self, officer: Any) -> Self:
        return self.filter(mention__in=Mention.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class Identifier(GuardedModel):
    """A number or code a mention carries: as it was written, as it is compared, and whether its check digit holds."""

    sight_includes = frozenset({"mention"})

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="identifiers")
    type = models.CharField(max_length=16, choices=IdentifierType)
    country = models.CharField(max_length=60, blank=True)
    raw = models.CharField(max_length=200)
    normalised = models.CharField(max_length=200)
    valid = models.CharField(max_length=7, choices=Validity, default=Validity.UNKNOWN)

    objects = IdentifierQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(type__in=IdentifierType.values), name="identifier_type_known"),
            models.CheckConstraint(condition=Q(valid__in=Validity.values), name="identifier_validity_known"),
            models.UniqueConstraint(fields=["mention", "type", "country", "normalised"], name="an_identifier_once_per_mention"),
        ]
        indexes = [models.Index(fields=["normalised", "type", "country"], name="identifiers_compared")]


class MentionChange(models.Model):
    """The change queue: a mention is new, or its desk or notice mode changed. Left by the action, claimed by the comparing job.

    A queue and not "changed since the last run": a transaction that commits late would hide behind the mark.
    """

    id = models.BigAutoField(primary_key=True)
    mention_id = models.UUIDField()
    queued_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
