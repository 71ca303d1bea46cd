"""What holds wherever Meridian runs. The environment is read in this folder and nowhere else."""

import logging
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings.logs import logging_config

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()


def required(name: str, purpose: str) -> str:
    """The environment variable, or a start that fails with one clear sentence."""
    value: str = env.str(name, default="")
    if not value:
        sys.exit(f"Meridian cannot start: {name} is not set. It is {purpose}.")
    return value


def broker(url: str) -> str:
    """The same server in Celery's spelling: it writes unix sockets another way."""
    path, _, query = url.removeprefix("unix://").partition("?")
    number = query.removeprefix("db=") or "0"
    return f"redis+socket://{path}?virtual_host={number}" if url.startswith("unix://") else url


# --- What is installed
ROOT_URLCONF = "portal.urls"
ASGI_APPLICATION = "portal.asgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "auditlog",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "django_structlog",
    "kernel",
    "audit",
    "accounts",
    "cases.casefiles",
    "cases.records",
    "cases.entities",
    "cases.intelligence",
    "cases.consignments",
    "sharing.agreements",
    "sharing.deconfliction",
    "sharing.releases",
    "sharing.joint",
    "sharing.prosecution",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.problems.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.trail.TrailMiddleware",
    "portal.presence.PresenceMiddleware",
    "portal.drafts.SentDrafts",
    "axes.middleware.AxesMiddleware",
    "portal.problems.ProblemPages",
]

# --- Rows and messages
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **env.db_url_config(required("DATABASE_URL", "where the rows are kept"), engine="kernel.postgresql"),
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", default=0)  # portal/asgi.py asks for one
if DATABASE_POOL_SIZE:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": DATABASE_POOL_SIZE,
        "timeout": 10,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL", "where Redis or Valkey listens, for cache, notices and the queue's bell")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = broker(env.str("QUEUE_URL", default=REDIS_URL))

# --- Who signs in, and how
SECRET_KEY = required("SECRET_KEY", "a long random text of this installation, kept out of the repository")
AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kernel.grants.GrantBackend",
    "accounts.adapter.OfficerBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.OfficerAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # the adapter closes sign-up: an agency's admin makes accounts
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,20/900s/key"}  # from many addresses at once; axes counts per address and officer
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
MFA_ADAPTER = "accounts.adapter.OfficerMFAAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.AddPasskey",
    "edit_webauthn": "accounts.forms.RenamePasskey",
    "authenticate_webauthn": "accounts.forms.SecondStep",
    "login_webauthn": "accounts.forms.SignInByPasskey",
    "reauthenticate_webauthn": "accounts.forms.AskedAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the agency's admin vouches for the address
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Meridian"
MFA_TOTP_TOLERANCE = 1  # step of thirty seconds either way, for clocks that differ: RFC 6238, section 5.2

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "email"
AXES_USERNAME_CALLABLE = "accounts.adapter.attempted_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "portal.problems.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the ledger is where sign-ins are kept

AUDITLOG_DISABLE_REMOTE_ADDR = True  # the ledger keeps where somebody signed in from
AUDITLOG_CID_GETTER = "portal.trail.current"
CSRF_FAILURE_VIEW = "portal.problems.csrf_failure"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
# Guardian asks for its own backend; kernel.grants.GrantBackend stands in its place.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# --- What a browser may do
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=30 * 60)  # from the last page opened: portal/presence.py
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
WHITENOISE_ALLOW_ALL_ORIGINS = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/static/"],  # styles, scripts and icons are no documents: the page's own policy binds them
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- The machine door
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "proofs": "30/min", "drafts": "120/min"},  # of one officer, by whichever of their keys
    "DEFAULT_SCHEMA_CLASS": "portal.schema.RoomSchema",
    "DEFAULT_PAGINATION_CLASS": None,  # lists page by keyset, each by its own order
    "EXCEPTION_HANDLER": "portal.problems.api_exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Meridian",
    "DESCRIPTION": "Case files and intelligence shared between agencies, under each originator's control.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["portal.schema.of_every_door"],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

# --- Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("pt", _("Portuguese")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Pages and files
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "portal.templatetags.ui",
                "portal.templatetags.written",
                "portal.templatetags.drafts",
                "portal.templatetags.walls",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.str("IMPORTS_ROOT", default=str(BASE_DIR / "var" / "imports")),
            "base_url": None,  # never served
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

IMPORT_MOST_BYTES = env.int("IMPORT_MOST_BYTES", default=50 * 1024 * 1024)
RELEASE_STOP_SECONDS = env.int("RELEASE_STOP_SECONDS", default=600)  # from the last approval until it leaves: it can be stopped
IMPORT_LEASE_SECONDS = env.int("IMPORT_LEASE_SECONDS", default=60)  # a worker not heard of for so long has lost its import

# --- What the operator reads: identifiers, never content
LOGGING = logging_config(machine_readable=True)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
