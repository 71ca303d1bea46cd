from __future__ import annotations

from django.apps import AppConfig


class ConsignmentsConfig(AppConfig):
    name = "cases.consignments"
    label = "consignments"
