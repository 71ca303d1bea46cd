"""Desks for the journeys, and one portal with the whole demo story for those who only look."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.journeys.desk import Desk, seated


@pytest.fixture
def sit(browser: Browser, live_portal: str) -> Iterator[Callable[..., Desk]]:
    """A desk for one of the cast: `sit("ana")`, or `sit("ana", scripts=False)`."""
    with ExitStack() as taken:
        yield lambda key, *, scripts=True: taken.enter_context(seated(browser, live_portal, key, scripts=scripts))
