"""A file that goes out and one that is fetched, under every fault of Telegram."""

from __future__ import annotations

from typing import Any

import pytest

from bot import fetching
from domain.messages import Block, Message, Priority
from domain.phrases import verbatim
from tests.bot.channels.faults import TroubledOffice
from tests.bot.channels.telegram_faults import ADMIN, CHAT, PASSING, REFUSED, SUPERGROUP, office

__all__ = ["office"]  # a fixture
LETTER = "%PDF-1.7 công văn 512"
#: more than a caption holds
LONG = "Nội dung công văn. " * 80


def put_file(office: TroubledOffice, words: str) -> None:
    """Something that goes out with a file."""
    address, now = office.home(), office.town.clock.now()
    with office.town.db.begin() as uow:
        kept = uow.files.save(address.official, "512.pdf", "application/pdf", LETTER.encode(), now)
        message = Message((Block(verbatim(words)),), file=str(kept))
        uow.outbox.put(key=words[:20], address=address, priority=Priority.REMINDER, kind="told", message=message, now=now)  # fmt: skip


def documents(office: TroubledOffice, chat: int = CHAT) -> list[dict[str, Any]]:
    return [message for message in office.double.sent(chat) if "document" in message]


class TestAFileThatGoesOut:
    @pytest.mark.parametrize("fault", PASSING)
    def test_it_arrives_and_words_that_went_before_it_are_not_said_again(
        self, office: TroubledOffice, fault: str
    ) -> None:
        order, most = PASSING[fault]
        office.double.fails("sendDocument", **order)
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            office.until(office.ended)
            first = documents(office)
            office.double.fails("sendDocument", **order)
            put_file(office, LONG)
            office.until(office.ended)
        assert 1 <= len(first) <= most
        assert {d["caption"] for d in first} == {"Kèm công văn"}
        assert 1 <= len(documents(office)) - len(first) <= most
        assert office.arrived("Nội dung công văn.", CHAT) == 1
        assert len(office.double.calls("sendDocument")) == 4
        assert len(office.double.calls("sendMessage")) == 1

    def test_blocked_it_goes_by_the_next_channel_and_the_address_is_off(self, office: TroubledOffice) -> None:
        office.has_browser("dm-stp", "stp")
        office.double.knows(CHAT, state="blocked")
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            office.until(office.ended)
        assert [words for words in office.heard_in_browser() if "công văn" in words] == ["Kèm công văn"]
        assert office.why_off(CHAT) == ["blocked"]
        assert len(office.double.calls("sendDocument")) == 1

    def test_moved_it_arrives_at_the_new_id_once(self, office: TroubledOffice) -> None:
        office.double.knows(SUPERGROUP)
        office.double.knows(CHAT, moved_to=SUPERGROUP)
        put_file(office, "Kèm công văn")
        with office.open("polled"):
            office.until(office.ended)
        assert len(documents(office, SUPERGROUP)) == 1
        assert documents(office) == []

    def test_a_refused_token_keeps_it(self, office: TroubledOffice) -> None:
        with office.open("polled"):
            office.double.revoke()
            put_file(office, "Kèm công văn")
            office.until(lambda: office.why_away() == "unauthorized")
            assert not office.ended()
            office.double.revoke(revoked=False)
            office.until(office.ended)
        assert len(documents(office)) == 1


class TestAFileThatIsFetched:
    """Somebody answers a letter with the command for a notice."""

    def comes(self, office: TroubledOffice) -> None:
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
    def test_it_is_attached_after_trouble_at_both_steps(self, office: TroubledOffice, fault: str) -> None:
        for step in ("getFile", "download"):
            office.double.fails(step, **PASSING[fault][0])
        with office.open("called"):
            self.comes(office)
            office.double.sent(ADMIN, least=1)
        assert files(office) == [LETTER]
        # what is only read is asked again by the transport itself
        tries = 2 if fault.startswith("cut") else 3
        assert (len(office.double.calls("getFile")), len(office.double.calls("download"))) == (tries, 2)
        assert {call["status"] for call in office.double.deliveries()} == {200}

    @pytest.mark.parametrize(
        ("step", "fault", "tries"),
        [("getFile", {"status": 500}, 3), ("download", {"status": 500}, 3), ("getFile", REFUSED, 1)],
    )
    def test_one_that_cannot_be_had_is_said(
        self, office: TroubledOffice, step: str, fault: dict[str, Any], tries: int
    ) -> None:
        office.double.fails(step, times=None, **fault)
        with office.open("called"):
            self.comes(office)
            (answer,) = office.double.sent(ADMIN, least=1)
        assert "Chưa lấy được tệp" in answer["text"]
        assert len(office.double.calls(step)) == tries
        assert files(office) == []


def files(office: TroubledOffice) -> list[str]:
    with office.town.db.begin() as uow:
        found = [uow.files.get(f) for notice in uow.notices.newest(5) for f in notice.files]
    return [file.data.decode() for file in found if file]
