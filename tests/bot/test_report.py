"""An agency's report: what it counts, what it says, and the paper it comes on."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.report_docx import draft_report
from bot.report_facts import concerned, gather
from bot.report_text import as_json, as_text
from domain.assignments import Assignment, Cell, Progress, State, apply_progress, move_deadline
from domain.errors import BadInput
from domain.officials import Post, Role
from domain.plans import Plan
from domain.reports.agency import AgencyReport
from domain.requests import RequestKind
from locales.speech import speech_for
from storage.unit_of_work import Database, UnitOfWork
from tests.bot.test_planning import DEMO, OFFICE, add_agencies, confirm

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VI, EN = speech_for("vi", ZONE), speech_for("en", ZONE)
NOW = datetime(2024, 7, 4, 3, 0, tzinfo=UTC)


def mine(uow: UnitOfWork, code: str = "snv") -> dict[str, Assignment]:
    tasks = {t.id: t for t in uow.plans.tasks()}
    return {tasks[a.task].number or tasks[a.task].title: a for a in uow.assignments.of_agencies([code])}


def answer(uow: UnitOfWork, who: int, a: Assignment, day: int, status: State, percent: int, note: str, *waits: str) -> None:  # fmt: skip
    at = datetime(2024, 6, day, 2, 0, tzinfo=UTC)
    progress = Progress(status, percent, note, at, date(2024, 6, day), waits)
    uow.assignments.log(a, apply_progress(a, progress), who, progress)


def fill(database: Database) -> tuple[Database, Plan]:
    """The demo's plan, confirmed, with some answers from Sở Nội vụ."""
    add_agencies(database)
    plan = confirm(database)
    with database.begin() as uow:
        person = uow.people.save("dm", "Đầu mối", [Post("snv", Role.FOCAL)])
        rows = mine(uow)
        due = rows["gửi báo cáo kết quả bước đầu cho Sở Nội vụ"]
        answer(uow, person.id, rows["1.a"], 25, State.IN_PROGRESS, 60, "được 60% đầu việc")
        answer(uow, person.id, rows["5.c"], 25, State.BLOCKED, 30, "chờ Sở Tài chính", "Sở Tài chính")
        answer(uow, person.id, rows["4.a"], 26, State.DONE, 100, "xong 5 đơn vị\x0b, có báo cáo")
        answer(uow, person.id, due, 30, State.DONE, 100, "đã gửi")
        longer = move_deadline(rows["6.b"], date(2025, 3, 31), date(2025, 3, 31), date(2025, 4, 1))
        uow.assignments.save(longer)
        uow.requests.open(
            RequestKind.EXTENSION, rows["5.c"].id, person.id, date(2025, 1, 31), "chưa có đơn giá.", NOW
        )
        uow.requests.open(RequestKind.NOT_MINE, rows["1.b"].id, person.id, None, "", NOW)
    return database, plan


@pytest.fixture
def answered(sqlite_database: Database) -> tuple[Database, Plan]:
    """On one database; what is asked of the stores is tried on both below."""
    return fill(sqlite_database)


@pytest.fixture
def answered_on_both(database: Database) -> tuple[Database, Plan]:
    return fill(database)


def facts(answered: tuple[Database, Plan]) -> AgencyReport:
    database, plan = answered
    with database.begin() as uow:
        return gather(uow, OFFICE, "snv", plan, NOW)


def test_the_four_cells_count_what_is_the_agencys_own(answered_on_both: tuple[Database, Plan]) -> None:
    report = facts(answered_on_both)
    assert report.counts == {
        Cell.DONE_ON_TIME: 1,
        Cell.DONE_LATE: 1,
        Cell.OPEN_ON_TIME: 8,
        Cell.OPEN_LATE: 0,
    }
    assert [r.number for r in report.rows] == [
        "1.a",
        "1.b",
        "2.a",
        "4.a",
        "5.c",
        "5.d",
        "6.b",
        "IV.1",
        "IV.3",
        "",
    ]
    assert report.as_of == date(2024, 7, 4)


def test_it_says_what_was_answered(answered: tuple[Database, Plan]) -> None:
    said = as_json(facts(answered), VI)
    rows = {r["number"]: r for r in said["tasks"]}
    assert rows["1.a"]["result"] == "đang thực hiện, 60% (báo cáo ngày 25/6/2024: “được 60% đầu việc”)"
    assert rows["1.a"]["deadline"] == "Năm 2024 (đến 31/12/2024)"
    assert rows["6.b"]["deadline"] == "gia hạn đến 31/3/2025 (theo kế hoạch: Năm 2024)"
    assert rows["2.a"]["deadline"] == "Thường xuyên trong năm 2024"
    assert rows["2.a"]["result"] == "chưa báo cáo"
    assert rows["IV.1"]["deadline"] == "kế hoạch không nêu thời hạn"
    assert rows[""]["note"] == "hoàn thành sau thời hạn"
    assert rows["5.c"]["note"] == "đang đề nghị gia hạn"
    assert [d.split(":")[-1] for d in said["difficulties"]] == [" đang chờ Sở Tài chính (“chờ Sở Tài chính”)"]
    again, extend = sorted(said["proposals"])[1], sorted(said["proposals"])[0]
    assert extend.startswith("Cho gia hạn nhiệm vụ “5.c ")
    assert extend.endswith("” đến ngày 31/1/2025. Lý do: chưa có đơn giá")
    assert again.startswith("Xem xét lại việc giao nhiệm vụ “1.b ")


