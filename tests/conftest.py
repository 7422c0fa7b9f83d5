"""Fixtures for all tests."""

from pathlib import Path

import pytest

from tests.databases import (  # noqa: F401  (pytest finds fixtures by these names)
    database,
    postgres_database,
    postgres_orders,
    postgres_template,
    postgres_url,
    sqlite_database,
    sqlite_engine,
    sqlite_template,
)
from tests.doubles.fixtures import (  # noqa: F401
    telegram,
    telegram_process,
    zalo,
    zalo_oa,
    zalo_oa_process,
    zalo_process,
)

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents kept beside the project; where they are not, what needs them is skipped."""
    if not SHARED.exists():
        pytest.skip("the folder of real documents is not beside the project")
    return SHARED
