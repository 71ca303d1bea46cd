"""Who sees a case file's inside, and who works on it: the projection of its audience. Written here alone."""

from __future__ import annotations

from django.contrib.auth.models import Group

from cases.casefiles.models import CaseFile, CaseGrant
from kernel import grants


def project(casefile: CaseFile) -> None:
    """Let exactly the file's audience see it and its team work on it, in the caller's transaction.

    A standing file is worked on by its whole unit: it holds what belongs to no case yet.
    """
    seeing = casefile.audience_groups()
    working = seeing if casefile.is_standing else [casefile.team_id]
    for group in Group.objects.filter(pk__in=seeing):
        grants.give(CaseGrant, "view", to=group, on=casefile)
        if group.pk in working:
            grants.give(CaseGrant, "work", to=group, on=casefile)
    grants.end(CaseGrant, content_object=casefile, group__in=casefile.groups_outside())
