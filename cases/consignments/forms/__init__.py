"""What a person typed about consignments, cleaned."""

from cases.consignments.forms.consignments import ConsignmentForm
from cases.consignments.forms.deliveries import AuthorisationForm, CoordinatorForm, DeliveryForm, EndForm
from cases.consignments.forms.route import CorrectForm, LegForm, ObservationForm
from cases.consignments.forms.seizures import CorrectSeizureForm, SeizureForm, SeizuresForm, StepForm

__all__ = [
    "AuthorisationForm",
    "ConsignmentForm",
    "CoordinatorForm",
    "CorrectForm",
    "CorrectSeizureForm",
    "DeliveryForm",
    "EndForm",
    "LegForm",
    "ObservationForm",
    "SeizureForm",
    "SeizuresForm",
    "StepForm",
]
