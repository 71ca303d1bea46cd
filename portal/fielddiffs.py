"""What changed, field by field: django-auditlog's one registration. It is the human history; the evidence is the ledger.

Its rows can be changed and are not purged with a thing, so no content goes in: free text is masked, secrets are left out, and a row
is named by its kind and id. Whatever is written in bulk is not seen by it; the ledger's line is written by the action either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlog import registry
from auditlog.diff import model_instance_diff
from auditlog.models import LogEntry
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, JSONField, Model, TextField
from django.db.models.signals import pre_save

from accounts import models as accounts
from cases.casefiles import models as casefiles
from cases.consignments import models as consignments
from cases.entities import models as entities
from cases.intelligence import models as intelligence
from cases.records import models as records
from kernel.querysets import GuardedModel
from sharing.agreements import models as agreements
from sharing.deconfliction import models as deconfliction
from sharing.prosecution import models as prosecution
from sharing.releases import models as releases

WITHOUT_CONTENT: tuple[type[Model], ...] = (
    accounts.Agency, accounts.ApiToken, accounts.Appointment, accounts.CountryRule, accounts.Deputy, accounts.Desk, accounts.Jurisdiction,
    accounts.Membership, accounts.Officer, accounts.RoleDeed, accounts.StandingAdviser, accounts.Unit, casefiles.ReferenceScheme,
)  # fmt: skip
WITH_CONTENT: tuple[type[Model], ...] = (
    casefiles.CaseFile, casefiles.CaseGrant, casefiles.Note, casefiles.NoteVersion, casefiles.NoteMention,
    casefiles.Task, casefiles.TaskEntry, casefiles.TaskMention, casefiles.Offence, casefiles.OtherReference,
    casefiles.CaseDecision, casefiles.CaseClosing, casefiles.LinkedCases, casefiles.Handover, casefiles.Counsel,
    records.Record, records.Rendition, records.CaseHeader, records.CaseLink, records.RecordGrant,
    entities.Transaction, entities.Call,
    entities.Mention, entities.Identifier, entities.Subject, entities.SubjectMention, entities.Declined, entities.HeldApart,
    entities.Relation, entities.RelationSupport, entities.SubjectMerge,
    intelligence.Paragraph,
    consignments.Consignment, consignments.Leg, consignments.Observation,
    consignments.Seizure, consignments.SeizureVersion, consignments.SeizureStep,
    agreements.Agreement, agreements.Article, agreements.Party,
    releases.Release, releases.Line, releases.Addressee, releases.Decision, releases.Acceptance, releases.ApprovalRule, releases.Comment,
    deconfliction.Hit, deconfliction.HitSide,
    prosecution.Advice, prosecution.Reader, prosecution.Reply,
)  # fmt: skip
SECRET = frozenset({"password", "digest"})


def mask(_value: str) -> str:
    """Says that a field changed, and nothing of what it held."""
    return "masked"


def is_free_text(field: Any) -> bool:
    """Words somebody typed; a choice from a fixed vocabulary is none."""
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, (CharField, TextField, JSONField)) and not inner.choices


def compare(sender: type[Model], instance: Model, update_fields: Iterable[str] | None = None, **_signal: Any) -> None:
    """What auditlog does before a row is saved again, for tables that are not read before it is said who looks."""
    if instance._state.adding:  # noqa: SLF001 - as auditlog asks it
        return
    rows: Any = sender._base_manager
    if issubclass(sender, GuardedModel):
        rows = rows.unscoped("comparing a row in hand with what it was")
    changes = model_instance_diff(rows.filter(pk=instance.pk).first(), instance, fields_to_check=update_fields)
    if changes:
        LogEntry.objects.log_create(instance, action=LogEntry.Action.UPDATE, changes=changes)


def name_by_id(sender: type[LogEntry], instance: LogEntry, **_signal: Any) -> None:
    """In place of the thing's own words for itself, which may be a title."""
    instance.object_repr = f"{instance.content_type.model} {instance.object_pk}"


def register(models: Iterable[type[Model]], *, masked: bool) -> None:
    for model in models:
        fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if field.name not in SECRET]
        book.register(
            model,
            include_fields=[field.name for field in fields],
            mask_fields=[field.name for field in fields if masked and is_free_text(field)],
            mask_callable="portal.fielddiffs.mask",
        )


book = registry.AuditlogModelRegistry(access=False, m2m=False, custom={pre_save: compare})
registry.auditlog = book  # where auditlog's own functions look fields up
register(WITHOUT_CONTENT, masked=False)
register(WITH_CONTENT, masked=True)
pre_save.connect(name_by_id, sender=LogEntry, dispatch_uid="portal.fielddiffs")
