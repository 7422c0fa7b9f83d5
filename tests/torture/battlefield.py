"""A province under kills: a service that is ended at random moments and started again, against the stand-in.

What is counted: what the stand-in took against what the database says was sent, at every kill and at the end.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import and_, or_
from sqlmodel import col, func, select

from domain.agencies import Agency, Kind, Level
from domain.assignments import State
from domain.messages import Priority, text
from domain.officials import Address, Post, Role
from domain.phrases import verbatim
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from scheduler.clock import SystemClock
from storage.stores.outbox_rows import ToSay
from storage.tables.talk import OutboxRowTable
from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble
from tests.doubles.process import ROOT
from tests.ports import free_port

#: messages a second the bot may send
RATE = int(os.environ.get("TORTURE_RATE", "30"))
FIRST_CHAT = 5_000_000
_NUMBER = re.compile(r"Tin số (\d+)\.")
PERCENTS = (10, 30, 50, 70)


@dataclass
class Battlefield:
    """``messages`` wait in the outbox for ``people`` of as many agencies; some of them answer meanwhile."""

    db: Database
    double: TelegramDouble
    url: str
    people: int
    messages: int
    seed: int = 1
    replies: int = 0
    kills: int = 0
    #: by kill: messages the stand-in had taken and no process had recorded; those may come twice
    at_risk: list[set[int]] = field(default_factory=list)

    #: by kill: calls the stand-in had not answered yet, of every process; the others under way were answered and
    #: not recorded yet
    in_flight: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.port = free_port()
        self._taken: Counter[int] = Counter()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._left = [(n, p) for p in PERCENTS for n in range(min(self.people, 50))]

    # --- the province

    def fill(self) -> None:
        """Everybody joined, one task for all, and every message due now."""
        now = SystemClock().now()
        codes = [f"a{n}" for n in range(self.people)]
        with self.db.begin() as uow:
            uow.agencies.save_agencies(
                Agency(c, f"Cơ quan {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in codes
            )
            who = [uow.people.save(c, c, [Post(c, Role.FOCAL)]) for c in codes]
            homes = [uow.people.add_address(o.id, "telegram", self.double.bot, str(FIRST_CHAT + n), now) for n, o in enumerate(who)]  # fmt: skip
            document = uow.plans.save_document(b"x", "x.txt", "0" * 64, now, None)
            head = DocumentHead("1/KH-UBND", now.date(), "UBND tỉnh", "Kế hoạch")
            plan = uow.plans.add_plan(document, head, Ladder(), now)
            frame = TimeFrame("Khi có hướng dẫn", TimeFrameKind.ON_EVENT, None)
            task = uow.plans.add_task(Task(0, plan.id, "1", "", "Rà soát quy chế", frame, leads=tuple(codes)))
            uow.assignments.add_many(
                [
                    {"task": task.id, "agency": c, "state": State.NOT_STARTED, "assigned_at": now}
                    for c in codes
                ]
            )
            uow.outbox.put_many([self._to_say(n, homes[n % self.people]) for n in range(self.messages)], now)
        # an answer takes its time, so that kills find calls under way
        self.double.fails("sendMessage", hang=0.25, times=None)
        self.double.knows(*(FIRST_CHAT + n for n in range(self.people)))

    def _to_say(self, number: int, home: Address) -> ToSay:
        return ToSay(f"m:{number}", home, Priority.REMINDER, "told", text(verbatim(f"Tin số {number}.")))

    # --- processes

    def start(self, name: str, part: str) -> None:
        """Start a process, or start it again."""
        env = {
            **os.environ,
            "DONDOC_DATABASE_URL": self.url,
            "DONDOC_SECRET_KEY": "the key of a province under kills, long enough",
            "DONDOC_TELEGRAM_TOKEN": self.double.token,
            "DONDOC_TELEGRAM_API_URL": self.double.url,
            "DONDOC_TELEGRAM_RATE": str(RATE),
            "DONDOC_LOG_LEVEL": "CRITICAL",
            "DONDOC_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }
        if name != "all":
            env["DONDOC_PUBLIC_URL"] = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "tests.torture.process", part]
        self._processes[name] = subprocess.Popen(command, cwd=ROOT, env=env)

    def stop(self, name: str, sign: signal.Signals) -> None:
        """End a process, look what was under way, and start nothing."""
        process = self._processes.pop(name)
        process.send_signal(sign)
        killed_at = time.monotonic()
        process.wait(30)
        self.kills += 1
        calls = self.double.calls("sendMessage")
        hanging = [n for n, call in enumerate(calls) if not call["status"]]
        self._wait(lambda: self._answered(hanging), 30)  # what was called for is still carried out
        calls = self.double.calls("sendMessage")
        self.in_flight.append(sum(call["began"] <= killed_at < call["ended"] for call in calls))
        taken, recorded = self.taken(), self.recorded()
        self.at_risk.append({n for n, times in taken.items() if n not in recorded and times > self._taken[n]})
        self._taken = taken

    def _answered(self, some: list[int]) -> bool:
        calls = self.double.calls("sendMessage")
        return all(calls[n]["status"] for n in some)

    def end(self) -> None:
        """End everything."""
        for process in self._processes.values():
            process.kill()
            process.wait()

    def fight(self, kills: int, parts: dict[str, str], sign: signal.Signals, most: float = 1.5) -> None:
        """Kill one of the processes at a random moment, so many times; people write all the while."""
        for name, part in parts.items():
            self.start(name, part)
        self._wait(lambda: len(self.taken()) > 0, 60)
        for _ in range(kills):
            self._people_write(max(1, len(PERCENTS) * min(self.people, 50) // kills))
            time.sleep(self.random.uniform(0.05, most))
            name = self.random.choice(sorted(parts))
            self.stop(name, sign)
            self.start(name, parts[name])
            before = len(self.taken())
            if self.random.random() < 0.7:  # mostly let it get going again; sometimes kill it while it starts
                self._wait(lambda before=before: len(self.taken()) > before or self._all_sent(), 30)  # type: ignore[misc]
        while self._left:
            self._people_write(20)

    def settle(self, patience: float = 180) -> None:
        """Wait until everything has gone out and every reply is logged."""
        self._wait(lambda: self._all_sent() and len(self.logged()) >= self.replies, patience)
        time.sleep(1)

    # --- what there is

    def taken(self) -> Counter[int]:
        """How often the stand-in took each numbered message."""
        found = (_NUMBER.search(message.get("text", "")) for message in self.double.sent())
        return Counter(int(match[1]) for match in found if match)

    def recorded(self) -> set[int]:
        """Numbers of messages the database says were sent."""
        with self.db.begin() as uow:
            keys = uow.session.exec(
                select(OutboxRowTable.key).where(
                    OutboxRowTable.kind == "told", OutboxRowTable.state == "sent"
                )
            ).all()
        return {int(key.removeprefix("m:")) for key in keys}

    def logged(self) -> Counter[tuple[int, int | None]]:
        """How often each (person, percent) was logged."""
        with self.db.begin() as uow:
            rows = uow.session.exec(
                select(ProgressRow.official, ProgressRow.percent).where(col(ProgressRow.percent).is_not(None))
            ).all()
        return Counter((who, percent) for who, percent in rows)

    def unended(self) -> int:
        """Rows that are under way, to be tried again, or due. In the evening a digest waits for the morning."""
        row, now = OutboxRowTable, SystemClock().now()
        with self.db.begin() as uow:
            due = and_(col(row.state) == "queued", col(row.not_before) <= now)
            query = select(func.count()).where(or_(col(row.state).in_(["claimed", "failed"]), due))
            return uow.session.exec(query).one()

    def _all_sent(self) -> bool:
        return len(self.recorded()) == self.messages and self.unended() == 0

    def _people_write(self, count: int) -> None:
        for who, percent in self._left[:count]:
            self.double.writes(FIRST_CHAT + who, f"được {percent}%")
            self.replies += 1
        del self._left[:count]

    def _wait(self, holds: object, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if holds():  # type: ignore[operator]
                return
            time.sleep(0.05)
        raise AssertionError(
            f"after {seconds:.0f} s: taken {len(self.taken())}, recorded {len(self.recorded())}, logged {len(self.logged())} of {self.replies}, unended {self.unended()}"
        )

    def report(self) -> str:
        """The figures, in one line."""
        doubled = sum(self.taken().values()) - len(self.taken())
        risk = [len(one) for one in self.at_risk]
        return (
            f"{self.kills} kills, {self.messages} messages: {len(self.taken())} arrived, {doubled} of them twice; "
            f"under way at the kills: {sum(risk)} in all, {max(risk, default=0)} at most; "
            f"calls in flight then: {sum(self.in_flight)}; "
            f"{self.replies} replies, {len(self.logged())} logged, {sum(self.logged().values()) - len(self.logged())} twice"
        )
