from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "cases.records"
    label = "records"
