"""The machine door, version 1: one router, to which each room brings its viewsets."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from accounts.api import ProofViewSet
from cases.casefiles.api import CaseLinksViewSet, CaseViewSet, ClosingViewSet, HandoverViewSet, LinkedCaseViewSet, NoteViewSet, TaskViewSet
from cases.consignments.api import (
    CaseConsignmentsViewSet,
    CaseSeizuresViewSet,
    ConsignmentViewSet,
    LegViewSet,
    ObservationViewSet,
    SeizureViewSet,
)
from cases.entities.api import (
    CallViewSet,
    ImportViewSet,
    LikelyViewSet,
    MentionViewSet,
    MergeViewSet,
    NoticeModeViewSet,
    RelationViewSet,
    SubjectViewSet,
    SuggestionViewSet,
    SupportViewSet,
    TakingViewSet,
    TransactionViewSet,
)
from cases.intelligence.api import ItemViewSet
from cases.records.api import AudienceViewSet, RecordViewSet
from sharing.agreements.api import AgreementViewSet
from sharing.deconfliction.api import HitViewSet
from sharing.joint.api import JointCaseViewSet
from sharing.prosecution.api import AdviceViewSet
from sharing.releases.api import ApprovalRuleViewSet, ReleaseViewSet

router = SimpleRouter(use_regex_path=False)
router.register("advice", AdviceViewSet, basename="advice")
router.register("agreements", AgreementViewSet, basename="agreement")
router.register("approval-rules", ApprovalRuleViewSet, basename="approval-rule")
router.register("calls", CallViewSet, basename="call")
router.register("cases", CaseViewSet, basename="case")
router.register("cases", AudienceViewSet, basename="audience")
router.register("cases", NoticeModeViewSet, basename="notice-mode")
router.register("cases", ClosingViewSet, basename="closing")
router.register("cases", CaseLinksViewSet, basename="links")
router.register("cases", CaseConsignmentsViewSet, basename="consignments")
router.register("consignments", ConsignmentViewSet, basename="consignment")
router.register("legs", LegViewSet, basename="leg")
router.register("linked-cases", LinkedCaseViewSet, basename="linked")
router.register("handovers", HandoverViewSet, basename="handover")
router.register("handovers", TakingViewSet, basename="taking")
router.register("hits", HitViewSet, basename="hit")
router.register("imports", ImportViewSet, basename="import")
router.register("intelligence", ItemViewSet, basename="item")
router.register("joint-cases", JointCaseViewSet, basename="joint")
router.register("mentions", LikelyViewSet, basename="likely")
router.register("mentions", MentionViewSet, basename="mention")
router.register("merges", MergeViewSet, basename="merge")
router.register("notes", NoteViewSet, basename="note")
router.register("observations", ObservationViewSet, basename="observation")
router.register("proofs", ProofViewSet, basename="proof")
router.register("releases", ReleaseViewSet, basename="release")
router.register("records", RecordViewSet, basename="record")
router.register("relations", RelationViewSet, basename="relation")
router.register("cases", CaseSeizuresViewSet, basename="seizures")
router.register("seizures", SeizureViewSet, basename="seizure")
router.register("subjects", SubjectViewSet, basename="subject")
router.register("suggestions", SuggestionViewSet, basename="suggestion")
router.register("supports", SupportViewSet, basename="support")
router.register("tasks", TaskViewSet, basename="task")
router.register("transactions", TransactionViewSet, basename="transaction")

urlpatterns: list[URLPattern | URLResolver] = [path("schema/", SpectacularAPIView.as_view(), name="schema"), *router.urls]
