"""Taking an import back: what came in by it is withdrawn, as long as none of it has left."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Officer
from audit.ledger import record
from cases.entities import rules
from cases.entities.actions.imports import held_import
from cases.entities.events import Event
from cases.entities.models import Call, FileImport, Intake, Mention, SubjectMention, Transaction
from cases.records import grants
from cases.records.models import Rendition
from kernel.errors import Conflict

State = FileImport.State


@transaction.atomic(durable=True)
def undo_import(*, officer: Officer, import_id: UUID, reason: str) -> FileImport:
    """Withdraw every version that an import made, and end what was judged of its rows; nobody sees them from then on.

    Nothing is deleted: rows, judgements and ledger stay, for whoever has to answer later for what was known. What deconfliction told
    before stays told; what is withdrawn is compared no more.
    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case, at another point, and once anything was released.
    """
    job, casefile = held_import(officer, import_id)
    rules.hold_import(job, State.DONE, State.CANCELLED, State.FAILED)
    made = Intake.objects.visible_to(officer).filter(file_import=job).values("rendition")
    versions = list(Rendition.objects.visible_to(officer).filter(pk__in=made).order_by("pk").locked())
    if any(grants.has_left(version) for version in versions):
        raise Conflict(rules.HAS_LEFT_ALREADY)
    mentions = Mention.objects.visible_to(officer).filter(rendition__in=versions)
    groupings = SubjectMention.objects.visible_to(officer).filter(mention__in=mentions.values("pk"))
    between = sum(model.objects.visible_to(officer).filter(rendition__in=versions).count() for model in (Transaction, Call))
    rows, ungrouped = mentions.count() + between, groupings.update(ended_by=officer, ended_at=Now())
    Rendition.objects.visible_to(officer).filter(pk__in=[version.pk for version in versions]).update(withdrawn_at=Now())
    job.state, job.undone_by, job.undone_at, job.undone_reason = State.UNDONE, officer, Now(), reason
    job.first, job.faults = [], []
    job.save(update_fields=["state", "undone_by", "undone_at", "undone_reason", "first", "faults"])
    record(
        Event.IMPORT_UNDONE, actor=officer, subject=casefile, owner=casefile.agency_id, file_import=job.pk, reason=reason, rows=rows,
        ungrouped=ungrouped, renditions=[version.pk for version in versions],
    )  # fmt: skip
    return job
