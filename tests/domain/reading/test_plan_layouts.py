"""Layouts that come from the field, in small: what each must become."""

from __future__ import annotations

from datetime import date

import pytest

from bot.intake import read_document
from domain.errors import ClassifiedDocument
from domain.plans import PlanDraft
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.settings import Settings

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
HEAD = """ỦY BAN NHÂN DÂN
TỈNH KON TUM
Số: 12/KH-UBND
Kon Tum, ngày 20 tháng 6 năm 2024

KẾ HOẠCH

CẢI CÁCH NĂM 2024

"""


def read(text: str) -> PlanDraft:
    return read_plan(
        read_document((HEAD + text).encode(), "a.txt"),
        register=None,
        calendar=CALENDAR,
        today=date(2024, 6, 20),
    )


def rows(text: str) -> list[tuple[str, str, str, str, str]]:
    return [(t.number, t.title, t.leads, t.coordinators, t.frame.text) for t in read(text).tasks]


def cut(*cells: str) -> str:
    return "|\n" + "\n|\n".join(cells) + "\n|\n"


def test_the_head() -> None:
    head = read("Nội dung.").head
    assert (head.number, head.issued_on, head.issuer) == (
        "12/KH-UBND",
        date(2024, 6, 20),
        "UBND tỉnh Kon Tum",
    )


def test_empty_cells_are_no_row_marks() -> None:
    text = cut("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn") + cut("1", "Xây dựng kế hoạch", "Sở Y tế", "", "Quý IV/2024") + cut("2", "Rà soát quy định", "Sở Tư pháp", "Sở Y tế", "Quý III/2024")  # fmt: skip
    assert rows(text) == [
        ("1", "Xây dựng kế hoạch", "Sở Y tế", "", "Quý IV/2024"),
        ("2", "Rà soát quy định", "Sở Tư pháp", "Sở Y tế", "Quý III/2024"),
    ]


def test_a_cell_that_is_missing_spans_from_above_and_a_lead_alone_is_one_more() -> None:
    text = (
        cut("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian")
        + cut("1", "Xây dựng đề án phát triển", "Sở Nội vụ", "Sở Tài chính", "Quý III/2024")
        + cut("Sở Tư pháp", "Sở Y tế")
        + cut("2", "Rà soát quy định của ngành", "Sở Y tế", "Các sở, ngành")
        + cut("3", "Tổ chức hội nghị tổng kết", "Sở Y tế", "Các sở, ngành", "Tháng 12/2024")
    )
    assert rows(text) == [
        ("1", "Xây dựng đề án phát triển", "Sở Nội vụ; Sở Tư pháp", "Sở Tài chính; Sở Y tế", "Quý III/2024"),
        ("2", "Rà soát quy định của ngành", "Sở Y tế", "Các sở, ngành", "Quý III/2024"),
        ("3", "Tổ chức hội nghị tổng kết", "Sở Y tế", "Các sở, ngành", "Tháng 12/2024"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "STT | Nội dung | Chủ trì | Thời gian |\nI | Công tác chung |\n1 | Xây dựng kế\nhoạch năm | Sở Nội vụ | Quý IV/2024 |\n",
        "STT\tNội dung\tChủ trì\tThời gian\nI\tCông tác chung\t\t\n1\tXây dựng kế hoạch năm\tSở Nội vụ\tQuý IV/2024\n",
        "Phần đầu. | STT | Nội dung | Chủ trì | Thời gian | |---|---|---|---| | I | Công tác chung | | | | 1 | Xây dựng kế hoạch năm | Sở Nội vụ | Quý IV/2024 | Hết.",
        "| STT |\nNội dung |\nChủ trì |\nThời gian |\n| I |\nCông tác chung |\n| 1 |\nXây dựng kế\nhoạch năm |\nSở Nội vụ |\nQuý IV/2024 |\n",
        "STT\n\nNội dung\n\nChủ trì\n\nThời gian\n\nI\n\nCông tác chung\n\n1\n\nXây dựng kế hoạch năm\n\nSở Nội vụ\n\nQuý IV/2024\n",
    ],
    ids=["rows on lines", "tabs", "Markdown on one line", "cells on lines", "paragraphs"],
)  # fmt: skip
def test_ways_to_write_one_table(text: str) -> None:
    assert rows(text) == [("1", "Xây dựng kế hoạch năm", "Sở Nội vụ", "", "Quý IV/2024")]
    assert read(text).tasks[0].section == "I. Công tác chung"


def test_a_heading_of_two_rows_and_a_start_and_an_end() -> None:
    text = (
        "| STT | Nội dung | Cơ quan thực hiện | | Thời gian thực hiện | |\n|---|---|---|---|---|---|\n"
        "| | | Chủ trì | Phối hợp | Bắt đầu | Kết thúc |\n"
        "| 1 | Nhóm việc | | | | |\n| 1.1 | Xây dựng kế hoạch | Sở Nội vụ | Sở Y tế | 01/7/2024 | 30/9/2024 |\n"
        "| | - Giai đoạn hai | | | | |\n"
    )
    assert rows(text) == [("1.1", "Xây dựng kế hoạch - Giai đoạn hai", "Sở Nội vụ", "Sở Y tế", "30/9/2024")]


