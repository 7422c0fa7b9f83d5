"""Days people say, looked at on Tuesday 25 June 2024, 9:00, about a task due on Sunday 30 June."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendars import ANNOUNCED
from domain.reading.dates import When, read_day
from domain.workdays import WorkCalendar
from locales.lexicons import load_all

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 6, 25, 9, tzinfo=ZONE)
CALENDAR = WorkCalendar(
    ZONE,
    {entry.day: entry.reason for entry in ANNOUNCED if not entry.worked},
    {entry.day: entry.reason for entry in ANNOUNCED if entry.worked},
)


def day(text: str, base: date | None = date(2024, 6, 30), now: datetime = NOW) -> When | None:
    return read_day(text, lexicon=load_all(), now=now, base=base, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5/7", (7, 5)), ("05-7-2024", (7, 5)), ("đến 05-7", (7, 5)), ("ngày 5.7.2024", (7, 5)), ("2024-07-05", (7, 5)),
        ("mùng 5 tháng 7", (7, 5)), ("ngày 12 tháng 7 năm 2024", (7, 12)), ("mười lăm tháng bảy", (7, 15)),
        ("mùng 10", (7, 10)), ("ngày 15", (7, 15)), ("15", (7, 15)), ("ngày 5 tháng sau", (7, 5)),
        ("thứ sáu tuần này", (6, 28)), ("thứ hai tuần sau", (7, 1)), ("t6 tuần sau", (7, 5)), ("thu 4 tuan toi", (7, 3)),
        ("thứ sáu", (7, 5)), ("cuối tháng", (6, 30)), ("cuối tháng 7", (7, 31)), ("hết tháng 8", (8, 31)),
        ("hết quý III", (9, 30)), ("quý 4", (12, 31)), ("cuối năm", (12, 31)), ("giữa tháng 7", (7, 15)),
        ("1 tuần", (7, 7)), ("10 ngày nữa", (7, 10)), ("3 ngày làm việc nữa", (7, 3)), ("1 tháng", (7, 30)), ("nửa tháng", (7, 15)),
        ("mai", (6, 26)), ("mốt", (6, 27)), ("ngày kia", (6, 27)), ("hôm nay", (6, 25)), ("chiều nay", (6, 25)),
        ("July 5", (7, 5)), ("5 July 2024", (7, 5)), ("next Monday", (7, 1)), ("end of July", (7, 31)), ("in 3 days", (7, 3)),
        ("tomorrow", (6, 26)), ("two weeks", (7, 14)),
    ],
)  # fmt: skip
def test_days(text: str, expected: tuple[int, int]) -> None:
    found = day(text)
    assert found is not None
    assert found.day == date(2024, *expected)


@pytest.mark.parametrize(
    ("text", "expected", "at"),
    [
        ("2 tiếng nữa", (6, 25), time(11)), ("30 phút nữa", (6, 25), time(9, 30)), ("nửa tiếng nữa", (6, 25), time(9, 30)),
        ("3 giờ chiều nay", (6, 25), time(15)), ("15h30", (6, 25), time(15, 30)), ("8h sáng mai", (6, 26), time(8)),
        ("3 giờ rưỡi chiều", (6, 25), time(15, 30)), ("8h sáng thứ 6 tuần này", (6, 28), time(8)), ("8h", (6, 26), time(8)),
        ("at 3pm", (6, 25), time(15)), ("tomorrow at 9am", (6, 26), time(9)),
    ],
)  # fmt: skip
def test_hours(text: str, expected: tuple[int, int], at: time) -> None:
    assert day(text) == When(date(2024, *expected), at)


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("20/6", ("date_in_past",)), ("1/7/2023", ("date_in_past",)), ("tuần sau", ("which_day",)),
        ("tháng 7", ("which_day",)), ("5/7 hoặc 10/7", ("two_days",)), ("sáng nay 8h", ("date_in_past",)),
    ],
)  # fmt: skip
def test_doubtful_days_say_so(text: str, doubts: tuple[str, ...]) -> None:
    found = day(text)
    assert found is not None
    assert found.doubts == doubts


@pytest.mark.parametrize(
    "text", ["", "không biết", "31/6", "32/7", "5/13", "80%", "80/UBND", "vài ngày", "99999 ngày", "hồi đó"]
)
def test_no_day_is_invented(text: str) -> None:
    assert day(text) is None


def test_working_days_skip_holidays() -> None:
    """Four working days from 28 August 2024: 29, 30, then 4 and 5 September behind the National Day."""
    found = day("4 ngày làm việc", base=date(2024, 8, 28))
    assert found == When(date(2024, 9, 5))


def test_a_duration_without_a_base_counts_from_today() -> None:
    assert day("1 tuần", base=None) == When(date(2024, 7, 2))


def test_a_day_without_a_year_in_december_is_next_years() -> None:
    assert day("5/1", base=None, now=datetime(2024, 12, 20, 9, tzinfo=ZONE)) == When(date(2025, 1, 5))


def test_the_zone_decides_what_today_is() -> None:
    late = datetime(2024, 6, 25, 18, tzinfo=ZoneInfo("UTC"))  # already the 26th in the province
    assert day("mai", now=late) == When(date(2024, 6, 27))
