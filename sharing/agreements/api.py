"""Agreements for machines: the same deeds as on the pages."""

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
from sharing.agreements import actions
from sharing.agreements.serializers import (
    AgreementDetailOut,
    AgreementIn,
    AgreementOut,
    AgreementStateOut,
    AmendmentIn,
    OpenedVersionOut,
    ReasonIn,
    SignIn,
    VersionOut,
    show_agreement,
    show_opened,
    show_opened_version,
    show_state,
    show_version,
)


class AgreementViewSet(OfficerViewSet):
    """The agreements that the officer's agency is a party to."""

    @extend_schema(parameters=PAGING, responses=page_of(AgreementOut))
    def list(self, request: Request) -> Response:
        return self.page(actions.list_agreements(officer=self.officer, after=self.after, size=self.size), show_agreement)

    @extend_schema(responses=AgreementDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(show_opened(actions.open_agreement(officer=self.officer, agreement_id=pk)))

    @extend_schema(parameters=[ONCE], request=AgreementIn, responses={201: AgreementStateOut})
    def create(self, request: Request) -> Response:
        return Response(show_state(actions.draft_agreement(officer=self.officer, **self.body(AgreementIn))), status=201)

    @extend_schema(parameters=[ONCE], request=AmendmentIn, responses={201: VersionOut})
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: UUID) -> Response:
        """Other terms, for every party to sign; the former stand until then."""
        made = actions.draft_amendment(officer=self.officer, agreement_id=pk, **self.body(AmendmentIn))
        return Response(show_version(made), status=201)

    @extend_schema(parameters=[ONCE], request=ReasonIn, responses=AgreementStateOut)
    @action(detail=True, methods=["post"], url_path="drop-amendment", url_name="drop-amendment")
    def drop_amendment(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.drop_amendment(officer=self.officer, agreement_id=pk, **self.body(ReasonIn)))

    @extend_schema(parameters=[ONCE], request=SignIn, responses=AgreementStateOut)
    @action(detail=True, methods=["post"], throttle_scope="proofs")
    def sign(self, request: Request, pk: UUID) -> Response:
        given = self.body(SignIn)
        proof = proofs.check(self.officer, Deed.AGREEMENTS_SIGN, pk, given["content_hash"], given)
        return self._done(actions.sign_agreement(officer=self.officer, agreement_id=pk, proof=proof))

    @extend_schema(parameters=[ONCE], request=ReasonIn, responses=AgreementStateOut)
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.suspend_agreement(officer=self.officer, agreement_id=pk, **self.body(ReasonIn)))

    @extend_schema(parameters=[ONCE], request=ReasonIn, responses=AgreementStateOut)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.resume_agreement(officer=self.officer, agreement_id=pk, **self.body(ReasonIn)))

    @extend_schema(parameters=[ONCE], request=ReasonIn, responses=AgreementStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        return self._done(actions.end_agreement(officer=self.officer, agreement_id=pk, **self.body(ReasonIn)))

    def _done(self, agreement: Any) -> Response:
        return Response(show_state(agreement))


class VersionViewSet(OfficerViewSet):
    """The versions of those agreements."""

    @extend_schema(responses=OpenedVersionOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(show_opened_version(actions.open_version(officer=self.officer, version_id=pk)))
