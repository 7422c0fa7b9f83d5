"""Bots: which process speaks for each, how its line stands — and what is amiss with the service."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as model_select

from domain.outages import Line
from storage.stores.core import insert_once, look, run
from storage.tables.talk import BotRow, IncidentRow

_NEW = {"owner": "", "term": 0, "failures": 0, "reason": "", "probes": 0, "off": False}
#: a lease is written anew when less than this part of it is left, not at every look
_RENEWED_AT = 0.67
BOT: Table = SQLModel.metadata.tables["bot"]
_HERE = (BOT.c.channel == bindparam("of_channel"), BOT.c.bot == bindparam("of_bot"))
_ONE = select(*BOT.c).where(*_HERE)
_LOCKED = _ONE.with_for_update()
_OWN = (
    update(BOT)
    .where(*_HERE)
    .values(owner=bindparam("by"), term=bindparam("nth"), lease_until=bindparam("until"))
)


class Bots:
    """One row a bot. Ownership is a lease in the database, so that a bot's rate needs no other coordination."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def own(self, channel: str, bot: str, worker: str, now: datetime, lease: timedelta) -> int | None:
        """Speak for the bot for two thirds of ``lease`` at least: the term, or None while another process does.

        The term grows when the owner changes. Until the transaction ends nobody else can become the owner, so
        what is claimed in it is claimed by the owner alone.
        """
        return self.own_line(channel, bot, worker, now, lease)[0]

    def own_line(
        self, channel: str, bot: str, worker: str, now: datetime, lease: timedelta
    ) -> tuple[int | None, Line]:
        """The same, and how the bot's line stands, in one look."""
        row = self._row(channel, bot, lock=True)
        if row is None:
            self._ensure(channel, bot)
            row = self._row(channel, bot, lock=True)
            assert row is not None
        if row.owner not in ("", worker) and row.lease_until is not None and row.lease_until >= now:
            return None, _line(row)
        term = row.term + (row.owner != worker)
        if row.owner != worker or row.lease_until is None or row.lease_until - now < lease * _RENEWED_AT:
            mine = {"by": worker, "nth": term, "until": now + lease}
            run(self._session, _OWN, {"of_channel": channel, "of_bot": bot, **mine})
        return term, _line(row)

    def _row(self, channel: str, bot: str, *, lock: bool = False) -> Row[Any] | None:
        values = {"of_channel": channel, "of_bot": bot}
        return look(self._session, _LOCKED if lock else _ONE, values).first()

    def disown(self, channel: str, bot: str, worker: str) -> None:
        """Let the next process speak for the bot at once."""
        mine = (col(BotRow.channel) == channel, col(BotRow.bot) == bot, col(BotRow.owner) == worker)
        run(self._session, update(BotRow).where(*mine).values(owner="", lease_until=None))

    def line(self, channel: str, bot: str) -> Line:
        """How the bot's line stands."""
        return _line(self._row(channel, bot))

    def lines(self) -> dict[tuple[str, str], Line]:
        """Every bot that was ever owned or switched."""
        return {(row.channel, row.bot): _line(row) for row in self._session.exec(model_select(BotRow)).all()}

    def save_line(self, channel: str, bot: str, line: Line) -> None:
        """Remember how it stands, whether it is switched off excepted: see :meth:`switch`."""
        self._ensure(channel, bot)
        values = asdict(line)
        del values["off"]
        here = (col(BotRow.channel) == channel, col(BotRow.bot) == bot)
        run(self._session, update(BotRow).where(*here).values(**values))

    def switch(self, channel: str, bot: str, *, on: bool) -> bool:
        """Switch a bot on or off; False when it was so already."""
        self._ensure(channel, bot)
        here = (col(BotRow.channel) == channel, col(BotRow.bot) == bot)
        change = update(BotRow).where(*here, col(BotRow.off).is_(on)).values(off=not on)
        return run(self._session, change).rowcount == 1

    def _ensure(self, channel: str, bot: str) -> None:
        if self._row(channel, bot) is None:
            new = insert_once(self._session, BotRow).values(channel=channel, bot=bot, **_NEW)
            run(self._session, new)


def _line(row: BotRow | Row[Any] | None) -> Line:
    if row is None:
        return Line()
    return Line(
        failures=row.failures,
        failing_since=row.failing_since,
        down_since=row.down_since,
        reason=row.reason,
        probes=row.probes,
        probe_at=row.probe_at,
        held_until=row.held_until,
        off=row.off,
    )


@dataclass(frozen=True, slots=True)
class Incident:
    """Something amiss. ``told_at`` is when admins were last told, None while nobody was."""

    code: str
    since: datetime
    told_at: datetime | None = None


class Incidents:
    """What is amiss at the moment, each told once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, code: str, since: datetime) -> bool:
        """Something is amiss; True for whoever notices first."""
        new = insert_once(self._session, IncidentRow).values(code=code, since=since)
        return run(self._session, new.returning(col(IncidentRow.code))).scalar() is not None

    def tell(self, incident: Incident, now: datetime) -> bool:
        """Admins are being told now; False when another process is doing it."""
        told = col(IncidentRow.told_at)
        same = told.is_(None) if incident.told_at is None else told == incident.told_at
        change = update(IncidentRow).where(col(IncidentRow.code) == incident.code, same)
        return run(self._session, change.values(told_at=now)).rowcount == 1

    def restart(self, now: datetime) -> None:
        """Nobody looked for a while: what was seen before counts from now, unless it was told."""
        change = update(IncidentRow).where(col(IncidentRow.told_at).is_(None))
        run(self._session, change.values(since=now))

    def close(self, code: str) -> bool:
        """It is over; True for whoever notices first."""
        over = delete(IncidentRow).where(col(IncidentRow.code) == code)
        return run(self._session, over).rowcount == 1

    def all(self) -> dict[str, Incident]:
        """What is amiss, by code."""
        rows = self._session.exec(model_select(IncidentRow)).all()
        return {row.code: Incident(row.code, row.since, row.told_at) for row in rows}
