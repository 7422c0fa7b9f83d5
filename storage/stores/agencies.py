"""Agencies and groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, select

from domain.agencies import Agency, Group, Kind, Level, Register
from storage.stores.aliases import Aliases
from storage.tables.registers import AgencyRow, GroupRow


class Agencies:
    """The register, with its history."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def register(self, as_of: date | None = None) -> Register:
        """All agencies and groups, or those valid on a day, in the office's order, with the names people
        chose agencies for. Three queries."""
        groups = (_group(r) for r in self._session.exec(select(GroupRow)).all())
        register = Register.of(self.all(), groups, Aliases(self._session).meant())
        return register.as_of(as_of) if as_of else register

    def all(self) -> list[Agency]:
        """Every agency there ever was."""
        rows = self._session.exec(select(AgencyRow).order_by(AgencyRow.position, AgencyRow.code)).all()  # type: ignore[arg-type]
        return [_agency(row) for row in rows]

    def save_agencies(self, agencies: Iterable[Agency]) -> None:
        """Insert or replace by code; order of a first import is kept."""
        known = {row.code: row for row in self._session.exec(select(AgencyRow)).all()}
        position = len(known)
        for agency in agencies:
            row = known.get(agency.code)
            if row is None:
                row = AgencyRow(code=agency.code, position=position, name="", level="", kind="")
                position += 1
            row.name, row.level, row.kind = agency.name, agency.level.value, agency.kind.value
            row.parent, row.official_code = agency.parent, agency.official_code
            row.aliases, row.successors = list(agency.aliases), list(agency.successors)
            row.valid_from, row.valid_to = agency.valid_from, agency.valid_to
            self._session.add(row)
        self._session.flush()

    def save_groups(self, groups: Iterable[Group]) -> None:
        """Insert or replace by code."""
        for group in groups:
            self._session.merge(
                GroupRow(
                    code=group.code,
                    names=list(group.names),
                    levels=sorted(group.levels),
                    kinds=sorted(group.kinds),
                    include=sorted(group.include),
                    exclude=sorted(group.exclude),
                    valid_from=group.valid_from,
                    valid_to=group.valid_to,
                )
            )
        self._session.flush()


def _agency(row: AgencyRow) -> Agency:
    return Agency(
        code=row.code,
        name=row.name,
        level=Level(row.level),
        kind=Kind(row.kind),
        parent=row.parent,
        aliases=tuple(row.aliases),
        official_code=row.official_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successors=tuple(row.successors),
    )


def _group(row: GroupRow) -> Group:
    return Group(
        code=row.code,
        names=tuple(row.names),
        levels=frozenset(Level(x) for x in row.levels),
        kinds=frozenset(Kind(x) for x in row.kinds),
        include=frozenset(row.include),
        exclude=frozenset(row.exclude),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
