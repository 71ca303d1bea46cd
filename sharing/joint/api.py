"""Joint cases for machines: the same deeds as on the pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import proofs
from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from accounts.roles import Deed
from sharing.joint import actions
from sharing.joint import serializers as shapes
from sharing.joint.models import AgreedTask, JointCase
from sharing.releases.serializers import ApproveIn


class JointCaseViewSet(OfficerViewSet):
    """Joint cases of several agencies: the cover for those asked, the inside for the team."""

    @extend_schema(parameters=PAGING, responses=page_of(shapes.JointOut))
    def list(self, request: Request) -> Response:
        page, _titles = actions.list_joint_cases(officer=self.officer, after=self.after, size=self.size)
        return self.page(page, shapes.show_cover)

    @extend_schema(responses=shapes.JointDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_viewed(actions.view_joint_case(officer=self.officer, joint_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.JointIn, responses={201: shapes.JointStateOut})
    def create(self, request: Request) -> Response:
        return self._state(actions.open_joint_case(officer=self.officer, **self.body(shapes.JointIn)), 201)

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.JointStateOut)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: UUID) -> Response:
        """Join for one's agency, with its promise."""
        return self._state(actions.join_joint_case(officer=self.officer, joint_id=pk))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.JointStateOut)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        return self._state(actions.decline_joint_case(officer=self.officer, joint_id=pk))

    @extend_schema(responses=shapes.PartingOut)
    @action(detail=True, methods=["get"])
    def leave(self, request: Request, pk: UUID) -> Response:
        """What leaving would take along, and what of it may stay."""
        return Response(shapes.show_parting(actions.view_leaving(officer=self.officer, joint_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.LeaveIn, responses=shapes.JointStateOut)
    @leave.mapping.post
    def leave_it(self, request: Request, pk: UUID) -> Response:
        """Leave for one's agency: what it gave is withdrawn, save what may stay, with fresh proof of presence."""
        sent = self.body(shapes.LeaveIn)
        facts: dict[str, Any] = {"stay": sent["stay"], "reason": sent["reason"]}
        if facts["stay"]:
            facts["proof"] = proofs.check(self.officer, Deed.RELEASES_APPROVE, pk, sent["content_hash"], sent)
        return self._state(actions.leave_joint_case(officer=self.officer, joint_id=pk, **facts))

    @extend_schema(parameters=PAGING, responses=page_of(shapes.LeftBehindOut))
    @action(detail=False, methods=["get"], url_path="left-behind", url_name="left-behind")
    def left_behind(self, request: Request) -> Response:
        """What the own agency lets stay visible in joint cases that it left."""
        page = actions.list_left_behind(officer=self.officer, after=self.after, size=self.size)
        return self.page(page, lambda line: shapes.LeftBehindOut(line).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["delete"], url_path="left-behind/<uuid:contribution_id>", url_name="take-back")
    def take_back(self, request: Request, contribution_id: UUID) -> Response:
        """Take back what the own agency let stay."""
        actions.take_back_left_behind(officer=self.officer, contribution_id=contribution_id)
        return Response(status=204)

    @extend_schema(parameters=[shapes.AgreedFilterIn, *PAGING], responses=page_of(shapes.AgreedTaskOut))
    @action(detail=True, methods=["get"])
    def tasks(self, request: Request, pk: UUID) -> Response:
        """What the agencies agreed to do, for the team."""
        state = self.asked(shapes.AgreedFilterIn)["state"]
        _joint, page, _may = actions.list_agreed_tasks(officer=self.officer, joint_id=pk, state=state, after=self.after, size=self.size)
        return self.page(page, lambda task: shapes.AgreedTaskOut(task).data)

    @extend_schema(parameters=[ONCE], request=shapes.AgreedTaskIn, responses={201: shapes.MadeOut})
    @tasks.mapping.post
    def set_task(self, request: Request, pk: UUID) -> Response:
        task = actions.set_agreed_task(officer=self.officer, joint_id=pk, **self.body(shapes.AgreedTaskIn))
        return Response({"id": task.pk}, status=201)

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.JointStateOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return self._state(actions.close_joint_case(officer=self.officer, joint_id=pk))

    @extend_schema(parameters=[ONCE], request=shapes.AdmitIn, responses={201: shapes.MadeOut})
    @action(detail=True, methods=["post"])
    def team(self, request: Request, pk: UUID) -> Response:
        """Let an officer of one's own agency on the team."""
        admission = actions.admit_officer(officer=self.officer, joint_id=pk, **self.body(shapes.AdmitIn))
        return Response({"id": admission.pk}, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="team/<uuid:admission_id>", url_name="end-admission")
    def end_admission(self, request: Request, pk: UUID, admission_id: UUID) -> Response:
        actions.end_admission(officer=self.officer, joint_id=pk, admission_id=admission_id)
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=shapes.EntryIn, responses={201: shapes.MadeOut})
    @action(detail=True, methods=["post"])
    def entries(self, request: Request, pk: UUID) -> Response:
        """Write for everybody on the team."""
        return Response({"id": actions.write_entry(officer=self.officer, joint_id=pk, **self.body(shapes.EntryIn)).pk}, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.ContributeIn, responses={201: shapes.MadeOut})
    @action(detail=True, methods=["post"])
    def contributions(self, request: Request, pk: UUID) -> Response:
        """Ask to give a version of what was recorded in the own agency's file for this case; a second officer approves it."""
        given = actions.contribute(officer=self.officer, joint_id=pk, **self.body(shapes.ContributeIn))
        return Response({"id": given.pk}, status=201)

    @extend_schema(responses=shapes.ContributionDetailOut)
    @action(detail=True, methods=["get"], url_path="contributions/<uuid:contribution_id>", url_name="contribution")
    def contribution(self, request: Request, pk: UUID, contribution_id: UUID) -> Response:
        """What of one's own agency is to be given, or was."""
        viewed = actions.open_contribution(officer=self.officer, joint_id=pk, contribution_id=contribution_id)
        return Response(shapes.show_contribution(viewed))

    @extend_schema(parameters=[ONCE], request=ApproveIn, responses=shapes.MadeOut)
    @action(
        detail=True, methods=["post"], url_path="contributions/<uuid:contribution_id>/approve", url_name="approve", throttle_scope="proofs"
    )
    def approve(self, request: Request, pk: UUID, contribution_id: UUID) -> Response:
        """Give it, as a second officer, with fresh proof of presence for the content that was looked at."""
        given = self.body(ApproveIn)
        proof = proofs.check(self.officer, Deed.RELEASES_APPROVE, contribution_id, given["content_hash"], given)
        line = actions.approve_contribution(officer=self.officer, joint_id=pk, contribution_id=contribution_id, proof=proof)
        return Response({"id": line.pk})

    @extend_schema(request=None, responses={204: None})
    @contribution.mapping.delete
    def withdraw(self, request: Request, pk: UUID, contribution_id: UUID) -> Response:
        actions.withdraw_contribution(officer=self.officer, joint_id=pk, contribution_id=contribution_id)
        return Response(status=204)

    def _state(self, joint: JointCase, status: int = 200) -> Response:
        return Response(shapes.JointStateOut(joint).data, status=status)


class AgreedTaskViewSet(OfficerViewSet):
    """Tasks of joint cases by themselves: one's own, one with its history, and what becomes of it."""

    @extend_schema(parameters=[shapes.AgreedFilterIn, *PAGING], responses=page_of(shapes.AgreedTaskOut))
    def list(self, request: Request) -> Response:
        """One's own in all joint cases, in any state unless one is asked for."""
        state = self.asked(shapes.AgreedFilterIn)["state"]
        page = actions.list_my_agreed_tasks(officer=self.officer, state=state, after=self.after, size=self.size)
        return self.page(page, lambda task: shapes.AgreedTaskOut(task).data)

    @extend_schema(responses=shapes.AgreedTaskDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_agreed(actions.open_agreed_task(officer=self.officer, task_id=pk, size=1)))

    @extend_schema(request=shapes.ChangeAgreedIn, responses=shapes.AgreedStateOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Another assignee or another day, for a reason."""
        return self._state(actions.change_agreed_task(officer=self.officer, task_id=pk, **self.body(shapes.ChangeAgreedIn)))

    @extend_schema(parameters=PAGING, responses=page_of(shapes.AgreedEntryOut))
    @action(detail=True, methods=["get"])
    def entries(self, request: Request, pk: UUID) -> Response:
        """What was done with it and said of it, the newest first."""
        opened = actions.open_agreed_task(officer=self.officer, task_id=pk, after=self.after, size=self.size)
        return self.page(opened.page, lambda entry: shapes.AgreedEntryOut(entry).data)

    @extend_schema(parameters=[ONCE], request=shapes.AgreedCommentIn, responses={201: shapes.MadeOut})
    @entries.mapping.post
    def comment(self, request: Request, pk: UUID) -> Response:
        entry = actions.comment_agreed_task(officer=self.officer, task_id=pk, **self.body(shapes.AgreedCommentIn))
        return Response({"id": entry.pk}, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.MoveAgreedIn, responses=shapes.AgreedStateOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: UUID) -> Response:
        """Taken in hand, or laid back to be done."""
        return self._state(actions.move_agreed_task(officer=self.officer, task_id=pk, **self.body(shapes.MoveAgreedIn)))

    @extend_schema(parameters=[ONCE], request=shapes.EndAgreedIn, responses=shapes.AgreedStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        """Done; or dropped, for a reason."""
        return self._state(actions.end_agreed_task(officer=self.officer, task_id=pk, **self.body(shapes.EndAgreedIn)))

    @extend_schema(parameters=[ONCE], request=shapes.ReopenAgreedIn, responses=shapes.AgreedStateOut)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: UUID) -> Response:
        return self._state(actions.reopen_agreed_task(officer=self.officer, task_id=pk, **self.body(shapes.ReopenAgreedIn)))

    def _state(self, task: AgreedTask) -> Response:
        return Response(shapes.AgreedStateOut(task).data)
