"""The facts a service's health is judged by, read in half a dozen queries."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import and_, func, not_, or_
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from domain.health import HealthFacts
from domain.quotas import Quota
from domain.workdays import WorkCalendar
from storage.migrate import current, head
from storage.tables.talk import IncomingRow, OutboxRowTable
from storage.unit_of_work import Database, UnitOfWork

ROW = OutboxRowTable
_WAITING = ("failed", "queued")
_DAY = timedelta(days=1)
#: what came in is looked through for failures no further back, however much there is
_LOOKED_AT = 5_000


#: of the newest rows, however many there are
_NEWEST_ROW = select(func.coalesce(func.max(ROW.id), 0)).scalar_subquery()
_LAST_SENT = (
    select(ROW.channel, ROW.bot, func.max(ROW.sent_at))
    .where(ROW.state == "sent", col(ROW.id) > _NEWEST_ROW - 20_000)
    .group_by(ROW.channel, ROW.bot)
)


def read_health(db: Database, now: datetime, days: WorkCalendar) -> HealthFacts:
    """What is true at ``now``; a quota's pace is judged by working ``days``. A database that cannot be used is
    itself a fact, not an error."""
    try:
        if current(db.engine) != head():
            return HealthFacts(now, migrated=False)
        with db.begin() as uow:
            return health_facts(uow, db.engine, now, days)
    except Exception:  # whatever the driver calls it, the database cannot be used
        return HealthFacts(now, database=False)


def health_facts(uow: UnitOfWork, engine: Engine, now: datetime, days: WorkCalendar) -> HealthFacts:
    """The same within a transaction that is open already."""
    lines = uow.bots.lines()
    stuck = [bot for bot, line in lines.items() if not line.usable]
    waiting = select(ROW.channel, ROW.bot, func.count()).where(col(ROW.state).in_(_WAITING))
    held = {(c, b): n for c, b, n in uow.session.exec(waiting.group_by(ROW.channel, ROW.bot)).all()}
    dead = select(func.count()).where(ROW.state == "dead", col(ROW.not_before) > now - _DAY)
    newest = select(func.coalesce(func.max(IncomingRow.id), 0)).scalar_subquery()
    failed = select(func.count()).where(
        IncomingRow.outcome == "failed",
        col(IncomingRow.at) > now - _DAY,
        col(IncomingRow.id) > newest - _LOOKED_AT,
    )
    return HealthFacts(
        now,
        beats=uow.heartbeats.all(),
        oldest=_oldest(uow, now, stuck),
        states=uow.outbox.count_by_state(),
        dead=uow.session.exec(dead).one(),
        failed_inbox=uow.session.exec(failed).one(),
        last_sent=_last_sent(uow, now, stuck),
        lines=lines,
        waiting=held,
        disk_free=disk_free(engine),
        quotas=_quotas(uow, now, days),
    )


def _oldest(uow: UnitOfWork, now: datetime, without: list[tuple[str, str]]) -> dict[int, datetime]:
    query = select(ROW.priority, func.min(ROW.not_before)).where(
        col(ROW.state).in_(_WAITING), col(ROW.not_before) <= now
    )
    if without:
        query = query.where(not_(or_(*(and_(col(ROW.channel) == c, col(ROW.bot) == b) for c, b in without))))
    return dict(uow.session.exec(query.group_by(col(ROW.priority))).all())


def _last_sent(uow: UnitOfWork, now: datetime, without: list[tuple[str, str]]) -> datetime | None:
    """Of the bots for which something due waits, when the one that has been silent longest sent last."""
    due = select(ROW.channel, ROW.bot).where(col(ROW.state).in_(_WAITING), col(ROW.not_before) <= now)
    bots = {(c, b) for c, b in uow.session.exec(due.distinct()).all()} - set(without)
    sent = {(c, b): at for c, b, at in uow.session.exec(_LAST_SENT).all() if at}
    return min(sent[bot] for bot in bots) if bots and bots <= sent.keys() else None


def _quotas(uow: UnitOfWork, now: datetime, days: WorkCalendar) -> dict[tuple[str, str], Quota]:
    """Of this month; at its end, for some hours, a zone's difference may still show the last."""
    return uow.quotas.latest((now - _DAY).date().replace(day=1), days)


def disk_free(engine: Engine) -> int | None:
    """Bytes left beside a SQLite file; None for a database elsewhere or in memory."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return shutil.disk_usage(Path(engine.url.database).absolute().parent).free
