"""Every door of the portal. Rooms bring their own; nothing is routed that is not listed in tests/test_doors.py."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from accounts.urls import signing_in
from portal.pages.drafts import drafts
from portal.pages.health import health
from portal.pages.home import home
from portal.pages.ledger import ledger
from portal.pages.suggestions import suggestions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("cases.consignments.urls")),
    path("", include("cases.entities.urls")),
    path("", include("cases.intelligence.urls")),
    path("", include("cases.records.urls")),
    path("", include("sharing.prosecution.urls")),
    path("", include("sharing.releases.urls")),
    path("account/", include(signing_in)),
    path("account/", include("accounts.urls")),
    path("agreements/", include("sharing.agreements.urls")),
    path("api/v1/", include("portal.api")),
    path("cases/", include("cases.casefiles.urls")),
    path("deconfliction/", include("sharing.deconfliction.urls")),
    path("joint-cases/", include("sharing.joint.urls")),
    path("drafts/", drafts, name="drafts"),
    path("health/", health, name="health"),
    path("ledger/", ledger, name="ledger"),
    path("mentions/<uuid:rendition_id>/suggestions/", suggestions, name="suggestions"),
    path("language/", include("django.conf.urls.i18n")),
]
handler400 = "portal.problems.bad_request"
handler403 = "portal.problems.forbidden"
handler404 = "portal.problems.not_found"
handler500 = "portal.problems.broken"
