"""A case and its inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.casefiles import actions
from cases.casefiles import serializers as shapes
from cases.casefiles.grants import home_audience
from cases.casefiles.models import CaseFile


class CaseViewSet(OfficerViewSet):
    """The case files whose audience the officer belongs to."""

    @extend_schema(parameters=[shapes.CaseFilterIn, *PAGING], responses=page_of(shapes.CaseOut))
    def list(self, request: Request) -> Response:
        return self.page(
            actions.list_cases(officer=self.officer, after=self.after, size=self.size, **self.asked(shapes.CaseFilterIn)), show_case
        )

    @extend_schema(parameters=[ONCE], request=shapes.NewCaseIn, responses={201: shapes.CaseStateOut})
    def create(self, request: Request) -> Response:
        return _state(actions.open_case(officer=self.officer, **self.body(shapes.NewCaseIn)), status=201)

    @extend_schema(responses=shapes.CaseDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        seen = actions.view_case(officer=self.officer, casefile_id=pk)
        circles = {"seen_by": shapes.CircleOut(list(home_audience(seen.casefile)), many=True).data}
        offences = {"offences": shapes.OffenceOut(seen.offences, many=True).data}
        references = {"references": shapes.ReferenceOut(seen.references, many=True).data}
        closings = {"closings": shapes.ClosingOut(seen.closings, many=True).data}
        since = {"since": shapes.SinceOut(seen.since).data if seen.since is not None else None}
        counsel = {"counsel": shapes.CounselOut(seen.counsel).data if seen.counsel else None}
        links = since | counsel | {"linked_cases": shapes.LinkedCaseOut(seen.links, many=True).data}
        return Response({**shapes.CaseTextOut(seen.casefile).data, **circles, **offences, **references, **closings, **links})

    @extend_schema(request=shapes.ChangeCaseIn, responses=shapes.CaseStateOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        return _state(actions.change_case(officer=self.officer, casefile_id=pk, **self.body(shapes.ChangeCaseIn)))

    @extend_schema(responses=shapes.DeskOut)
    @action(detail=False, methods=["get"])
    def desk(self, request: Request) -> Response:
        """What the officer pinned and last opened."""
        return Response(shapes.DeskOut(actions.list_desk(officer=self.officer)).data)

    @extend_schema(parameters=[ONCE], request=shapes.CasesIn, responses={204: None})
    @action(detail=False, methods=["post"])
    def pin(self, request: Request) -> Response:
        """Keep several cases at hand: all of them or none."""
        actions.pin_cases(officer=self.officer, casefile_ids=self.body(shapes.CasesIn)["casefiles"])
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=shapes.CasesIn, responses={204: None})
    @action(detail=False, methods=["post"])
    def unpin(self, request: Request) -> Response:
        """Take several cases off the pinned ones: all of them or none."""
        actions.unpin_cases(officer=self.officer, casefile_ids=self.body(shapes.CasesIn)["casefiles"])
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=shapes.RestIn, responses=shapes.CaseStateOut(many=True))
    @action(detail=False, methods=["post"])
    def rest(self, request: Request) -> Response:
        """Let several cases rest, or take them up again: all of them or none."""
        sent = self.body(shapes.RestIn)
        cases = actions.rest_cases(officer=self.officer, casefile_ids=sent["casefiles"], status=sent["status"])
        return Response(shapes.CaseStateOut(cases, many=True).data)

    @extend_schema(parameters=[ONCE], request=shapes.StandingIn, responses=shapes.CaseStateOut)
    @action(detail=False, methods=["post"])
    def standing(self, request: Request) -> Response:
        """The unit's standing file; made when it is first asked for."""
        unit_id = self.body(shapes.StandingIn).get("unit_id", self.officer.unit_id)
        return _state(actions.keep_standing_file(officer=self.officer, unit_id=unit_id))

    @extend_schema(parameters=[ONCE], request=shapes.MemberIn, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def lead(self, request: Request, pk: UUID) -> Response:
        return _state(actions.change_lead(officer=self.officer, casefile_id=pk, lead_id=self.body(shapes.MemberIn)["officer_id"]))

    @extend_schema(parameters=[ONCE], request=shapes.MemberIn, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def prosecutor(self, request: Request, pk: UUID) -> Response:
        """Name another prosecutor on the case, who is on its team with that."""
        member_id = self.body(shapes.MemberIn)["officer_id"]
        return _state(actions.change_prosecutor(officer=self.officer, casefile_id=pk, member_id=member_id))

    @extend_schema(responses=shapes.MemberOut(many=True))
    @action(detail=True, methods=["get"])
    def team(self, request: Request, pk: UUID) -> Response:
        _case, members = actions.list_team(officer=self.officer, casefile_id=pk)
        return Response(shapes.MemberOut(members, many=True).data)

    @extend_schema(parameters=[ONCE], request=shapes.MemberIn, responses=shapes.CaseStateOut)
    @team.mapping.post
    def add_to_team(self, request: Request, pk: UUID) -> Response:
        member_id = self.body(shapes.MemberIn)["officer_id"]
        return _state(actions.add_to_team(officer=self.officer, casefile_id=pk, member_id=member_id))

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="team/<uuid:officer_id>")
    def take_off_team(self, request: Request, pk: UUID, officer_id: UUID) -> Response:
        actions.take_off_team(officer=self.officer, casefile_id=pk, member_id=officer_id)
        return Response(status=204)

    @extend_schema(parameters=[shapes.NotesIn, *PAGING], responses=page_of(shapes.NoteOut))
    @action(detail=True, methods=["get"])
    def notes(self, request: Request, pk: UUID) -> Response:
        asked = self.asked(shapes.NotesIn)
        listed = actions.list_notes(officer=self.officer, casefile_id=pk, after=self.after, size=self.size, **asked)
        return self.page(listed.page, lambda note: shapes.NoteOut(note).data)

    @extend_schema(parameters=[ONCE], request=shapes.NoteIn, responses={201: shapes.NoteWrittenOut})
    @notes.mapping.post
    def write_note(self, request: Request, pk: UUID) -> Response:
        note = actions.write_note(officer=self.officer, casefile_id=pk, **self.body(shapes.NoteIn))
        return Response(shapes.NoteWrittenOut(note).data, status=201)

    @extend_schema(parameters=[shapes.TaskFilterIn, *PAGING], responses=page_of(shapes.TaskOut))
    @action(detail=True, methods=["get"])
    def tasks(self, request: Request, pk: UUID) -> Response:
        asked = self.asked(shapes.TaskFilterIn)
        _case, page = actions.list_tasks(officer=self.officer, casefile_id=pk, after=self.after, size=self.size, **asked)
        return self.page(page, lambda task: shapes.TaskOut(task).data)

    @extend_schema(parameters=[ONCE], request=shapes.TaskIn, responses={201: shapes.TaskStateOut})
    @tasks.mapping.post
    def set_task(self, request: Request, pk: UUID) -> Response:
        task = actions.set_task(officer=self.officer, casefile_id=pk, **self.body(shapes.TaskIn))
        return Response(shapes.TaskStateOut(task).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.OffenceIn, responses={201: shapes.OffenceOut})
    @action(detail=True, methods=["post"], url_path="offences", url_name="offences")
    def add_offence(self, request: Request, pk: UUID) -> Response:
        offence = actions.add_offence(officer=self.officer, casefile_id=pk, **self.body(shapes.OffenceIn))
        return Response(shapes.OffenceOut(offence).data, status=201)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="offences/<uuid:offence_id>")
    def remove_offence(self, request: Request, pk: UUID, offence_id: UUID) -> Response:
        actions.remove_offence(officer=self.officer, casefile_id=pk, offence_id=offence_id)
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=shapes.ReferenceIn, responses={201: shapes.ReferenceOut})
    @action(detail=True, methods=["post"], url_path="references", url_name="references")
    def add_reference(self, request: Request, pk: UUID) -> Response:
        """What a court, a prosecution service or a partner calls the same matter."""
        made = actions.add_reference(officer=self.officer, casefile_id=pk, **self.body(shapes.ReferenceIn))
        return Response(shapes.ReferenceOut(made).data, status=201)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="references/<uuid:reference_id>")
    def remove_reference(self, request: Request, pk: UUID, reference_id: UUID) -> Response:
        actions.remove_reference(officer=self.officer, casefile_id=pk, reference_id=reference_id)
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=shapes.SchemeIn, responses=shapes.SchemeIn)
    @action(detail=False, methods=["post"])
    def scheme(self, request: Request) -> Response:
        """How the agency's references are written from now on: for whoever runs its accounts."""
        return Response(shapes.SchemeIn(actions.set_scheme(officer=self.officer, **self.body(shapes.SchemeIn))).data)

    @extend_schema(parameters=PAGING, responses=page_of(shapes.CaseDecisionOut))
    @action(detail=True, methods=["get"])
    def decisions(self, request: Request, pk: UUID) -> Response:
        _case, page = actions.list_decisions(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        return self.page(page, lambda entry: shapes.CaseDecisionOut(entry).data)

    @extend_schema(parameters=[ONCE], request=shapes.CaseDecisionIn, responses={201: shapes.WrittenOut})
    @decisions.mapping.post
    def enter_decision(self, request: Request, pk: UUID) -> Response:
        facts = {"decided_by_id": self.officer.pk, **self.body(shapes.CaseDecisionIn)}
        return Response(shapes.WrittenOut(actions.enter_decision(officer=self.officer, casefile_id=pk, **facts)).data, status=201)

    @extend_schema(parameters=[shapes.LooksIn, *PAGING], responses=page_of(shapes.DeedOut))
    @action(detail=True, methods=["get"])
    def activity(self, request: Request, pk: UUID) -> Response:
        asked: dict[str, Any] = self.asked(shapes.LooksIn)
        _case, page = actions.read_activity(officer=self.officer, casefile_id=pk, after=self.after, size=self.size, **asked)
        return self.page(page, lambda line: shapes.DeedOut(line).data)


def show_case(casefile: CaseFile) -> Mapping[str, Any]:
    """A case in a list."""
    return shapes.CaseOut(casefile).data


def _state(casefile: CaseFile, *, status: int = 200) -> Response:
    return Response(shapes.CaseStateOut(casefile).data, status=status)
