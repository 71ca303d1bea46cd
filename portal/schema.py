"""What the schema says of every machine door at once."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457). `type` is stable and names the sentence; `detail` is the sentence in the language asked for.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": True, "description": "What is wrong, by field."},
    },
}
KEY: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 80},
    "description": "Repeat safely: the same key does nothing twice.",
}
REFUSED = {
    "description": "Refused, with the sentence that says why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class RoomSchema(AutoSchema):
    """Names a shape by its room: two rooms may both show a state, and a reader of the schema tells them apart."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        wing, _dot, rest = type(serializer).__module__.partition(".")
        name = super().get_serializer_name(serializer, direction)
        room = {"cases": rest, "sharing": rest}.get(wing, "").partition(".")[0].title()
        return f"{room}{name}"


def of_every_door(result: dict[str, Any], **_generator: Any) -> dict[str, Any]:
    """Each door may refuse, and all refuse in one shape; each POST may be sent again under one key (accounts.api)."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for doors in result["paths"].values():
        for method, door in doors.items():
            door["responses"]["default"] = REFUSED
            given = door.setdefault("parameters", [])
            if method == "post" and KEY["name"] not in {parameter["name"] for parameter in given}:
                given.append(KEY)
    return result
