"""A province that has been set up: six people who have not joined yet, and their confirmed plan.

It is made once for each morning that is asked for; every test gets a copy of its own.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
from tests.town import Town

#: the morning ("2026-01-05 07:30") on which the plan is confirmed → a database
Settled = Callable[[str], Database]


def settle(town: Town) -> Town:
    """The stories' six people, who have not joined, and their plan."""
    town.settle(*PEOPLE, joined=False)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    return town


@pytest.fixture(scope="session")
def settled_originals(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The databases that are copied."""

    @functools.cache
    def original(morning: str) -> Path:
        path = tmp_path_factory.mktemp("office") / "settled.db"
        engine = make_engine(f"sqlite:///{path}")
        upgrade(engine)
        settle(Town(Database(engine), morning))
        engine.dispose()
        return path

    return original


@pytest.fixture
def settled(settled_originals: Callable[[str], Path], tmp_path: Path) -> Iterator[Settled]:
    """Gives the test its copy."""
    made: list[Database] = []

    def copy(morning: str) -> Database:
        path = shutil.copy(settled_originals(morning), tmp_path / f"{len(made)}.db")
        made.append(Database(make_engine(f"sqlite:///{path}")))
        return made[-1]

    yield copy
    for db in made:
        db.engine.dispose()
