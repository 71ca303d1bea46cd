"""The clock and the queues. Every schedule stands here.

A task claims rows, so that a lost or doubled message harms nothing: what the clock rings for is looked up, never carried.
"""

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

app = Celery("meridian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "audit",
        "accounts",
        "cases.casefiles",
        "cases.entities",
        "cases.intelligence",
        "cases.records",
        "sharing.agreements",
        "sharing.deconfliction",
        "sharing.joint",
        "sharing.releases",
    ]
)
app.conf.update(
    timezone="UTC",
    task_ignore_result=True,
    task_acks_late=True,  # a worker that dies leaves its message to the next
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
)
# a worker serves all queues unless it is told its own: `celery -A portal worker --queues matching`
app.conf.task_default_queue = "meridian"
app.conf.task_queues = [Queue(name, routing_key=name) for name in ("meridian", "matching", "imports")]
app.conf.task_routes = {"deconfliction.*": "matching", "entities.work_on_imports": "imports"}
app.conf.beat_schedule = {
    "what was recorded is compared between agencies": {
        "task": "deconfliction.compare_changes",
        "schedule": 3.0,  # seconds
        "options": {"expires": 3},  # the next ring finds the same rows
    },
    "releases end on their day": {
        "task": "releases.expire_releases",
        "schedule": 60.0,  # seconds; sight itself ends with the moment, by the database's clock
        "options": {"expires": 60},
    },
    "recipients hear of what has left": {
        "task": "releases.tell_recipients",
        "schedule": 30.0,  # seconds; they see it from the moment it left, by the database's clock
        "options": {"expires": 30},
    },
    "what nobody approves in time lapses": {
        "task": "releases.lapse_releases",
        "schedule": 60.0,  # seconds; it cannot be approved after its time, by the database's clock
        "options": {"expires": 60},
    },
    "files from outside are checked and taken in": {
        "task": "entities.work_on_imports",
        "schedule": 5.0,  # seconds
        "options": {"expires": 5},  # the next ring finds the same rows
    },
    "files that are in are removed": {
        "task": "entities.clear_imports",
        "schedule": 300.0,  # seconds
        "options": {"expires": 300},
    },
    "offers of cases lapse unanswered": {
        "task": "casefiles.lapse_handovers",
        "schedule": 600.0,  # seconds; sight of them ends with the moment, by the database's clock
        "options": {"expires": 600},
    },
    "memberships end on their day": {
        "task": "accounts.end_memberships",
        "schedule": 60.0,  # seconds; sight itself ends with the moment, this follows in Django's own groups
        "options": {"expires": 60},
    },
    "answers to idempotency keys are kept for a day": {
        "task": "accounts.forget_replies",
        "schedule": crontab(minute=20),
    },
    "drafts are kept for thirty days": {
        "task": "accounts.forget_drafts",
        "schedule": crontab(minute=40),
    },
    "sight is what it rests on": {
        "task": "releases.check_projection",
        "schedule": crontab(hour=2, minute=30),
    },
    "sight by joint cases is what it rests on": {
        "task": "joint.check_sight",
        "schedule": crontab(hour=2, minute=40),
    },
    "the ledger has a partition for every month to come": {
        "task": "audit.make_partitions",
        "schedule": crontab(hour=3, minute=0),
    },
}
