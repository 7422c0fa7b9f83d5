"""Names that people said mean an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.stores.core import run
from storage.tables.drafts import AliasRow


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, whom it means, and where that comes from: a document's number, and who said so."""

    id: int
    name: str
    agency: str
    at: datetime
    by: int | None
    source: str
    draft: int | None


class Aliases:
    """The names in force; what was removed stays in the table."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Alias]:
        """Names in force, the newest first."""
        query = select(AliasRow).where(col(AliasRow.removed_at).is_(None)).order_by(col(AliasRow.id).desc())
        return [_alias(row) for row in self._session.exec(query).all()]

    def meant(self) -> dict[str, str]:
        """Name → agency's code, of those in force."""
        return {alias.name: alias.agency for alias in reversed(self.all())}

    def remember(
        self,
        name: str,
        key: str,
        agency: str,
        now: datetime,
        by: int | None,
        *,
        source: str = "",
        draft: int | None = None,
    ) -> int:
        """Keep a name; one of the same key that meant another agency until now ends. Its id."""
        self._end(col(AliasRow.key) == key, now, by)
        row = AliasRow(name=name, key=key, agency=agency, at=now, by=by, source=source, draft=draft)
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def remove(self, alias: int, now: datetime, by: int | None) -> bool:
        """Take a name back; False when it is not in force."""
        return self._end(col(AliasRow.id) == alias, now, by)

    def _end(self, which: object, now: datetime, by: int | None) -> bool:
        done = run(
            self._session,
            update(AliasRow)
            .where(which, col(AliasRow.removed_at).is_(None))  # type: ignore[arg-type]
            .values(removed_at=now, removed_by=by),
        )
        return done.rowcount > 0


def _alias(row: AliasRow) -> Alias:
    return Alias(row.id or 0, row.name, row.agency, row.at, row.by, row.source, row.draft)
