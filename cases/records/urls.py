from __future__ import annotations

from django.urls import path

from cases.records import views

app_name = "records"
urlpatterns = [
    path("cases/<uuid:casefile_id>/audience/", views.audience, name="audience"),
    path("records/", views.records, name="list"),
    path("records/<uuid:record_id>/", views.record, name="record"),
    path("records/<uuid:record_id>/readings/", views.readings, name="readings"),
    path("records/<uuid:record_id>/check/", views.check, name="check"),
    path("records/<uuid:record_id>/link/", views.link, name="link"),
    path("records/<uuid:record_id>/unlink/<uuid:casefile_id>/", views.unlink, name="unlink"),
]
