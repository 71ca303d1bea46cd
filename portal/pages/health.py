"""For load balancers and for whoever starts the portal: does it reach what it stands on? Says nothing else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

PATIENCE = 2  # seconds


@login_not_required
@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 where rows and the queue's bell can be reached, else 503 with the name of what cannot."""
    try:
        connection.ensure_connection()
        missing = "" if connection.is_usable() else "database"
        with Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as queue:
            queue.ping()
    except DatabaseError:
        missing = "database"
    except RedisError:
        missing = "queue"
    return HttpResponse(f"{missing} out of reach\n" if missing else "ok\n", status=503 if missing else 200, content_type="text/plain")
