"""The next readers of a notice into the outbox: one statement for all, nothing of it row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, and_, bindparam, case, false, func, literal, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from domain.messages import Message
from storage.stores.core import insert_selected_once, look, run
from storage.stores.outbox_rows import new_row
from storage.tables.notices import NoticeRecipientRow
from storage.tables.registers import AddressRow, OfficialRow
from storage.tables.talk import OutboxRowTable

READER, PERSON, HOME, OUTBOX = NoticeRecipientRow, OfficialRow, AddressRow, OutboxRowTable
#: columns of SQLModel classes are, to a type checker, plain values
_select: Any = sql_select


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which of a person's active addresses is the best: of the channel they prefer, then of the channel with the
    lowest place (``elsewhere`` for one without), then the newest. Only ``bots`` (channel, bot) are in use."""

    bots: Collection[tuple[str, str]]
    places: Mapping[str, int]
    elsewhere: int


class NoticeFilling:
    """Batches by the order of people, so that a batch ends where the next one begins."""

    _session: Session

    def next_readers(self, notice_id: int, limit: int) -> tuple[int, int, list[str]]:
        """The next ``limit`` readers without an outbox row: the last one's person, how many, their languages."""
        some = (
            _select(col(READER.official).label("official"), col(PERSON.locale).label("locale"))
            .join(PERSON, col(PERSON.id) == col(READER.official))
            .where(READER.notice == notice_id, READER.state == "waiting")
            .order_by(col(READER.official))
            .limit(limit)
            .subquery()
        )
        query = _select(some.c.locale, func.count(), func.max(some.c.official)).group_by(some.c.locale)
        last, count, locales = 0, 0, []
        for row in look(self._session, query):
            locale, here, upto = tuple(row)
            last, count = max(last, upto), count + here
            locales.append(locale)
        return last, count, sorted(locales)

    def fill(
        self,
        notice_id: int,
        upto: int,
        messages: Mapping[str, Message],
        priority: int,
        ranking: Ranking,
        now: datetime,
        not_before: datetime,
    ) -> None:
        """Outbox rows for the waiting readers up to and with this person, in the words of their language.

        Each goes to the best of their addresses. Who has none, or is not active, is left out. A row whose key is
        there already is passed over.
        """
        homes = _homes(notice_id, upto, ranking)
        for locale, message in messages.items():
            values = new_row("notice", priority, now, not_before) | {
                "message": bindparam("message", message.as_json(), JSON),
                **{name: homes.c[name] for name in ("key", "official", "address", "channel", "bot", "chat")},
            }
            source = (
                _select(*(_as_column(name, value) for name, value in values.items()))
                .where(homes.c.place == 1, homes.c.locale == locale)
                .order_by(homes.c.official)
            )
            run(self._session, insert_selected_once(self._session, OUTBOX, list(values), source))
        has_row = _select(OUTBOX.id).where(col(OUTBOX.key) == col(READER.key)).exists()
        state = case((has_row, "queued"), else_="left_out")
        run(self._session, update(READER).where(*_waiting(notice_id, upto)).values(state=state))


def _waiting(notice_id: int, upto: int) -> tuple[Any, ...]:
    return (
        col(READER.notice) == notice_id,
        col(READER.state) == "waiting",
        col(READER.official) <= upto,
    )


def _homes(notice_id: int, upto: int, ranking: Ranking) -> Any:
    """The usable addresses of the waiting readers, each with its ``place`` among its person's, from 1 on."""
    here = [and_(col(HOME.channel) == c, col(HOME.bot) == b) for c, b in sorted(ranking.bots)]
    preferred = case((col(HOME.channel) == col(PERSON.prefers), 0), else_=1)
    place = case(*((col(HOME.channel) == c, n) for c, n in ranking.places.items()), else_=ranking.elsewhere)
    best_first = (preferred, place, col(HOME.id).desc())
    return (
        _select(
            READER.key,
            READER.official,
            PERSON.locale,
            col(HOME.id).label("address"),
            HOME.channel,
            HOME.bot,
            HOME.chat,
            func.row_number().over(partition_by=col(READER.official), order_by=best_first).label("place"),
        )
        .select_from(READER)
        .join(PERSON, col(PERSON.id) == col(READER.official))
        .join(HOME, col(HOME.official) == col(READER.official))
        .where(*_waiting(notice_id, upto), col(PERSON.active), col(HOME.active), or_(false(), *here))
        .subquery()
    )


def _as_column(name: str, value: Any) -> Any:
    if hasattr(value, "label"):
        return value.label(name)
    return literal(value, OUTBOX.__table__.c[name].type).label(name)  # type: ignore[attr-defined]
