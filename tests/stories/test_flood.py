"""After three days without the service five thousand things are due: everybody gets one message, not twenty."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from domain.agencies import Agency, Kind, Level
from domain.assignments import State
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database
from tests.town import Town, Wireless

START = "2026-03-02 07:00"  # a Monday
STOPPED, BACK = "2026-03-03 18:00", "2026-03-06 18:00"


def filled(database: Database, agencies: int, tasks: int) -> Town:
    """So many agencies with one person each, and all tasks due while the service is away."""
    town = Town(database, START, [Wireless("browser", "web")])
    now, codes = town.clock.now(), [f"a{n}" for n in range(agencies)]
    with database.begin() as uow:
        uow.agencies.save_agencies(Agency(c, f"Cơ quan {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in codes)
        for code in codes:
            who = uow.people.save(code, code, [Post(code, Role.FOCAL)])
            uow.people.add_address(who.id, "browser", "web", code, now)
        document = uow.plans.save_document(b"x", "x.txt", "0" * 64, now, None)
        head = DocumentHead("1/KH-UBND", date(2026, 3, 2), "UBND tỉnh", "Kế hoạch")
        plan = uow.plans.add_plan(document, head, Ladder(), now)
        for n in range(tasks):
            due = date(2026, 3, 4) + timedelta(days=n % 3)
            frame = TimeFrame(f"{due:%d/%m/%Y}", TimeFrameKind.FIXED_DATE, due)
            task = uow.plans.add_task(
                Task(0, plan.id, str(n + 1), "", f"Việc số {n + 1}", frame, leads=tuple(codes))
            )
            uow.assignments.add_many(
                [
                    {"task": task.id, "agency": c, "state": State.NOT_STARTED, "assigned_at": now}
                    | {"due_on": due, "act_by": due, "overdue_from": due + timedelta(days=1)}
                    for c in codes
                ]
            )
    return town


@pytest.mark.parametrize(
    ("kind", "agencies"), [("sqlite", 250), pytest.param("postgres", 50, marks=pytest.mark.postgres)]
)
def test_everybody_gets_one_message(request: pytest.FixtureRequest, kind: str, agencies: int) -> None:
    town = filled(request.getfixturevalue(f"{kind}_database"), agencies, 20)
    town.forward(STOPPED)
    town.jump(BACK)
    before = planned(town)
    for minutes in range(3):  # several ticks, as the service makes
        town.runtime.run_jobs(town.clock.now() + timedelta(minutes=minutes))
    town.jump("2026-03-09 08:30")
    for _ in range(2):
        town.tick()
    fresh = planned(town) - before
    assert len(fresh) == agencies
    assert set(fresh.values()) == {1}
    chat, wire = town.channels[0].sent[-1]
    assert wire.text.count("Việc số") == 12, chat
    assert "và 8 việc khác" in wire.text


def planned(town: Town) -> Counter[str]:
    """Digests and reminders in the outbox by chat, sent or waiting."""
    with town.db.begin() as uow:
        rows = uow.session.exec(select(OutboxRowTable.chat).where(col(OutboxRowTable.kind) != "alarm")).all()
    return Counter(rows)
