"""The rarer steps under every fault of Telegram: a file that goes out or is fetched, words that replace others, tokens.

Each cell holds its figures: how often something arrives, how many calls that took, and when the next one comes.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot import fetching
from domain.messages import WITHDRAWAL, Block, Message, Priority
from domain.officials import Address
from domain.phrases import verbatim
from storage.tables.registers import AddressRow
from storage.tables.talk import OutboxRowTable
from tests.bot.channels.office import Office
from tests.bot.channels.test_fault_table import (
    ADMIN,
    CHAT,
    PASSING,
    SUPERGROUP,
    arrived,
    ended,
    heard_in_browser,
    join,
    office,
    percents,
    put,
    settled,
    until,
    why_away,
)
from tests.doubles.clients import buttons

__all__ = ["office", "settled"]  # fixtures
LETTER = "%PDF-1.7 công văn 512"
#: more than a caption holds
LONG = "Nội dung công văn. " * 80
REFUSED = {"status": 401, "body": {"ok": False, "error_code": 401, "description": "Unauthorized"}}
TOO_OLD = {
    "status": 400,
    "body": {"ok": False, "error_code": 400, "description": "Bad Request: query is too old and response timeout expired"},
}  # fmt: skip


def home(office: Office) -> Address:
    with office.town.db.begin() as uow:
        who = uow.people.by_key("dm-stp")
        assert who is not None
        return next(a for a in uow.people.addresses([who.id])[who.id] if a.channel == "telegram")


def put_file(office: Office, words: str) -> None:
    """Something that goes out with a file."""
    with office.town.db.begin() as uow:
        who = uow.people.by_key("dm-stp")
        assert who is not None
        now = office.town.clock.now()
        kept = uow.files.save(who.id, "512.pdf", "application/pdf", LETTER.encode(), now)
        message = Message((Block(verbatim(words)),), file=str(kept))
    with office.town.db.begin() as uow:
        uow.outbox.put(key=words[:20], address=home(office), priority=Priority.REMINDER, kind="told", message=message, now=now)  # fmt: skip


def said_once(office: Office, words: str) -> str:
    """A message that has gone out; its number at the messenger."""
    put(office, words)
    office.wake()
    return str(office.double.sent(CHAT, least=1)[-1]["message_id"])


def take_back(office: Office, number: str, words: str) -> None:
    """Other words are to stand in a message's place."""
    message = Message((Block(verbatim(words)),))
    with office.town.db.begin() as uow:
        uow.outbox.put(key="back", address=home(office), priority=Priority.URGENT, kind=WITHDRAWAL, message=message, now=office.town.clock.now(), reply_to=number)  # fmt: skip


def documents(office: Office, chat: int = CHAT) -> list[dict[str, Any]]:
    return [message for message in office.double.sent(chat) if "document" in message]


def shown(office: Office, number: str) -> str:
    """What stands in a message after the edits that were carried out."""
    edits = [c for c in office.double.calls("editMessageText") if str(c["given"]["message_id"]) == number]
    return str(edits[-1]["given"]["text"])


class TestAFileThatGoesOut:
    @pytest.mark.parametrize("fault", PASSING)
    def test_it_arrives_and_words_that_went_before_it_are_not_said_again(
        self, office: Office, fault: str
    ) -> None:
        order, most = PASSING[fault]
        office.double.fails("sendDocument", **order)
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            until(lambda: ended(office), office)
            first = documents(office)
            office.double.fails("sendDocument", **order)
            put_file(office, LONG)
            until(lambda: ended(office), office)
        assert 1 <= len(first) <= most
        assert {d["caption"] for d in first} == {"Kèm công văn"}
        assert 1 <= len(documents(office)) - len(first) <= most
        assert arrived_text(office, "Nội dung công văn.") == 1
        assert len(office.double.calls("sendDocument")) == 4
        assert len(office.double.calls("sendMessage")) == 1

    def test_blocked_it_goes_by_the_next_channel_and_the_address_is_off(self, office: Office) -> None:
        join(office, "dm-stp", "browser", "web", "stp")
        office.double.knows(CHAT, state="blocked")
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            until(lambda: ended(office), office)
        assert [words for words in heard_in_browser(office) if "công văn" in words] == ["Kèm công văn"]
        assert off_reasons(office) == ["blocked"]
        assert len(office.double.calls("sendDocument")) == 1

    def test_moved_it_arrives_at_the_new_id_once(self, office: Office) -> None:
        office.double.knows(SUPERGROUP)
        office.double.knows(CHAT, moved_to=SUPERGROUP)
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            until(lambda: ended(office), office)
        assert len(documents(office, SUPERGROUP)) == 1
        assert documents(office) == []

    def test_a_refused_token_keeps_it(self, office: Office) -> None:
        with office.open("polled"):
            office.double.revoke()
            put_file(office, "Kèm công văn")
            until(lambda: why_away(office, "telegram") == "unauthorized", office)
            assert not ended(office)
            office.double.revoke(revoked=False)
            until(lambda: ended(office), office)
        assert len(documents(office)) == 1


