from __future__ import annotations

from django.urls import path

from cases.intelligence import views

app_name = "intelligence"
urlpatterns = [
    path("cases/<uuid:casefile_id>/intelligence/", views.of_case, name="of-case"),
    path("intelligence/", views.items, name="list"),
    path("intelligence/new/", views.new, name="new"),
    path("intelligence/<uuid:rendition_id>/", views.item, name="item"),
    path("intelligence/<uuid:rendition_id>/compare/<uuid:earlier_id>/", views.compare, name="compare"),
    path("intelligence/<uuid:rendition_id>/correct/", views.correct, name="correct"),
    path("intelligence/<uuid:rendition_id>/tear-line/", views.tear_line, name="tear-line"),
]
