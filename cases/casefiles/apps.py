from __future__ import annotations

from django.apps import AppConfig


class CasefilesConfig(AppConfig):
    name = "cases.casefiles"
    label = "casefiles"
