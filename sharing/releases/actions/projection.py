"""The nightly check that sight is what it rests on: grants and memberships against the files, lines and acceptances that cause them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from accounts.models import Agency, Membership, Officer
from accounts.notices import post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles.models import CaseFile, CaseGrant
from cases.records.models import Record, RecordGrant
from kernel.grants import Origin
from sharing.agreements.models import Agreement
from sharing.releases.actions.notices import PROJECTION
from sharing.releases.events import Event
from sharing.releases.models import Acceptance, Line, Release

NAMED = 200
"""How many of the rows that differ one ledger line names."""
Audience = CaseFile.Audience


@transaction.atomic(durable=True)
def check_projection() -> int:
    """Recompute who sees what, and alarm on every difference: a line in the ledger of the agency whose things they are, and a notice
    to those who read it. Returns how many there are.

    Nothing is repaired: a grant nobody caused is evidence before it is a mistake. Run by the clock, nightly; each question is one
    statement, so that deeds done meanwhile cause no alarm. Design: access by grants is a projection of legal records.
    """
    found: dict[UUID, dict[str, list[Any]]] = defaultdict(dict)
    for name, rows in QUESTIONS.items():
        for agency_id, pk in rows().values_list("owner", "pk"):
            found[agency_id].setdefault(name, []).append(pk)
    for agency_id, differing in found.items():
        for name, pks in differing.items():
            record(Event.PROJECTION_DIFFERS, actor=None, owner=agency_id, difference=name, count=len(pks), rows=pks[:NAMED])
        auditors = Officer.objects.who_may(Deed.LEDGER_READ).filter(agency=agency_id)
        post(PROJECTION, to=auditors, subject_id=agency_id)
    for agency in Agency.objects.exclude(pk__in=found):
        settle(PROJECTION, subject_id=agency.pk)
    return sum(len(pks) for differing in found.values() for pks in differing.values())


def _all(model: Any) -> Any:
    """The check has no officer: it reads what all sight rests on."""
    return model.objects.unscoped("whether sight is what it rests on")


def _releases() -> Any:
    """Those that give sight."""
    in_force = _all(Agreement).in_force()
    return _all(Release).filter(status=Release.Status.APPROVED, expired_at=None, ends_at__gt=Now(), agreement__in=in_force.values("pk"))


def _audience(group: Any) -> Q:
    """The files that let this group in."""
    unit = Q(audience=Audience.UNIT, unit__group=group)
    return Q(team=group) | unit | Q(audience=Audience.AGENCY, agency__group=group)


def _owned(rows: Any, by: Any) -> QuerySet[Any]:
    """With the agency whose things they are."""
    owned: QuerySet[Any] = rows.annotate(owner=by)
    return owned


def _by_file() -> Subquery:
    return Subquery(_all(CaseFile).filter(pk=OuterRef("content_object")).values("agency"))


def _by_record() -> Subquery:
    return Subquery(_all(Record).filter(pk=OuterRef("content_object")).values("agency"))


def case_grants_without_audience() -> QuerySet[Any]:
    """Groups that see a file that does not let them in."""
    inside = _all(CaseFile).filter(_audience(OuterRef("group")), pk=OuterRef("content_object"))
    return _owned(CaseGrant.objects.live().filter(~Exists(inside)), _by_file())


def case_work_without_team() -> QuerySet[Any]:
    """Groups that work on a file they are not the team of; a standing file is worked on by its whole audience."""
    working = Q(team=OuterRef("group")) | Q(is_standing=True) & _audience(OuterRef("group"))
    inside = _all(CaseFile).filter(working, pk=OuterRef("content_object"))
    return _owned(CaseGrant.objects.live().for_right("work").filter(~Exists(inside)), _by_file())


def home_grants_without_audience() -> QuerySet[Any]:
    """Groups that see a record as its home's audience and are not."""
    letting_in = _all(CaseFile).filter(_audience(OuterRef(OuterRef("group"))))
    inside = _all(Record).filter(pk=OuterRef("content_object"), home__in=letting_in.values("pk"))
    return _owned(RecordGrant.objects.standing().filter(~Exists(inside), origin=Origin.HOME), _by_record())


def release_grants_without_line() -> QuerySet[Any]:
    """Sight by anything but home or a joint case (which has a check of its own) that no line of a release in force gives, or for longer."""
    giving = _releases().filter(group=OuterRef(OuterRef("group")), ends_at__gte=OuterRef(OuterRef("expires_at")))
    given = _all(Line).filter(
        release=OuterRef("cause"), rendition=OuterRef("rendition"), record=OuterRef("content_object"), release__in=giving.values("pk")
    )
    return _owned(RecordGrant.objects.live().exclude(origin__in=(Origin.HOME, Origin.JOINT)).filter(~Exists(given)), _by_record())


def lines_without_grant() -> QuerySet[Any]:
    """What was released and is not seen."""
    live = RecordGrant.objects.live().for_right("view").filter(origin=Origin.RELEASE, cause=OuterRef("release"))
    seen = live.filter(rendition=OuterRef("rendition"), content_object=OuterRef("record"))
    lines = _all(Line).filter(~Exists(seen), release__in=_releases().values("pk"))
    owner = Subquery(_all(Release).filter(pk=OuterRef("release")).values("agency"))
    return _owned(lines, owner)


def readers_without_acceptance() -> QuerySet[Any]:
    """Members of a release's group who have not accepted its conditions, or whose release gives no sight any more."""
    releases = _all(Release).filter(group=OuterRef("group"))
    standing = _all(Release).filter(group=OuterRef(OuterRef("group")), status=Release.Status.APPROVED, expired_at=None)
    accepted = _all(Acceptance).filter(officer=OuterRef("officer"), release__in=standing.values("pk"))
    return _owned(Membership.objects.active().filter(Exists(releases)).filter(~Exists(accepted)), Subquery(releases.values("agency")))


def _home_without(audience: dict[str, Any], group: str) -> Callable[[], QuerySet[Any]]:
    def unseen() -> QuerySet[Any]:
        home = _all(CaseFile).filter(pk=OuterRef(OuterRef("home")))
        live = RecordGrant.objects.live().for_right("view").filter(origin=Origin.HOME, rendition=None, content_object=OuterRef("pk"))
        held = live.filter(group__in=home.values(group))
        return _owned(_all(Record).filter(~Exists(held), home__in=_all(CaseFile).filter(**audience).values("pk")), F("agency"))

    return unseen


QUESTIONS: dict[str, Callable[[], QuerySet[Any]]] = {
    "case-grants-without-audience": case_grants_without_audience,
    "case-work-without-team": case_work_without_team,
    "home-grants-without-audience": home_grants_without_audience,
    "release-grants-without-line": release_grants_without_line,
    "readers-without-acceptance": readers_without_acceptance,
    "lines-without-grant": lines_without_grant,
    "records-unseen-by-their-team": _home_without({}, "team"),
    "records-unseen-by-their-unit": _home_without({"audience": Audience.UNIT}, "unit__group"),
    "records-unseen-by-their-agency": _home_without({"audience": Audience.AGENCY}, "agency__group"),
}
"""What is asked each night; the names stand in the ledger."""
