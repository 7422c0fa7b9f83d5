"""How far each person was warned of which open dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from domain.dossiers.dossier import Dossier
from domain.dossiers.months import NEVER
from domain.dossiers.warnings import Rung, Told
from storage.stores.core import CHUNK, chunks, insert_once, run
from storage.tables.dossiers import DossierRow, DossierWarnedRow

ROW = DossierWarnedRow


class DossierWarnings:
    """One row for a person and a dossier, while it is open."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def told(self, officials: Iterable[int]) -> Mapping[int, Told]:
        """What these people were told last of each dossier."""
        found: dict[int, dict[str, tuple[Rung, date]]] = {}
        for some in chunks(officials):
            query = select(ROW).where(col(ROW.official).in_(some))
            for row in self._session.exec(query).all():
                found.setdefault(row.official, {})[row.code] = (Rung(row.rung), row.due_on)
        return found

    def note(self, official: int, told: Iterable[tuple[Dossier, Rung]]) -> None:
        """Somebody has been told of these dossiers now."""
        values = [
            {"official": official, "code": dossier.code, "rung": rung.value, "due_on": dossier.due_on}
            for dossier, rung in told
        ]
        for some in chunks((v["code"] for v in values), CHUNK - 1):
            run(
                self._session,
                delete(ROW).where(col(ROW.official) == official, col(ROW.code).in_(some)),
            )
        if values:
            run(self._session, insert_once(self._session, ROW), values)

    def forget_closed(self) -> None:
        """What has closed is not warned of again."""
        is_open = exists().where(col(DossierRow.code) == col(ROW.code), col(DossierRow.closed_month) == NEVER)
        run(self._session, delete(ROW).where(~is_open))
