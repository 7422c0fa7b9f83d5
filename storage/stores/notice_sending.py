"""A notice under way: how far it is, what is taken back from the outbox, and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from domain.messages import Priority
from domain.roll_call import Entry
from storage.stores.core import chunks, run
from storage.tables.notices import NoticeRecipientRow, NoticeRow
from storage.tables.registers import OfficialRow
from storage.tables.talk import OutboxRowTable

READER, OUTBOX = NoticeRecipientRow, OutboxRowTable
#: columns of SQLModel classes are, to a type checker, plain values
_select: Any = sql_select
#: nothing of it has been given to a messenger
UNTOUCHED = (col(OUTBOX.state).in_(["queued", "failed"]), col(OUTBOX.parts_sent) == 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Readers by how far their message is. ``queued`` stand in the outbox, ``waiting`` not yet."""

    waiting: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0  # given up
    stopped: int = 0  # cancelled before it went out
    left_out: int = 0  # no address

    @property
    def left(self) -> int:
        """Readers who may still get it."""
        return self.waiting + self.queued

    @property
    def all(self) -> int:
        """Everybody it is for."""
        return self.left + self.sent + self.failed + self.stopped + self.left_out


@dataclass(frozen=True, slots=True)
class SentLine:
    """A message that reached a messenger: enough to take it back there."""

    official: int
    address: int
    channel: str
    bot: str
    chat: str
    external_id: str
    message: dict[str, Any]


