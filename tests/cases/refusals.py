"""Tests of refusals name the sentence that must be said."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kernel.errors import DomainError, NotAllowed, Sentence


@contextmanager
def refused(said: Sentence, kind: type[DomainError] = NotAllowed) -> Iterator[None]:
    """Within this, exactly this is refused."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.said is said
    assert str(caught.value)
