"""Lists of a case, and the list of cases, taken out as CSV: marked, counted, and written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN, asked_cases
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Task
from cases.casefiles.models.casefile import COMPARTMENT, INSIDE
from cases.casefiles.transport import MOST_ROWS, Export, Heading, in_pieces


@transaction.atomic(durable=True)
def export_cases(*, officer: Officer, **asked: Any) -> Export:
    """The list of cases as it is narrowed down, the last worked on first; each case is asked for again as its line is written."""
    cases = asked_cases(officer, **asked)
    ids = list(cases.order_by("-active_at", "-pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept = ids[:MOST_ROWS]
    secret = cases.filter(pk__in=kept, is_compartment=True).exists()
    heading = heading_of(
        officer, _("Case files"), COMPARTMENT if secret else INSIDE, count=len(kept), query=asked, cut=len(ids) > MOST_ROWS
    )
    record(Event.CASES_EXPORTED, actor=officer, owner=officer.agency_id, count=len(kept), query=asked)

    def rows() -> Iterator[Sequence[object]]:
        for each in in_pieces(kept, lambda ids: CaseFile.objects.visible_to(officer).select_related(*SHOWN).in_bulk(ids)):
            yield (
                each.reference, each.title, each.get_status_display(), each.lead.name, each.unit.name, each.get_audience_display(),
                each.opened_at.isoformat(), each.active_at.isoformat(), each.closed_at.isoformat() if each.closed_at else "",
            )  # fmt: skip

    columns = (_("Reference"), _("Title"), _("Status"), _("Lead"), _("Unit"), _("Seen by"), _("Opened"), _("Last activity"), _("Closed"))
    return Export("cases", heading, columns, rows())


@transaction.atomic(durable=True)
def export_tasks(*, officer: Officer, casefile_id: UUID) -> Export:
    """The tasks of a case, those set last first. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile).order_by("-made_at", "-pk")
    ids = list(tasks.values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept = ids[:MOST_ROWS]
    what = _("Tasks of %(case)s") % {"case": casefile.reference}
    heading = heading_of(officer, what, casefile.marking, count=len(kept), cut=len(ids) > MOST_ROWS)
    record(Event.TASKS_EXPORTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(kept))

    def rows() -> Iterator[Sequence[object]]:
        for each in in_pieces(
            kept, lambda ids: Task.objects.visible_to(officer).select_related("assignee", "made_by", "ended_by").in_bulk(ids)
        ):
            yield (
                each.title, each.get_state_display(), each.assignee.name, each.due_on or "", each.made_by.name, each.made_at.isoformat(),
                each.ended_at.isoformat() if each.ended_at else "", each.ended_by.name if each.ended_by else "",
                each.days_late if each.is_late else "",
            )  # fmt: skip

    columns = (_("Task"), _("State"), _("For"), _("Due"), _("Set by"), _("Set"), _("Ended"), _("Ended by"), _("Days overdue"))
    return Export(f"tasks-{casefile.reference}", heading, columns, rows())


def heading_of(officer: Officer, what: str, marking: dict[str, Any], *, count: int, **more: Any) -> Heading:
    """What the first and the last line of an export say, by whom and now."""
    said = " · ".join(str(marking[part]) for part in ("wording", "note") if marking.get(part))
    reader = f"{officer.name}, {officer.agency.short_name}"
    return Heading(what=what, marking=said, reader=reader, at=timezone.now(), count=count, **more)
