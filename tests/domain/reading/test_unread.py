"""A line of a list or a cell of a table that no row took is said beside the row it stands with."""

from __future__ import annotations

import pytest

from domain.documents import Cell, Document, Origin, Paragraph, Row, Table
from domain.plans import TaskDraft
from domain.reading.plan_unread import with_unread
from domain.timeframes import TimeFrame


def _task(title: str, row: int = 0, helps: str = "") -> TaskDraft:
    return TaskDraft("", "", title, "Sở Y tế", helps, TimeFrame(text="30/6"), origin=Origin(row=row))


def _codes(tasks: list[TaskDraft], lines: list[str]) -> list[list[str]]:
    document = Document(tuple(Paragraph(line) for line in lines))
    return [[d.code for d in task.doubts] for task in with_unread(tasks, lines, document)]


_FIRST, _THIRD = "Khảo sát các trạm y tế ở vùng cao", "Mua sắm tủ lạnh cho các trạm y tế"


@pytest.mark.parametrize(
    "between",
    [
        "2. Tiểu đội trưởng dân quân các thôn trực gác kho thuốc ban đêm",
        "Bên chung tay: Hội Chữ thập đỏ tỉnh",
        "Về đích: trước ngày 15/7/2025",
    ],
)
def test_a_line_that_no_row_took(between: str) -> None:
    lines = [f"1. {_FIRST}", between, f"3. {_THIRD}"]
    assert _codes([_task(_FIRST), _task(_THIRD)], lines) == [["line_unread"], []]


@pytest.mark.parametrize(
    "between",
    [
        "Cơ quan chủ trì: Sở Y tế",
        "Ghi chú: kinh phí theo dự toán của Sở",
        "II. CÔNG TÁC MUA SẮM TRANG THIẾT BỊ NĂM 2025",
        "Các trạm này đã xuống cấp nhiều năm nay",
    ],
)
def test_lines_that_are_no_part_of_the_list(between: str) -> None:
    lines = [f"1. {_FIRST}", between, f"3. {_THIRD}"]
    assert _codes([_task(_FIRST), _task(_THIRD)], lines) == [[], []]


def test_a_plain_line_among_orders_that_tells_somebody() -> None:
    lines = [f"{_FIRST}.", "Trưởng các buôn Ea Tam: gọi dân dắt trâu bò về chuồng.", f"{_THIRD}."]
    assert _codes([_task(f"{_FIRST}."), _task(f"{_THIRD}.")], lines) == [["line_unread"], []]


def test_a_line_of_the_list_is_not_read_because_it_names_the_same_agency() -> None:
    lines = [
        f"- {_FIRST}",
        "- Nạo vét sáu tuyến kênh cấp ba phục vụ vụ hè thu - Sở Y tế thực hiện",
        f"- {_THIRD}",
    ]
    assert _codes([_task(_FIRST), _task(_THIRD)], lines) == [["line_unread"], []]


def test_the_heading_of_what_follows_is_no_lost_task() -> None:
    lines = [f"a) {_FIRST}", "2. Về trang thiết bị của các trạm y tế", f"a) {_THIRD}"]
    assert _codes([_task(_FIRST), _task(_THIRD)], lines) == [[], []]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (
            "1.3. Diễn tập lễ thả thuyền. *Phụ trách: Sở Y tế; chung tay: Đồn Biên phòng Lý Sơn; 30/6*",
            "coordinators",
        ),
        ("1.3. Diễn tập lễ thả thuyền (Sở Y tế; Công an huyện; 30/6)", "coordinators"),
    ],
)
def test_a_piece_of_a_line_that_no_field_took(line: str, field: str) -> None:
    found = with_unread([_task("Diễn tập lễ thả thuyền")], [line], Document(()))
    assert [(d.field, d.code) for d in found[0].doubts] == [(field, "name_unclaimed")]


def test_pieces_that_are_read_or_none_of_a_task() -> None:
    line = "1.3. Diễn tập lễ thả thuyền (Sở Y tế; 30/6). Kinh phí: Ngân sách huyện. Ghi chú: Công an huyện cho ý kiến"
    assert with_unread([_task("Diễn tập lễ thả thuyền")], [line], Document(()))[0].doubts == ()


def test_recipients_are_no_tasks() -> None:
    lines = [f"- {_FIRST}", "Nơi nhận:", "- Thường trực Tỉnh ủy, Thường trực HĐND tỉnh;"]
    assert _codes([_task(_FIRST)], lines) == [[]]


@pytest.mark.parametrize(("helped", "codes"), [(False, ["cell_unread"]), (True, [])])
def test_a_column_of_names_that_no_row_took(*, helped: bool, codes: list[str]) -> None:
    titles = ["Khảo sát trạm", "Mua tủ lạnh", "Sửa máy phát", "Tập huấn"]
    names = ["Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Trường Cao đẳng Y tế"]
    rows = [
        Row(tuple(Cell((text,)) for text in (title, "Sở Y tế", name, "30/6")))
        for title, name in zip(titles, names, strict=True)
    ]
    tasks = [
        _task(title, row + 1, name if helped else "")
        for row, (title, name) in enumerate(zip(titles, names, strict=True))
    ]
    found = with_unread(tasks, [], Document((Table(tuple(rows)),)))
    assert [[d.code for d in task.doubts] for task in found] == [codes] * 4
