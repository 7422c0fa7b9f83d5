"""Fixtures for the channels' tests."""

import pytest

from tests.bot.channels.office import Way
from tests.bot.channels.settled import settled, settled_originals  # noqa: F401  (found by these names)


@pytest.fixture(params=["polled", "called"])
def way(request: pytest.FixtureRequest) -> Way:
    """Both ways in which a messenger hands over what people write."""
    return request.param  # type: ignore[no-any-return]
