from __future__ import annotations

from django.apps import AppConfig


class DeconflictionConfig(AppConfig):
    name = "sharing.deconfliction"
    label = "deconfliction"
