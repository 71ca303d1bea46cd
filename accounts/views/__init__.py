"""An officer's own doors: how they sign in, how pages look, what rings."""

from accounts.views.bell import badges, live
from accounts.views.drafts import keep_draft, throw_draft_away
from accounts.views.settings import display, end_token, make_token, notice_done, security

__all__ = ["badges", "display", "end_token", "keep_draft", "live", "make_token", "notice_done", "security", "throw_draft_away"]