class NoticeSending:
    """Counts, take-backs and the roll-call; everything by notice."""

    _session: Session

    def progress(self, notice_id: int) -> Progress:
        """How far it is; one query."""
        return self.progress_of([notice_id]).get(notice_id, Progress())

    def progress_of(self, notice_ids: Sequence[int]) -> dict[int, Progress]:
        """The same for several notices; one query."""
        state = func.coalesce(OUTBOX.state, READER.state)
        query = (
            _select(READER.notice, state, func.count())
            .select_from(READER)
            .outerjoin(OUTBOX, col(OUTBOX.key) == col(READER.key))
            .where(col(READER.notice).in_(notice_ids))
            .group_by(READER.notice, state)
        )
        self._session.flush()
        counts: dict[int, dict[str, int]] = {}
        for notice_id, name, count in self._session.connection().execute(query):
            counts.setdefault(notice_id, {})[name] = count
        return {notice_id: _progress(count) for notice_id, count in counts.items()}

    def pulse(self, notice_id: int, bots: Iterable[tuple[str, str]]) -> Progress:
        """The same as :meth:`progress` at a fraction of its cost, for who looks every few seconds.

        Only rows that have not gone out, or were given up, are looked at, through the sender's own index;
        whoever has a row that is not among them was sent it, or had it stopped. ``bots`` are all there are.
        """
        state = _select(READER.state, func.count()).where(READER.notice == notice_id).group_by(READER.state)
        self._session.flush()
        readers: dict[str, int] = dict(iter(self._session.connection().execute(state)))
        there = or_(*(and_(col(OUTBOX.channel) == c, col(OUTBOX.bot) == b) for c, b in bots))
        rows = (
            _select(OUTBOX.state, func.count())
            .where(
                there,
                col(OUTBOX.state).in_(["queued", "claimed", "failed", "dead"]),
                OUTBOX.priority == Priority.NOTICE.value,
                col(OUTBOX.key).startswith(f"notice:{notice_id}:"),
            )
            .group_by(OUTBOX.state)
        )
        open_rows: dict[str, int] = dict(iter(self._session.connection().execute(rows)))
        gone = readers.get("queued", 0) - sum(open_rows.values())
        return _progress({**readers, **open_rows, "sent": gone, "queued": open_rows.get("queued", 0)})

    def withdrawn_open(self) -> list[int]:
        """Withdrawn notices of which something that went out still stands."""
        query = (
            _select(READER.notice)
            .join(NoticeRow, col(NoticeRow.id) == col(READER.notice))
            .join(OUTBOX, col(OUTBOX.key) == col(READER.key))
            .where(NoticeRow.state == "withdrawn", READER.state == "queued", OUTBOX.state == "sent")
            .distinct()
        )
        self._session.flush()
        return list(self._session.connection().execute(query).scalars())

    def sent_since(self, notice_id: int, since: datetime) -> int:
        """How many went out from an instant on."""
        query = (
            _select(func.count())
            .select_from(READER)
            .join(OUTBOX, col(OUTBOX.key) == col(READER.key))
            .where(col(READER.notice) == notice_id, col(OUTBOX.sent_at) >= since)
        )
        self._session.flush()
        return int(self._session.connection().execute(query).scalar_one())

    def forget_readers(self, notice_id: int) -> None:
        """Nobody is a reader: the notice is a draft again."""
        run(self._session, delete(READER).where(col(READER.notice) == notice_id))

    def unfill(self, notice_id: int) -> int:
        """Take back from the outbox what no messenger has seen; its readers wait again. How many."""
        keys = _select(READER.key).where(READER.notice == notice_id, READER.state == "queued")
        gone = delete(OUTBOX).where(col(OUTBOX.key).in_(keys), *UNTOUCHED).returning(col(OUTBOX.key))
        taken = list(run(self._session, gone).scalars())
        for some in chunks(taken):
            back = update(READER).where(col(READER.notice) == notice_id, col(READER.key).in_(some))
            run(self._session, back.values(state="waiting"))
        return len(taken)

    def stop(self, notice_id: int, reason: str) -> None:
        """What has not gone does not go: rows are superseded with the reason, waiting readers stay without."""
        keys = _select(READER.key).where(READER.notice == notice_id)
        change = update(OUTBOX).where(col(OUTBOX.key).in_(keys), *UNTOUCHED)
        run(self._session, change.values(state="superseded", reason=reason))
        rest = update(READER).where(
            col(READER.notice) == notice_id, col(READER.state).in_(["waiting", "left_out"])
        )
        run(self._session, rest.values(state="stopped"))

    def wait_again(self, notice_id: int, official: int) -> bool:
        """Somebody who was left out may get it now; False when they were not."""
        back = update(READER).where(
            col(READER.notice) == notice_id, col(READER.official) == official, col(READER.state) == "left_out"
        )
        return run(self._session, back.values(state="waiting")).rowcount == 1

    def left_out_of(self, official: int) -> list[int]:
        """Notices the person is a reader of and could not be sent."""
        query = _select(READER.notice).where(READER.official == official, READER.state == "left_out")
        self._session.flush()
        return list(self._session.connection().execute(query).scalars())

    def not_taken_back(self, notice_id: int, limit: int) -> list[SentLine]:
        """Messages that went out and are not withdrawn yet."""
        query = (
            _select(
                READER.official,
                func.coalesce(OUTBOX.address, 0),
                OUTBOX.channel,
                OUTBOX.bot,
                OUTBOX.chat,
                OUTBOX.external_id,
                col(OUTBOX.message),
            )
            .join(OUTBOX, col(OUTBOX.key) == col(READER.key))
            .where(READER.notice == notice_id, READER.state == "queued", OUTBOX.state == "sent")
            .order_by(col(READER.official))
            .limit(limit)
        )
        self._session.flush()
        return [SentLine(*row) for row in self._session.connection().execute(query)]

    def took_back(self, notice_id: int, officials: Iterable[int]) -> None:
        """Their messages are being withdrawn."""
        for some in chunks(officials):
            change = update(READER).where(col(READER.notice) == notice_id, col(READER.official).in_(some))
            run(self._session, change.values(state="withdrawn"))

    def roll(self, notice_id: int) -> list[Entry]:
        """Every reader, by agency and name; one query."""
        return self._entries(_roll().where(READER.notice == notice_id))

    def unanswered(self, notice_id: int, *, question: bool, quiet_since: datetime, limit: int) -> list[Entry]:
        """Readers who have not pressed what is wanted, and have heard nothing of it since an instant: neither
        the notice nor a reminder. Who was followed up twice is left in peace."""
        done = READER.answer if question else READER.acknowledged_at
        query = _roll().where(
            READER.notice == notice_id,
            col(done).is_(None),
            OUTBOX.state == "sent",
            or_(
                and_(col(READER.nudges) == 0, col(OUTBOX.sent_at) <= quiet_since),
                and_(col(READER.nudges) == 1, col(READER.nudged_at) <= quiet_since),
            ),
        )
        return self._entries(query.limit(limit))

    def _entries(self, query: Any) -> list[Entry]:
        self._session.flush()
        return [Entry(*row) for row in self._session.connection().execute(query)]

    def carries(self, file_id: int, official: int) -> bool:
        """Whether a notice that went out to the person has this file; the newest hundred are looked at."""
        query = (
            _select(col(NoticeRow.content))
            .join(READER, col(READER.notice) == col(NoticeRow.id))
            .where(READER.official == official, col(NoticeRow.state).in_(["sending", "paused", "sent"]))
            .order_by(col(NoticeRow.id).desc())
            .limit(100)
        )
        self._session.flush()
        found = self._session.connection().execute(query).scalars()
        return any(file_id in content["files"] for content in found)

    def note_nudged(self, notice_id: int, officials: Iterable[int], stage: int, now: datetime) -> None:
        """They were reminded (stage 1), or their head was told (2)."""
        for some in chunks(officials):
            change = update(READER).where(col(READER.notice) == notice_id, col(READER.official).in_(some))
            run(self._session, change.values(nudges=stage, nudged_at=now))

    def reads(self, notice_id: int, official: int) -> bool:
        """Whether the person is one of its readers."""
        query = _select(READER.official).where(READER.notice == notice_id, READER.official == official)
        self._session.flush()
        return self._session.connection().execute(query).first() is not None


def _progress(count: Mapping[str, int]) -> Progress:
    return Progress(
        waiting=count.get("waiting", 0),
        queued=sum(count.get(name, 0) for name in ("queued", "claimed", "failed")),
        sent=count.get("sent", 0),
        failed=count.get("dead", 0),
        stopped=count.get("superseded", 0) + count.get("stopped", 0),
        left_out=count.get("left_out", 0),
    )


def _roll() -> Any:
    """Columns of :class:`Entry`, in its order."""
    return (
        _select(
            READER.official,
            OfficialRow.name,
            OfficialRow.locale,
            READER.agency,
            READER.state,
            func.coalesce(OUTBOX.state, ""),
            func.coalesce(OUTBOX.channel, ""),
            col(OUTBOX.sent_at),
            func.coalesce(OUTBOX.receipt, ""),
            col(READER.acknowledged_at),
            col(READER.answer),
            col(READER.answered_at),
            READER.nudges,
            col(READER.nudged_at),
        )
        .select_from(READER)
        .join(OfficialRow, col(OfficialRow.id) == col(READER.official))
        .outerjoin(OUTBOX, col(OUTBOX.key) == col(READER.key))
        .order_by(READER.agency, OfficialRow.name, col(READER.official))
    )
