"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    CONSIGNMENTS_LISTED = "consignments.consignment.listed", _("Read a case's consignments")
    CONSIGNMENTS_EXPORTED = "consignments.consignment.exported", _("Took out a case's consignments")
    CONSIGNMENT_VIEWED = "consignments.consignment.viewed", _("Opened a consignment")
    CONSIGNMENT_NOTED = "consignments.consignment.noted", _("Noted a consignment")
    CONSIGNMENT_CHANGED = "consignments.consignment.changed", _("Changed a consignment")
    LEG_ADDED = "consignments.leg.added", _("Added a place to a route")
    LEG_CHANGED = "consignments.leg.changed", _("Changed a place of a route")
    LEG_REMOVED = "consignments.leg.removed", _("Took a place off a route")
    OBSERVATION_NOTED = "consignments.observation.noted", _("Noted where a consignment was seen")
    SEIZURES_LISTED = "consignments.seizure.listed", _("Listed seizures")
    SEIZURES_EXPORTED = "consignments.seizure.exported", _("Took out a list of seizures")
    SEIZURE_VIEWED = "consignments.seizure.viewed", _("Opened a seizure")
    SEIZURE_RECORDED = "consignments.seizure.recorded", _("Recorded a seizure")
    SEIZURE_CORRECTED = "consignments.seizure.corrected", _("Corrected a seizure")
    SEIZURE_STEPPED = "consignments.seizure.stepped", _("Noted what became of seized goods")
    OBSERVATION_CORRECTED = "consignments.observation.corrected", _("Corrected where a consignment was seen")
    DELIVERIES_LISTED = "consignments.delivery.listed", _("Listed the controlled deliveries of a consignment")
    DELIVERY_VIEWED = "consignments.delivery.viewed", _("Opened a controlled delivery")
    DELIVERY_PLANNED = "consignments.delivery.planned", _("Planned a controlled delivery")
    DELIVERY_STARTED = "consignments.delivery.started", _("Started a controlled delivery")
    DELIVERY_ENDED = "consignments.delivery.ended", _("Ended a controlled delivery")
    DELIVERY_TOLD = "consignments.delivery.told", _("Told of what is wrong with a controlled delivery")
    COORDINATOR_CHANGED = "consignments.delivery.coordinator-changed", _("Named who coordinates a controlled delivery")
    AUTHORISATION_NOTED = "consignments.delivery.authorisation-noted", _("Noted what a country answered to a controlled delivery")
