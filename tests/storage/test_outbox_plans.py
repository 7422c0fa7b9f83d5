"""How PostgreSQL reads the outbox when a crowd has just come in, before it has counted the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from storage.stores.outbox import ToSay
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
CROWD = 1500


@pytest.mark.postgres
@pytest.mark.parametrize("chats", [CROWD, 1], ids=["a chat each", "one chat"])
def test_a_claim_does_not_read_the_whole_queue_for_each_row(postgres_database: Database, chats: int) -> None:
    words = text(verbatim("x"))
    with postgres_database.begin() as uow:
        uow.outbox.put_many(
            (ToSay(str(n), Address(0, 0, "telegram", "1", str(n % chats)), Priority.NOTICE, "n", words) for n in range(CROWD)), NOW
        )  # fmt: skip
    asked: list[tuple[str, Any]] = []

    def notice(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "UNION ALL" in statement:
            asked.append((statement, values))

    event.listen(postgres_database.engine, "before_cursor_execute", notice)
    with postgres_database.begin() as uow:
        assert len(uow.outbox.claim("w", [("telegram", "1")], NOW, limit=30)) == min(30, chats)
    statement, values = asked[0]
    with postgres_database.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
        found = cursor.fetchall()[0][0]
    plan = found if isinstance(found, list) else json.loads(found)
    assert sum(_read(plan[0]["Plan"])) < 5 * CROWD, "for each row looked at, a few; not all"


def _read(plan: dict[str, Any]) -> Iterator[int]:
    """The rows each step looked at."""
    yield (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    for step in plan.get("Plans", ()):
        yield from _read(step)
