"""The machine door's frame: an officer, keyset pages, and POSTs that may be repeated without doing anything twice.

A room's viewset derives from OfficerViewSet and calls one action per method:

    class CaseViewSet(OfficerViewSet):
        @extend_schema(parameters=PAGING, responses=page_of(CaseOut))
        def list(self, request):
            return self.page(actions.list_cases(officer=self.officer, after=self.after, size=self.size), show_case)

        @extend_schema(parameters=[ONCE], request=NewCase, responses={201: CaseOut})
        def create(self, request):
            case = actions.open_case(officer=self.officer, **self.body(NewCase))
            return Response(show_case(case), status=201)

A POST answers with ids, states and times, not with content: its answer is kept for a day and said again on repetition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar, cast

from auditlog.context import auditlog_value
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.viewsets import ViewSet

from accounts import actions, proofs
from accounts.models import ApiReply, Officer
from accounts.rules import KEY_HELD
from accounts.serializers import ProofAsked, ProofWanted
from kernel.errors import Conflict, Invalid, sentence
from kernel.querysets import Page

R = TypeVar("R")

BAD_SIZE = sentence("accounts.bad-page-size", _("Ask for 1 to 200 rows at a time."))
BAD_KEY = sentence("accounts.bad-idempotency-key", _("An idempotency key has 1 to 80 printable characters."))
KEY_OF_ANOTHER = sentence("accounts.idempotency-key-reused", _("This idempotency key was already used for another request."))
DOMAIN_ANSWERS = {403, 404, 409, 422}

PAGING = [
    OpenApiParameter("after", OpenApiTypes.STR, description="Where the page begins, as given in `next`."),
    OpenApiParameter("size", OpenApiTypes.INT, description="Rows on a page, 1 to 200."),
]
ONCE = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description="Repeat safely: the same key does nothing twice."
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Found by drf-spectacular once this module is imported."""

    target_class = "accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "The word Token, a space, and the token."}


def page_of(row: type[serializers.Serializer]) -> serializers.Serializer:
    """The shape of one page of such rows, for the schema."""
    *_wing, room, _module = row.__module__.split(".")
    name = f"{room.title()}{row.__name__}Page"
    return inline_serializer(name, {"results": row(many=True), "next": serializers.URLField(allow_null=True)})


class Repeated(Exception):
    """Carries the answer that the same request was given before."""

    def __init__(self, reply: ApiReply) -> None:
        self.reply = reply


class Body(JSONParser):
    """JSON nested without end, or with half a character in it, is unreadable; it is no fault of the portal."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            given = super().parse(*args, **kwargs)
            json.dumps(given, ensure_ascii=False).encode()  # what cannot be written can neither be kept nor said again
        except (RecursionError, UnicodeEncodeError) as unreadable:
            raise ParseError from unreadable
        return given


class OfficerViewSet(ViewSet):
    """What every machine door shares. Methods that are not served, OPTIONS too, answer 405 as problem+json."""

    lookup_value_converter = "uuid"
    parser_classes = [Body]
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    reserved: ApiReply | None = None
    throttle_scope: str | None = None  # what is asked at a slower pace than all else, as the settings say
    asking: ClassVar[frozenset[str]] = frozenset()
    """POSTs that only ask: their answer is of content, so it is asked anew each time and never kept."""

    files: ClassVar[frozenset[str]] = frozenset()
    """POSTs that carry a file: read as a stream and not held in memory, so no key makes them safe to repeat."""

    @property
    def officer(self) -> Officer:
        return cast("Officer", self.request.user)

    @property
    def after(self) -> str:
        return self.request.query_params.get("after", "")[:500]

    @property
    def size(self) -> int:
        """Raises Invalid unless 1 to 200."""
        text = self.request.query_params.get("size", "50")
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= 200):  # noqa: PLR2004
            raise Invalid(BAD_SIZE, fields={"size": BAD_SIZE})
        return int(text)

    def body(self, shape: type[serializers.Serializer]) -> dict[str, Any]:
        """What was sent, cleaned. Raises ValidationError, answered as 422 with a sentence per field."""
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def asked(self, shape: type[serializers.Serializer]) -> dict[str, Any]:
        """What the address asks for, cleaned. Raises ValidationError, answered as 422 with a sentence per field."""
        given = shape(data=self.request.query_params)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def page(self, page: Page[R], render: Callable[[R], Mapping[str, Any]]) -> Response:
        """One page of a list, and the absolute address of the next one or null."""
        url = replace_query_param(self.request.build_absolute_uri(), "after", page.cursor) if page.cursor else None
        return Response({"results": [render(row) for row in page.rows], "next": url})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        auditlog_value.get({})["actor"] = self.officer  # its middleware ran before the token was read
        if self.action in self.files:
            return
        body = request._request.body  # noqa: SLF001 - read here, Django holds it to its limit
        if request.method == "POST" and "Idempotency-Key" in request.headers:
            self._reserve(request, body)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Repeated):
            problem = "application/problem+json" if (exc.reply.status or 0) >= 400 else None  # noqa: PLR2004
            return Response(exc.reply.body, exc.reply.status, headers={"Idempotency-Replayed": "true"}, content_type=problem)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        if self.reserved:
            self._keep(self.reserved, answer)
        return answer

    def _reserve(self, request: Request, body: bytes) -> None:
        key = request.headers["Idempotency-Key"]
        if not (0 < len(key) <= 80 and key.isascii() and key.isprintable()):  # noqa: PLR2004
            raise Invalid(BAD_KEY)
        digest = hashlib.sha256(request.get_full_path().encode() + b"\n" + body).hexdigest()
        held, fresh = actions.reserve_reply(officer=self.officer, key=key, request_digest=digest)
        if fresh:
            self.reserved = held
        elif held.request_digest != digest:
            raise Invalid(KEY_OF_ANOTHER)
        elif held.status is None:
            raise Conflict(KEY_HELD)
        else:
            raise Repeated(held)

    def _keep(self, reserved: ApiReply, answer: Response) -> None:
        """Keep what the deed answered. Where nothing was done, a question, a fault or an unreadable request, the key is free again."""
        decided = answer.status_code < 300 or answer.status_code in DOMAIN_ANSWERS  # noqa: PLR2004
        if decided and self.action not in self.asking:
            body = json.loads(JSONRenderer().render(answer.data)) if answer.data is not None else None
            actions.keep_reply(reply_id=reserved.pk, status=answer.status_code, body=body)
        else:
            actions.drop_reply(reply_id=reserved.pk)


class ProofViewSet(OfficerViewSet):
    """Fresh proof of presence for one deed: what the officer may show, and the challenge that a passkey signs."""

    throttle_scope = "proofs"

    @extend_schema(parameters=[ONCE], request=ProofWanted, responses={201: ProofAsked})
    def create(self, request: Request) -> Response:
        wanted = self.body(ProofWanted)
        asked = proofs.begin(self.officer, wanted["deed"], wanted["subject_id"], wanted["content_hash"])
        return Response({"methods": asked.methods, "passkey_options": asked.passkey_options}, status=201)
