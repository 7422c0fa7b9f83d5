"""The board's figures, its filters, and that a page asks a fixed number of times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from domain.assignments import State
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage.stores.board import Count
from storage.unit_of_work import Database
from tests.web.office import Office
from web.board_view import Tally

NOW = datetime(2024, 6, 24, 2, 0, tzinfo=UTC)
TODAY = date(2024, 6, 24)


def fill(database: Database, tasks: int = 1) -> int:
    """A plan of tasks due on 20/6, each with one agency in every state."""
    with database.begin() as uow:
        document = uow.plans.save_document(b"x", "x.txt", "1" * 64, NOW, None)
        plan = uow.plans.add_plan(document, DocumentHead("9/KH", date(2024, 6, 1), "U", "T"), Ladder(), NOW)
        frame = TimeFrame("20/6", TimeFrameKind.FIXED_DATE, date(2024, 6, 20), act_by=date(2024, 6, 20))
        for number in range(tasks):
            task = uow.plans.add_task(Task(0, plan.id, str(number), "Mục", f"Việc {number}", frame))
            due = {"task": task.id, "assigned_at": NOW, "due_on": frame.due_on, "act_by": frame.act_by}
            late, ahead = {"overdue_from": date(2024, 6, 21)}, {"overdue_from": date(2024, 6, 28)}
            uow.assignments.add_many(
                [
                    due | late | {"agency": "a", "state": State.NOT_STARTED},
                    due | late | {"agency": "b", "state": State.BLOCKED},
                    due | late | {"agency": "c", "state": State.CANDIDATE},
                    due | ahead | {"agency": "d", "state": State.IN_PROGRESS},
                    due | late | {"agency": "e", "state": State.RELEASED},
                    due | late | {"agency": "f", "state": State.DONE},
                    due | late | {"agency": "g", "state": State.DONE},
                ]
            )
            for agency, day in (("f", 20), ("g", 22)):
                (row,) = (a for a in uow.assignments.of_tasks([task.id]) if a.agency == agency)
                uow.assignments.save(replace(row, done_on=date(2024, 6, day)))
        return plan.id


def test_the_four_cells_are_counted_in_the_database_as_the_domain_counts_them(database: Database) -> None:
    plan = fill(database)
    with database.begin() as uow:
        by_plan = Tally.of(c for c in uow.board.by_plan(TODAY) if c.plan == plan)
        by_task = Tally.of(uow.board.by_task(TODAY, plan))
        rows = [a for a in uow.assignments.all() if a.state.is_open or a.state is State.DONE]
        (seen,) = uow.board.attention(TODAY, date(2024, 6, 28), NOW, limit=5)
    assert by_plan == by_task == Tally(1, 1, 1, 2, 1)
    for code, _, number in by_plan.cells():
        assert number == sum(a.cell(TODAY).value == code for a in rows), code
    assert (seen.late, seen.held_up, seen.undecided, seen.unanswered, seen.soon) == (2, 1, 1, 0, 0)


@given(st.lists(st.tuples(st.sampled_from(State), st.booleans(), st.integers(0, 999))))
def test_a_bar_is_whole_and_in_order(parts: list[tuple[State, bool, int]]) -> None:
    tally = Tally.of(Count(1, 1, state, late, n) for state, late, n in parts)
    bar = tally.bar()
    assert bool(bar) == bool(tally.all + tally.undecided)
    assert not bar or abs(sum(s.width for s in bar) - 100) < 0.1
    assert [s.start for s in bar] == sorted(s.start for s in bar)


@pytest.mark.parametrize("path", ["/", "/plans/{plan}", "/tasks/{task}", "/people", "/drafts", "/chat"])
def test_a_page_asks_a_fixed_number_of_times(office: Office, path: str) -> None:
    small = fill(office.db)
    with office.db.begin() as uow:
        first = uow.plans.tasks([small])[0].id
        document = uow.plans.document_of(small)
        frame = TimeFrame("20/6", TimeFrameKind.FIXED_DATE, date(2024, 6, 20), act_by=date(2024, 6, 20))
        large = uow.plans.add_plan(document, DocumentHead("8/KH", TODAY, "U", "T"), Ladder(), NOW).id
        for n in range(40):
            last = uow.plans.add_task(Task(0, large, str(n), "M", "V", frame)).id
            row = {"task": last, "assigned_at": NOW, "state": State.NOT_STARTED}
            uow.assignments.add_many([row | {"agency": f"a{i}"} for i in range(n % 5 + 30)])
    browser = office.browser("admin")
    asked = []
    for plan, task in ((small, first), (large, last)):
        statements: list[str] = []

        def note(_c: object, _k: object, sql: str, *_rest: object, into: list[str] = statements) -> None:
            into.append(sql)

        event.listen(office.db.engine, "before_cursor_execute", note)
        browser.see(path.format(plan=plan, task=task))
        event.remove(office.db.engine, "before_cursor_execute", note)
        asked.append(len([s for s in statements if s.lstrip().upper().startswith("SELECT")]))
    assert asked[0] == asked[1] <= 20, asked


def test_the_board_shows_plans_and_ones_own_work(office: Office) -> None:
    page = office.browser("focal").see("/")
    assert "2164/KH-UBND" in page
    assert "Việc của cơ quan tôi" in page
    assert "hạn thứ Sáu 28/6/2024, còn 4 ngày làm việc" in page
    assert "Việc của cơ quan tôi" not in office.browser("admin").see("/")


def test_a_plan_shows_sections_duties_and_why_a_date(office: Office) -> None:
    page = office.browser("admin").see("/plans/1")
    assert page.index("1. Chỉ đạo, điều hành CCHC") < page.index("Trách nhiệm nêu trong nội dung kế hoạch")
    assert "ngày làm việc cuối là thứ Sáu 28/6/2024" in page
    assert "Không có mục nào" in office.browser("admin").see("/plans/1?show=late")
    assert office.browser("admin").see("/plans/1?show=<b>").count("<tr>") == page.count("<tr>")


def test_a_task_is_filtered_by_state(office: Office) -> None:
    plan = fill(office.db)
    with office.db.begin() as uow:
        task = uow.plans.tasks([plan])[0].id
    browser = office.browser("admin")
    for show, rows in (
        ("", 7),
        ("open_late", 2),
        ("done_late", 1),
        ("held_up", 1),
        ("undecided", 1),
        ("x", 0),
    ):
        assert browser.see(f"/tasks/{task}?show={show}").count('<td class="lead">') == rows, show


def test_only_who_may_follow_up_is_offered_it(office: Office) -> None:
    for key, offered in (("monitor", True), ("admin", True), ("other", False)):
        assert ("/chat?say=/dondoc" in office.browser(key).see("/tasks/1")) is offered, key


def test_the_page_is_in_the_readers_language(office: Office) -> None:
    with office.db.begin() as uow:
        uow.people.set_locale(3, "en")
    page = office.browser("focal").see("/")
    assert '<html lang="en">' in page
    assert "Work of your agency" in page
    assert '<html lang="vi">' in office.browser("admin").see("/")
