"""Which rows are taken up next: the most urgent, longest due first, one a chat — found by index, never by a scan.

Within a chat and priority the order is kept: nothing passes a row that is under way, or one that failed and
waits for its next try. A more urgent row may: an answer waits neither for a reminder that is being tried again
nor for one whose call hangs.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Row,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.types import NullType
from sqlmodel import Session, SQLModel

from domain.messages import Priority
from storage.stores.core import run
from storage.stores.outbox_rows import CLAIMED, OutboxRow, claimed_noun
from storage.tables.talk import OutboxRowTable  # noqa: F401  (fills the metadata)

log = logging.getLogger(__name__)
OUTBOX: Table = SQLModel.metadata.tables["outbox"]
C = OUTBOX.c
WAITING = ("failed", "queued")
_NOBODY: Mapping[str, float] = MappingProxyType({})
#: rows looked at, for each priority; where most of them are of few chats, so many more
_LOOKED_AT, _CROWD = 60, 1000
_PASSES = 6

_BOT = (C.channel == bindparam("of_channel"), C.bot == bindparam("of_bot"))
_ABANDONED = (
    update(OUTBOX)
    .where(*_BOT, C.state == "claimed", C.lease_until < bindparam("at"))
    .values(state="failed", reason="abandoned", lease_until=None, claimed_by="", attempts=C.attempts - 1)
)


def claim_rows(
    session: Session,
    worker: str,
    bot: tuple[str, str],
    now: datetime,
    lease: timedelta,
    limit: int,
    *,
    avoid: Collection[str] = (),
    most: int = max(Priority),
    lately: Mapping[str, float] = _NOBODY,
) -> list[OutboxRow]:
    """Take up at most ``limit`` rows of one bot, of priority ``most`` or more urgent, in no chat of ``avoid``.

    Chats have their turns: of those that are equally urgent, who was served longest ago (``lately``) comes first.
    Claims whose lease ran out (their process died) first wait for another try, which nobody has counted yet.
    """
    _one_claimer(session, bot)
    session.flush()
    session.connection().execute(_ABANDONED, {"of_channel": bot[0], "of_bot": bot[1], "at": now})
    ids = _next_ids(session, bot, now, limit, avoid, most, lately)
    if not ids:
        return []
    values = {"ids": json.dumps(ids), "worker": worker, "until": now + lease}
    place = {row: n for n, row in enumerate(ids)}
    take = _take(session.get_bind().dialect.name)
    rows = sorted(session.connection().execute(take, values).all(), key=lambda row: place[row.id])
    session.expire_all()
    return list(_readable(session, rows))


def _one_claimer(session: Session, bot: tuple[str, str]) -> None:
    """Let claims of one bot follow each other until commit; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        name = func.hashtextextended(f"outbox {bot[0]} {bot[1]}", 0)
        session.connection().execute(select(func.pg_advisory_xact_lock(name)))


def _next_ids(
    session: Session,
    bot: tuple[str, str],
    now: datetime,
    limit: int,
    avoid: Collection[str],
    most: int,
    lately: Mapping[str, float],
) -> list[int]:
    chosen: dict[str, int] = {}
    look = max(_LOOKED_AT, limit + limit // 4)
    due = _due(session.get_bind().dialect.name, most)
    values = {"of_channel": bot[0], "of_bot": bot[1], "at": now}
    for _ in range(_PASSES):
        asked = values | {"look": look, "avoid": json.dumps([*chosen, *avoid])}
        found = session.connection().execute(due, asked).all()
        full = _fullest(found, look)
        if full <= most and look < _CROWD and len({row.chat for row in found}) * 2 < len(found):
            look = _CROWD  # turns are given among many chats
            continue
        for row in sorted(found, key=lambda r: (r.priority, lately.get(r.chat, 0.0), r.not_before, r.id)):
            if row.priority > full or len(chosen) >= limit:
                break
            chosen.setdefault(row.chat, row.id)
        if full > most or len(chosen) >= limit:
            break
    return list(chosen.values())


def _fullest(found: Sequence[Row[Any]], look: int) -> int:
    """The most urgent priority of which there may be more than was looked at."""
    counts = Counter((row.priority, row.state) for row in found)
    return min((priority for (priority, _), count in counts.items() if count >= look), default=10**9)


def _listed(dialect: str, name: str, kind: type[String] | type[BigInteger] = String) -> Any:
    """A list given as JSON in one parameter: the statement stays the same, however long it is."""
    if dialect == "sqlite":
        return select(func.json_each(bindparam(name, type_=String)).table_valued("value").c.value)
    given = func.json_array_elements_text(cast(bindparam(name, type_=String), JSON)).table_valued("value")
    return select(cast(given.c.value, kind))


@lru_cache
def _take(dialect: str) -> Any:
    return (
        update(OUTBOX)
        .where(C.id.in_(_listed(dialect, "ids", BigInteger)), C.state.in_(WAITING))
        .values(
            state="claimed",
            claimed_by=bindparam("worker"),
            lease_until=bindparam("until"),
            attempts=C.attempts + 1,
        )
        .returning(*(C[name] for name in CLAIMED))
    )


@lru_cache
def _due(dialect: str, most: int) -> Any:
    """Due rows, longest due first, for each state and priority apart: each part is a stretch of the index.

    Built once: building takes longer than running it.
    """
    levels = [priority.value for priority in Priority if priority <= most]
    return union_all(*(select(_part(dialect, s, level).subquery()) for level in levels for s in WAITING))


def _part(dialect: str, state: str, priority: int) -> Select[Any]:
    other = OUTBOX.alias()
    under_way = (other.c.state == "claimed", other.c.priority <= priority)
    before = (other.c.state == "failed", other.c.priority == priority, other.c.id < C.id)
    return (
        # not_before only puts them in order: it is read as the database gives it
        select(C.id, C.chat, C.priority, C.state, type_coerce(C.not_before, NullType()).label("not_before"))
        .where(*_BOT, C.state == state, C.priority == priority, C.not_before <= bindparam("at"))
        .where(C.chat.not_in(_listed(dialect, "avoid")))
        .where(_none_in_chat(other, under_way), _none_in_chat(other, before))
        .order_by(C.not_before, C.id)
        .limit(bindparam("look"))
    )


def _none_in_chat(other: Any, such: Iterable[Any]) -> Any:
    """No other row of the chat is such. One state a question, and a value instead of an EXISTS: PostgreSQL then looks
    each up by index, where it would read the whole queue, or all that was ever said in the chat, for every row."""
    here = (
        other.c.channel == bindparam("of_channel"),
        other.c.bot == bindparam("of_bot"),
        other.c.chat == C.chat,
    )
    found = select(literal(1)).select_from(other).where(*here, *such).limit(1)
    return found.correlate(OUTBOX).scalar_subquery().is_(None)


def _readable(session: Session, rows: Iterable[Row[Any]]) -> Iterable[OutboxRow]:
    """Rows as nouns; one that cannot be read is put aside, so that it does not stop the others."""
    for row in rows:
        try:
            yield claimed_noun(row)
        except Exception:  # whatever is wrong in it
            log.exception("an outbox row cannot be read and is given up", extra={"row": row.id})
            end = {"state": "dead", "reason": "unreadable", "claimed_by": "", "lease_until": None}
            run(session, update(OUTBOX).where(C.id == row.id).values(**end))
