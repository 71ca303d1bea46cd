"""The ledger as a list: who did, saw or was refused what, for those who may know."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.events import Event as AccountsEvent
from accounts.http import OfficerRequest
from accounts.models import Agency, Officer
from accounts.roles import Deed
from audit import actions, models
from audit.events import Event as AuditEvent
from cases.casefiles.events import Event as CasefilesEvent
from cases.consignments.events import Event as ConsignmentsEvent
from cases.entities.events import Event as EntitiesEvent
from cases.intelligence.events import Event as IntelligenceEvent
from cases.records.events import Event as RecordsEvent
from sharing.agreements.events import Event as AgreementsEvent
from sharing.deconfliction.events import Event as DeconflictionEvent
from sharing.joint.events import Event as JointEvent
from sharing.prosecution.events import Event as ProsecutionEvent
from sharing.releases.events import Event as ReleasesEvent

ROOMS = (
    AccountsEvent, AuditEvent, CasefilesEvent, RecordsEvent, IntelligenceEvent, EntitiesEvent, ConsignmentsEvent, AgreementsEvent,
    ReleasesEvent, DeconflictionEvent, JointEvent, ProsecutionEvent,
)  # fmt: skip
LABELS = {member.value: member.label for room in ROOMS for member in room}


class FilterForm(forms.Form):
    """What to look for. People are those of one's own agency; others are shown by their agency alone."""

    kind = forms.ChoiceField(label=_("What was done"), required=False)
    officer = forms.ModelChoiceField(label=_("By whom"), required=False, queryset=Officer.objects.none(), empty_label=_("Anybody"))
    subject = forms.UUIDField(
        label=_("On which thing"),
        required=False,
        help_text=_("Follow a link in the lines below, or copy the long number out of a page's address."),
    )

    def __init__(self, *args: Any, reader: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Anything")), *sorted(LABELS.items(), key=lambda item: str(item[1]))]  # type: ignore[attr-defined]
        people = (
            Officer.objects.filter(agency=reader.agency_id) if Deed.LEDGER_READ in reader.deeds else Officer.objects.filter(pk=reader.pk)
        )
        self.fields["officer"].queryset = people.order_by("name")  # type: ignore[attr-defined]


@require_safe
def ledger(request: OfficerRequest) -> HttpResponse:
    """One's agency's lines for its auditors, one's own for everybody else. Reading it is written down too."""
    form = FilterForm(request.GET, reader=request.user)
    if not form.is_valid():
        return render(request, "ledger/list.html", {"form": form, "here": "ledger"}, status=422)
    asked = form.cleaned_data
    page = actions.list_events(
        officer=request.user, kind=asked["kind"], actor_id=getattr(asked["officer"], "pk", None), subject_id=asked["subject"],
        after=request.GET.get("after", ""),
    )  # fmt: skip
    return render(
        request, "ledger/list.html", {"form": form, "rows": _rows(request.user, page.rows), "cursor": page.cursor, "here": "ledger"}
    )


def _rows(reader: Officer, events: list[models.Event]) -> list[dict[str, Any]]:
    """Names for one's own people; of others only the agency, as the agreement between agencies promises them."""
    names = dict(Officer.objects.filter(pk__in={e.actor_id for e in events}, agency=reader.agency_id).values_list("pk", "name"))
    agencies = Agency.objects.in_bulk([e.agency_id for e in events if e.agency_id])
    refusals = actions.sentences(events, reader=reader)
    walled = _behind_walls(reader, events)
    return [
        {
            "event": event,
            "label": LABELS.get(event.kind, event.kind),
            "name": names.get(event.actor_id),  # type: ignore[arg-type]
            "agency": agencies.get(event.agency_id),
            "refusal": refusals.get(event.pk, ""),
            "behind": walled.get(event.pk, ""),
            "leaf": bytes(event.leaf_hash).hex(),
        }
        for event in events
    ]


def _behind_walls(reader: Officer, events: list[models.Event]) -> dict[UUID, str]:
    """Of legal advice its number, and whom it was for or who was let in or out: one's own people by name, others by their agency."""
    said = actions.facts(events, kinds=ProsecutionEvent.values)
    named = {event_id: [*body.get("addressees", ()), *filter(None, [body.get("member")])] for event_id, body in said.items()}
    people = Officer.objects.select_related("agency").in_bulk({pk for pks in named.values() for pk in pks})
    called = {str(pk): each.name if each.agency_id == reader.agency_id else each.agency.short_name for pk, each in people.items()}
    return {
        event_id: " · ".join(
            filter(None, [body.get("number", ""), ", ".join(sorted({called[pk] for pk in named[event_id] if pk in called}))])
        )
        for event_id, body in said.items()
    }
