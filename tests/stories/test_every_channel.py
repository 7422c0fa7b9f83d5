"""The same weeks on every channel: join, digest, reply, choose, undo, more time, a file, acknowledgement.

The wording of each is kept in golden/channels and read through by eye (``DONDOC_GOLDEN=write``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest

from domain.assignments import Assignment, State
from domain.phrases import say
from locales.speech import speech_for
from storage.unit_of_work import Database
from tests.bot.channels.settled import Settled, settled, settled_originals
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble
from tests.stories.phones import KEY, BrowserPhone, OaPhone, Phone, TelegramPhone, TerminalPhone, ZaloPhone
from tests.town import at

__all__ = ["settled", "settled_originals"]  # fixtures
HERE = Path(__file__).parent
MONDAY, REMINDED = "2026-01-05 07:30", "2026-01-28 08:00"
TASK = "Rà soát quy chế quản lý dữ liệu"
WORDS = {
    "vi": ("xong 80%, chờ Sở Tài chính", "xin gia hạn đến 15/2", "chờ số liệu của các xã", "đã nhận được"),
    "en": (
        "80% done, waiting for the Department of Finance", "please extend to 15/2", "waiting for figures", "received",
    ),
}  # fmt: skip


@pytest.fixture
def db(settled: Settled) -> Database:
    return settled(MONDAY)


Maker = Callable[[Database], Phone]


@pytest.fixture(params=["telegram", "zalo", "zalo-oa", "browser", "terminal"])
def channel(request: pytest.FixtureRequest) -> str:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def phone(
    channel: str, db: Database, telegram: TelegramDouble, zalo: ZaloDouble, zalo_oa: ZaloOaDouble
) -> Iterator[Phone]:
    made: dict[str, Callable[[], Phone]] = {
        "telegram": lambda: TelegramPhone(db, telegram, MONDAY),
        "zalo": lambda: ZaloPhone(db, zalo, MONDAY),
        "zalo-oa": lambda: OaPhone(db, zalo_oa, MONDAY),
        "browser": lambda: BrowserPhone(db, MONDAY),
        "terminal": lambda: TerminalPhone(db, MONDAY),
    }
    yield made[channel]()
    assert telegram.complaints() == zalo.complaints() == zalo_oa.complaints() == []


class Telling:
    """Does what a person does, and keeps what they saw."""

    def __init__(self, phone: Phone, locale: str) -> None:
        self._phone, self._speech = phone, speech_for(locale, UTC)
        self.lines: list[str] = []

    def happens(self, what: str, do: Callable[[str], None], given: str) -> str:
        """The texts that came of it."""
        do(given)
        self.lines.append(f"\n════ {what}")
        read = self._phone.reads()
        for line in read:
            self.lines.append(f"\n{line.text}")
            self.lines += ["  ".join(f"[{label}]" for label in line.labels)] if line.labels else []
        assert read, f"nothing was heard of {what}"
        return "\n".join(line.text for line in read)

    def picks(self, label: str) -> str:
        shown = self._speech.text(say(label))
        return self.happens(f"[{shown}]", self._phone.picks, shown)

    def says(self, words: str) -> str:
        return self.happens(words, self._phone.says, words)


def assignment(db: Database) -> Assignment:
    with db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if TASK in t.title)
        return next(a for a in uow.assignments.of_tasks([task.id]) if a.agency == "stp")


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_from_joining_to_a_file(phone: Phone, channel: str, db: Database, locale: str) -> None:
    with db.begin() as uow:
        who = uow.people.by_key(KEY)
        assert who is not None
        uow.people.set_locale(who.id, locale)
        code = uow.people.new_invite(who.id, at(MONDAY))
    told = Telling(phone, locale)
    report, extension, reason, received = WORDS[locale]

    told.happens("…", phone.joins, code)
    assert TASK in told.picks("My tasks")
    assert TASK in told.happens(REMINDED, phone.mornings, REMINDED)
    assert "80%" in told.says(report)
    assert (assignment(db).state, assignment(db).percent) == (State.IN_PROGRESS, 80)
    told.picks("All done")
    assert assignment(db).state is State.DONE
    told.picks("Undo")
    assert (assignment(db).state, assignment(db).percent) == (State.IN_PROGRESS, 80)
    told.says(extension)
    told.says(reason)
    with db.begin() as uow:
        requests = uow.requests.pending([assignment(db).id])
    assert [request.kind for request in requests] == ["extension"]
    assert "docx" in told.says("/baocao")
    told.says(received)

    text = re.sub(r"/f/[0-9a-f.]+", "/f/…", "\n".join(told.lines).strip()).replace(code, "CODE") + "\n"
    golden = HERE / "golden" / "channels" / f"{channel}.{locale}.txt"
    if os.environ.get("DONDOC_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
