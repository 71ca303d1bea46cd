"""What a person typed about consignments, cleaned."""

from cases.consignments.forms.consignments import ConsignmentForm
from cases.consignments.forms.route import CorrectForm, LegForm, ObservationForm
from cases.consignments.forms.seizures import CorrectSeizureForm, SeizureForm, SeizuresForm, StepForm

__all__ = [
    "ConsignmentForm",
    "CorrectForm",
    "CorrectSeizureForm",
    "LegForm",
    "ObservationForm",
    "SeizureForm",
    "SeizuresForm",
    "StepForm",
]
