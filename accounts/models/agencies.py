"""Jurisdictions and their rules, agencies, units and their desks."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        """Begun and not yet ended, by the database's clock."""
        return self.filter(Q(until=None) | Q(until__gt=Now()), since__lte=Now())


class Jurisdiction(Row):
    """A country whose law its agencies work under. Its rules are reviewed data, each with the law it rests on."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=8), default=list)

    def __str__(self) -> str:
        return self.name


class CountryRule(Row):
    """One rule of a country's law as data, e.g. `intelligence_as_evidence = never`, with the law cited."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    law = models.CharField(max_length=300)
    reviewed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "key"], name="one_value_per_country_rule")]


class Agency(Row):
    """A tenant: it owns what it records, and nobody outside sees any of it but by its own release."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        FROZEN = "frozen", _("Frozen")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=160, unique=True)
    short_name = models.CharField(max_length=40, unique=True)
    seal = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=8, default="en")
    grading_scheme = models.CharField(max_length=12, default="admiralty")
    handling_scheme = models.CharField(max_length=12, default="europol")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.short_name


class Unit(Row):
    """A unit or task force of one agency; its desk is where other agencies reach it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=160)
    vetted = models.BooleanField(default=False)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_unit_per_name_and_agency")]

    def __str__(self) -> str:
        return self.name


class Desk(Row):
    """The contact of a unit towards other agencies: the only thing a deconfliction hit reveals."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="desk")
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=8), default=list)

    def __str__(self) -> str:
        return self.name