class TestWordsThatReplaceOthers:
    @pytest.mark.parametrize("fault", PASSING)
    def test_they_stand_there_in_the_end_and_nothing_new_is_said(self, office: Office, fault: str) -> None:
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            until(lambda: ended(office), office)
            office.double.fails("editMessageText", **PASSING[fault][0])
            take_back(office, number, "Đã thu hồi")
            until(lambda: ended(office), office)
        assert len(office.double.sent(CHAT)) == 1
        assert shown(office, number) == "Đã thu hồi"
        assert len(office.double.calls("editMessageText")) == 2

    def test_blocked_they_are_said_by_the_next_channel(self, office: Office) -> None:
        join(office, "dm-stp", "browser", "web", "stp")
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            until(lambda: ended(office), office)
            office.double.knows(CHAT, state="blocked")
            take_back(office, number, "Đã thu hồi")
            until(lambda: ended(office), office)
        assert [words for words in heard_in_browser(office) if "thu hồi" in words] == ["Đã thu hồi"]
        assert off_reasons(office) == ["blocked"]

    def test_moved_they_are_said_anew_at_the_new_id_once(self, office: Office) -> None:
        office.double.knows(SUPERGROUP)
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            until(lambda: ended(office), office)
            office.double.knows(CHAT, moved_to=SUPERGROUP)
            take_back(office, number, "Đã thu hồi")
            until(lambda: ended(office), office)
        assert arrived(office, "Đã thu hồi", SUPERGROUP) == 1

    def test_a_refused_token_keeps_them(self, office: Office) -> None:
        with office.open("polled"):
            number = said_once(office, "Họp 14h")
            until(lambda: ended(office), office)
            office.double.revoke()
            take_back(office, number, "Đã thu hồi")
            until(lambda: why_away(office, "telegram") == "unauthorized", office)
            office.double.revoke(revoked=False)
            until(lambda: ended(office), office)
        assert shown(office, number) == "Đã thu hồi"
        assert len(office.double.sent(CHAT)) == 1


@pytest.mark.parametrize("fault", [REFUSED, TOO_OLD, {"status": 403}], ids=["401", "too old", "403"])
def test_a_press_that_cannot_be_ended_counts_once_and_is_not_ended_again(
    office: Office, fault: dict[str, Any]
) -> None:
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        (answer,) = office.double.sent(CHAT, least=1)
        office.double.fails("answerCallbackQuery", times=None, **fault)
        office.double.presses(CHAT, answer["message_id"], buttons(answer)["Xong hẳn"])
        office.double.sent(CHAT, least=2)
        until(lambda: ended(office), office)
        office.double.calls("answerCallbackQuery", least=1)
    assert percents(office) == [60, None]
    assert len(office.double.calls("answerCallbackQuery")) == 1


