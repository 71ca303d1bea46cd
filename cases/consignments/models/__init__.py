"""Goods on their way and goods seized: of the inside of a case, seen by its audience alone. None of it ever leaves by itself."""

from cases.consignments.models.consignments import PARTIES, Consignment, OfConsignment
from cases.consignments.models.deliveries import Authorisation, Delivery, DeliveryStep, OfDelivery
from cases.consignments.models.route import Leg, Observation
from cases.consignments.models.seizures import OfSeizure, Seizure, SeizureStep, SeizureVersion

__all__ = [
    "PARTIES",
    "Authorisation",
    "Consignment",
    "Delivery",
    "DeliveryStep",
    "Leg",
    "Observation",
    "OfConsignment",
    "OfDelivery",
    "OfSeizure",
    "Seizure",
    "SeizureStep",
    "SeizureVersion",
]
