"""Releases for machines: the same deeds as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import proofs
from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from accounts.models import Proof
from accounts.roles import Deed
from sharing.releases import actions, rules
from sharing.releases.actions import NewRule, Plan
from sharing.releases.models import Release
from sharing.releases.serializers import (
    AnswerOut,
    ApproveIn,
    ChoiceIn,
    ChoiceOut,
    CommentIn,
    CommentStateOut,
    EndRuleIn,
    NewReleaseIn,
    PlanIn,
    PreviewOut,
    ReasonIn,
    ReleaseDetailOut,
    ReleaseOut,
    RuleIn,
    RuleStateOut,
    SideIn,
    StateOut,
    TableOut,
    show_answer,
    show_choice,
    show_opened,
    show_preview,
    show_release,
    show_rule_state,
    show_state,
    show_table,
)

done = extend_schema(parameters=[ONCE], request=None, responses=StateOut)
with_reason = extend_schema(parameters=[ONCE], request=ReasonIn, responses=StateOut)


class ApprovalRuleViewSet(OfficerViewSet):
    """The agency's table of who must approve what."""

    @extend_schema(responses=TableOut)
    def list(self, request: Request) -> Response:
        return Response(show_table(actions.list_approval_rules(officer=self.officer)))

    @extend_schema(parameters=[ONCE], request=RuleIn, responses={201: RuleStateOut})
    def create(self, request: Request) -> Response:
        given = self.body(RuleIn)
        proof, rule = self._proof(given), NewRule(**{name: given[name] for name in given if name not in {"content_hash", "proof"}})
        return Response(show_rule_state(actions.add_approval_rule(officer=self.officer, rule=rule, proof=proof)), status=201)

    @extend_schema(parameters=[ONCE], request=EndRuleIn, responses=RuleStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        actions.open_approval_rule(officer=self.officer, rule_id=pk)
        given = self.body(EndRuleIn)
        ended = actions.end_approval_rule(officer=self.officer, rule_id=pk, reason=given["reason"], proof=self._proof(given))
        return Response(show_rule_state(ended))

    def _proof(self, given: dict[str, Any]) -> Proof:
        rules.can_change_rules(self.officer).enforce()
        return proofs.check(self.officer, Deed.RELEASES_APPROVE, self.officer.agency_id, given["content_hash"], given)


class ReleaseViewSet(OfficerViewSet):
    """Releases the officer's agency gives from cases they see, and releases addressed to them."""

    asking = frozenset({"policy"})

    @extend_schema(parameters=[SideIn, *PAGING], responses=page_of(ReleaseOut))
    def list(self, request: Request) -> Response:
        wanted = self.asked(SideIn)
        where: dict[str, Any] = {"officer": self.officer, "after": self.after, "size": self.size}
        if wanted["side"] == "approvals":
            return self.page(actions.list_approvals(**where), show_release)
        facts = {"side": wanted["side"], "status": wanted["status"], "agreement_id": wanted["agreement"]}
        return self.page(actions.list_releases(**where, **facts), show_release)

    @extend_schema(responses=ReleaseDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(show_opened(actions.open_release(officer=self.officer, release_id=pk)))

    @extend_schema(parameters=[ONCE], request=NewReleaseIn, responses={201: StateOut})
    def create(self, request: Request) -> Response:
        given = self._plan(NewReleaseIn)
        made = actions.draft_release(officer=self.officer, casefile_id=given.validated_data["casefile"], plan=Plan(**given.plan()))
        return Response(show_state(made), status=201)

    @extend_schema(parameters=[ONCE], request=PlanIn, responses=StateOut)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: UUID) -> Response:
        plan = Plan(**self._plan(PlanIn).plan())
        return self._done(actions.change_release(officer=self.officer, release_id=pk, plan=plan))

    @extend_schema(parameters=[ChoiceIn], responses=ChoiceOut)
    @action(detail=False, methods=["get"])
    def choices(self, request: Request) -> Response:
        wanted = self.asked(ChoiceIn)
        found = actions.begin_release(officer=self.officer, casefile_id=wanted["casefile"], recipient_id=wanted["recipient"])
        return Response(show_choice(found))

    @extend_schema(request=NewReleaseIn, responses=AnswerOut)
    @action(detail=False, methods=["post"])
    def policy(self, request: Request) -> Response:
        """Whether this could leave; nothing is written but that it was asked."""
        given = self._plan(NewReleaseIn)
        answer = actions.ask_policy(officer=self.officer, casefile_id=given.validated_data["casefile"], plan=Plan(**given.plan()))
        return Response(show_answer(answer))

    @extend_schema(responses=AnswerOut)
    @action(detail=True, methods=["get"], url_path="policy", url_name="policy-again")
    def policy_again(self, request: Request, pk: UUID) -> Response:
        return Response(show_answer(actions.ask_policy_again(officer=self.officer, release_id=pk)))

    @done
    @action(detail=True, methods=["post"], url_path="request", url_name="request")
    def ask(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.request_release(officer=self.officer, release_id=pk))

    @done
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.withdraw_release(officer=self.officer, release_id=pk))

    @extend_schema(parameters=[ONCE], request=ApproveIn, responses=StateOut)
    @action(detail=True, methods=["post"], throttle_scope="proofs")
    def approve(self, request: Request, pk: UUID) -> Response:
        given = self.body(ApproveIn)
        proof = proofs.check(self.officer, Deed.RELEASES_APPROVE, pk, given["content_hash"], given)
        return self._done(actions.approve_release(officer=self.officer, release_id=pk, proof=proof))

    @with_reason
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: UUID) -> Response:
        return self._reasoned(actions.send_back_release, pk)

    @with_reason
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return self._reasoned(actions.refuse_release, pk)

    @extend_schema(parameters=[ONCE], request=CommentIn, responses={201: CommentStateOut})
    @action(detail=True, methods=["post"])
    def discuss(self, request: Request, pk: UUID) -> Response:
        said = actions.discuss_release(officer=self.officer, release_id=pk, **self.body(CommentIn))
        return Response({"id": said.pk}, status=201)

    @extend_schema(responses=PreviewOut)
    @action(detail=True, methods=["get"])
    def preview(self, request: Request, pk: UUID) -> Response:
        """The lines as its recipient would see them."""
        return Response(show_preview(actions.preview_release(officer=self.officer, release_id=pk)))

    @done
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.stop_release(officer=self.officer, release_id=pk))

    @done
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        accepted = actions.accept_release(officer=self.officer, release_id=pk)
        return Response(show_state(accepted) | {"content_hash": ""})

    @with_reason
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: UUID) -> Response:
        return self._reasoned(actions.recall_release, pk)

    def _plan(self, shape: type[PlanIn]) -> PlanIn:
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return given

    def _reasoned(self, deed: Callable[..., Release], pk: UUID) -> Response:
        return self._done(deed(officer=self.officer, release_id=pk, **self.body(ReasonIn)))

    def _done(self, release: Release) -> Response:
        return Response(show_state(release))
