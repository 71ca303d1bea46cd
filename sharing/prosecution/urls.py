from __future__ import annotations

from django.urls import path

from sharing.prosecution import views

app_name = "prosecution"
urlpatterns = [
    path("cases/<uuid:casefile_id>/advice/", views.of_case, name="of-case"),
    path("joint-cases/<uuid:joint_id>/advice/", views.of_joint, name="of-joint"),
    path("advice/<uuid:advice_id>/", views.one, name="one"),
    path("advice/<uuid:advice_id>/let-in/", views.let_in, name="let-in"),
    path("advice/<uuid:advice_id>/let-out/<uuid:member_id>/", views.let_out, name="let-out"),
]
