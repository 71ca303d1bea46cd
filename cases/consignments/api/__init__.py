"""Consignments for machines: the same deeds as on the pages."""

from cases.consignments.api.consignments import CaseConsignmentsViewSet, ConsignmentViewSet
from cases.consignments.api.deliveries import ConsignmentDeliveriesViewSet, DeliveryViewSet
from cases.consignments.api.route import LegViewSet, ObservationViewSet
from cases.consignments.api.seizures import CaseSeizuresViewSet, SeizureViewSet

__all__ = [
    "CaseConsignmentsViewSet",
    "CaseSeizuresViewSet",
    "ConsignmentDeliveriesViewSet",
    "ConsignmentViewSet",
    "DeliveryViewSet",
    "LegViewSet",
    "ObservationViewSet",
    "SeizureViewSet",
]
