"""New messages reach open pages, once each, also after a connection was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.messages import text
from domain.officials import Address
from domain.phrases import verbatim
from storage.stores.outbox_rows import OutboxRow
from tests.web.office import Office
from web.live import Live, cursor, instant


@pytest.fixture
def live(office: Office) -> Live:
    return Live(office.context.service, office.town.clock.now)


def tell(office: Office, words: str, chat: int, sent_ago: int = 0) -> int:
    """Something goes out to a person, possibly noted late by another process."""
    now = office.town.clock.now()
    with office.db.begin() as uow:
        row = uow.outbox.put(
            key=words, address=Address(0, chat, "browser", "web", str(chat)), priority=0, kind="reply",
            message=text(verbatim(words)), now=now,
        )  # fmt: skip
        assert row is not None
        uow.outbox.sent(row, now - timedelta(seconds=sent_ago), "", words)
    return row


async def listen(
    live: Live, chat: int, count: int, after: int = 0, act: Callable[[], object] | None = None
) -> list[int]:
    """The rows a page gets, until it has ``count`` of them."""
    rows: list[int] = []
    async with live.running():
        stream = live.messages(str(chat), instant(str(after)), silence=0.05, lifetime=20)
        async for row in stream:
            if row is None:
                if act is not None:
                    await asyncio.to_thread(act)
                    act = None
                continue
            rows.append(row.id)
            if len(rows) == count:
                break
        await stream.aclose()  # type: ignore[attr-defined]
    return rows


def test_an_open_page_gets_what_goes_out_to_its_person_only(office: Office, live: Live) -> None:
    wanted: list[int] = []

    def act() -> None:
        tell(office, "other's", 2)
        wanted.append(tell(office, "one", 1))
        wanted.append(tell(office, "two", 1))

    assert asyncio.run(listen(live, 1, 2, act=act)) == wanted


def test_what_was_noted_late_is_not_missed(office: Office, live: Live) -> None:
    """Two senders: a message sent five seconds earlier becomes visible after a later one."""
    wanted: list[int] = []

    def act() -> None:
        wanted.append(tell(office, "sent now", 1))
        wanted.append(tell(office, "sent before, noted after", 1, sent_ago=5))

    assert sorted(asyncio.run(listen(live, 1, 2, act=act))) == sorted(wanted)


def test_after_a_lost_connection_the_missed_come_first(office: Office, live: Live) -> None:
    """What was sent just before comes again, because it may not have arrived; what is long past does not."""
    rows = []
    for words in ("long past", "just seen", "missed"):
        rows.append(tell(office, words, 1))
        office.town.clock.set(office.town.clock.now() + timedelta(minutes=2))
    with office.db.begin() as uow:
        seen = uow.outbox.get(rows[1])
    assert seen is not None
    assert asyncio.run(listen(live, 1, 2, after=cursor(seen.sent_at))) == rows[1:]


def test_a_page_that_does_not_read_is_let_go(office: Office, live: Live) -> None:
    async def story() -> list[OutboxRow | None]:
        stream = live.messages("1", office.town.clock.now(), lifetime=30, silence=0.01)
        got = [await anext(stream)]
        with office.db.begin() as uow:
            row = uow.outbox.get(tell(office, "many", 1))
        assert row is not None
        for _ in range(150):
            live._hand_out(row)
        async for row_or_none in stream:  # ends by itself, and the browser comes again
            got.append(row_or_none)
        return got

    assert len(asyncio.run(story())) <= 102


def test_a_connection_ends_so_that_the_session_is_checked_again(live: Live, office: Office) -> None:
    async def story() -> list[OutboxRow | None]:
        stream = live.messages("1", office.town.clock.now(), lifetime=0.2, silence=0.01)
        return [row async for row in stream]

    assert set(asyncio.run(story())) <= {None}  # it ended


def test_the_stream_is_for_people_signed_in(office: Office) -> None:
    assert office.browser().get("/chat/stream").status_code == 401
    assert office.browser("idle").get("/chat/stream").status_code == 403


@pytest.mark.parametrize("hostile", ["", "x", "-1", "9" * 40, "1e9", "\u0663"])
def test_a_cursor_that_is_none_is_the_beginning(hostile: str) -> None:
    assert cursor(instant(hostile)) == (3 if hostile == "\u0663" else 0)


def test_a_cursor_keeps_microseconds(office: Office) -> None:
    at = office.town.clock.now() + timedelta(microseconds=123457)
    assert instant(str(cursor(at))) == at
