"""The demo's settings and, beside the portal's doors, those that a benchmark compares them with."""

from portal.settings.demo import *
from portal.settings.demo import INSTALLED_APPS, REST_FRAMEWORK

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"user": "1000000/min", "proofs": "1000000/min"}}
ROOT_URLCONF = "benchmarks.doors"
