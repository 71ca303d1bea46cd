"""The door for web servers: `granian --interface asginl portal.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
os.environ.setdefault("DATABASE_POOL_SIZE", "8")  # the requests' threads share connections; commands and workers need one each
application = get_asgi_application()
