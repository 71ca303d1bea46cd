"""Every refusal the house can speak, and the sentences it speaks them in.

A sentence has a stable code and a text. The code goes to the ledger and to machines; the text, filled with
its parameters, is read on the page, in problem+json and in the ledger list in the reader's own language.
portal/problems.py turns the errors into responses, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, Sentence] = {}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the house can say. `text` holds %(name)s where a parameter belongs."""

    code: str
    text: str | Promise

    def render(self, params: Mapping[str, Any]) -> str:
        """The whole sentence in the active language; "…" where a fact was lawfully erased or is no longer kept."""
        text = str(self.text)
        return text % defaultdict(lambda: "…", params) if "%(" in text else text


def sentence(code: str, text: str | Promise) -> Sentence:
    """Register a sentence under its code. Raises ValueError if another text already has its code."""
    if code in _SENTENCES:
        raise ValueError(f"two sentences are called {code}")
    _SENTENCES[code] = Sentence(code, text)
    return _SENTENCES[code]


def render(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a code kept in the ledger, in the active language; the code itself if it is no longer spoken."""
    known = _SENTENCES.get(code)
    return known.render(params) if known else code


NO_SUCH_THING = sentence("not-found", _("There is nothing here that you may see."))
BROKEN_INPUT = sentence("invalid", _("Some of what was sent cannot be used."))
OUT_OF_ORDER = sentence("unavailable", _("This cannot be done right now. Nothing was changed; try again in a minute."))


class DomainError(Exception):
    """A refusal a person can act on."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "error"

    def __init__(self, said: Sentence, /, **params: Any) -> None:
        super().__init__(said.code)
        self.said, self.params = said, params

    @property
    def code(self) -> str:
        return self.said.code

    def __str__(self) -> str:
        return self.said.render(self.params)


class NotFound(DomainError):
    """No such thing, or nothing this officer may know exists: the two must look the same, so it says nothing else."""

    status, kind = 404, "not-found"

    def __init__(self) -> None:
        super().__init__(NO_SUCH_THING)


class NotAllowed(DomainError):
    """A rule refused; the sentence is the rule's own."""

    status, kind = 403, "not-allowed"


class Conflict(DomainError):
    """The thing is no longer in a state that permits this."""

    status, kind = 409, "conflict"


class Invalid(DomainError):
    """What was typed or sent cannot be used; `fields` says where, with a sentence for each."""

    status, kind = 422, "invalid"

    def __init__(self, said: Sentence = BROKEN_INPUT, /, *, fields: Mapping[str, Sentence] | None = None, **params: Any) -> None:
        super().__init__(said, **params)
        self.fields = dict(fields or {})


class Unavailable(DomainError):
    """A part the deed needs does not answer; nothing was changed."""

    status, kind = 503, "unavailable"
