"""Home: what waits for this officer, and where they left off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import drafts_of
from accounts.http import OfficerRequest
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from portal.pages.notices import waiting_for
from sharing.joint import actions as joint
from sharing.releases import actions as releases

CASES_SHOWN, RELEASES_SHOWN, ON_DESK, TASKS_SHOWN = 6, 5, 5, 5


@require_safe
def home(request: OfficerRequest) -> HttpResponse:
    """The first page after signing in. Every row on it is seen through its own room's predicate, now."""
    officer = request.user
    context = {
        "here": "home",
        "now": timezone.now(),
        "begun": len(drafts_of(officer)),
        "waiting": waiting_for(officer),
        "cases": casefiles.list_cases(officer=officer, size=CASES_SHOWN).rows if Deed.CASES_READ in officer.deeds else None,
        "desk": casefiles.list_desk(officer=officer, size=ON_DESK) if Deed.CASES_READ in officer.deeds else None,
        "tasks": casefiles.list_due_tasks(officer=officer, size=TASKS_SHOWN) if Deed.CASES_READ in officer.deeds else None,
        "agreed": joint.list_due_agreed_tasks(officer=officer, size=TASKS_SHOWN) if Deed.CASES_READ in officer.deeds else None,
        "received": releases.list_releases(officer=officer, side="received", size=RELEASES_SHOWN).rows
        if Deed.RELEASES_READ in officer.deeds
        else None,
    }
    return render(request, "home/home.html", context)
