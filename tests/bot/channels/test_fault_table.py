"""Every fault of the messenger at every step, over real HTTP: what must hold is one figure each.

docs/delivery.md has the same table for people.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.channels.telegram import TelegramChannel
from bot.telegram import polling, transport
from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from dondoc import serve
from dondoc.compose import Runtime
from dondoc.settings import Settings
from storage.engine import make_engine
from storage.tables.registers import AddressRow
from storage.tables.talk import OutboxRowTable
from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.bot.channels.office import Office
from tests.bot.channels.office import settled as settle
from tests.doubles.clients import TelegramDouble, buttons

CHAT, ADMIN, SUPERGROUP = 5219000333, 5219000444, -1001987654399
MORNING = "2026-01-28 08:00"

#: fault → (what the stand-in does, how often the message may arrive)
PASSING: dict[str, tuple[dict[str, Any], int]] = {
    "server error": ({"status": 500}, 1),
    "a gateway's page": ({"status": 502, "body": "<html>Bad Gateway</html>"}, 1),
    "hangs": ({"hang": 1.5}, 2),  # who hung up does not know whether it was carried out
    "cut before": ({"cut": True}, 1),
    "cut after": ({"cut": True, "act": True}, 2),
    "a gateway asks to wait": ({"status": 429, "body": "<html>Too Many Requests</html>"}, 1),
    "a firewall's page": ({"status": 403, "body": "<html>Forbidden: bot was blocked by the user</html>"}, 1),
    "asked to wait": ({"status": 429, "body": {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}}, 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(tmp_path_factory.mktemp("office") / "settled.db", MORNING)


@pytest.fixture
def office(
    settled: Path, tmp_path: Path, telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """One person and one admin on Telegram; a call is given up after half a second."""
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    monkeypatch.setattr(transport, "HASTE", 1)
    monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.2)
    engine = make_engine(f"sqlite:///{shutil.copy(settled, tmp_path)}")
    telegram.limits(on=False)
    telegram.knows(CHAT, ADMIN)
    channel = TelegramChannel(telegram.token, api_url=telegram.url)
    channel.traits = replace(channel.traits, chat_gap=0.05)  # the stand-in's limits are off
    made = Office(Database(engine), telegram, MORNING, channel)
    for key, chat in (("dm-stp", CHAT), ("quan-tri", ADMIN)):
        join(made, key, "telegram", telegram.bot, str(chat))
    yield made
    engine.dispose()
    assert telegram.complaints() == []


def join(office: Office, key: str, channel: str, bot: str, chat: str) -> Address:
    with office.town.db.begin() as uow:
        who = uow.people.by_key(key)
        assert who is not None
        return uow.people.add_address(who.id, channel, bot, chat, office.town.clock.now())


def put(office: Office, words: str, priority: Priority = Priority.REMINDER) -> None:
    with office.town.db.begin() as uow:
        who = uow.people.by_key("dm-stp")
        assert who is not None
        home = next(a for a in uow.people.addresses([who.id])[who.id] if a.channel in ("telegram", "zalo"))
        uow.outbox.put(key=words, address=home, priority=priority, kind="told", message=text(verbatim(words)), now=office.town.clock.now())  # fmt: skip


def until(holds: Callable[[], object], office: Office, step: timedelta = timedelta(minutes=1)) -> None:
    """Wait; the office's clock goes on meanwhile, so that what is tried later is tried."""
    end = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
        office.town.clock.set(office.town.clock.now() + step)
        office.wake()


def ended(office: Office) -> bool:
    with office.town.db.begin() as uow:
        open_ = select(OutboxRowTable.id).where(
            col(OutboxRowTable.state).in_(["queued", "claimed", "failed"])
        )
        return uow.session.exec(open_).first() is None


def arrived(office: Office, words: str, chat: int = CHAT) -> int:
    return sum(words in message["text"] for message in office.double.sent(chat))


