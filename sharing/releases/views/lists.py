from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import OfficerRequest
from kernel.querysets import Page
from sharing.releases import actions, rules
from sharing.releases.forms import ListForm
from sharing.releases.models import Release


@require_safe
def releases(request: OfficerRequest) -> HttpResponse:
    """What one's agency gave, or what was given to one."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "releases/list.html", {"form": form, "here": "releases"}, status=422)
    wanted = form.wanted(request.user)
    page = actions.list_releases(officer=request.user, after=request.GET.get("after", ""), **wanted)
    context = {"form": form, "side": wanted["side"], "here": "releases"} | _rows(request, page)
    return render(request, "releases/list.html", context)


@require_safe
def approvals(request: OfficerRequest) -> HttpResponse:
    page = actions.list_approvals(officer=request.user, after=request.GET.get("after", ""))
    context, steps = _rows(request, page), actions.count_steps(request.user, page.rows)
    for row in context["rows"]:
        row["done"], row["needed"] = steps[row["release"].pk]
    return render(request, "releases/approvals.html", {"here": "approvals"} | context)


@require_safe
def of_case(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """The sharing tab of a case: what of it is given to whom, until when."""
    casefile, page = actions.releases_of_case(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    context = {"casefile": casefile, "tab": "sharing", "here": "cases", "may_share": rules.can_draft(request.user, casefile)}
    context["now"] = actions.shared_now(request.user, casefile)
    return render(request, "releases/of_case.html", context | {"marking": casefile.marking} | _rows(request, page))


def _rows(request: OfficerRequest, page: Page[Release]) -> dict[str, Any]:
    lines, cases = actions.count_lines(request.user, page.rows), actions.cases_of(request.user, page.rows)
    rows = [{"release": row, "lines": lines.get(row.pk, 0), "casefile": cases.get(row.casefile_id)} for row in page.rows]
    return {"rows": rows, "cursor": page.cursor}
