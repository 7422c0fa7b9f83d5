"""A small province whose reminders are planned: agencies, people, plans, a calendar, and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.services import Service
from bot.still_true import asked_of, assignments_of, freshen
from domain.agencies import Agency, Kind, Level
from domain.assigning import deadline_of
from domain.assignments import Progress, State, apply_progress
from domain.calendars import ANNOUNCED, CONFIRMED_YEARS
from domain.lexicon import Lexicon
from domain.messages import Message
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.reminders import ASKS
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar
from scheduler.planner import Planned, plan
from storage.stores.outbox_rows import OutboxRow, to_noun
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AGENCIES = (
    Agency("vp-ubnd", "Văn phòng UBND tỉnh", Level.PROVINCE, Kind.OFFICE),
    Agency("snv", "Sở Nội vụ", Level.PROVINCE, Kind.DEPARTMENT),
    Agency("stc", "Sở Tài chính", Level.PROVINCE, Kind.DEPARTMENT),
    Agency("mttq", "Ủy ban MTTQ Việt Nam tỉnh", Level.PROVINCE, Kind.ORGANISATION),
)


def calendar() -> WorkCalendar:
    """The announced days, as every installation has them."""
    off = {e.day: e.reason for e in ANNOUNCED if not e.worked}
    worked = {e.day: e.reason for e in ANNOUNCED if e.worked}
    return WorkCalendar(ZONE, off, worked, confirmed_years=CONFIRMED_YEARS)


def fixed(day: date, *, strict: bool = False) -> TimeFrame:
    """A frame with one date."""
    return TimeFrame(f"{day}", TimeFrameKind.FIXED_DATE, day, strict)


def province_service(db: Database) -> Service:
    """A service with one Telegram bot and the browser."""
    return Service(db, calendar(), ZONE, Lexicon(), bots=(("telegram", "b1"),))


@dataclass
class Province:
    """The whole, with a clock that is moved by naming a time."""

    db: Database
    service: Service
    monitors: tuple[str, ...] = ("vp-ubnd",)

    @classmethod
    def found(
        cls, db: Database, *, joined: Sequence[str] = ("an", "binh", "chi", "head", "office", "admin")
    ) -> Province:
        """The province with its people; those in ``joined`` have a browser address."""
        town = cls(db, province_service(db))
        posts = {
            "an": [Post("snv", Role.FOCAL)],
            "head": [Post("snv", Role.HEAD)],
            "binh": [Post("stc", Role.FOCAL)],
            "chi": [Post("mttq", Role.FOCAL)],
            "office": [Post("vp-ubnd", Role.MONITOR)],
            "admin": [Post("vp-ubnd", Role.ADMIN)],
        }
        with db.begin() as uow:
            uow.agencies.save_agencies(AGENCIES)
            for key, held in posts.items():
                uow.people.save(key, key.title(), held)
        for key in joined:
            town.join(key, town.at(date(2025, 1, 2), 8))
        return town

    def at(self, day: date, hour: int = 7, minute: int = 45) -> datetime:
        """A local time as an instant."""
        return self.service.calendar.at(day, time(hour, minute))

    def join(self, key: str, at: datetime) -> None:
        """The person opens the browser chat."""
        with self.db.begin() as uow:
            person = uow.people.by_key(key)
            assert person is not None
            uow.people.add_address(person.id, "browser", "web", key, at)

    def add_plan(
        self, tasks: Sequence[Task], at: datetime, *, ladder: Ladder = Ladder(), number: str = "1/KH-UBND"
    ) -> list[int]:
        """Confirm a plan: shares for the leads of every task that is not recurring; the tasks' ids."""
        ids = []
        with self.db.begin() as uow:
            document = uow.plans.save_document(b"x", "x.txt", number.rjust(64, "0"), at, None)
            head = DocumentHead(number, self.service.calendar.local_date(at), "UBND tỉnh", "Kế hoạch")
            kept = uow.plans.add_plan(document, head, ladder, at)
            for task in tasks:
                monitors = task.monitors or self.monitors
                new = uow.plans.add_task(replace(task, plan=kept.id, monitors=monitors))
                ids.append(new.id)
                if task.frame.kind is not TimeFrameKind.RECURRING:
                    deadline = deadline_of(task.frame, self.service.calendar)
                    uow.assignments.add_many(
                        [
                            {"task": new.id, "agency": code, "state": State.NOT_STARTED, "assigned_at": at}
                            | {
                                f: getattr(deadline, f)
                                for f in ("due_on", "strict", "act_by", "overdue_from")
                            }
                            for code in task.leads
                        ]
                    )
        return ids

    def plan(self, at: datetime) -> Planned:
        """One tick."""
        return plan(self.db, self.service, at)

    def send(self, at: datetime) -> list[OutboxRow]:
        """Send what is due, as delivery does: stale lines left out, an answer awaited from now on."""
        sent = []
        with self.db.begin() as uow:
            rows = uow.outbox.claim("t", [("browser", "web")], at, limit=100)
            for row in rows:
                known = uow.assignments.many(assignments_of(row.message))
                message = freshen(row.message, known) if row.kind in ASKS else row.message
                if message is None:
                    uow.outbox.supersede(row.id, "overtaken")
                    continue
                uow.outbox.sent(row.id, at, "x", self.text(message))
                uow.assignments.mark_reminded(asked_of(message), at)
                sent.append(replace(row, message=message))
        return sent

    def morning(self, day: date) -> dict[str, str]:
        """Plan twice and send at the hour of the digest; the texts by chat."""
        at = self.at(day)
        self.plan(at)
        assert self.plan(at).messages == 0
        return {row.chat: self.text(row.message) for row in self.send(at)}

    def days(self, first: date, last: date) -> dict[date, dict[str, str]]:
        """Every morning's messages by day; days without any are left out."""
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        said = {day: self.morning(day) for day in every}
        return {day: texts for day, texts in said.items() if texts}

    def answer(self, assignment: int, status: State | None, at: datetime, percent: int | None = None) -> None:
        """A report by Sở Nội vụ's focal person."""
        with self.db.begin() as uow:
            before = uow.assignments.get(assignment)
            progress = Progress(status, percent, "", at, self.service.calendar.local_date(at))
            uow.assignments.log(before, apply_progress(before, progress), 1, progress)

    def rows(self) -> list[OutboxRow]:
        """Everything in the outbox, in the order it was planned."""
        with self.db.begin() as uow:
            query = select(OutboxRowTable).order_by(col(OutboxRowTable.id))
            return [to_noun(row) for row in uow.session.exec(query)]

    def text(self, message: Message, locale: str = "en") -> str:
        """The words, a block a line."""
        speech = self.service.speech(locale)
        lines = []
        for block in message.blocks:
            number = f"{block.number}. " if block.number else "- " if block.look.value == "item" else ""
            lines.append(number + speech.text(block.phrase))
        return "\n".join(lines)
