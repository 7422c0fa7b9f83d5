"""Whatever happens in whatever order: no message is lost, none goes back from an end, one chat keeps its order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.storage.outbox_machine import OutboxMachine


def play(database: Database, examples: int) -> None:
    machine = type("Machine", (OutboxMachine,), {"database": database})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_loses_a_message() -> None:
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'machine.db'}")
        upgrade(engine)
        play(Database(engine), examples=25)
        engine.dispose()


@pytest.mark.postgres
def test_no_sequence_loses_a_message_on_postgres(postgres_database: Database) -> None:
    play(postgres_database, examples=5)
