from __future__ import annotations

from django.urls import path

from cases.entities import views

app_name = "entities"
urlpatterns = [
    path("cases/<uuid:casefile_id>/entities/", views.of_case, name="of-case"),
    path("cases/<uuid:casefile_id>/entities/export/", views.export, name="export"),
    path("cases/<uuid:casefile_id>/entities/notice-mode/", views.notice_mode, name="notice-mode"),
    path("cases/<uuid:casefile_id>/money/", views.dealings_of_case, {"book": "money"}, name="money-of-case"),
    path("cases/<uuid:casefile_id>/money/export/", views.export_dealings, {"book": "money"}, name="export-money"),
    path("cases/<uuid:casefile_id>/calls/", views.dealings_of_case, {"book": "calls"}, name="calls-of-case"),
    path("cases/<uuid:casefile_id>/calls/export/", views.export_dealings, {"book": "calls"}, name="export-calls"),
    path("money/<uuid:rendition_id>/", views.dealings_of_rendition, {"book": "money"}, name="money"),
    path("money/<uuid:rendition_id>/new/", views.note_dealing, {"book": "money"}, name="note-money"),
    path("money/<uuid:rendition_id>/take-over/<uuid:earlier_id>/", views.take_over_dealings, {"book": "money"}, name="take-over-money"),
    path("calls/<uuid:rendition_id>/", views.dealings_of_rendition, {"book": "calls"}, name="calls"),
    path("calls/<uuid:rendition_id>/new/", views.note_dealing, {"book": "calls"}, name="note-calls"),
    path("calls/<uuid:rendition_id>/take-over/<uuid:earlier_id>/", views.take_over_dealings, {"book": "calls"}, name="take-over-calls"),
    path("cases/<uuid:casefile_id>/imports/", views.imports, name="imports"),
    path("imports/<uuid:import_id>/", views.one_import, name="import"),
    path("imports/<uuid:import_id>/progress/", views.import_progress, name="import-progress"),
    path("imports/<uuid:import_id>/map/", views.map_import, name="map-import"),
    path("imports/<uuid:import_id>/mapping/", views.keep_mapping, name="keep-mapping"),
    path("imports/<uuid:import_id>/start/", views.start_import, name="start-import"),
    path("imports/<uuid:import_id>/cancel/", views.cancel_import, name="cancel-import"),
    path("imports/<uuid:import_id>/drop/", views.drop_import, name="drop-import"),
    path("imports/<uuid:import_id>/undo/", views.undo_import, name="undo-import"),
    path("cases/hand-overs/<uuid:handover_id>/accept/", views.accept_handover, name="accept-handover"),
    path("mentions/<uuid:rendition_id>/", views.of_rendition, name="of-rendition"),
    path("mentions/<uuid:rendition_id>/new/", views.note, name="note"),
    path("mentions/<uuid:rendition_id>/take-over/<uuid:earlier_id>/", views.take_over, name="take-over"),
    path("mentions/<uuid:rendition_id>/alike/", views.alike, name="alike"),
    path("mentions/compared/<uuid:mention_id>/", views.compare, name="compare"),
    path("mentions/compared/<uuid:mention_id>/same/<uuid:other_id>/", views.same, name="same"),
    path("mentions/compared/<uuid:mention_id>/apart/<uuid:other_id>/", views.apart, name="apart"),
    path("mentions/apart/<uuid:pair_id>/again/", views.compare_again, name="compare-again"),
    path("subjects/", views.subjects, name="list"),
    path("subjects/new/", views.new_subject, name="new-subject"),
    path("subjects/<uuid:subject_id>/", views.subject, name="subject"),
    path("subjects/<uuid:subject_id>/money/", views.dealings_of_subject, {"book": "money"}, name="money-of-subject"),
    path("subjects/<uuid:subject_id>/calls/", views.dealings_of_subject, {"book": "calls"}, name="calls-of-subject"),
    path("subjects/<uuid:subject_id>/change/", views.change_subject, name="change-subject"),
    path("subjects/<uuid:subject_id>/group/", views.group, name="group"),
    path("subjects/<uuid:subject_id>/ungroup/<uuid:mention_id>/", views.ungroup, name="ungroup"),
]
