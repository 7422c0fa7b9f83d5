"""Rows that go on over the end of a page, from tables that know which page a row stands on."""

from __future__ import annotations

from datetime import date

from domain.documents import Cell, Document, Origin, Row, Table
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.settings import Settings

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
HEADING = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")


def read(*rows: tuple[int, tuple[str, ...]]) -> list[tuple[str, str, str, str]]:
    """(page, cells) → the tasks."""
    lines = [
        Row(tuple(Cell((text,) if text else (), origin=Origin(page, 1, n, c)) for c, text in enumerate(cells, 1)))
        for n, (page, cells) in enumerate(((1, HEADING), *rows), 1)
    ]  # fmt: skip
    plan = read_plan(Document((Table(tuple(lines)),)), register=None, calendar=CALENDAR, today=date(2024, 6, 1))  # fmt: skip
    return [(t.number, t.title, t.leads, t.frame.text) for t in plan.tasks]


ABOVE = (1, ("1", "Rà soát thủ tục theo Công văn số", "Sở Nội vụ", "Trước ngày 09 tháng 3"))
BELOW = (2, ("2", "Xây dựng kế hoạch", "Sở Y tế", "Quý IV/2024"))


def test_a_number_and_the_rest_of_a_time_go_on_with_the_row_of_the_page_before() -> None:
    found = read(ABOVE, (2, ("", "123/UBND-NC ngày 15/02/2024", "", "năm 2025")), BELOW)
    assert found == [
        ("1", "Rà soát thủ tục theo Công văn số 123/UBND-NC ngày 15/02/2024", "Sở Nội vụ", "Trước ngày 09 tháng 3 năm 2025"),
        ("2", "Xây dựng kế hoạch", "Sở Y tế", "Quý IV/2024"),
    ]  # fmt: skip


def test_a_part_of_a_task_with_a_time_of_its_own_is_a_row() -> None:
    for part in ("a) Lập danh mục", "Lập danh mục", "- Lập danh mục"):
        found = read(ABOVE, (2, ("", part, "", "Quý III/2024")), BELOW)
        assert [title for _, title, _, _ in found][1] == part
