"""The clock and the queue. Every schedule stands here.

A task claims rows, so that a lost or doubled message harms nothing.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

app = Celery("meridian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "accounts",
        "cases.entities",
        "cases.intelligence",
        "cases.records",
        "sharing.agreements",
        "sharing.deconfliction",
        "sharing.releases",
    ]
)
