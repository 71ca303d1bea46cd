"""The tests' settings.

tests/services.py starts the services and sets their addresses; the defaults serve tools that open no connection.
"""

import os

os.environ.setdefault("DATABASE_URL", "postgres://meridian_app@/meridian")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/0")
os.environ["SECRET_KEY"] = "the tests' own key, public and therefore worth nothing"

from portal.settings.base import *
from portal.settings.base import REST_FRAMEWORK
from portal.settings.logs import logging_config

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
LOGGING = logging_config(machine_readable=False)
RELEASE_STOP_SECONDS = 0  # tests/sharing/releases/test_stop.py sets ten minutes
NO_PACE = {
    "user": "1000000/min",
    "proofs": "1000000/min",
    "drafts": "1000000/min",
}  # tests ask faster than anybody; tests/accounts/test_pace.py sets its own
REST_FRAMEWORK = {**REST_FRAMEWORK, "TEST_REQUEST_DEFAULT_FORMAT": "json", "DEFAULT_THROTTLE_RATES": NO_PACE}
