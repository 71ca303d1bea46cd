from __future__ import annotations

from django.urls import path

from cases.entities import views

app_name = "entities"
urlpatterns = [
    path("cases/<uuid:casefile_id>/entities/", views.of_case, name="of-case"),
    path("cases/<uuid:casefile_id>/entities/notice-mode/", views.notice_mode, name="notice-mode"),
    path("mentions/<uuid:rendition_id>/", views.of_rendition, name="of-rendition"),
    path("mentions/<uuid:rendition_id>/new/", views.note, name="note"),
    path("mentions/<uuid:rendition_id>/take-over/<uuid:earlier_id>/", views.take_over, name="take-over"),
    path("subjects/", views.subjects, name="list"),
    path("subjects/new/", views.new_subject, name="new-subject"),
    path("subjects/<uuid:subject_id>/", views.subject, name="subject"),
    path("subjects/<uuid:subject_id>/change/", views.change_subject, name="change-subject"),
    path("subjects/<uuid:subject_id>/group/", views.group, name="group"),
    path("subjects/<uuid:subject_id>/ungroup/<uuid:mention_id>/", views.ungroup, name="ungroup"),
]
