"""What a rule answers: yes, or no with the one sentence that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import NotAllowed, Sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. `rests_on` names the rows it rests on (grants, release lines, articles) for the ledger's `via`."""

    said: Sentence | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    allowed: bool = True
    rests_on: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def code(self) -> str:
        return self.said.code if self.said else ""

    @property
    def reason(self) -> str:
        """The sentence, in the reader's language; empty for a plain yes."""
        return self.said.render(self.params) if self.said else ""

    def enforce(self) -> None:
        """Raises NotAllowed with the verdict's own sentence unless it is a yes."""
        if not self.allowed and self.said:
            raise NotAllowed(self.said, **self.params)


ALLOWED = Verdict()


def refuse(said: Sentence, /, **params: Any) -> Verdict:
    """No, because of this."""
    return Verdict(said, params, allowed=False)


def allow(said: Sentence, /, *rests_on: str, **params: Any) -> Verdict:
    """Yes, because of this."""
    return Verdict(said, params, rests_on=rests_on)
