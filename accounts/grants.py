"""Who belongs to which group: dated memberships, mirrored to Django's groups. Written here and nowhere else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import Membership, Officer, OfficerQuerySet


def found_group(kind: str, owner_id: UUID) -> Group:
    """A new group to which grants can be given; its name says whose it is, never what it is about."""
    return Group.objects.create(name=f"{kind}:{owner_id}")


def join(officer: Officer, group: Group, *, cause: UUID | None = None, until: datetime | None = None) -> None:
    """Make the officer a member, in the caller's transaction. Joining again moves the end."""
    current = Membership.objects.active().filter(officer=officer, group=group).first()
    if current:
        Membership.objects.filter(pk=current.pk).update(until=until)
    else:
        Membership.objects.create(officer=officer, group=group, cause=cause, until=until)
    officer.groups.add(group)


def leave(officer: Officer, group: Group) -> None:
    """End the officer's membership; the next request no longer sees by it."""
    Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), officer=officer, group=group).update(until=Now())
    officer.groups.remove(group)


def leave_all(group: Group) -> None:
    """End every membership of a group."""
    Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), group=group).update(until=Now())
    group.user_set.clear()


def drop_lapsed() -> int:
    """Take out of Django's groups whoever belongs to them no longer by the date: the mirror knows no end of its own. How many."""
    held = Membership.objects.active().filter(officer=OuterRef("officer"), group=OuterRef("group"))
    return int(Officer.groups.through.objects.exclude(Exists(held)).delete()[0])


def members(group: Group | int) -> OfficerQuerySet:
    """The active officers in a group right now."""
    held = Membership.objects.active().filter(group=group)
    return Officer.objects.get_queryset().filter(pk__in=held.values("officer"), is_active=True)
