from __future__ import annotations

from django.urls import path

from sharing.joint import views

app_name = "joint"
urlpatterns = [
    path("", views.joint_cases, name="list"),
    path("new/", views.new, name="new"),
    path("left-behind/", views.left_behind, name="left-behind"),
    path("left-behind/<uuid:contribution_id>/take-back/", views.take_back, name="take-back"),
    path("tasks/<uuid:agreed_id>/", views.task, name="task"),
    path("tasks/<uuid:agreed_id>/change/", views.change_task, name="change-task"),
    path("tasks/<uuid:agreed_id>/move/", views.move_task, name="move-task"),
    path("tasks/<uuid:agreed_id>/end/", views.end_task, name="end-task"),
    path("tasks/<uuid:agreed_id>/reopen/", views.reopen_task, name="reopen-task"),
    path("<uuid:joint_id>/", views.one, name="one"),
    path("<uuid:joint_id>/join/", views.join, name="join"),
    path("<uuid:joint_id>/decline/", views.decline, name="decline"),
    path("<uuid:joint_id>/leave/", views.leave, name="leave"),
    path("<uuid:joint_id>/leave/consent/", views.leave_some, name="leave-some"),
    path("<uuid:joint_id>/tasks/", views.tasks, name="tasks"),
    path("<uuid:joint_id>/close/", views.close, name="close"),
    path("<uuid:joint_id>/team/", views.admit, name="admit"),
    path("<uuid:joint_id>/team/<uuid:admission_id>/end/", views.end_admission, name="end-admission"),
    path("<uuid:joint_id>/give/<uuid:rendition_id>/", views.give, name="give"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/", views.contribution, name="contribution"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/approve/", views.approve, name="approve"),
    path("<uuid:joint_id>/given/<uuid:contribution_id>/withdraw/", views.withdraw, name="withdraw"),
]
