"""What a case is about, and what others call it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from cases.casefiles.offences import title_of
from kernel.querysets import GuardedModel


class Offence(GuardedModel):
    """One offence the case is about: a code of the catalogue, when and where in words."""

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="offences")
    code = models.CharField(max_length=6)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    place = models.CharField(max_length=160, blank=True)
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="an_offence_ends_after_it_begins"
            )
        ]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return title_of(self.code)


class OtherReference(GuardedModel):
    """What somebody else calls the same matter: a court, a prosecution service, a partner."""

    class Kind(models.TextChoices):
        COURT = "court", _("Court")
        PROSECUTION = "prosecution", _("Prosecution")
        PARTNER = "partner", _("Partner agency")
        OTHER = "other", _("Other")

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="other_references")
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=80)
    body = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["casefile", "kind", "number"], name="one_other_reference_per_case_kind_and_number"),
            models.CheckConstraint(condition=Q(kind__in=["court", "prosecution", "partner", "other"]), name="other_reference_kind_known"),
        ]


class ReferenceScheme(models.Model):
    """How one agency's references are written: reviewed data. Where there is none, {agency}-{year}-{draw}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pattern__contains="{draw}"), name="a_reference_is_drawn")]
