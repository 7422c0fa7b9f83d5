"""Any text gives a reading, in time linear in its length."""

import random
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.reading.dates import read_day
from domain.reading.replies.replies import Reading, read_reply, reading_json
from domain.reading.replies.reply_explain import explain_reply
from domain.workdays import WorkCalendar
from locales.lexicons import load_all

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 6, 25, 9, tzinfo=ZONE)
CALENDAR = WorkCalendar(ZONE)
PIECES = [
    "xong", "chưa", "không", "được", "80%", "3/4", "5/7", "xin", "lùi", "gia hạn", "đến", "tháng", "7", "ngày", "1", "2b", "#",
    "việc", "còn", "nữa", "là", "chờ", "Sở Tài chính", "mai", "nhắc", "15h", "tỷ", "trên", "hết quý", "III", "và", ",", ".", "?",
    "\n", "nhưng", "999999999999", "0", "-", "/", "%", "phần trăm", "mười", "trăm", "chục", "thứ", "tuần", "31/2", "80/UBND",
    "000.00.16.H34-240620-0001", "0905123456", "done", "not", "by", "July", "next", "é", "\u0300", "😅", "\u202e", "İ", "ẞ", "٣",
]  # fmt: skip
INTENTS = {
    "progress", "acknowledge", "extension", "snooze", "handover", "not_mine", "ask", "list", "help", "undo", "unknown",
}  # fmt: skip


def check(text: str) -> Reading:
    reading = read_reply(text, lexicon=load_all(), now=NOW, due_on=date(2024, 6, 30), calendar=CALENDAR)
    for part in (reading, *reading.more):
        assert part.intent in INTENTS
        assert part.status in (None, "not_started", "in_progress", "blocked", "done")
        assert part.status is None or part.intent == "progress"
        assert part.percent is None or 0 <= part.percent <= 100
        assert not (part.doubts and part.status == "done")
        assert not (part.doubts and part.until)
    reading_json(reading)
    return reading


def mixture(dice: random.Random) -> str:
    """Pieces of answers in any order, now and then glued or cut."""
    glue = dice.choice([" ", " ", ""])
    text = glue.join(dice.choice(PIECES) for _ in range(dice.randint(0, 14)))
    return text[: dice.randint(0, len(text))] if dice.random() < 0.2 else text


@given(st.text(max_size=300))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text(text: str) -> None:
    check(text)
    explain_reply(text, load_all())


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_pieces_of_answers_in_any_order(text: str) -> None:
    check(text)
    read_day(text, lexicon=load_all(), now=NOW, base=None, calendar=CALENDAR)


@pytest.mark.parametrize(
    "piece", [*PIECES, "a", " ", "1 ", "1/", "ab.", "x@", "https://", "0 ", "(", "k", "hahi"]
)
def test_hundred_kilobytes_of_one_piece(piece: str) -> None:
    check(piece * (100_000 // len(piece)))


@pytest.mark.long
def test_time_grows_no_faster_than_length() -> None:
    """Four times the words in at most eight times the time, best of several: a square would be sixteen."""

    def cost(text: str) -> float:
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            check(text)
            best = min(best, time.process_time() - start)
        return best

    for piece in (
        "chưa xong được 80% ",
        "chờ ",
        "1 xong, ",
        "còn 3/5 xã nữa là ",
        "xin lùi đến 5/7 ",
        "not done ",
    ):
        short, long = piece * (1000 // len(piece)), piece * (4000 // len(piece))
        assert cost(long) <= 8 * cost(short) + 0.01, piece


@pytest.mark.long
def test_hundred_thousand_messages() -> None:
    dice = random.Random(7)
    for number in range(100_000):
        if number % 4:
            check(mixture(dice))
        else:
            check("".join(chr(dice.randint(1, 0x2FFF)) for _ in range(dice.randint(0, 120))))
