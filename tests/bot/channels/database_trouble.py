"""What must hold when the database is in trouble while the service talks to a messenger, whichever the trouble.

What is tried here is the same for each kind of database; how it gets into trouble is the tests' own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from domain.messages import Priority, text
from domain.phrases import verbatim
from tests.bot.channels.faults import TroubledOffice
from tests.bot.channels.office import Way

CHAT = 5219000222
LONG = "được 60%, " + "đang lấy ý kiến các đơn vị liên quan " * 90  # needs new pages of the file


def writes_meanwhile(office: TroubledOffice, way: Way, trouble: AbstractContextManager[object], caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    """What a person writes meanwhile is taken in afterwards, once, and is not logged."""
    office.joined("dm-stp", CHAT)
    with office.open(way):
        with trouble, caplog.at_level(logging.WARNING):
            office.double.writes(CHAT, LONG)
            eventually(lambda: refused(office, way, caplog.text))
            time.sleep(0.5)  # and goes on being refused
            assert office.double.sent(CHAT) == []
        (answer, *_) = office.double.sent(CHAT, least=1)
        assert answer["text"]
        office.double.writes(CHAT, "/viec")
        office.double.sent(CHAT, least=2)
    assert office.percents() == [60], answer["text"]
    assert len(office.double.sent(CHAT)) == 2
    assert office.double.token.split(":")[1] not in caplog.text
    assert "đang lấy ý kiến" not in caplog.text, "what people write was logged with an error"


def sends_meanwhile(office: TroubledOffice, trouble: AbstractContextManager[object]) -> None:
    """What was sent and could not be recorded is not sent again."""
    _three_waiting(office)
    office.double.fails("sendMessage", hang=0.4, times=None)
    with office.open("polled"):
        office.wake()
        office.double.calls("sendMessage", least=1)
        with trouble:
            time.sleep(2.5)  # answers come, and cannot be written down
        office.double.sent(CHAT, least=3)
        eventually(office.ended)
    assert [m["text"].split(".")[0] for m in office.double.sent(CHAT)] == [f"Tin số {n}" for n in range(3)]


def is_made_up_for(office: TroubledOffice) -> None:
    """The reminder that could not be planned goes out after all, once."""
    with office.open("polled"):
        office.wake()
        (message,) = office.double.sent(CHAT, least=1)
        eventually(office.ended)
    assert "Rà soát quy chế" in message["text"]
    assert len(office.double.sent(CHAT)) == 1


def _three_waiting(office: TroubledOffice) -> None:
    """Messages that need new pages to be recorded."""
    address, now = office.joined("dm-stp", CHAT), office.town.clock.now()
    with office.town.db.begin() as uow:
        for n in range(3):
            uow.outbox.put(
                key=f"k{n}", address=address, priority=Priority.REMINDER, kind="told",
                message=text(verbatim(f"Tin số {n}. " + "x" * 800)), now=now,
            )  # fmt: skip


def refused(office: TroubledOffice, way: Way, log: str) -> bool:
    """Whether what a person wrote could not be stored, and the messenger was not told that it was."""
    if way == "polled":
        return "could not be stored" in log
    return 503 in {call["status"] for call in office.double.deliveries()}


def eventually(holds: Callable[[], bool]) -> None:
    """Wait for it as long as a busy machine may need."""
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.05)
