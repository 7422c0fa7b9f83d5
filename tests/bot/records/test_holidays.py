"""Days off from a file, and the deadlines they move."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records.deadlines import moved_deadlines, notices, recompute_deadlines
from bot.records.holidays import COLUMNS, merged_days, plan_holidays, read_holidays
from bot.records.outcome import Imported, What
from bot.records.sheets import read_sheets
from domain.assignments import State
from domain.errors import BadInput
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage.stores.office import OfficeDay
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of, sheets, xlsx

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
HEADS = ["Ngày", "Đến ngày", "Nghỉ/làm bù", "Tên ngày", "Văn bản"]


def rows(*lines: str, known: tuple[OfficeDay, ...] = ()) -> Imported[OfficeDay]:
    return plan_holidays(read_holidays(sheets(HEADS, *(line.split("|") for line in lines))), known)


def test_days_spans_and_swapped_days() -> None:
    found = rows("16/2/2026|20/2/2026|nghỉ|Tết|TB 1", "2026-02-28||Làm bù||TB 1", "x||nghỉ|a|TB 1")
    assert [(d.day.isoformat(), d.works, d.reason, d.source) for d in found.records] == [
        *((f"2026-02-{n}", False, "Tết", "TB 1") for n in range(16, 21)),
        ("2026-02-28", True, "", "TB 1"),
    ]
    assert [(p.row, p.column) for p in found.outcome.problems] == [(4, "Ngày")]


def test_days_of_a_workbook() -> None:
    data = xlsx(
        [["LỊCH NGHỈ 2026"], HEADS, [date(2026, 1, 2), None, "nghỉ", "Nghỉ hoán đổi", "12729/VPCP-KGVX"]]
    )
    found = plan_holidays(read_holidays(read_sheets(data)), ())
    assert found.records == (OfficeDay(date(2026, 1, 2), False, "Nghỉ hoán đổi", "12729/VPCP-KGVX"),)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("||nghỉ|a|VB", "Ngày"),
        ("30/2/2026||nghỉ|a|VB", "Ngày"),
        ("45000||nghỉ|a|VB", "Ngày"),
        ("2/1/2026|1/1/2026|nghỉ|a|VB", "Đến ngày"),
        ("2/1/2026|2/6/2026|nghỉ|a|VB", "Đến ngày"),
        ("2/1/2026|||a|VB", "Nghỉ/làm bù"),
        ("2/1/2026||chắc nghỉ|a|VB", "Nghỉ/làm bù"),
        ("2/1/2026||nghỉ|a|", "Văn bản"),
    ],
)
def test_a_bad_row_is_left_out_and_the_good_one_taken(line: str, column: str) -> None:
    found = rows(line, "3/9/2026||nghỉ|Quốc khánh|VB 2")
    assert [(p.row, p.column) for p in found.outcome.problems] == [(2, column)]
    assert [d.day for d in found.records] == [date(2026, 9, 3)]


def test_rows_that_contradict_each_other_are_left_out() -> None:
    found = rows(
        "1/9/2026|3/9/2026|nghỉ|a|VB", "2/9/2026||làm bù|a|VB", "4/9/2026||nghỉ|a|VB", "4/9/2026||nghỉ|a|VB"
    )
    assert {p.row for p in found.outcome.problems} == {2, 3}
    assert [d.day for d in found.records] == [date(2026, 9, 4)]


def test_again_and_changed() -> None:
    first = rows("2/1/2026||nghỉ|a|VB 1")
    again = rows("2/1/2026||nghỉ|a|VB 1", known=first.records)
    assert (again.records, again.outcome.count(What.UNCHANGED)) == ((), 1)
    changed = rows("2/1/2026||làm việc|a|VB 2", known=first.records)
    assert [(f.column, f.old, f.new) for f in changed.outcome.changes[0].fields] == [
        ("works", "off", "worked"), ("source", "VB 1", "VB 2"),
    ]  # fmt: skip


def settings() -> Settings:
    return Settings(_env_file=None)  # type: ignore[call-arg]


def town(db: Database) -> None:
    """Three agencies owe one task by Friday 28 June 2024; one more by a day that stays; one has done it."""
    calendar = work_calendar(settings())
    with db.begin() as uow:
        document = uow.plans.save_document(b"x", "x.txt", "0" * 64, NOW, None)
        plan = uow.plans.add_plan(
            document, DocumentHead("1/KH", date(2024, 6, 20), "UBND", "T"), Ladder(), NOW
        )
        frame = TimeFrame("x", TimeFrameKind.FIXED_DATE, date(2024, 6, 30), strict=True)
        task = uow.plans.add_task(Task(0, plan.id, "2.b", "1", "Giải quyết hồ sơ", frame, leads=("snv",)))
        rows = []
        for agency, state, due in (
            ("snv", State.NOT_STARTED, date(2024, 6, 30)),
            ("stc", State.IN_PROGRESS, date(2024, 6, 30)),
            ("syt", State.DONE, date(2024, 6, 30)),
            ("sct", State.CANDIDATE, date(2024, 6, 30)),
            ("stp", State.NOT_STARTED, date(2024, 7, 15)),
            ("sxd", State.NOT_STARTED, None),
        ):
            rows.append({
                "task": task.id, "agency": agency, "state": state, "assigned_at": NOW, "due_on": due, "strict": True,
                "act_by": calendar.act_by(due, True) if due else None,
                "overdue_from": calendar.overdue_from(due, True) if due else None,
            })  # fmt: skip
        uow.assignments.add_many(rows)
        for key in ("snv", "stc", "syt", "sct"):
            uow.people.save(key, key, [Post(key, Role.FOCAL)])
        uow.people.save("tt", "Thủ trưởng", [Post("snv", Role.HEAD)])
        uow.people.save("nghi", "Đã nghỉ", [Post("snv", Role.FOCAL)], active=False)


def test_a_new_day_off_moves_running_deadlines_once(database: Database) -> None:
    town(database)
    assert moved_deadlines([], work_calendar(settings())) == []
    day_off = OfficeDay(date(2024, 6, 28), False, "Nghỉ bão", "Công điện 1")
    with database.begin() as uow:
        uow.calendar.save_overrides([day_off])
        calendar = work_calendar(settings(), uow.calendar.overrides())
        moved = recompute_deadlines(uow, calendar)
        told = notices(uow, moved)
    found = {m.after.agency: (m.before.act_by, m.after.act_by, m.after.deadline_version) for m in moved}
    assert found == dict.fromkeys(("snv", "stc", "sct"), (date(2024, 6, 28), date(2024, 6, 27), 2))
    with database.begin() as uow:
        assert {a.agency: a.act_by for a in uow.assignments.all()} == {
            "snv": date(2024, 6, 27), "stc": date(2024, 6, 27), "sct": date(2024, 6, 27),
            "syt": date(2024, 6, 28), "stp": date(2024, 7, 12), "sxd": None,
        }  # fmt: skip
        assert {uow.people.get(t.official).key for t in told} == {
            "snv",
            "stc",
        }  # no head, nobody inactive, no candidate
        assert recompute_deadlines(uow, calendar) == []
    line = told[0].message.blocks[1].phrase.args
    assert (line["old"], line["new"]) == (date(2024, 6, 28), date(2024, 6, 27))
    assert len({t.key for t in told}) == 2


def test_what_is_called_back_moves_back(database: Database) -> None:
    town(database)
    off, worked = (OfficeDay(date(2024, 6, 28), works, "x", "VB") for works in (False, True))
    with database.begin() as uow:
        recompute_deadlines(uow, work_calendar(settings(), [off]))
        back = recompute_deadlines(uow, work_calendar(settings(), merged_days([off], [worked])))
    assert {m.after.act_by for m in back} == {date(2024, 6, 28)}
    assert {m.after.deadline_version for m in back} == {3}


WORDS = st.sampled_from(
    ["", "-", "1/1/2026", "3/1/2026", "2026-02-30", "nghỉ", "làm bù", "VB", "=1"]
) | st.text(max_size=10)


@bounded(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=5), max_size=8))
def test_any_grid_is_taken_or_explained(grid: list[list[str]]) -> None:
    data = csv_of([[c.headings[0] for c in COLUMNS], *grid])
    try:
        table = read_holidays(read_sheets(data))
    except BadInput:
        return
    found = plan_holidays(table, ())
    bad = {p.row for p in found.outcome.problems}
    assert not bad & {c.row for c in found.outcome.changes}
    assert plan_holidays(table, found.records).records == ()
