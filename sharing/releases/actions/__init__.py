"""The deeds of this room: draft, change, ask, withdraw; approve, send back, refuse; accept, recall, expire; and looking."""

from sharing.releases.actions.choosing import Choice, begin_release, plan_of
from sharing.releases.actions.contents import Plan
from sharing.releases.actions.decisions import approve_release, refuse_release, send_back_release
from sharing.releases.actions.discussion import Preview, discuss_release, preview_release
from sharing.releases.actions.drafts import (
    ask_policy,
    ask_policy_again,
    change_release,
    draft_release,
    request_release,
    withdraw_release,
)
from sharing.releases.actions.endings import accept_release, expire_releases, lapse_releases, recall_release, stop_release, tell_recipients
from sharing.releases.actions.notices import NOTICES
from sharing.releases.actions.projection import check_projection
from sharing.releases.actions.readings import (
    Cover,
    Inside,
    Opened,
    cases_of,
    count_lines,
    count_steps,
    list_approvals,
    list_releases,
    open_release,
    releases_of_case,
    shared_now,
)
from sharing.releases.actions.table import (
    NewRule,
    Table,
    add_approval_rule,
    end_approval_rule,
    list_approval_rules,
    open_approval_rule,
)

__all__ = [
    "NOTICES",
    "Choice",
    "Cover",
    "Inside",
    "NewRule",
    "Opened",
    "Plan",
    "Preview",
    "Table",
    "accept_release",
    "add_approval_rule",
    "approve_release",
    "ask_policy",
    "ask_policy_again",
    "begin_release",
    "cases_of",
    "change_release",
    "check_projection",
    "count_lines",
    "count_steps",
    "discuss_release",
    "draft_release",
    "end_approval_rule",
    "expire_releases",
    "lapse_releases",
    "list_approval_rules",
    "list_approvals",
    "list_releases",
    "open_approval_rule",
    "open_release",
    "plan_of",
    "preview_release",
    "recall_release",
    "refuse_release",
    "releases_of_case",
    "request_release",
    "send_back_release",
    "shared_now",
    "stop_release",
    "tell_recipients",
    "withdraw_release",
]
