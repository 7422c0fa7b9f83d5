"""Tables in shapes of their own: without a heading, in two halves, a column for each agency, headings as people speak."""

from __future__ import annotations

from datetime import date

import pytest

from domain.documents import Cell, Document, Row, Table
from domain.reading.plan import read_plan
from domain.reading.tables.plan_shapes import usual_shape, with_heading
from tests.domain.reading.office import READER

TASKS = (
    ("Lập danh sách nhà dột nát", "Phòng Nội vụ", "UBND các xã", "30/6/2025"),
    ("Sửa chữa trạm bơm Đồng Cỏ", "Phòng Kinh tế", "", "trước 15/7/2025"),
    ("Tập huấn cán bộ thôn", "Phòng Văn hóa", "Bưu điện huyện", "Quý III/2025"),
    ("Nạo vét kênh mương nội đồng", "Phòng Kinh tế", "", "hằng quý"),
)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(Row(tuple(Cell((text,) if text else ()) for text in row)) for row in rows))


def read(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    document = Document((table(*rows),))
    draft = read_plan(document, register=None, calendar=READER.calendar, today=date(2025, 1, 1))
    return [(t.title, t.leads, t.coordinators, t.frame.text) for t in draft.tasks]


def test_columns_without_a_heading_are_told_by_what_they_hold() -> None:
    rows = [(str(n), what, who, helps, when) for n, (what, who, helps, when) in enumerate(TASKS, 1)]
    assert read(*rows) == list(TASKS)
    assert with_heading(table(*[row[:3] for row in rows])) is None


def test_a_list_of_people_or_of_papers_is_none_of_tasks() -> None:
    people = [
        (str(n), name, "Sở Y tế", "15/3/1980")
        for n, name in enumerate(("Nguyễn Thị Hoa Mai", "Trần Văn Định", "Lê Đức Hạnh Nguyên"), 1)
    ]
    papers = [
        (str(n), name, "Quốc hội; Bộ Nội vụ", "18/01/2024")
        for n, name in enumerate(("Luật Đất đai năm 2024", "Thông tư số 5", "Luật Nhà ở sửa đổi"), 1)
    ]
    assert with_heading(table(*people)) is None is with_heading(table(*papers))
    headed = [
        ("STT", "Tên công trình", "Đơn vị quản lý", "Năm"),
        *((str(n), *task[:2], task[3]) for n, task in enumerate(TASKS, 1)),
    ]
    assert with_heading(table(*headed)) is None


def test_the_right_half_of_a_table_goes_on_below_the_left() -> None:
    names = ("TT", "Việc", "Đơn vị", "Phối hợp", "Hạn")
    rows = [(str(n), *task) for n, task in enumerate(TASKS, 1)]
    assert read((*names, *names), (*rows[0], *rows[2]), (*rows[1], *rows[3])) == list(TASKS)


@pytest.mark.parametrize(("leads", "helps"), [("CT", "PH"), ("Chủ trì", "Phối hợp"), ("●", "○"), ("C", "P")])
def test_a_mark_in_the_column_of_an_agency_says_whether_it_leads(leads: str, helps: str) -> None:
    heading = ("TT", "Nhiệm vụ", "Phòng Nội vụ", "Phòng Kinh tế", "UBND các xã", "Thời hạn")
    rows = [("1", TASKS[0][0], leads, "", helps, "30/6/2025"), ("2", TASKS[1][0], "", leads, "", "15/7/2025")]
    assert read(heading, *rows) == [TASKS[0], (*TASKS[1][:3], "15/7/2025")]


@pytest.mark.parametrize(
    "names", [("Làm gì", "Ai", "Với ai", "Khi nào"), ("Việc được giao", "Phòng, ban", "Cùng làm", "Xong")]
)
def test_headings_may_be_as_people_speak(names: tuple[str, ...]) -> None:
    assert read(names, *TASKS) == list(TASKS)


def test_the_day_until_is_the_one_that_counts() -> None:
    heading = ("TT", "Nội dung", "Cơ quan thực hiện", "Từ ngày", "Đến ngày")
    ((*_, when),) = read(heading, ("1", TASKS[0][0], TASKS[0][1], "01/6/2025", "30/6/2025"))
    assert when == "30/6/2025"


def test_crosses_may_stand_under_months_in_short() -> None:
    heading = ("TT", "Công việc", "Đơn vị", "Phối hợp", "T1", "T2", "T3")
    ((*_, when),) = read(heading, ("1", *TASKS[0][:3], "", "x", "x"))
    assert when == "Tháng 2, Tháng 3"


def test_a_cell_may_say_who_leads_who_helps_and_when() -> None:
    heading = ("Nhiệm vụ", "Phân công", "Tiến độ")
    said = [(what, f"{who} chủ trì, {helps} phối hợp", when) for what, who, helps, when in TASKS if helps]
    assert read(heading, *said) == [task for task in TASKS if task[2]]
    together = [(str(n), what, f"{who}; {when}") for n, (what, who, _, when) in enumerate(TASKS, 1)]
    assert [
        (a, b, d) for a, b, _, d in read(("TT", "Nội dung", "Đơn vị và thời gian thực hiện"), *together)
    ] == [(a, b, d) for a, b, _, d in TASKS]


def test_a_table_of_the_usual_shape_stays_as_it_is() -> None:
    usual = table(("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), ("1", "Sửa trạm bơm", "Phòng Kinh tế", "Quý I"))
    assert usual_shape(usual) is usual
