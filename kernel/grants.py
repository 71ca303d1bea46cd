"""Who holds which object: rows of django-guardian's direct-foreign-key group tables, written here and nowhere else.

guardian's `assign_perm` assumes one row per (group, permission, object); ours may have several, one per cause,
so they are written by hand. Rows are ended, never deleted: "who could see it in March" is a question too.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from guardian.backends import ObjectPermissionBackend
from guardian.models import GroupObjectPermissionBase

from kernel.querysets import GuardedModel


class Origin(models.TextChoices):
    HOME = "home", _("Home file")
    RELEASE = "release", _("Release")
    JOINT = "joint", _("Joint case")
    BREAK_GLASS = "break-glass", _("Emergency access")


class GrantQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """In force by the database's clock, at the moment of reading."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), ended_at=None)

    def for_right(self, right: str) -> Self:
        return self.filter(permission_id=permission_id(self.model.subject_model(), right))


class Grant(GroupObjectPermissionBase):
    """Lets a group hold one object: because it is its home audience, or because of a release, until it ends.

    Its keys have no index of their own: each table's composite ones begin with them, and a planner led to the one value of
    `permission` reads everything.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, db_index=False)
    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, db_index=False)
    cause = models.UUIDField(null=True, editable=False)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.HOME)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[Any] = GrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.origin} grant {self.pk}"  # guardian's would name the thing, in a log at worst

    @classmethod
    def subject_model(cls) -> type[models.Model]:
        return cls._meta.get_field("content_object").related_model  # type: ignore[return-value]


@cache
def permission_id(model: type[models.Model], right: str) -> int:
    """The id of `view_record` and the like; constant once the database is migrated."""
    meta = model._meta
    found = Permission.objects.get(
        content_type__app_label=meta.app_label, content_type__model=meta.model_name, codename=f"{right}_{meta.model_name}"
    )
    return found.pk


def give(
    table: type[Grant], right: str, *, to: Group, on: models.Model, cause: UUID | None = None, origin: str = Origin.HOME, **more: Any
) -> None:
    """Let a group hold a right on one object, in the caller's transaction. Giving again what is held revives the row, with its new end.

    `more` may carry `rendition` (only that one, else all) and `expires_at`.
    """
    row = table(group=to, permission_id=permission_id(type(on), right), content_object=on, cause=cause, origin=origin, **more)  # type: ignore[misc]
    key = table._meta.constraints[0].fields  # type: ignore[attr-defined]
    table.objects.bulk_create([row], update_conflicts=True, unique_fields=key, update_fields=["origin", "expires_at", "ended_at"])


def end(table: type[Grant], **which: Any) -> int:
    """End every live grant that fits, in the caller's transaction; the next request no longer sees by them. Returns how many."""
    return table.objects.filter(ended_at=None, **which).update(ended_at=Now())


class GrantBackend(ObjectPermissionBackend):
    """guardian's backend, made to agree with `visible_to`: templates, DRF and other people's code get the same answer.

    There is no superuser here, no model-level right opens a row, and guardian's generic tables are never asked.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        label, _dot, codename = perm.partition(".")
        if not isinstance(obj, GuardedModel) or not getattr(user_obj, "is_active", False):
            return False
        right, _bar, name = codename.partition("_")
        if (label, name) != (obj._meta.app_label, obj._meta.model_name) or right not in {"view", *obj._meta.default_permissions}:
            return False
        return bool(type(obj)._default_manager.holding(right, user_obj).filter(pk=obj.pk).exists())  # type: ignore[attr-defined]

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(obj, GuardedModel):
            return set()
        label = obj._meta.app_label
        named = (f"{label}.{right}_{obj._meta.model_name}" for right in obj._meta.default_permissions)
        return {perm for perm in named if self.has_perm(user_obj, perm, obj)}
