from __future__ import annotations

from django.urls import path

from cases.casefiles import views

app_name = "casefiles"
urlpatterns = [
    path("", views.cases, name="list"),
    path("export/", views.export, name="export"),
    path("new/", views.new, name="new"),
    path("standing/", views.standing, name="standing"),
    path("pin/", views.pin, name="pin"),
    path("rest/", views.rest, name="rest"),
    path("tasks/", views.my_tasks, name="my-tasks"),
    path("tasks/end/", views.end_tasks, name="end-tasks"),
    path("tasks/<uuid:task_id>/end/", views.end_task, name="end-task"),
    path("tasks/<uuid:task_id>/", views.task, name="task"),
    path("tasks/<uuid:task_id>/change/", views.change_task, name="change-task"),
    path("tasks/<uuid:task_id>/move/", views.move_task, name="move-task"),
    path("tasks/<uuid:task_id>/reopen/", views.reopen_task, name="reopen-task"),
    path("notes/<uuid:note_id>/", views.note, name="note"),
    path("notes/<uuid:note_id>/change/", views.change_note, name="change-note"),
    path("notes/<uuid:note_id>/pin/", views.pin_note, name="pin-note"),
    path("<uuid:casefile_id>/", views.overview, name="overview"),
    path("<uuid:casefile_id>/change/", views.change, name="change"),
    path("<uuid:casefile_id>/close/", views.close, name="close"),
    path("<uuid:casefile_id>/reopen/", views.reopen, name="reopen"),
    path("<uuid:casefile_id>/notes/", views.notes, name="notes"),
    path("<uuid:casefile_id>/tasks/", views.tasks, name="tasks"),
    path("<uuid:casefile_id>/tasks/export/", views.export_tasks, name="export-tasks"),
    path("<uuid:casefile_id>/team/", views.team, name="team"),
    path("<uuid:casefile_id>/team/<uuid:member_id>/take-off/", views.take_off, name="take-off"),
    path("<uuid:casefile_id>/team/<uuid:member_id>/lead/", views.lead, name="lead"),
    path("<uuid:casefile_id>/team/<uuid:member_id>/prosecutor/", views.prosecutor, name="prosecutor"),
    path("<uuid:casefile_id>/offences/", views.offences, name="offences"),
    path("<uuid:casefile_id>/offences/<uuid:offence_id>/remove/", views.remove_offence, name="remove-offence"),
    path("<uuid:casefile_id>/references/", views.references, name="references"),
    path("<uuid:casefile_id>/references/<uuid:reference_id>/remove/", views.remove_reference, name="remove-reference"),
    path("hand-overs/<uuid:handover_id>/", views.handover, name="handover"),
    path("hand-overs/<uuid:handover_id>/refuse/", views.refuse_handover, name="refuse-handover"),
    path("hand-overs/<uuid:handover_id>/withdraw/", views.withdraw_handover, name="withdraw-handover"),
    path("<uuid:casefile_id>/hand-over/", views.hand_over, name="hand-over"),
    path("<uuid:casefile_id>/links/", views.links, name="links"),
    path("<uuid:casefile_id>/links/<uuid:link_id>/end/", views.unlink, name="unlink"),
    path("<uuid:casefile_id>/decisions/", views.decisions, name="decisions"),
    path("<uuid:casefile_id>/activity/", views.activity, name="activity"),
]
