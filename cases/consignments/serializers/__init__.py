"""How consignments look to a machine, and what it may send."""

from cases.consignments.serializers.consignments import (
    ChangeConsignmentIn,
    ConsignmentDetailOut,
    ConsignmentIn,
    ConsignmentMadeOut,
    ConsignmentOut,
)
from cases.consignments.serializers.route import ChangeLegIn, CorrectionIn, LegIn, LegOut, ObservationIn, ObservationOut, PlaceOut, WayOut
from cases.consignments.serializers.seizures import (
    ChangeSeizureIn,
    SeizureAskedIn,
    SeizureCorrectionIn,
    SeizureDetailOut,
    SeizureIn,
    SeizureMadeOut,
    SeizureOut,
    SeizureVersionOut,
    StepIn,
    StepOut,
    TotalOut,
)

__all__ = [
    "ChangeConsignmentIn",
    "ChangeLegIn",
    "ChangeSeizureIn",
    "ConsignmentDetailOut",
    "ConsignmentIn",
    "ConsignmentMadeOut",
    "ConsignmentOut",
    "CorrectionIn",
    "LegIn",
    "LegOut",
    "ObservationIn",
    "ObservationOut",
    "PlaceOut",
    "SeizureAskedIn",
    "SeizureCorrectionIn",
    "SeizureDetailOut",
    "SeizureIn",
    "SeizureMadeOut",
    "SeizureOut",
    "SeizureVersionOut",
    "StepIn",
    "StepOut",
    "TotalOut",
    "WayOut",
]
