"""A province of thousands and one notice: a real service process against both stand-ins with their limits on."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import select

from bot.notices.desk import address, again, begin, change, pause, resume, submit
from domain.agencies import Agency, Kind, Level
from domain.notices import Notice
from domain.officials import Official, Post, Role
from dondoc.compose import make_service
from dondoc.settings import Settings
from scheduler.clock import SystemClock
from storage.tables.registers import AddressRow
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble, ZaloDouble
from tests.doubles.process import ROOT
from tests.ports import free_port

ROW = OutboxRowTable
#: an answer of either messenger takes so long, seconds
ANSWER = 0.06
SECOND_BOT = "800800800"
TELEGRAM_RATE, ZALO_RATE = 30.0, 10.0
AUTHOR = "author"
WORDS = "Họp trực tuyến 14h chiều nay."


@dataclass
class NoticeField:
    """``people`` are shared out to three bots by their rates; the author reads by none of them."""

    db: Database
    url: str
    telegram: TelegramDouble
    zalo: ZaloDouble
    people: int
    stops: list[tuple[datetime, datetime]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(7)
        self._process: subprocess.Popen[bytes] | None = None
        token = self.telegram.token.partition(":")[2]
        self.tokens = f"{self.telegram.token},{SECOND_BOT}:{token}"
        self.bots = {
            ("telegram", self.telegram.bot): TELEGRAM_RATE,
            ("telegram", SECOND_BOT): TELEGRAM_RATE,
            ("zalo", self.zalo.bot): ZALO_RATE,
        }
        settings = Settings(_env_file=None, notice_approve_above=10**6, secret_key="x" * 40)  # type: ignore[call-arg,arg-type]
        self.service = make_service(settings, self.db, tuple(self.bots))

    # --- the province

    def fill(self) -> None:
        """Everybody has joined one bot; the stand-ins know their chats and take their time."""
        now = SystemClock().now()
        codes = [f"a{n}" for n in range(200)]
        people = [
            Official(0, f"k{n}", f"Người {n}", (Post(codes[n % 200], Role.FOCAL),))
            for n in range(self.people)
        ]
        with self.db.begin() as uow:
            uow.agencies.save_agencies(
                Agency(c, f"Cơ quan {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in codes
            )
            uow.people.save_all(people)
            uow.people.save(AUTHOR, "Người soạn", [Post(codes[0], Role.ADMIN)])
            ids = {p.key: p.id for p in uow.people.all()}
            rows = []
            self.chats: dict[tuple[str, str], list[str]] = defaultdict(list)
            for n in range(self.people):
                bot = self._bot_of(n)
                chat = str(6_000_000 + n)
                self.chats[bot].append(chat)
                rows.append(
                    {"official": ids[f"k{n}"], "channel": bot[0], "bot": bot[1], "chat": chat}
                    | {"active": True, "since": now - timedelta(days=1), "off_reason": ""}
                )
            uow.session.connection().execute(insert(AddressRow), rows)
        for (channel, bot), chats in self.chats.items():
            if channel == "telegram":
                self.telegram.act("chats", bot=bot, chats=[int(c) for c in chats])
            else:
                self.zalo.set(quota=10**6, users=10**6)
                self.zalo.knows(*chats)
        self.zalo.act("limits", on=True, bot=[int(ZALO_RATE), 1.0])
        for double in (self.telegram, self.zalo):
            double.fails("sendMessage", hang=ANSWER, times=None)

    def _bot_of(self, number: int) -> tuple[str, str]:
        """Shared out by rate, so that all bots end at about the same time."""
        place, total = number % 70, 0.0
        for bot, rate in self.bots.items():
            total += rate
            if place < total:
                return bot
        raise AssertionError(place)

    # --- the notice

    def author(self) -> Official:
        with self.db.begin() as uow:
            found = uow.people.by_key(AUTHOR)
        assert found is not None
        return found

    def send(self) -> Notice:
        """Written, addressed and let go, as the author does."""
        who, now = self.author(), SystemClock().now()
        with self.db.begin() as uow:
            notice = begin(uow, who, WORDS, now)
            notice = change(uow, who, notice, urgent=True)
            notice = address(uow, self.service, who, notice, "tất cả", now)
            self.notice = submit(uow, self.service, who, notice, now, typed=self.people).notice
        return self.notice

    def pause_for(self, seconds: float) -> None:
        """The author pauses it, and lets it go on."""
        who, began = self.author(), SystemClock().now()
        with self.db.begin() as uow:
            pause(uow, who, again(uow, self.notice), began)
        time.sleep(seconds)
        with self.db.begin() as uow:
            resume(uow, who, again(uow, self.notice), SystemClock().now())
        self.stops.append((began, self._going_again()))

    # --- the process

    def start(self) -> None:
        env = {
            **os.environ,
            "DONDOC_DATABASE_URL": self.url,
            "DONDOC_SECRET_KEY": "the key of a province of thousands, long enough",
            "DONDOC_TELEGRAM_TOKEN": self.tokens,
            "DONDOC_TELEGRAM_API_URL": self.telegram.url,
            "DONDOC_ZALO_TOKEN": self.zalo.token,
            "DONDOC_ZALO_API_URL": self.zalo.url,
            "DONDOC_ZALO_MONTHLY_QUOTA": "1000000",
            "DONDOC_LOG_LEVEL": "ERROR",
            "DONDOC_PORT": str(free_port()),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.torture.process", "run"]
        self._process = subprocess.Popen(command, cwd=ROOT, env=env)

    def kill(self) -> None:
        """SIGKILL, and another process."""
        assert self._process is not None
        began = SystemClock().now()
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)
        self.start()
        self.stops.append((began, self._going_again()))

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _going_again(self) -> datetime:
        """When every bot has sent something since now, or has nothing left."""
        since = SystemClock().now()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            going = self._read(
                "SELECT DISTINCT channel, bot FROM outbox WHERE kind = 'notice' AND sent_at > ?",
                since.strftime("%Y-%m-%d %H:%M:%S.%f"),
            )
            if set(going) >= set(self.bots) or self.sent() >= self.people:
                return SystemClock().now()
            time.sleep(0.5)
        raise AssertionError("it did not go on within a minute")

    # --- what there is

    def sent(self) -> int:
        return int(self._read("SELECT count(*) FROM outbox WHERE kind = 'notice' AND state = 'sent'")[0][0])

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Look without a transaction: the service's own begin by locking, and are not to be held up."""
        path = self.url.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(statement, values).fetchall()

    def wait_for(self, count: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.sent() < count:
            assert time.monotonic() < until, f"{self.sent()} of {count} after {seconds:.0f} s"
            assert self._process is None or self._process.poll() is None, "the process ended"
            time.sleep(2)

    def ask(self) -> float:
        """Somebody who has read the notice writes; how long until they are answered, seconds.

        Not within a second of the notice: a messenger takes no two messages for one chat in a second.
        """
        bot = self.random.choice([b for b in self.bots if b[0] == "telegram"])
        long_ago = (SystemClock().now() - timedelta(seconds=3)).strftime("%Y-%m-%d %H:%M:%S.%f")
        readers = "SELECT chat FROM outbox WHERE kind = 'notice' AND bot = ? AND sent_at < ?"
        while not (known := self._read(readers, bot[1], long_ago)):
            time.sleep(0.5)
            long_ago = (SystemClock().now() - timedelta(seconds=3)).strftime("%Y-%m-%d %H:%M:%S.%f")
        chat = str(self.random.choice(known)[0])
        before = len(self.telegram.tell("sent", bot=bot[1], chat=chat))
        began = time.monotonic()
        self.telegram.act("writes", bot=bot[1], chat=int(chat), text="/viec")
        while True:
            news = self.telegram.tell("sent", bot=bot[1], chat=chat)[before:]
            if any(WORDS not in message.get("text", "") for message in news):
                break
            assert time.monotonic() - began < 20, "nobody answered"
            time.sleep(0.02)
        self.waits.append(time.monotonic() - began)
        return self.waits[-1]

    def arrived(self) -> dict[str, int]:
        """How often the notice reached each chat, by chat."""
        times: dict[str, int] = defaultdict(int)
        for channel, bot in self.bots:
            if channel == "telegram":
                sent = [(str(m["chat"]["id"]), m) for m in self.telegram.tell("sent", bot=bot)]
            else:
                sent = [(m["chat_id"], m) for m in self.zalo.tell("sent", chat="")]
            for chat, message in sent:
                times[chat] += WORDS in message.get("text", "")
        return times

    def by_second(self, channel: str, bot: str) -> list[int]:
        """How many messages each second brought, stops left out."""
        with self.db.begin() as uow:
            query = select(ROW.sent_at).where(
                ROW.channel == channel, ROW.bot == bot, ROW.kind == "notice", ROW.state == "sent"
            )
            moments = [at for at in uow.session.exec(query).all() if at]
        seconds = Counter(at.replace(microsecond=0) for at in moments)
        first, last = min(seconds), max(seconds)
        whole = (first + timedelta(seconds=n) for n in range(1, int((last - first).total_seconds())))
        return [
            seconds[s]
            for s in whole
            if not any(a <= s + timedelta(seconds=1) and s <= b for a, b in self.stops)
        ]

    def rates(self) -> dict[tuple[str, str], float]:
        """Each bot's rate a second as a share of its ceiling, stops left out.

        The ceiling is rate / (1 + answer time). Time is counted from a bot's first message to its last.
        """
        shares = {}
        for (channel, bot), rate in self.bots.items():
            with self.db.begin() as uow:
                query = select(ROW.sent_at).where(
                    ROW.channel == channel, ROW.bot == bot, ROW.kind == "notice", ROW.state == "sent"
                )
                moments = sorted(at for at in uow.session.exec(query).all() if at)
            outside = [m for m in moments if not any(a <= m <= b for a, b in self.stops)]
            first, last = moments[0], moments[-1]
            stopped = sum(
                (min(b, last) - max(a, first)).total_seconds()
                for a, b in self.stops
                if a < last and b > first
            )
            seconds = (last - first).total_seconds() - stopped
            shares[channel, bot] = len(outside) / seconds / (rate / (1 + ANSWER))
        return shares
