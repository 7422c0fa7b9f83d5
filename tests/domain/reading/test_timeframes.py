"""Time phrases, as plans write them and as they come out of broken files."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import ANNOUNCED
from domain.reading.timeframes import find_timeframes, occurrences, read_timeframe
from domain.timeframes import TimeFrame
from domain.workdays import WorkCalendar

ISSUED = date(2024, 6, 20)
CALENDAR = WorkCalendar(
    UTC,
    {e.day: e.reason for e in ANNOUNCED if not e.worked},
    {e.day: e.reason for e in ANNOUNCED if e.worked},
)
PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"


def read(text: str) -> TimeFrame:
    return read_timeframe(text, issued_on=ISSUED, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("text", "kind", "due", "strict"),
    [
        ("trước ngày 30/6/2024", "fixed_date", "2024-06-30", True),
        ("Trước ngày 30 tháng 6 năm 2024.", "fixed_date", "2024-06-30", True),
        ("30-6-2024", "fixed_date", "2024-06-30", False),
        ("2024-06-30", "fixed_date", "2024-06-30", False),
        ("chậm nhất 15/7", "fixed_date", "2024-07-15", False),
        ("chậm nhất ngày 15/3", "fixed_date", "2025-03-15", False),
        ("trong tháng 7", "fixed_date", "2024-07-31", False),
        ("Tháng 10/2025", "fixed_date", "2025-10-31", False),
        ("6/2025", "fixed_date", "2025-06-30", False),
        ("Quí IV-2025", "fixed_date", "2025-12-31", False),
        ("Quý III Năm 2026", "fixed_date", "2026-09-30", False),
        ("Q4/2025", "fixed_date", "2025-12-31", False),
        ("quý\nI/2025", "fixed_date", "2025-03-31", False),
        ("Quý IV/2025 - Quý II/2026", "within_period", "2026-06-30", False),
        ("6 tháng đầu năm 2025", "within_period", "2025-06-30", False),
        ("6 tháng đầu năm", "within_period", "2024-06-30", False),
        ("Năm 2024", "within_period", "2024-12-31", False),
        ("2026-2030", "within_period", "2030-12-31", False),
        ("giai đoạn 2026-2030", "within_period", "2030-12-31", False),
        ("Trước ngày ３０/６/２０２４", "fixed_date", "2024-06-30", True),
        ("Trong vòng 30 ngày kể từ ngày ban hành", "on_event", None, False),
        ("Ngay sau khi có hướng dẫn", "on_event", None, False),
        ("Theo tiến độ chung", "by_other_document", None, False),
        ("từ năm 2026", "open_ended", None, False),
        ("Thường xuyên", "continuous", None, False),
        ("", "unspecified", None, False),
        ("Trước tháng 10/2024", "fixed_date", "2024-10-01", True),
        ("Trước năm 2026", "fixed_date", "2026-01-01", True),
        ("Trước quý IV/2025", "fixed_date", "2025-10-01", True),
        ("Chậm nhất trong tháng 9/2025", "fixed_date", "2025-09-30", False),
        ("Từ ngày 01/7/2025 đến ngày 30/9/2025", "within_period", "2025-09-30", False),
        ("01/7 - 30/9/2025", "within_period", "2025-09-30", False),
        ("Tháng 7 - 9/2025", "within_period", "2025-09-30", False),
        ("Tháng 7, 8/2025", "fixed_date", "2025-08-31", False),
        ("Quý III, quý IV năm 2025", "fixed_date", "2025-12-31", False),
        ("Quý III-IV/2025", "within_period", "2025-12-31", False),
        ("Q.IV/2025", "fixed_date", "2025-12-31", False),
        ("Quý lll/2025", "fixed_date", "2025-09-30", False),
        ("Quý I (2026)", "fixed_date", "2026-03-31", False),
        ("IV/2025", "fixed_date", "2025-12-31", False),
        ("T12/2025", "fixed_date", "2025-12-31", False),
        ("Tuần 2 tháng 9/2025", "fixed_date", "2025-09-14", False),
        ("Trước 17h00 ngày 15/7/2024", "fixed_date", "2024-07-15", False),
        ("06 tháng cuối năm 2025", "within_period", "2025-12-31", False),
        ("Trước 30/6 và 30/12/2025", "fixed_date", "2025-12-30", True),
        ("trư ớc ng ày 30/6/2025", "fixed_date", "2025-06-30", True),
        ("Theo lộ trình, hoàn thành trước 31/12/2025", "fixed_date", "2025-12-31", True),
        ("Trong năm", "within_period", "2024-12-31", False),
        ("Năm 2025 và năm 2026", "within_period", "2026-12-31", False),
        ("Đến năm 2030", "within_period", "2030-12-31", False),
        ("2025 - 2030, tầm nhìn đến 2045", "within_period", "2030-12-31", False),
        ("2025 và các năm tiếp theo", "open_ended", None, False),
        ("Bắt đầu từ tháng 01/2026", "open_ended", None, False),
        ("Hằng ngày", "continuous", None, False),
        ("Theo yêu cầu của UBND tỉnh", "on_event", None, False),
        ("15 ngày sau khi kết thúc hội nghị", "on_event", None, False),
        ("Theo Quyết định số 12/QĐ-TTg ngày 05/01/2025", "by_other_document", None, False),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_phrase(text: str, kind: str, due: str | None, strict: bool, form: str) -> None:
    frame = read(unicodedata.normalize(form, text))
    got = (frame.kind.value, frame.due_on and frame.due_on.isoformat(), frame.strict)
    assert got == (kind, due, strict)


@pytest.mark.parametrize(
    ("text", "recurs", "on", "strict"),
    [
        ("Hàng tháng", "monthly", (), False),
        ("Hằng tuần", "weekly", (), False),
        ("Chiều thứ 6 hằng tuần", "weekly", ("5",), False),
        ("thứ Hai, thứ Năm hằng tuần", "weekly", ("1", "4"), False),
        ("trước thứ Tư hằng tuần", "weekly", ("3",), True),
        ("Trước 16 giờ Chủ nhật hằng tuần", "weekly", ("7",), False),
        ("trước ngày 20 hằng tháng", "monthly", ("20",), True),
        ("định kỳ trước ngày 15 của tháng cuối quý", "quarterly", ("03-15", "06-15", "09-15", "12-15"), True),
        ("Tháng 12 hằng năm", "yearly", ("12-31",), False),
        ("trước ngày 01/6 và 15/11 hằng năm", "yearly", ("06-01", "11-15"), True),
        ("6 tháng một lần, định kỳ 6 tháng", "half_yearly", (), False),
        ("2 lần/năm", "half_yearly", (), False),
        ("Quý I hằng năm", "yearly", ("03-31",), False),
        ("Định kỳ 06 tháng (trước ngày 15/6 và ngày 15/12)", "half_yearly", ("06-15", "12-15"), True),
        ("Trước ngày 05 tháng đầu quý sau", "quarterly", ("01-05", "04-05", "07-05", "10-05"), True),
    ],
)
def test_recurring(text: str, recurs: str, on: tuple[str, ...], strict: bool) -> None:
    frame = read(text)
    assert (frame.kind.value, frame.recurs, frame.recurs_on, frame.strict) == (
        "recurring",
        recurs,
        on,
        strict,
    )


def test_two_deadlines_keep_the_last_and_say_so() -> None:
    frame = read("Dự thảo: tháng 9/2024; hoàn thành: tháng 12/2024")
    assert frame.due_on == date(2024, 12, 31)
    assert frame.doubts == ("two_deadlines",)


def test_places_in_a_sentence() -> None:
    prose = "Gửi kết quả trước ngày 30 tháng 6 năm 2024; hằng tháng công khai danh sách."
    found = find_timeframes(prose, issued_on=ISSUED, calendar=CALENDAR)
    assert [prose[a:b] for a, b, _ in found] == ["trước ngày 30 tháng 6 năm 2024", "hằng tháng"]
    assert found[0][2].act_by == date(2024, 6, 28)


def test_occurrences_end_with_the_month() -> None:
    assert occurrences(read("Hằng tháng"), date(2024, 1, 31), date(2024, 2, 29)) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]


@given(
    st.text(alphabet=st.sampled_from("trướcngàyquýIVnămthág 0123456789/-.;") | st.characters(), max_size=60)
)
def test_total_and_no_invented_year(text: str) -> None:
    frame = read_timeframe(text, issued_on=None, calendar=CALENDAR)
    if frame.due_on:
        assert str(frame.due_on.year) in unicodedata.normalize("NFKD", text)
    for start, end, _ in find_timeframes(text, issued_on=ISSUED, calendar=CALENDAR):
        assert 0 <= start < end <= len(text)
    assert frame.text == text and not re.search(r"\D", "".join(frame.recurs_on).replace("-", ""))


def test_answer_keys() -> None:
    files = sorted(PLANS.glob("*.json"))
    if not files:
        pytest.skip("the shared plans are not beside the repository")
    wrong = []
    for path in files:
        key = json.loads(path.read_text(encoding="utf-8"))
        for row in [*key["tasks"], *key.get("duties", [])]:
            if row.get("timeframe") is None:
                continue
            frame = read(row["timeframe"])
            due = frame.due_on and frame.due_on.isoformat()
            if (
                frame.kind.value not in row["timeframe_kind"]
                or due != row.get("due_on")
                or frame.recurs != row.get("recurs")
                or ("period_end" in row and str(frame.period_end) != str(row["period_end"]))
            ):
                wrong.append((path.name, frame, row.get("due_on")))
    assert wrong == []
