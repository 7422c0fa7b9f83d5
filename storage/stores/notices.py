"""Notices: kept from the first word on, moved by conditional updates, their readers in batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from domain.audience import Audience, AudienceDoubt
from domain.notices import MOVES, Notice, NoticeState
from storage.stores.audiences import KeptAudiences
from storage.stores.core import chunks, insert_once, run
from storage.stores.notice_filling import NoticeFilling
from storage.stores.notice_sending import NoticeSending
from storage.tables.notices import NoticeRecipientRow, NoticeRow

ROW, READER = NoticeRow, NoticeRecipientRow


class Notices(NoticeFilling, NoticeSending, KeptAudiences):
    """Notices by id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draft(self, notice: Notice, now: datetime) -> Notice:
        """Keep a new draft; the notice with its id."""
        row = NoticeRow(author=notice.author, created=now, **_columns(notice))
        self._session.add(row)
        self._session.flush()
        return _notice(row)

    def get(self, notice_id: int) -> Notice | None:
        """The notice, or None."""
        row = self._session.get(ROW, notice_id)
        return _notice(row) if row else None

    def newest(self, limit: int = 50, states: Iterable[NoticeState] = ()) -> list[Notice]:
        """The newest notices (in these states)."""
        query = select(ROW).order_by(col(ROW.id).desc()).limit(limit)
        wanted = [state.value for state in states]
        if wanted:
            query = query.where(col(ROW.state).in_(wanted))
        return [_notice(row) for row in self._session.exec(query).all()]

    def save(self, notice: Notice) -> bool:
        """Change a draft that is still at its version; False when somebody else changed it, or it has gone."""
        change = update(ROW).where(
            col(ROW.id) == notice.id,
            col(ROW.version) == notice.version,
            col(ROW.state) == NoticeState.DRAFT.value,
        )
        return run(self._session, change.values(version=notice.version + 1, **_columns(notice))).rowcount == 1

    def move(self, notice_id: int, to: NoticeState, *, version: int = 0, **values: Any) -> bool:
        """Make a legal move (from this version); False when it was not legal any more (somebody was faster)."""
        froms = [state.value for state, goes in MOVES.items() if to in goes]
        change = update(ROW).where(col(ROW.id) == notice_id, col(ROW.state).in_(froms))
        if version:
            change = change.where(col(ROW.version) == version)
        done = run(self._session, change.values(state=to.value, version=col(ROW.version) + 1, **values))
        return done.rowcount == 1

    def hold(self, notice_id: int) -> bool:
        """Whether it is being sent, and stays so until this transaction ends: nobody pauses it meanwhile."""
        same = update(ROW).where(col(ROW.id) == notice_id, col(ROW.state) == NoticeState.SENDING.value)
        return run(self._session, same.values(state=NoticeState.SENDING.value)).rowcount == 1

    def due(self, now: datetime) -> list[Notice]:
        """Notices whose hour has come, and those being sent, the oldest first."""
        query = select(ROW).where(col(ROW.state).in_(["ready", "sending"])).order_by(col(ROW.id))
        return [n for n in map(_notice, self._session.exec(query).all()) if not n.send_at or n.send_at <= now]

    # --- readers

    def add_readers(self, notice_id: int, readers: Iterable[tuple[int, str]], state: str = "waiting") -> None:
        """Keep (person, agency) as readers; who is one already stays as they are."""
        for some in chunks(readers, 5000):
            values = [
                {"notice": notice_id, "official": who, "agency": agency, "key": f"notice:{notice_id}:{who}"}
                | {"state": state, "nudges": 0}
                for who, agency in some
            ]
            run(self._session, insert_once(self._session, READER), values)

    def counts(self, notice_id: int) -> dict[str, int]:
        """Readers by state."""
        query = select(READER.state, func.count()).where(READER.notice == notice_id).group_by(READER.state)
        return dict(self._session.exec(query).all())

    def acknowledge(self, notice_id: int, official: int, now: datetime) -> bool:
        """They have it; False when that was known, or they are no reader."""
        return self._mark(notice_id, official, READER.acknowledged_at, acknowledged_at=now)

    def answer(self, notice_id: int, official: int, option: int, now: datetime) -> bool:
        """Their choice; a later one replaces it. False for somebody who is no reader."""
        seen = func.coalesce(col(READER.acknowledged_at), now)
        values = {"answer": option, "answered_at": now, "acknowledged_at": seen}
        change = update(READER).where(col(READER.notice) == notice_id, col(READER.official) == official)
        return run(self._session, change.values(**values)).rowcount == 1

    def _mark(self, notice_id: int, official: int, unset: Any, **values: Any) -> bool:
        change = update(READER).where(
            col(READER.notice) == notice_id, col(READER.official) == official, col(unset).is_(None)
        )
        return run(self._session, change.values(**values)).rowcount == 1


def _columns(notice: Notice) -> dict[str, Any]:
    content = {
        "versions": dict(notice.versions),
        "audience": notice.audience.as_json(),
        "files": list(notice.files),
        "options": list(notice.options),
        "wants_ack": notice.wants_ack,
        "urgent": notice.urgent,
        "doubts": [doubt.as_json() for doubt in notice.doubts],
    }
    return {"content": content, "send_at": notice.send_at, "answer_by": notice.answer_by}


def _notice(row: NoticeRow) -> Notice:
    content: Mapping[str, Any] = row.content
    return Notice(
        id=row.id or 0,
        author=row.author,
        versions=content["versions"],
        audience=Audience.from_json(content["audience"]),
        files=tuple(content["files"]),
        options=tuple(content["options"]),
        wants_ack=content["wants_ack"],
        urgent=content["urgent"],
        answer_by=row.answer_by,
        send_at=row.send_at,
        state=NoticeState(row.state),
        head_count=row.head_count,
        approved_by=row.approved_by,
        reason=row.reason,
        created=row.created,
        started=row.started,
        ended=row.ended,
        doubts=tuple(AudienceDoubt.from_json(d) for d in content.get("doubts", ())),
        forgiven=row.forgiven,
        version=row.version,
    )
