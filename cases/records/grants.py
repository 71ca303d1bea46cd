"""The projection of sight: one row per record for its home file's audience, one per line for a release. Written here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.functions import Now

from accounts.models import Membership, Officer, Unit
from cases.casefiles.models import CaseFile
from cases.records.models import Record, RecordGrant, Rendition
from kernel import grants
from kernel.grants import Origin
from kernel.querysets import Page, cursor_at, place_of


def admit_home(records: Iterable[Record], casefile: CaseFile) -> None:
    """Let the home file's audience see these records, in the caller's transaction, which holds the file."""
    view = grants.permission_id(Record, "view")
    RecordGrant.objects.bulk_create(
        [
            RecordGrant(group_id=group, permission_id=view, content_object=record, origin=Origin.HOME)
            for record in records
            for group in casefile.audience_groups()
        ],
        batch_size=2_000,
    )


WIDEN = """
    INSERT INTO records_recordgrant (group_id, permission_id, content_object_id, origin, shown_at, cause_reference)
    SELECT %(wider)s, team.permission_id, team.content_object_id, team.origin, team.shown_at, ''
    FROM records_recordgrant team
    WHERE team.group_id = %(team)s AND team.permission_id = %(view)s AND team.origin = 'home' AND team.ended_at IS NULL
    ON CONFLICT (group_id, permission_id, content_object_id, rendition_id, cause) DO UPDATE SET ended_at = NULL
"""


def project_home(casefile: CaseFile, *, former: Unit | None = None) -> None:
    """Let exactly the file's audience, as it now is, see all its records: one statement per group, however many records.

    No longer a unit that the file was with. The team holds a grant on each of them, so its grants say which they are.
    The caller's transaction holds the file.
    """
    view = grants.permission_id(Record, "view")
    of_file = RecordGrant.objects.live().for_right("view").filter(group_id=casefile.team_id, origin=Origin.HOME)
    outside = {"origin": Origin.HOME, "group__in": casefile.groups_outside(former)}
    grants.end(RecordGrant, content_object__in=of_file.values("content_object"), **outside)
    for wider in casefile.audience_groups():
        if wider != casefile.team_id:
            with connection.cursor() as cursor:
                cursor.execute(WIDEN, {"wider": wider, "team": casefile.team_id, "view": view})


def admit_release(
    renditions: Iterable[Rendition], *, to: Group, release_id: UUID, agreement_id: UUID, until: datetime, reference: str = "",
    recipient_id: UUID | None = None,
) -> None:  # fmt: skip
    """Let the release's own group see exactly these renditions until its end, in the caller's transaction.

    `reference` and `recipient_id` (an agency) are what those who ask "who can see this, and why" are told.
    """
    view = grants.permission_id(Record, "view")
    RecordGrant.objects.bulk_create(
        [
            RecordGrant(
                group=to, permission_id=view, content_object_id=rendition.record_id, rendition=rendition, origin=Origin.RELEASE,
                cause=release_id, basis=agreement_id, expires_at=until, cause_reference=reference, recipient_id=recipient_id,
            )
            for rendition in renditions
        ],
        batch_size=2_000,
    )  # fmt: skip


def admit_joint(
    rendition: Rendition, *, groups: Mapping[int, UUID], contribution_id: UUID, agreement_id: UUID, until: datetime, reference: str
) -> None:
    """Let other agencies' teams of a joint case see exactly this rendition until its end, in the caller's transaction.

    `groups` says of each team's group whose agency it is; `reference` is the joint case's, which they know.
    """
    view = grants.permission_id(Record, "view")
    RecordGrant.objects.bulk_create(
        [
            RecordGrant(
                group_id=group, permission_id=view, content_object_id=rendition.record_id, rendition=rendition, origin=Origin.JOINT,
                cause=contribution_id, basis=agreement_id, expires_at=until, cause_reference=reference, recipient_id=agency_id,
            )
            for group, agency_id in groups.items()
        ]
    )  # fmt: skip


def end_joint(contribution_ids: Iterable[UUID]) -> int:
    """End all sight that these contributions to a joint case gave. Returns how many grants ended."""
    return grants.end(RecordGrant, cause__in=list(contribution_ids), origin=Origin.JOINT)


def end_seat(group_id: int) -> int:
    """End all that one agency's team of a joint case was given. Returns how many grants ended."""
    return grants.end(RecordGrant, group=group_id, origin=Origin.JOINT)


