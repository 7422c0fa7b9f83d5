"""Whatever texts of a plan follow one another, the last one holds: nothing doubled, nothing lost."""

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.intake import read_document
from bot.planning import confirm_draft
from domain.agencies import Register
from domain.assigning import assign
from domain.assignments import State
from domain.plan_drafts import pack
from domain.plans import PlanDraft
from domain.reading.plan import read_plan
from storage import seed
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database, UnitOfWork
from tests.bot.test_planning import DEMO, NOW, OFFICE, report

REGISTER = Register.of(*seed.load_agencies("kontum-2024"))
TASKS = 15


@lru_cache
def demo() -> PlanDraft:
    document = read_document(DEMO.encode(), "plan.txt")
    return read_plan(document, register=REGISTER, calendar=OFFICE.calendar, today=NOW.date())


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = make_engine("sqlite://")
    upgrade(engine)
    with Database(engine).begin() as uow:
        uow.agencies.save_agencies(REGISTER.agencies)
        uow.agencies.save_groups(REGISTER.groups)
    return engine


def confirm(uow: UnitOfWork, draft: PlanDraft, number: int) -> None:
    document = uow.plans.save_document(b"", "plan.txt", f"{draft.head.number}-{number}", NOW, None)
    kept = uow.plans.save_draft(document, pack(draft), NOW)
    confirm_draft(uow, OFFICE, kept, by=None, now=NOW)


def held(uow: UnitOfWork, plan: int) -> dict[str, dict[str, bool]]:
    """Title → agency → whether it is in (not merely a candidate), of what the newest text has."""
    found: dict[str, dict[str, bool]] = {}
    for task in uow.plans.tasks([plan]):
        if not task.withdrawn:
            assert task.title not in found, "a task is there once"
            shares = uow.assignments.of_tasks([task.id])
            found[task.title] = {
                a.agency: a.state is not State.CANDIDATE for a in shares if a.state is not State.RELEASED
            }
    return found


texts = st.lists(
    st.sets(st.integers(0, TASKS - 1), min_size=1).map(sorted), min_size=2, max_size=4
)  # which tasks each text has
_plans = iter(range(1, 1_000_000))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts)
def test_the_last_text_holds(engine: Engine, kept: list[list[int]]) -> None:
    head = replace(demo().head, number=f"{next(_plans)}/KH-UBND")
    drafts = [replace(demo(), head=head, tasks=tuple(demo().tasks[i] for i in some)) for some in kept]
    reported: list[int] = []
    with Database(engine).begin() as uow:
        for number, draft in enumerate(drafts):
            confirm(uow, draft, number)
            plan = uow.plans.by_number(head.number, draft.head.issued_on)  # type: ignore[arg-type]
            assert plan is not None
            if number == 0:
                first = next(t for t in uow.plans.tasks([plan.id]) if not t.is_duty)
                shares = [a for a in uow.assignments.of_tasks([first.id]) if a.state.is_open][:1]
                reported = [report(uow, a, 10).id for a in shares]
        assert all(a.percent == 10 for a in uow.assignments.many(reported).values()), "no report is lost"
        wanted = {
            w.task.title: {c: s is not State.CANDIDATE for c, s in w.shares.items()}
            for w in assign(drafts[-1], REGISTER, OFFICE.calendar)
        }
        found = held(uow, plan.id)
        assert found.keys() == wanted.keys()
        answered = {a.agency for a in uow.assignments.many(reported).values()}
        for title, shares_wanted in wanted.items():
            assert {c: s for c, s in found[title].items() if c not in answered} == {
                c: s for c, s in shares_wanted.items() if c not in answered
            }
