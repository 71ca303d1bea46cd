from __future__ import annotations

from django.urls import path

from sharing.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:agreement_id>/", views.one, name="one"),
    path("versions/<uuid:version_id>/", views.version, name="version"),
    path("<uuid:agreement_id>/amend/", views.amend, name="amend"),
    path("<uuid:agreement_id>/drop-amendment/", views.drop_amendment, name="drop-amendment"),
    path("<uuid:agreement_id>/sign/", views.sign, name="sign"),
    path("<uuid:agreement_id>/suspend/", views.suspend, name="suspend"),
    path("<uuid:agreement_id>/resume/", views.resume, name="resume"),
    path("<uuid:agreement_id>/end/", views.end, name="end"),
]
