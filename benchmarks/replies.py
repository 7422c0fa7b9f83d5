"""10 000 answers are read in no more time than python-telegram-bot takes to decode as many updates.

Both are timed in turn, round by round, on the same machine; the figure that counts is the ratio.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from telegram import Update

from domain.reading.replies.replies import read_reply
from domain.workdays import WorkCalendar
from locales.lexicons import load_all

CASES = Path(__file__).parents[1] / "tests" / "domain" / "reading" / "replies_cases.jsonl"
MESSAGES, ROUNDS = 10_000, 5
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def update(text: str, number: int) -> dict[str, object]:
    """A private text message as Telegram sends it."""
    person = {"id": 4711, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn", "language_code": "vi"}
    chat = {"id": 4711, "first_name": "Lan", "last_name": "Nguyễn", "type": "private"}
    message = {"message_id": number, "date": 1719280800, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": message}


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print both times and their ratio."""
    texts = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]
    texts = (texts * (MESSAGES // len(texts) + 1))[:MESSAGES]
    lexicon, calendar = load_all(), WorkCalendar(ZONE)
    now, due = datetime(2024, 6, 25, 9, tzinfo=ZONE), date(2024, 6, 30)

    def read() -> None:
        for text in texts:
            read_reply(text, lexicon=lexicon, now=now, due_on=due, calendar=calendar)

    def decode() -> None:
        for number, text in enumerate(texts):
            Update.de_json(update(text, number), None)

    pairs = [(timed(read), timed(decode)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) / MESSAGES * 1e6 for column in zip(*pairs))
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"replies: reading {ours:.0f} µs, Update.de_json {theirs:.0f} µs a message, ratio {ratio:.2f} (at most 1)"
    )


if __name__ == "__main__":
    main()
