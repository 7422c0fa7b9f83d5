"""One person's side of each channel: they write, pick and read; the wire below is the channel's own."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, cast

from sqlmodel import col, select

from bot.channels.terminal import TerminalChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.incoming import Incoming
from bot.zalo_oa.tokens import Credentials, TokenKeeper
from storage.tables.talk import IncomingRow, OutboxRowTable
from storage.unit_of_work import Database
from tests.bot.channels.office import Office, Way
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble, buttons
from tests.doubles.zalo_oa import APP, APP_SECRET, FIRST, OA_SECRET
from tests.town import Town, at
from tests.web.office import Browser
from tests.web.office import Office as WebOffice

URL = "https://dondoc.example"
KEY = "dm-stp"


@dataclass
class Line:
    """A message as the person sees it: its text, and the labels of its buttons."""

    text: str
    labels: list[str] = field(default_factory=list)


class Phone(Protocol):
    """What a story needs of a channel."""

    def joins(self, code: str) -> None: ...
    def mornings(self, to: str) -> None: ...
    def says(self, words: str) -> None: ...
    def picks(self, label: str) -> None: ...
    def reads(self) -> list[Line]: ...


def numbered(lines: list[Line], label: str) -> str:
    """The sign of the line of a choice, as somebody without buttons types it."""
    for line in reversed(lines):
        if found := re.search(rf"(?m)^(\w)\. {re.escape(label)}$", line.text):
            return found[1]
    raise AssertionError(f"no choice {label!r} in {[line.text for line in lines][-2:]}")


class _Messenger:
    """Over a stand-in's HTTP; the service runs while something happens."""

    way: Way = "polled"

    def __init__(self, db: Database, double: Any, now: str, channel: Callable[[], Any]) -> None:
        self.double, self._db, self._now, self._channel = double, db, now, channel
        self._read = 0

    def _office(self) -> Office:
        office = Office(self._db, self.double, self._now, self._channel())
        office.town = Town(self._db, self._now, [office.channel], URL)
        return office

    def mornings(self, to: str) -> None:
        self._now = to
        office = self._office()
        with office.open(self.way):
            office.plan()
            self._settle(0)

    def _happens(self, what: Callable[[], Any]) -> None:
        taken = self._count(IncomingRow)
        with self._office().open(self.way):
            what()
            self._settle(taken + 1)

    def _settle(self, taken: int) -> None:
        """Until what came in is stored and everything that was answered is out."""
        until = time.monotonic() + 30
        while self._count(IncomingRow) < taken or self._waiting():
            assert time.monotonic() < until
            time.sleep(0.05)

    def _count(self, table: Any) -> int:
        with self._db.begin() as uow:
            return len(uow.session.exec(select(table)).all())

    def _waiting(self) -> int:
        with self._db.begin() as uow:
            rows = select(OutboxRowTable).where(
                col(OutboxRowTable.state).in_(["queued", "claimed", "failed"])
            )
            return len(uow.session.exec(rows).all())


class TelegramPhone(_Messenger):
    chat = 5219000111

    def __init__(self, db: Database, double: TelegramDouble, now: str) -> None:
        from bot.channels.telegram import TelegramChannel

        double.limits(on=False)
        double.knows(self.chat)
        super().__init__(db, double, now, lambda: TelegramChannel(double.token, api_url=double.url))

    def joins(self, code: str) -> None:
        self.says(f"/start {code}")

    def says(self, words: str) -> None:
        self._happens(lambda: self.double.writes(self.chat, words))

    def picks(self, label: str) -> None:
        shown = [message for message in self.double.sent(self.chat) if label in buttons(message)]
        number, token = shown[-1]["message_id"], buttons(shown[-1])[label]
        self._happens(lambda: self.double.presses(self.chat, number, token))

    def reads(self) -> list[Line]:
        new = self.double.sent(self.chat)[self._read :]
        self._read += len(new)
        return [_telegram_line(message) for message in new]


def _telegram_line(message: dict[str, Any]) -> Line:
    file = message.get("document", {}).get("file_name")
    text = message.get("text") or message.get("caption") or ""
    return Line(f"{text}\n📎 {file}" if file else text, list(buttons(message)))


class ZaloPhone(_Messenger):
    way = "called"  # a poll that is given up may still swallow what comes next
    chat = "6ede9afa66b88fe6d6a9"

    def __init__(self, db: Database, double: ZaloDouble, now: str) -> None:
        super().__init__(db, double, now, lambda: ZaloChannel(double.token, api_url=double.url))

    def joins(self, code: str) -> None:
        self.says(code.lower())

    def says(self, words: str) -> None:
        self._happens(lambda: self.double.writes(self.chat, words))

    def picks(self, label: str) -> None:
        self.says(numbered([Line(m["text"]) for m in self.double.sent(self.chat)], label))

    def reads(self) -> list[Line]:
        new = self.double.sent(self.chat)[self._read :]
        self._read += len(new)
        return [Line(message["text"]) for message in new]


