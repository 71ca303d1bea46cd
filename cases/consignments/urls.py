from __future__ import annotations

from django.urls import path

from cases.consignments import views

app_name = "consignments"
urlpatterns = [
    path("cases/<uuid:casefile_id>/consignments/", views.of_case, name="of-case"),
    path("cases/<uuid:casefile_id>/consignments/export/", views.export, name="export"),
    path("cases/<uuid:casefile_id>/consignments/new/", views.new, name="new"),
    path("cases/<uuid:casefile_id>/seizures/new/", views.record_seizure, name="record-seizure"),
    path("cases/<uuid:casefile_id>/seizures/export/", views.export_seizures, name="export-seizures"),
    path("seizures/", views.seizures, name="seizures"),
    path("seizures/export/", views.export_all, name="export-all"),
    path("seizures/<uuid:seizure_id>/", views.seizure, name="seizure"),
    path("seizures/<uuid:seizure_id>/correct/", views.correct_seizure, name="correct-seizure"),
    path("consignments/<uuid:consignment_id>/", views.one, name="one"),
    path("consignments/<uuid:consignment_id>/change/", views.change, name="change"),
    path("consignments/<uuid:consignment_id>/deliveries/", views.plan_delivery, name="plan-delivery"),
    path("consignments/deliveries/<uuid:delivery_id>/", views.delivery, name="delivery"),
    path("consignments/deliveries/<uuid:delivery_id>/answers/", views.authorise, name="authorise"),
    path("consignments/deliveries/<uuid:delivery_id>/coordinator/", views.coordinate, name="coordinate"),
    path("consignments/deliveries/<uuid:delivery_id>/start/", views.start_delivery, name="start-delivery"),
    path("consignments/deliveries/<uuid:delivery_id>/end/", views.end_delivery, name="end-delivery"),
    path("consignments/<uuid:consignment_id>/legs/", views.add_leg, name="add-leg"),
    path("consignments/<uuid:consignment_id>/observations/", views.observe, name="observe"),
    path("consignments/legs/<uuid:leg_id>/", views.change_leg, name="change-leg"),
    path("consignments/legs/<uuid:leg_id>/remove/", views.remove_leg, name="remove-leg"),
    path("consignments/observations/<uuid:observation_id>/correct/", views.correct, name="correct"),
]
