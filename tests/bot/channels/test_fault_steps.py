"""The rarer steps under every fault of Telegram: words that replace others, presses that cannot be ended, long absence.

Each cell holds its figures: how often something arrives, how many calls that took, and when the next one comes.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from domain.messages import WITHDRAWAL, Block, Message, Priority
from domain.phrases import verbatim
from storage.tables.talk import OutboxRowTable
from tests.bot.channels.faults import TroubledOffice
from tests.bot.channels.telegram_faults import CHAT, PASSING, REFUSED, SUPERGROUP, office
from tests.doubles.clients import buttons

__all__ = ["office"]  # a fixture
TOO_OLD = {
    "status": 400,
    "body": {"ok": False, "error_code": 400, "description": "Bad Request: query is too old and response timeout expired"},
}  # fmt: skip


def said_once(office: TroubledOffice, words: str) -> str:
    """A message that has gone out; its number at the messenger."""
    office.put(words)
    office.wake()
    return str(office.double.sent(CHAT, least=1)[-1]["message_id"])


def take_back(office: TroubledOffice, number: str, words: str) -> None:
    """Other words are to stand in a message's place."""
    message = Message((Block(verbatim(words)),))
    address = office.home()
    with office.town.db.begin() as uow:
        uow.outbox.put(key="back", address=address, priority=Priority.URGENT, kind=WITHDRAWAL, message=message, now=office.town.clock.now(), reply_to=number)  # fmt: skip


def shown(office: TroubledOffice, number: str) -> str:
    """What stands in a message after the edits that were carried out."""
    edits = [c for c in office.double.calls("editMessageText") if str(c["given"]["message_id"]) == number]
    return str(edits[-1]["given"]["text"])


class TestWordsThatReplaceOthers:
    @pytest.mark.parametrize("fault", PASSING)
    def test_they_stand_there_in_the_end_and_nothing_new_is_said(
        self, office: TroubledOffice, fault: str
    ) -> None:
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            office.until(office.ended)
            office.double.fails("editMessageText", **PASSING[fault][0])
            take_back(office, number, "Đã thu hồi")
            office.until(office.ended)
        assert len(office.double.sent(CHAT)) == 1
        assert shown(office, number) == "Đã thu hồi"
        assert len(office.double.calls("editMessageText")) == 2

    def test_blocked_they_are_said_by_the_next_channel(self, office: TroubledOffice) -> None:
        office.has_browser("dm-stp", "stp")
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            office.until(office.ended)
            office.double.knows(CHAT, state="blocked")
            take_back(office, number, "Đã thu hồi")
            office.until(office.ended)
        assert [words for words in office.heard_in_browser() if "thu hồi" in words] == ["Đã thu hồi"]
        assert office.why_off(CHAT) == ["blocked"]

    def test_moved_they_are_said_anew_at_the_new_id_once(self, office: TroubledOffice) -> None:
        office.double.knows(SUPERGROUP)
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            office.until(office.ended)
            office.double.knows(CHAT, moved_to=SUPERGROUP)
            take_back(office, number, "Đã thu hồi")
            office.until(office.ended)
        assert office.arrived("Đã thu hồi", SUPERGROUP) == 1

    def test_a_refused_token_keeps_them(self, office: TroubledOffice) -> None:
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            office.until(office.ended)
            office.double.revoke()
            take_back(office, number, "Đã thu hồi")
            office.until(lambda: office.why_away() == "unauthorized")
            office.double.revoke(revoked=False)
            office.until(office.ended)
        assert shown(office, number) == "Đã thu hồi"
        assert len(office.double.sent(CHAT)) == 1


@pytest.mark.parametrize("fault", [REFUSED, TOO_OLD, {"status": 403}], ids=["401", "too old", "403"])
def test_a_press_that_cannot_be_ended_counts_once_and_is_not_ended_again(
    office: TroubledOffice, fault: dict[str, Any]
) -> None:
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        (answer,) = office.double.sent(CHAT, least=1)
        office.double.fails("answerCallbackQuery", times=None, **fault)
        office.double.presses(CHAT, answer["message_id"], buttons(answer)["Xong hẳn"])
        office.double.sent(CHAT, least=2)
        office.until(office.ended)
        office.double.calls("answerCallbackQuery", least=1)
    assert office.percents() == [60, None]
    assert len(office.double.calls("answerCallbackQuery")) == 1


@pytest.mark.parametrize(
    "fault",
    [REFUSED, {"status": 409}, {"status": 429, "body": "<html>429</html>"}],
    ids=["401", "409", "429"],
)
def test_fetching_that_is_refused_pauses_longer_and_longer(
    office: TroubledOffice, fault: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.double.fails("getUpdates", times=None, **fault)
    with office.open("polled"):
        began = time.monotonic()
        office.double.calls("getUpdates", least=4)
        assert time.monotonic() - began >= 1.3  # pauses of 0.2, 0.4 and 0.8 seconds, then 1.6
        assert len(office.double.calls("getUpdates")) == 4
        office.double.act("no_faults")
        office.double.writes(CHAT, "được 60%")
        office.double.sent(CHAT, least=1)
    assert office.percents() == [60]


def test_a_messenger_that_is_away_for_an_hour_is_tried_a_few_times_and_costs_no_message(
    office: TroubledOffice,
) -> None:
    office.double.fails("sendMessage", times=None, status=500)
    began = office.town.clock.now()
    for n in range(6):
        office.put(f"Tin số {n}.")
    with office.open("polled"):
        office.until(lambda: office.town.clock.now() - began > timedelta(hours=1), timedelta(seconds=90))
        tried = len(office.double.calls("sendMessage"))
        assert not office.ended()
        office.double.act("no_faults")
        office.until(office.ended)
    # a first try each, then until the line counts as down, then probes of 15 s to five minutes
    assert 6 <= tried <= 45
    assert [office.arrived(f"Tin số {n}.", CHAT) for n in range(6)] == [1] * 6
    assert states(office) == {"sent"}


def test_tries_are_twice_as_far_apart_each_time(office: TroubledOffice) -> None:
    office.double.fails("sendMessage", times=4, status=500)
    office.put("Tin một")
    waits: list[float] = []
    seen = 0

    def tried() -> bool:
        nonlocal seen
        with office.town.db.begin() as uow:
            row = uow.session.exec(select(OutboxRowTable)).one()
            if row.state == "failed" and row.attempts > seen:
                seen = row.attempts
                waits.append((row.not_before - office.town.clock.now()).total_seconds())
        return row.state == "sent"

    with office.open("polled"):
        office.until(tried, timedelta(seconds=2))
    assert len(waits) == 4
    for number, wait in enumerate(waits):  # looked at within a few seconds of the try
        assert 5 * 2**number - 4 <= wait <= 5 * 2**number * 1.25
    assert len(office.double.calls("sendMessage")) == 5


def states(office: TroubledOffice) -> set[str]:
    with office.town.db.begin() as uow:
        return set(uow.session.exec(select(OutboxRowTable.state)).all())
