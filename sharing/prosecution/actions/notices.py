"""What this room leaves on desks: of those behind a wall alone, and said only while they are."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.notices import Standing, Waiting
from sharing.prosecution.models import Advice, Reader

GIVEN = "prosecution.advice.given"
ANSWERED = "prosecution.advice.answered"


def _unread(officer: Officer) -> QuerySet[Advice]:
    mine = Reader.objects.standing().filter(officer=officer, read_at=None)
    return Advice.objects.visible_to(officer).filter(pk__in=mine.values("advice"))


def _given(officer: Officer, advice_id: UUID) -> Waiting | None:
    advice = _unread(officer).select_related("author", "casefile", "joint").filter(pk=advice_id).first()
    if advice is None:
        return None
    said = _("%(name)s asks you for legal advice") if advice.kind == Advice.Kind.QUESTION else _("%(name)s gives you legal advice")
    return _waiting(advice, str(said % {"name": advice.author.name}))


def _answered(officer: Officer, advice_id: UUID) -> Waiting | None:
    advice = Advice.objects.visible_to(officer).select_related("casefile", "joint").filter(pk=advice_id).first()
    return _waiting(advice, str(_("An answer behind the wall of %(number)s") % {"number": advice.reference})) if advice else None


def _waiting(advice: Advice, title: str) -> Waiting:
    return Waiting(
        title=title, text=advice.about, url=reverse("prosecution:one", args=[advice.pk]), icon="scale", chip=_("Legal privilege"),
        tone="plum",
    )  # fmt: skip


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {GIVEN: _given, ANSWERED: _answered}
STANDING: dict[str, Standing] = {
    GIVEN: lambda officer: _unread(officer).values("pk"),
    ANSWERED: lambda officer: Advice.objects.visible_to(officer).values("pk"),
}
