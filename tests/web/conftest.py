"""The door over a seeded province; the database is made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from storage.engine import make_engine
from storage.unit_of_work import Database
from tests.web.office import Office, seeded


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file every test gets a copy of."""
    path = tmp_path_factory.mktemp("province") / "province.db"
    seeded(path)
    for leftover in path.parent.glob("province.db-*"):  # closed cleanly, so everything is in the one file
        assert leftover.stat().st_size == 0 or leftover.name.endswith("-shm")
    return path


@pytest.fixture
def make_office(province: Path, tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open a door, with options, over a copy."""
    engines: list[Engine] = []

    def make(**options: object) -> Office:
        path = tmp_path / f"{len(engines)}.db"
        shutil.copy(province, path)
        engines.append(make_engine(f"sqlite:///{path}"))
        return Office(Database(engines[-1]), **options)  # type: ignore[arg-type]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    """The ordinary door."""
    return make_office()