def test_labels_below_items_and_in_brackets() -> None:
    text = """II. NHIỆM VỤ
1. Công tác chỉ đạo
- Xây dựng kế hoạch kiểm tra công vụ.
+ Đơn vị chủ trì: Sở Nội vụ.
+ Thời gian thực hiện: Quý III/2024.
- Tổ chức tập huấn (Cơ quan chủ trì: Sở Tư pháp; cơ quan phối hợp: Sở Lao động
- Thương binh và Xã hội; thời gian thực hiện: tháng 9/2024).
2. Nhiệm vụ khác
Đơn vị phối hợp:
- Sở Y tế
Thời hạn: Hằng quý
"""
    assert rows(text) == [
        ("", "Xây dựng kế hoạch kiểm tra công vụ.", "Sở Nội vụ.", "", "Quý III/2024."),
        ("", "Tổ chức tập huấn", "Sở Tư pháp", "Sở Lao động - Thương binh và Xã hội", "tháng 9/2024"),
        ("2", "Nhiệm vụ khác", "", "Sở Y tế", "Hằng quý"),
    ]


def test_orders_of_a_directive() -> None:
    text = """1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế theo Quyết định số 12/QĐ-TTg ngày 05/01/2024, báo cáo trước ngày 15/7/2024.
2. Sở Giao thông vận tải:
a) Khẩn trương hoàn thiện hồ sơ dự án, trình trước ngày 30/6/2024.
b) Kiểm tra các tuyến đường.
Nơi nhận:
- Như trên.
"""
    found = read(text).tasks
    assert [(t.number, t.leads, t.coordinators, t.frame.due_on) for t in found] == [
        ("1", "Sở Nội vụ", "Sở Tài chính", date(2024, 7, 15)),
        ("2.a", "Sở Giao thông vận tải", "", date(2024, 6, 30)),
        ("2.b", "Sở Giao thông vận tải", "", None),
    ]


def test_a_document_that_changes_another_says_which() -> None:
    text = HEAD.replace(
        "CẢI CÁCH NĂM 2024",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ NỘI DUNG KẾ HOẠCH SỐ 2164/KH-UBND NGÀY 20 THÁNG 6 NĂM 2024",
    )
    draft = read_plan(
        read_document(text.encode(), "a.txt"), register=None, calendar=CALENDAR, today=date(2024, 6, 20)
    )
    assert (draft.head.number, draft.head.amends) == ("12/KH-UBND", "2164/KH-UBND")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("| 4 | Rà soát quy định | Sở Y tế | Quý IV/2024 |", "number_jumps"),
        ("| 2 | Rà soát quy định | Quý IV/2024 | Quý IV/2024 |", "unlikely_lead"),
        ("| 2 | Rà soát quy định | Sở Y tế | Sở Nội vụ |", "unlikely_time"),
        ("| 2 | tiếp theo của dòng trên | Sở Y tế | Quý IV/2024 |", "unlikely_title"),
        ("| 2 | Rà soát quy định | Sở Y tế | |", "no_timeframe"),
        ("| 2 | Rà soát \ufffdy định | Sở Y tế | Quý IV/2024 |", "unreadable_letters"),
    ],
)
def test_a_row_that_looks_wrong_says_so(line: str, code: str) -> None:
    whole = "\n".join(f"| {n} | Xây dựng kế hoạch số {n} | Sở Nội vụ | Quý IV/2024 |" for n in (1,))
    more = "\n".join(f"| {n} | Tổ chức hội nghị lần {n} | Sở Nội vụ | Quý IV/2024 |" for n in (5, 6, 7))
    text = f"| STT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n{whole}\n{line}\n{more}\n"
    assert code in {d.code for d in read(text).tasks[1].doubts}


def test_a_field_is_as_sure_as_its_worst_doubt_and_has_its_place() -> None:
    text = "| STT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Rà soát quy định | | Quý IV/2024 |\n"
    [task] = read(text).tasks
    assert (task.confidence("leads"), task.confidence("timeframe")) == (0.5, 1.0)
    assert (task.origin.table, task.origin.row) == (1, 2)


def test_a_plan_signed_before_its_year_is_dated_in_its_year() -> None:
    text = HEAD.replace("20 tháng 6 năm 2024", "25 tháng 12 năm 2023") + "| STT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Xây dựng kế hoạch | Sở Nội vụ | Tháng 12 |\n"  # fmt: skip
    draft = read_plan(
        read_document(text.encode(), "a.txt"), register=None, calendar=CALENDAR, today=date(2024, 6, 20)
    )
    assert draft.tasks[0].frame.due_on == date(2024, 12, 31)


def test_a_secrecy_mark_is_refused_in_any_format() -> None:
    with pytest.raises(ClassifiedDocument):
        read("TỐI MẬT\n\nNội dung.")