def end_release(release_id: UUID) -> int:
    """End all sight a release gave; gone with the next request. Returns how many grants ended."""
    return grants.end(RecordGrant, cause=release_id)


def end_agreement(agreement_id: UUID) -> int:
    """End all sight that rests on an agreement, held back or not. Returns how many grants ended."""
    return grants.end(RecordGrant, basis=agreement_id)


def suspend(agreement_id: UUID) -> int:
    """Hold back all sight that rests on an agreement, until it resumes."""
    return RecordGrant.objects.filter(basis=agreement_id, ended_at=None, suspended_at=None).update(suspended_at=Now())


def resume(agreement_id: UUID) -> int:
    """Give back the sight that rests on an agreement and has not ended meanwhile."""
    return RecordGrant.objects.filter(basis=agreement_id, ended_at=None).update(suspended_at=None)


def has_left(rendition: Rendition) -> bool:
    """Whether the rendition was ever released, or given to a joint case: from then on nothing is added to what it says."""
    return RecordGrant.objects.filter(rendition=rendition, origin__in=(Origin.RELEASE, Origin.JOINT)).exists()


# One index descent per principal finds its newest row; those that cannot reach this page (their newest is older than the
# page's worth of newest rows) are left alone; of the others no more than a page each is read. So the work is bounded by the page
# and the number of principals, never by how much an officer may see. `newer`: the record stood on an earlier page already.
NEWEST = """
    WITH held AS (SELECT unnest(%(groups)s::int[]) AS group_id),
    head AS MATERIALIZED (
        SELECT held.group_id, top.* FROM held CROSS JOIN LATERAL (
            SELECT g.shown_at, g.content_object_id FROM records_recordgrant g WHERE g.group_id = held.group_id AND {live} AND {below}
            ORDER BY g.shown_at DESC, g.content_object_id DESC LIMIT 1) top),
    floor AS MATERIALIZED (
        SELECT CASE WHEN count(*) = %(size)s THEN min(best) ELSE '-infinity' END AS at FROM (
            SELECT max(shown_at) AS best FROM head GROUP BY content_object_id ORDER BY best DESC LIMIT %(size)s) b),
    page AS MATERIALIZED (
        SELECT line.content_object_id AS record, max(line.shown_at) AS at
        FROM floor JOIN head ON head.shown_at >= floor.at CROSS JOIN LATERAL (
            SELECT g.shown_at, g.content_object_id FROM records_recordgrant g
            WHERE g.group_id = head.group_id AND {live} AND {below} AND g.shown_at >= floor.at
            GROUP BY g.shown_at, g.content_object_id
            ORDER BY g.shown_at DESC, g.content_object_id DESC LIMIT %(size)s) line
        GROUP BY record ORDER BY at DESC, record DESC LIMIT %(size)s)
    SELECT record, at, at < (SELECT max(g.shown_at) FROM records_recordgrant g
                             WHERE g.content_object_id = record AND g.group_id = ANY(%(groups)s) AND {live}) AS newer
    FROM page ORDER BY at DESC, record DESC
"""
LIVE = (
    "g.permission_id = %(view)s AND g.ended_at IS NULL AND g.suspended_at IS NULL"
    " AND (g.expires_at IS NULL OR g.expires_at > statement_timestamp())"
)
BELOW = "(g.shown_at, g.content_object_id) < (%(at)s, %(record)s)"


def newest(officer: Officer, *, after: str = "", size: int = 50) -> Page[UUID]:
    """The ids of the records an officer holds, the latest shown first; a later page may hold fewer than `size`.

    This only finds them fast: whether they are seen is asked of `visible_to` when they are read. Raises Invalid for a broken cursor.
    """
    groups = list(Membership.objects.held_by(officer).values_list("group_id", flat=True).distinct())
    facts: dict[str, Any] = {"groups": groups, "view": grants.permission_id(Record, "view"), "size": size + 1}
    if after:
        facts["at"], facts["record"] = place_of(after)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(live=LIVE, below=BELOW if after else "TRUE"), facts)
        rows = cursor.fetchall()
    last = rows[size - 1] if len(rows) > size else None
    return Page([record for record, _at, newer in rows[:size] if not newer], cursor_at(last[1], last[0]) if last else "")
