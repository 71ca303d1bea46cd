"""The doors to advice behind walls, classified as in tests/doors.py."""

BEHIND_WALLS = {
    "prosecution:of-case": "thing GET POST",
    "prosecution:of-joint": "thing GET POST",
    "prosecution:one": "thing GET POST",
    "prosecution:let-in": "thing POST",
    "prosecution:let-out": "thing POST",
    "advice-list": "own GET POST",
    "advice-ask": "own POST",
    "advice-detail": "thing GET",
    "advice-replies": "thing POST",
    "advice-readers": "thing POST",
    "advice-let-out": "thing DELETE",
}
