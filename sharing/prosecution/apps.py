from __future__ import annotations

from django.apps import AppConfig


class ProsecutionConfig(AppConfig):
    name = "sharing.prosecution"
    label = "prosecution"
