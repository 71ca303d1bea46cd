"""Under the portal's root: the sharing pages of a case stand under the case's own address."""

from __future__ import annotations

from django.urls import path

from sharing.releases.views import drafts, lists, one, table

app_name = "releases"
urlpatterns = [
    path("cases/<uuid:casefile_id>/sharing/", lists.of_case, name="of-case"),
    path("cases/<uuid:casefile_id>/share/", drafts.share, name="new"),
    path("cases/<uuid:casefile_id>/share/policy/", drafts.policy, name="policy"),
    path("releases/", lists.releases, name="list"),
    path("releases/approvals/", lists.approvals, name="approvals"),
    path("releases/steps/", table.rules, name="steps"),
    path("releases/steps/<uuid:rule_id>/end/", table.end, name="end-step"),
    path("releases/<uuid:release_id>/", one.one, name="one"),
    path("releases/<uuid:release_id>/preview/", one.preview, name="preview"),
    path("releases/<uuid:release_id>/change/", drafts.change, name="change"),
    path("releases/<uuid:release_id>/request/", one.ask, name="request"),
    path("releases/<uuid:release_id>/withdraw/", one.withdraw, name="withdraw"),
    path("releases/<uuid:release_id>/approve/", one.approve, name="approve"),
    path("releases/<uuid:release_id>/send-back/", one.send_back, name="send-back"),
    path("releases/<uuid:release_id>/refuse/", one.refuse, name="refuse"),
    path("releases/<uuid:release_id>/accept/", one.accept, name="accept"),
    path("releases/<uuid:release_id>/discuss/", one.discuss, name="discuss"),
    path("releases/<uuid:release_id>/stop/", one.stop, name="stop"),
    path("releases/<uuid:release_id>/recall/", one.recall, name="recall"),
]
