"""Officers, the roles they hold or lend, and what their agencies let these roles do."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models.agencies import Agency, DatedQuerySet, Row, Unit
from accounts.roles import CONTENT_DEEDS, WITHOUT_CONTENT, Deed, Role, in_words


class OfficerQuerySet(models.QuerySet["Officer"]):
    def serving(self) -> Self:
        """Those who may sign in: active, and their agency neither suspended nor frozen."""
        return self.filter(is_active=True, agency__status=Agency.Status.ACTIVE)

    def who_may(self, deed: str) -> Self:
        """Active officers whose agency lets one of their roles, own or lent, do this deed today."""
        able = RoleDeed.objects.filter(deed=deed, agency=OuterRef("officer__agency"), role=OuterRef("role"))
        own = Appointment.objects.active().filter(Exists(able)).values("officer")
        lent = Deputy.objects.lent().filter(Exists(able)).values("deputy")
        able_ones = self.serving().filter(Q(pk__in=own) | Q(pk__in=lent))
        return able_ones.exclude(pk__in=_held_apart()) if deed in CONTENT_DEEDS else able_ones


def _held_apart() -> models.QuerySet[Any]:
    """Those who hold a role, own or lent, that must not see content."""
    own = Appointment.objects.active().filter(role__in=WITHOUT_CONTENT).values("officer")
    return own.union(Deputy.objects.lent().filter(role__in=WITHOUT_CONTENT).values("deputy"))


class OfficerManager(BaseUserManager["Officer"]):
    def get_queryset(self) -> OfficerQuerySet:
        return OfficerQuerySet(self.model, using=self._db)

    def serving(self) -> OfficerQuerySet:
        return self.get_queryset().serving()

    def who_may(self, deed: str) -> OfficerQuerySet:
        return self.get_queryset().who_may(deed)

    def get_by_natural_key(self, username: str | None) -> Officer:
        return self.get(email__iexact=username)


class Officer(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. No officer is a superuser; the database refuses one."""

    class Theme(models.TextChoices):
        DEVICE = "", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    rank = models.CharField(max_length=80, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="officers")
    personal_group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    theme = models.CharField(max_length=5, blank=True, choices=Theme)
    keys = models.BooleanField(default=True)  # single-key shortcuts, WCAG 2.1.4
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = OfficerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="no_superuser"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="an_address_is_one_however_it_is_written"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles held today, one's own and those one stands in for as a deputy."""
        return frozenset(roles_of([self.pk])[self.pk])

    @cached_property
    def deeds(self) -> frozenset[str]:
        """What the agency's reviewed data lets these roles do; nothing for the inactive, nothing where the agency is suspended.

        Deny beats allow: one role that must not see content takes content away from all others held beside it.
        """
        if not self.is_active or self.agency.status != Agency.Status.ACTIVE:
            return frozenset()
        rows = RoleDeed.objects.filter(agency_id=self.agency_id, role__in=self.roles)
        deeds = frozenset(rows.values_list("deed", flat=True))
        return deeds - CONTENT_DEEDS if self.roles & WITHOUT_CONTENT else deeds

    @property
    def role_names(self) -> str:
        return in_words(self.roles)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Only what a grant gives on this object: kernel.grants.GrantBackend agrees with visible_to."""
        return self.is_active and super().has_perm(perm, obj)


class Appointment(Row):
    """An officer holds a role in their agency, from one day to another."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=16, choices=Role)
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(role__in=Role.values), name="appointment_role_known")]


def roles_of(officer_ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, set[str]]:
    """The roles that each of these officers holds today, own or lent, in two statements; none for who holds none."""
    ids = set(officer_ids)
    own = Appointment.objects.active().filter(officer__in=ids).values_list("officer", "role")
    lent = Deputy.objects.lent().filter(deputy__in=ids).values_list("deputy", "role")
    held: dict[uuid.UUID, set[str]] = defaultdict(set)
    for officer_id, role in (*own, *lent):
        held[officer_id].add(role)
    return held


class RoleDeed(Row):
    """An agency lets a role do a deed: reviewed data, within the fixed separations of duty."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="role_deeds")
    role = models.CharField(max_length=16, choices=Role)
    deed = models.CharField(max_length=30, choices=Deed)
    law = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "role", "deed"], name="one_row_per_role_and_deed"),
            models.CheckConstraint(condition=Q(deed__in=Deed.values, role__in=Role.values), name="role_and_deed_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(WITHOUT_CONTENT), deed__in=sorted(CONTENT_DEEDS)), name="separation_of_duties"
            ),
        ]


class StandingAdviser(Row):
    """The law lets a prosecution service of its own advise an agency's cases from their first day: reviewed data, with that law."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="standing_adviser")
    service = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=300)
    reviewed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(agency=F("service")), name="an_agency_is_not_its_own_adviser"),
            models.CheckConstraint(condition=~Q(law=""), name="a_standing_adviser_has_its_law"),
        ]


class DeputyQuerySet(DatedQuerySet):
    def lent(self) -> Self:
        """Delegations in force whose officer serves and still holds the role: nobody stands in for what is no longer there."""
        held = Appointment.objects.active().filter(officer=OuterRef("officer"), role=OuterRef("role"))
        return self.active().filter(Exists(held), officer__is_active=True, officer__agency=F("deputy__agency"))

    def between(self, one: Any, other: Any, *, since: Any) -> Self:
        """Of two officers, either way, since something was asked for: who stood in for the other is no second pair of eyes."""
        return self.filter(Q(officer=one, deputy=other) | Q(officer=other, deputy=one), since__lte=Now(), until__gte=since)


class Deputy(Row):
    """A dated delegation: the deputy may do what this role of the officer may do. Never a shared account."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="stands_in_for")
    role = models.CharField(max_length=16, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(officer=F("deputy")), name="nobody_deputises_themselves"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_ends_after_it_begins"),
        ]