@pytest.mark.parametrize(
    "fault",
    [REFUSED, {"status": 409}, {"status": 429, "body": "<html>429</html>"}],
    ids=["401", "409", "429"],
)
def test_fetching_that_is_refused_pauses_longer_and_longer(
    office: Office, fault: dict[str, Any], monkeypatch: pytest.MonkeyPatch
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
    assert percents(office) == [60]


def test_a_messenger_that_is_away_for_an_hour_is_tried_a_few_times_and_costs_no_message(
    office: Office,
) -> None:
    office.double.fails("sendMessage", times=None, status=500)
    began = office.town.clock.now()
    for n in range(6):
        put(office, f"Tin số {n}.")
    with office.open("polled"):
        until(lambda: office.town.clock.now() - began > timedelta(hours=1), office, timedelta(seconds=90))
        tried = len(office.double.calls("sendMessage"))
        assert not ended(office)
        office.double.act("no_faults")
        until(lambda: ended(office), office)
    # a first try each, then until the line counts as down, then probes of 15 s to five minutes
    assert 6 <= tried <= 45
    assert [arrived(office, f"Tin số {n}.") for n in range(6)] == [1] * 6
    assert states(office) == {"sent"}


def test_tries_are_twice_as_far_apart_each_time(office: Office) -> None:
    office.double.fails("sendMessage", times=4, status=500)
    put(office, "Tin một")
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
        until(tried, office, timedelta(seconds=2))
    assert len(waits) == 4
    for number, wait in enumerate(waits):  # looked at within a few seconds of the try
        assert 5 * 2**number - 4 <= wait <= 5 * 2**number * 1.25
    assert len(office.double.calls("sendMessage")) == 5


class TestAFileThatIsFetched:
    """Somebody answers a letter with the command for a notice."""

    def comes(self, office: Office) -> None:
        chat = {"id": ADMIN, "type": "private", "first_name": "A"}
        sender = {"id": ADMIN, "is_bot": False, "first_name": "A"}
        letter = {"file_id": "F512", "file_unique_id": "u", "file_name": "512.pdf", "file_size": len(LETTER)}
        answered = {"message_id": 7, "date": 1767571200, "chat": chat, "from": sender, "caption": "Họp 14h", "document": letter}  # fmt: skip
        message = {"message_id": 8, "date": 1767571201, "chat": chat, "from": sender, "text": "/thongbao", "reply_to_message": answered}  # fmt: skip
        office.double.act("file", ref="F512", data=LETTER)
        office.double.update({"update_id": 700_000_900, "message": message})

    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetching, "PAUSES", (0.05, 0.1))

    @pytest.mark.parametrize("fault", PASSING)
    def test_it_is_attached_after_trouble_at_both_steps(self, office: Office, fault: str) -> None:
        for step in ("getFile", "download"):
            office.double.fails(step, **PASSING[fault][0])
        with office.open("called"):
            self.comes(office)
            office.double.sent(ADMIN, least=1)
        assert files(office) == [LETTER]
        tries = (
            2 if fault.startswith("cut") else 3
        )  # what is only read is asked again by the transport itself
        assert (len(office.double.calls("getFile")), len(office.double.calls("download"))) == (tries, 2)
        assert {call["status"] for call in office.double.deliveries()} == {200}

    @pytest.mark.parametrize(
        ("step", "fault", "tries"),
        [("getFile", {"status": 500}, 3), ("download", {"status": 500}, 3), ("getFile", REFUSED, 1)],
    )
    def test_one_that_cannot_be_had_is_said(
        self, office: Office, step: str, fault: dict[str, Any], tries: int
    ) -> None:
        office.double.fails(step, times=None, **fault)
        with office.open("called"):
            self.comes(office)
            (answer,) = office.double.sent(ADMIN, least=1)
        assert "Chưa lấy được tệp" in answer["text"]
        assert len(office.double.calls(step)) == tries
        assert files(office) == []


def files(office: Office) -> list[str]:
    with office.town.db.begin() as uow:
        found = [uow.files.get(f) for notice in uow.notices.newest(5) for f in notice.files]
    return [file.data.decode() for file in found if file]


def states(office: Office) -> set[str]:
    with office.town.db.begin() as uow:
        return set(uow.session.exec(select(OutboxRowTable.state)).all())


def off_reasons(office: Office) -> list[str]:
    with office.town.db.begin() as uow:
        rows = select(AddressRow.off_reason).where(
            AddressRow.chat == str(CHAT), col(AddressRow.off_reason) != ""
        )
        return list(uow.session.exec(rows).all())


def arrived_text(office: Office, words: str) -> int:
    return sum(words in message.get("text", "") for message in office.double.sent(CHAT))
