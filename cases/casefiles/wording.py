"""Two wordings beside each other: which words both have, and which only one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST_COMPARED = 2_000
"""Words up to which single words are compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `kept` if both wordings have them in this place."""

    text: str
    kept: bool


def compared(before: str, after: str, *, most: int = LONGEST_COMPARED) -> tuple[list[Piece], list[Piece]]:
    """The pieces of both, each whole when put together. Texts of more than `most` words are compared as one piece."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    if max(len(old), len(new)) > most:
        same = old == new
        return [Piece(before, same)] if old else [], [Piece(after, same)] if new else []
    was: list[Piece] = []
    now: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        for words, pieces in ((old[a:b], was), (new[c:d], now)):
            if words:
                pieces.append(Piece("".join(words), tag == "equal"))
    return was, now
