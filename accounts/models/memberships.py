"""Who belongs to which group: the principals that grants are given to."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models.agencies import DatedQuerySet, Row
from accounts.models.officers import Officer


class MembershipQuerySet(DatedQuerySet):
    def held_by(self, officer: Any) -> Self:
        """By which rows the officer's principals are held."""
        return self.active().filter(officer_id=officer.pk, group__in=Principal.objects.held_by(officer))


class Membership(Row):
    """An officer belongs to a group (agency, unit, case team, release, themselves) from one moment to another.

    Sight is decided by these rows, read with each query; `Officer.groups` mirrors them for other people's code.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    cause = models.UUIDField(null=True)
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "group"], condition=Q(until=None), name="one_open_membership_per_group")]
        indexes = [models.Index(fields=["officer", "group"], name="membership_principals")]


class PrincipalQuerySet(models.QuerySet["Principal"]):
    def held_by(self, officer: Any) -> models.QuerySet[Any]:
        """The officer's groups right now: none for the inactive, none where the agency is suspended or frozen."""
        return self.filter(officer_id=officer.pk).values("group")


class Principal(models.Model):
    """An officer holds a group at the moment of asking: a view of the database, so that each question of sight stays short."""

    officer_id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(Group, on_delete=models.DO_NOTHING, related_name="+")

    objects = PrincipalQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "accounts_principal"
        default_permissions = ()
