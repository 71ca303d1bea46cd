"""The demo's settings and, beside the portal's doors, those that a benchmark compares them with."""

from portal.settings.demo import *
from portal.settings.demo import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
ROOT_URLCONF = "benchmarks.doors"
