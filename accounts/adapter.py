"""How allauth's sign-in meets the house: nobody signs up, and every sign-in event goes to the ledger."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficerAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are enrolled by their agency's administrator, never by themselves."""
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        return "/"
