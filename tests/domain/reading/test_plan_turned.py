"""Tables that stand on their side, and cards of one task each, are read as upright ones."""

from __future__ import annotations

from datetime import date

from domain.documents import Cell, Document, Row, Table
from domain.reading.plan import read_plan
from domain.reading.tables.plan_turned import turned
from tests.domain.reading.office import READER

NAMES = ("Tên việc", "Giao cho", "Cùng làm", "Hạn")
TASKS = (
    ("Lập danh sách nhà dột nát", "Phòng Nội vụ", "UBND các xã", "30/6/2025"),
    ("Sửa chữa trạm bơm Đồng Cỏ", "Phòng Kinh tế", "", "15/7/2025"),
)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(Row(tuple(Cell((text,) if text else ()) for text in row)) for row in rows))


def read(given: Table) -> list[tuple[str, ...]]:
    draft = read_plan(Document((given,)), register=None, calendar=READER.calendar, today=date(2025, 1, 1))
    return [(t.title, t.leads, t.coordinators, t.frame.text) for t in draft.tasks]


def test_headings_may_stand_in_the_first_column() -> None:
    assert read(table(*zip(NAMES, *TASKS, strict=True))) == list(TASKS)


def test_each_task_may_have_a_card_of_its_own() -> None:
    cards = [
        row for n, task in enumerate(TASKS, 1) for row in ((f"Việc số {n}",), *zip(NAMES, task, strict=True))
    ]
    assert read(table(*cards)) == list(TASKS)


def test_an_upright_table_is_not_turned() -> None:
    assert turned(table(NAMES, *TASKS)) is None