class OaPhone(_Messenger):
    chat = "2468458835296117922"
    way = "called"

    def __init__(self, db: Database, double: ZaloOaDouble, now: str) -> None:
        keeper = TokenKeeper(db, Credentials(APP, APP_SECRET, FIRST, double.url), lambda: at(now))
        super().__init__(
            db, double, now, lambda: ZaloOaChannel(APP, OA_SECRET, keeper, api_url=double.url, rate=100)
        )

    def _office(self) -> Office:
        office = super()._office()
        office.told_by_hand = self.double.hook
        return office

    def joins(self, code: str) -> None:
        self.says(code)

    def mornings(self, to: str) -> None:
        """The day before they write a word, so that the account may write to them."""
        before = at(to) - timedelta(days=1)
        self._now = f"{before:%Y-%m-%d %H:%M}"
        self.says("cảm ơn")
        self.reads()
        super().mornings(to)

    def says(self, words: str) -> None:
        self._happens(lambda: self.double.writes(self.chat, words))

    def picks(self, label: str) -> None:
        sent = self.double.sent(self.chat)
        pressed = [b["payload"] for message in sent for b in message["buttons"] if b["title"] == label]
        self.says(pressed[-1] if pressed else numbered([Line(m["text"]) for m in sent], label))

    def reads(self) -> list[Line]:
        new = self.double.sent(self.chat)[self._read :]
        self._read += len(new)
        return [Line(message["text"], [b["title"] for b in message["buttons"]]) for message in new]


class TerminalPhone:
    """The terminal's channel, without its keyboard."""

    def __init__(self, db: Database, now: str) -> None:
        self._lines: list[Line] = []
        channel = TerminalChannel(lambda words: self._lines.append(Line(words)))
        self._town = Town(db, now, cast(Any, [channel]), URL)
        self._channel, self._read, self._number = channel, 0, 0

    def joins(self, code: str) -> None:
        with self._town.db.begin() as uow:
            who = uow.people.by_key(KEY)
            assert who is not None
            uow.people.add_address(who.id, self._channel.name, self._channel.bot, KEY, self._town.clock.now())
        self.says("/start")

    def mornings(self, to: str) -> None:
        self._town.jump(to)
        self._town.tick()

    def says(self, words: str) -> None:
        self._number += 1
        now = self._town.clock.now()
        came = Incoming(self._channel.name, self._channel.bot, str(self._number), KEY, now, text=words)
        self._town.runtime.inbox.accept(came, now)
        self._town.deliver()

    def picks(self, label: str) -> None:
        self.says(numbered(self._lines, label))

    def reads(self) -> list[Line]:
        new = self._lines[self._read :]
        self._read += len(new)
        return new


class BrowserPhone:
    """The page, with its forms."""

    def __init__(self, db: Database, now: str) -> None:
        self._office = WebOffice(db, now=now)
        self._browser: Browser = self._office.browser()
        self._read = self._number = 0

    def joins(self, code: str) -> None:
        self._browser.see(f"/join/{code}")
        answer = self._browser.submit(f"/join/{code}")
        assert answer.status_code == 303, answer.text
        self._office.deliver()

    def mornings(self, to: str) -> None:
        self._office.town.jump(to)
        self._office.town.tick()

    def says(self, words: str) -> None:
        self._post(text=words)

    def picks(self, label: str) -> None:
        page = self._browser.see("/chat")
        before = page[: page.rindex(f">{html.escape(label)}</button>")]
        self._post(token=before.rsplit('value="', 1)[1].split('"')[0])

    def _post(self, **fields: str) -> None:
        self._number += 1
        self._browser.see("/chat")
        data = {"form_token": self._browser.form_token, "update": f"update-{self._number:04}", **fields}
        answer = self._browser.post("/chat/say", data=data, headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        self._office.deliver()

    def reads(self) -> list[Line]:
        """What the page shows of what was said to the person, as text."""
        with self._office.db.begin() as uow:
            who = uow.people.by_key(KEY)
            assert who is not None
            rows = sorted(uow.browser.sent(str(who.id), 1000), key=lambda row: row.id)
        page = self._browser.see("/chat")
        new = rows[self._read :]
        self._read += len(new)
        return [_shown(page, row.id) for row in new]


def _shown(page: str, row: int) -> Line:
    found = re.search(rf'(?s)<li[^>]*id="m{row}".*?</time>', page)
    assert found, f"the page does not show message {row}"
    labels = [html.unescape(x).strip() for x in re.findall(r"(?s)<button[^>]*>(.*?)</button>", found[0])]
    body = re.sub(r"(?s)<(button|time|form)\b.*?</\1>", "", found[0])
    text = re.sub(r"\n\s*\n+", "\n", html.unescape(re.sub(r"<[^>]+>", "\n", body)))
    return Line("\n".join(line.strip() for line in text.strip().splitlines() if line.strip()), labels)
