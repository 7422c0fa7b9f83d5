"""Whatever a workbook's cells hold, every kind of import takes a row or explains it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records import agency_columns, holidays, people_columns
from bot.records.agencies import plan_agencies
from bot.records.holidays import plan_holidays
from bot.records.outcome import Imported
from bot.records.people import plan_people
from bot.records.sheets import Cell, Row, Sheet, Sheets
from bot.records.table import Column, Table, find_table
from domain.agencies import Register
from domain.errors import BadInput
from storage import seed

KONTUM = Register.of(*seed.load_agencies("kontum-2024"))
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.text(max_size=8),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["", "-", "snv", "Sở Nội vụ", "tỉnh", "sở", "đầu mối", "nghỉ", "VB", "'=1"]),
)
KINDS: dict[str, tuple[Sequence[Column], Callable[[Table], Imported[Any]]]] = {
    "agencies": (agency_columns.COLUMNS, lambda table: plan_agencies(table, KONTUM)),
    "people": (people_columns.COLUMNS, lambda table: plan_people(table, KONTUM, (), date(2024, 6, 25))),
    "holidays": (holidays.COLUMNS, lambda table: plan_holidays(table, ())),
}


@pytest.mark.parametrize("kind", KINDS)
@bounded(derandomize=True, max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=11), max_size=6))
def test_every_row_is_taken_or_explained(kind: str, grid: list[list[Cell]]) -> None:
    columns, plan = KINDS[kind]
    heads = Row(1, tuple(column.headings[0] for column in columns))
    rows = (heads, *(Row(n, tuple(cells)) for n, cells in enumerate(grid, start=2)))
    try:
        table = find_table(Sheets((Sheet("S", rows),)), columns)
    except BadInput:
        return
    outcome = plan(table).outcome
    named = {c.row for c in outcome.changes} | {p.row for p in outcome.problems}
    assert named <= {r.row for r in table.records}
    assert bool(named) == bool(table.records)


def test_an_instant_of_a_cell_is_its_day() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
    rows = (
        Row(1, ("Ngày", "Loại", "Văn bản")),
        Row(2, (at, "nghỉ", "VB 1")),
        Row(3, (46025.0, "nghỉ", "VB 1")),
    )
    found = plan_holidays(find_table(Sheets((Sheet("S", rows),)), holidays.COLUMNS), ())
    assert [d.day for d in found.records] == [date(2026, 1, 2)]
    assert [p.row for p in found.outcome.problems] == [3]
