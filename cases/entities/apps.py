from __future__ import annotations

from django.apps import AppConfig


class EntitiesConfig(AppConfig):
    name = "cases.entities"
    label = "entities"