def test_a_late_open_task_is_counted_and_said(answered: tuple[Database, Plan]) -> None:
    database, plan = answered
    with database.begin() as uow:
        report = gather(uow, OFFICE, "stp", plan, datetime(2024, 7, 2, 3, 0, tzinfo=UTC))
    assert report.counts[Cell.OPEN_LATE] == 1
    late = report.rows[-1]
    assert late.note is not None
    assert VI.text(late.note) == "quá hạn 2 ngày làm việc"
    assert "(0%)" in as_text(report, VI)


def test_plain_text_has_the_same_parts_in_both_languages(answered: tuple[Database, Plan]) -> None:
    report = facts(answered)
    vietnamese, english = as_text(report, VI), as_text(report, EN)
    assert "BÁO CÁO Kết quả thực hiện Kế hoạch số 2164/KH-UBND ngày 20/6/2024" in vietnamese
    assert "đã hoàn thành: 2 (20%)" in vietnamese
    for part in ("I. KẾT QUẢ THỰC HIỆN", "II. KHÓ KHĂN, VƯỚNG MẮC", "III. KIẾN NGHỊ, ĐỀ XUẤT"):
        assert part in vietnamese
    assert "The figures are as of 4 Jul 2024" in english


def document(report: AgencyReport) -> Document:  # type: ignore[valid-type]
    return Document(io.BytesIO(draft_report(report, VI, NOW)))


def test_the_paper_has_the_form_of_the_decree(answered: tuple[Database, Plan]) -> None:
    paper = document(facts(answered))
    section = paper.sections[0]  # type: ignore[attr-defined]
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(side.mm) for side in sides] == [210, 297, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] in ([], [""])
    assert "PAGE" in section.header._element.xml
    normal = paper.styles["Normal"].font  # type: ignore[attr-defined]
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    head, table, end = paper.tables  # type: ignore[attr-defined]
    left, right = (c.text.split("\n") for c in head.rows[0].cells)
    assert left[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "SỞ NỘI VỤ"]
    assert left[-2:] == ["Số:        /BC-SNV", "DỰ THẢO"]
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[-1] == "Kon Tum, ngày 04 tháng 7 năm 2024"
    assert head.rows[0].cells[1].paragraphs[-1].runs[0].italic
    assert all(len(c._tc.findall(f".//{qn('w:pBdr')}")) == 1 for c in head.rows[0].cells), "both are ruled"
    assert [c.text for c in table.rows[0].cells] == [
        "STT",
        "Nhiệm vụ",
        "Thời hạn",
        "Kết quả, tiến độ",
        "Ghi chú",
    ]
    assert [r.cells[0].text for r in table.rows[1:]] == [str(n) for n in range(1, 11)]
    assert table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
    assert end.rows[0].cells[0].text.split("\n")[0] == "Nơi nhận:"
    assert end.rows[0].cells[1].text == "GIÁM ĐỐC"
    assert paper.core_properties.author == "Sở Nội vụ"  # type: ignore[attr-defined]


def test_its_words_run_in_the_order_of_the_form(answered: tuple[Database, Plan]) -> None:
    lines = [p.text for p in document(facts(answered)).paragraphs if p.text]  # type: ignore[attr-defined]
    assert lines[0] == "BÁO CÁO"
    assert "số liệu tính đến ngày 4/7/2024" in lines[3]
    assert [line for line in lines if line.startswith("I")] == [
        "I. KẾT QUẢ THỰC HIỆN",
        "II. KHÓ KHĂN, VƯỚNG MẮC",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    assert "- Hoàn thành đúng hạn: 1;" in lines
    assert "- Chưa hoàn thành, quá hạn: 0." in lines
    assert lines[-1] == "Trên đây là báo cáo kết quả thực hiện nhiệm vụ của Sở Nội vụ./."


def test_shares_have_a_decimal_comma(answered: tuple[Database, Plan]) -> None:
    report = facts(answered)
    fewer = replace(report, rows=report.rows[:3], counts=report.counts | {Cell.DONE_LATE: 0})
    assert "(33,3%)" in as_text(fewer, VI)


def test_an_agency_nobody_knows_is_refused(answered: tuple[Database, Plan]) -> None:
    database, plan = answered
    with database.begin() as uow, pytest.raises(BadInput):
        gather(uow, OFFICE, "nobody", plan, NOW)


def test_which_reports_concern_whom(answered_on_both: tuple[Database, Plan]) -> None:
    database, plan = answered_on_both
    with database.begin() as uow:
        assert concerned(uow, ("snv", "cong-an")) == [("snv", plan)]
    second = confirm(database, DEMO.replace("Số: 2164/KH-UBND", "Số: 2165/KH-UBND"))
    with database.begin() as uow:
        assert concerned(uow, ("snv", "stp")) == [
            ("snv", second),
            ("stp", second),
            ("snv", plan),
            ("stp", plan),
        ]