@pytest.mark.parametrize("fault", PASSING)
def test_a_reminder_arrives(office: Office, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    put(office, "Tin một")
    put(office, "Tin hai")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert 1 <= arrived(office, "Tin một") <= most
    assert arrived(office, "Tin hai") == 1


@pytest.mark.parametrize("fault", PASSING)
def test_an_answer_arrives_and_the_report_is_logged_once(office: Office, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        until(lambda: arrived(office, "60%") and ended(office), office)
    assert 1 <= arrived(office, "60%") <= most
    assert percents(office) == [60]


@pytest.mark.parametrize("fault", PASSING)
def test_a_press_counts_once_though_its_spinner_may_not_end(office: Office, fault: str) -> None:
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        (answer,) = office.double.sent(CHAT, least=1)
        office.double.fails("answerCallbackQuery", **PASSING[fault][0])
        office.double.fails("editMessageReplyMarkup", **PASSING[fault][0])
        office.double.presses(CHAT, answer["message_id"], buttons(answer)["Xong hẳn"])
        office.double.sent(CHAT, least=2)
        until(lambda: ended(office), office)
    assert percents(office) == [60, None]  # done, which states no figure


@pytest.mark.parametrize("fault", PASSING)
def test_what_is_fetched_is_taken_in_once(office: Office, fault: str) -> None:
    for _ in range(2):
        office.double.fails("getUpdates", **PASSING[fault][0])
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        office.double.writes(CHAT, "được 70%")
        office.double.sent(CHAT, least=2)
        until(lambda: ended(office), office)
    assert percents(office) == [60, 70]


@pytest.mark.parametrize("fault", PASSING)
def test_the_webhook_is_registered_in_the_end(
    office: Office, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    for method in ("getMe", "setWebhook", "setMyCommands"):
        office.double.fails(method, **PASSING[fault][0])
    assert registered(office) == f"http://127.0.0.1:9/telegram/{office.double.bot}"


def test_the_webhook_is_registered_once_the_token_is_good_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    office.double.revoke()
    assert registered(office, mended_after=3) == f"http://127.0.0.1:9/telegram/{office.double.bot}"
    # pauses of 0.1, 0.2 and 0.4 seconds between, not one after the other
    assert 4 <= len(office.double.calls("getMe")) <= 6


def registered(office: Office, mended_after: int = 0) -> str:
    """The webhook that stands in the end; a withdrawn token is good again after so many calls."""
    settings = Settings(_env_file=None, public_url="http://127.0.0.1:9", secret_key="k" * 40)  # type: ignore[arg-type,call-arg]
    channel = TelegramChannel(office.double.token, api_url=office.double.url)
    runtime = Runtime(settings, office.town.service, [channel], office.town.clock)

    async def start() -> None:
        announcing = asyncio.ensure_future(serve._announce(channel, runtime))
        for _ in range(100):
            if mended_after and len(await asyncio.to_thread(office.double.calls, "getMe")) >= mended_after:
                await asyncio.to_thread(office.double.revoke, revoked=False)
            hook = office.double.state()["bots"][office.double.bot]
            if hook["hook"] and hook["commands"]:
                break
            await asyncio.sleep(0.1)
        runtime.stopping.set()
        await announcing
        await channel.close()

    asyncio.run(start())
    return str(office.double.state()["bots"][office.double.bot]["hook"])


def test_who_has_blocked_the_bot_is_reached_elsewhere_and_admins_hear_of_nothing_lost(office: Office) -> None:
    join(office, "dm-stp", "browser", "web", "stp")
    office.double.knows(CHAT, state="blocked")
    put(office, "Tin một")
    put(office, "Tin hai")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert [words for words in heard_in_browser(office) if "Tin" in words] == ["Tin một", "Tin hai"]
    with office.town.db.begin() as uow:
        off = uow.session.exec(select(AddressRow.off_reason).where(AddressRow.chat == str(CHAT))).all()
    assert off == ["blocked"]
    assert len(office.double.sent(ADMIN)) == 1


def test_who_has_blocked_the_bot_and_is_nowhere_else_is_told_to_admins_once(office: Office) -> None:
    office.double.knows(CHAT, state="deactivated")
    for n in range(3):
        put(office, f"Tin số {n}")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert len(office.double.sent(ADMIN)) == 1


def test_a_chat_that_moved_gets_it_at_its_new_id(office: Office) -> None:
    office.double.knows(SUPERGROUP)
    office.double.knows(CHAT, moved_to=SUPERGROUP)
    put(office, "Tin một")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert arrived(office, "Tin một", SUPERGROUP) == 1
    with office.town.db.begin() as uow:
        assert uow.people.official_at("telegram", office.double.bot, str(SUPERGROUP)) is not None


def test_a_token_that_is_refused_keeps_everything_until_it_is_good_again(office: Office) -> None:
    with office.open("polled"):
        office.double.revoke()
        put(office, "Tin một")
        office.wake()
        until(lambda: why_away(office, "telegram") == "unauthorized", office)
        assert not ended(office)
        office.double.revoke(revoked=False)
        until(lambda: ended(office), office)
    assert arrived(office, "Tin một") == 1


def why_away(office: Office, channel: str) -> str:
    with office.town.db.begin() as uow:
        return uow.bots.line(channel, office.double.bot).reason


def percents(office: Office) -> list[int | None]:
    with office.town.db.begin() as uow:
        return list(uow.session.exec(select(ProgressRow.percent).order_by(col(ProgressRow.id))).all())


def heard_in_browser(office: Office) -> list[str]:
    with office.town.db.begin() as uow:
        rows = (
            select(OutboxRowTable.final_text)
            .where(OutboxRowTable.channel == "browser", OutboxRowTable.state == "sent")
            .order_by(col(OutboxRowTable.id))
        )
        return list(uow.session.exec(rows).all())
