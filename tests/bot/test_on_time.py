"""The on-time report over a small province: 19 of 20 meets 95 %, nothing is not arisen, and every form says the same."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.on_time import gather_on_time, month_named
from bot.on_time_words import as_docx, as_json, as_text, as_xlsx, rate_words
from bot.records.dossier_import import Office, import_file
from domain.dossiers.counting import Tally
from domain.errors import BadInput
from domain.reports.on_time import OnTime
from domain.workdays import WorkCalendar
from locales.speech import speech_for
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar(ZONE)
SPEECH = speech_for("vi", ZONE)
NOW = datetime(2024, 6, 20, 9, tzinfo=ZONE)
TODAY = NOW.date()
HEADS = [
    "Mã hồ sơ",
    "Lĩnh vực",
    "Cơ quan xử lý",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Trạng thái",
]


def rows() -> list[list[str]]:
    """Sở Nội vụ: 19 in time, one late. Sở Tài chính: one late, two open. Sở Tư pháp: only in May."""
    found = []

    def one(agency: str, field: str, received: str, promised: str, result: str) -> None:
        state = "đã trả" if result else "đang xử lý"
        found.append([f"H34.16-240601-{len(found):04}", field, agency, received, promised, result, state])

    for n in range(20):
        one(
            "Sở Nội vụ",
            "Công chức",
            "3/6/2024",
            "14/6/2024",
            "17/6/2024" if n == 19 else f"{n % 11 + 4}/6/2024",
        )
    one("Sở Tài chính", "", "20/5/2024", "31/5/2024", "6/6/2024")
    one("Sở Tài chính", "", "3/6/2024", "18/6/2024", "")
    one("Sở Tài chính", "Giá", "3/6/2024", "28/6/2024", "")
    one("Sở Tư pháp", "Hộ tịch", "6/5/2024", "10/5/2024", "9/5/2024")
    one("UBND huyện Đăk Hà", "Đất đai", "17/6/2024", "28/6/2024", "")
    return found


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    agencies, _ = seed.load_agencies("kontum-2024")
    with database.begin() as uow:
        uow.agencies.save_agencies(agencies)
    made = Office(database, CALENDAR)
    file = tmp_path / "x.csv"
    file.write_bytes(csv_of([HEADS, *rows()]))
    assert import_file(made, file, "x", source="file", by=None, now=NOW).counts["new"] == 25
    return made


def report(office: Office, month: int = 202406, as_of: date = TODAY) -> OnTime:
    with office.db.begin() as uow:
        return gather_on_time(uow, CALENDAR, month, as_of)


def test_agencies_fields_and_levels_are_counted(office: Office) -> None:
    found = report(office)
    tallies = {line.agency.code: line.tally for line in found.lines}
    assert tallies == {
        "snv": Tally(received=20, early=18, on_time=1, late=1),
        "stc": Tally(carried=1, received=2, late=1, within=1, overdue=1),
        "ubnd-dak-ha": Tally(received=1, within=1),
    }
    assert tallies["snv"].meets() is True
    assert [line.agency.code for line in found.below] == ["stc"]
    assert [agency.code for agency in found.not_arisen] == ["stp"]
    assert {g.name: g.tally.resolved for g in found.fields} == {
        "Công chức": 20,
        "Giá": 0,
        "Đất đai": 0,
        "": 1,
    }
    assert {g.name: (g.tally.resolved, g.tally.open) for g in found.levels} == {
        "province": (21, 2), "district": (0, 1),
    }  # fmt: skip
    assert (found.total.resolved, found.total.open, found.figures_of) == (21, 3, TODAY)


def test_a_month_that_is_over_has_no_forecast_and_one_to_come_no_figures(office: Office) -> None:
    may = report(office, 202405)
    assert {line.agency.code: (line.tally.received, line.tally.overdue, line.forecast) for line in may.lines} == {
        "stc": (1, 0, None), "stp": (1, 0, None),
    }  # fmt: skip
    with pytest.raises(BadInput):
        report(office, 202407)
    june = report(office)
    forecasts = {line.agency.code: line.forecast for line in june.lines}
    assert all(forecasts.values())
    finance = forecasts["stc"]
    assert finance is not None
    assert (finance.running.falling_due, finance.running.days_left, finance.running.due) == (1, 6, {0: 1})
    assert finance.may_still < 0
    assert finance.risk > 0.9


def test_one_agency_alone(office: Office) -> None:
    with office.db.begin() as uow:
        found = gather_on_time(uow, CALENDAR, 202406, TODAY, ["snv"])
    assert [line.agency.code for line in found.lines] == ["snv"]
    assert found.not_arisen == ()


def test_every_form_says_the_same(office: Office) -> None:
    found = report(office)
    text = as_text(found, SPEECH)
    assert "Sở Nội vụ: 95 %: đã giải quyết 20 (trước hạn 18, đúng hạn 1, trễ hạn 1)" in text
    assert "UBND huyện Đắk Hà: chưa giải quyết hồ sơ nào" in text
    assert "Chưa phát sinh: Sở Tư pháp." in text
    assert "Tháng 6/2024, tính đến ngày 20/6/2024, theo dữ liệu hồ sơ nhập ngày 20/6/2024." in text
    data = as_json(found, SPEECH)
    (snv,) = (a for a in data["agencies"] if a["code"] == "snv")
    assert (snv["rate"], snv["meets"], snv["few"], snv["forecast"]["total"]) == (95.0, True, False, 20)
    assert data["not_arisen"] == [{"code": "stp", "name": "Sở Tư pháp"}]
    book = load_workbook(io.BytesIO(as_xlsx(found, SPEECH)))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells[3][1:] == ["Sở Nội vụ", 0, 20, 20, 18, 1, 1, 0, 0, 0, 0, "95 %"]
    assert [c[-1] for c in cells if c[1] == "Sở Tư pháp"] == ["Chưa phát sinh"]
    assert [sheet.title for sheet in book.worksheets] == ["Cơ quan", "Lĩnh vực", "Cấp", "Dự báo"]
    word = Document(io.BytesIO(as_docx(found, SPEECH, NOW)))
    assert [cell.text for cell in word.tables[0].rows[1].cells][1] == "Sở Nội vụ"
    assert word.tables[0].rows[-1].cells[1].text == "Toàn tỉnh"


def test_a_rate_is_never_rounded_up_to_the_target() -> None:
    assert SPEECH.text(rate_words(Tally(received=1000, on_time=949, late=51))) == "94,9 %"
    assert SPEECH.text(rate_words(Tally(received=10_000, on_time=9_499, late=501))) == "94,9 %"
    assert SPEECH.text(rate_words(Tally())) == "Chưa phát sinh"


@pytest.mark.parametrize(
    ("text", "month"), [("6/2024", 202406), ("06/2024", 202406), ("2024-06", 202406), ("", 202407)]
)
def test_months_as_people_write_them(text: str, month: int) -> None:
    assert month_named(text, date(2024, 7, 1)) == month


@pytest.mark.parametrize("text", ["13/2024", "tháng sáu", "2024", "6/24", "6/2024/1", "²/2024"])
def test_what_is_no_month_is_asked_about(text: str) -> None:
    with pytest.raises(BadInput):
        month_named(text, date(2024, 7, 1))
