"""The demo on one machine: `make demo` starts its services and says in the environment where they are.

While it runs, `DJANGO_SETTINGS_MODULE=portal.settings.demo python manage.py …` finds them by itself.
"""

import os
from pathlib import Path

import environ

RUNNING = Path(__file__).resolve().parents[2] / ".demo" / "running.env"
if "DATABASE_URL" not in os.environ and RUNNING.exists():
    environ.Env.read_env(str(RUNNING))
os.environ.setdefault("IMPORTS_ROOT", str(RUNNING.parent / "imports"))
os.environ.setdefault("SECRET_KEY", "the demo's own key, public and therefore worth nothing")

from portal.settings.base import *  # noqa: E402
from portal.settings.logs import logging_config  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
LOGGING = logging_config(machine_readable=False)
