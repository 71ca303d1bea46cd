from __future__ import annotations

from django.urls import path

from sharing.deconfliction import views

app_name = "deconfliction"
urlpatterns = [
    path("", views.hits, name="list"),
    path("<uuid:side_id>/", views.hit, name="hit"),
    path("<uuid:side_id>/answer/", views.answer, name="answer"),
    path("<uuid:side_id>/urgent/", views.urgent, name="urgent"),
]
