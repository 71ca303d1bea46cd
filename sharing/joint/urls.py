from __future__ import annotations

from django.urls import path

from sharing.joint import views

app_name = "joint"
urlpatterns = [
    path("", views.joint_cases, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:joint_id>/", views.one, name="one"),
    path("<uuid:joint_id>/join/", views.join, name="join"),
    path("<uuid:joint_id>/decline/", views.decline, name="decline"),
    path("<uuid:joint_id>/leave/", views.leave, name="leave"),
    path("<uuid:joint_id>/close/", views.close, name="close"),
    path("<uuid:joint_id>/team/", views.admit, name="admit"),
    path("<uuid:joint_id>/team/<uuid:admission_id>/end/", views.end_admission, name="end-admission"),
    path("<uuid:joint_id>/give/<uuid:rendition_id>/", views.give, name="give"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/", views.contribution, name="contribution"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/approve/", views.approve, name="approve"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/withdraw/", views.withdraw, name="withdraw"),
]
