"""The month's list of agencies with late dossiers, from its draft to what everybody may read. Pure.

Contest (two working days in which an agency may object to a row, with a reason) → waiting (for the office of the
People's Committee) → published → replaced by a newer version, never changed. A row somebody objected to is marked;
the office takes it out or keeps it, and what it has not decided is published as marked. Agencies and counts are
published, never a dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.dossiers.counting import Tally
from domain.dossiers.dossier import Dossier
from domain.dossiers.months import last_day
from domain.errors import BadInput
from domain.phrases import say

#: working days an agency has to object
TO_CONTEST = 2
#: working days at the beginning of a month in which the list of the month before is drafted
WINDOW = 5
LONGEST_REASON = 500
#: resolved in the month: agencies are ranked among those of their size only, and below the first not at all
SIZES = (20, 100, 1000)


class ListState(StrEnum):
    """Where a list stands."""

    CONTEST = "contest"
    WAITING = "waiting"
    PUBLISHED = "published"
    REPLACED = "replaced"
    DROPPED = "dropped"


MOVES: Mapping[ListState, frozenset[ListState]] = {
    ListState.CONTEST: frozenset({ListState.WAITING, ListState.DROPPED}),
    ListState.WAITING: frozenset({ListState.PUBLISHED, ListState.DROPPED}),
    ListState.PUBLISHED: frozenset({ListState.REPLACED}),
    ListState.REPLACED: frozenset(),
    ListState.DROPPED: frozenset(),
}


class Doubt(StrEnum):
    """What became of an objection."""

    NONE = ""
    CONTESTED = "contested"
    ACCEPTED = "accepted"  # the row is out
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class LateRow:
    """One dossier on a list; ``closed_on`` None: open and overdue. ``reason`` are the agency's words."""

    code: str
    agency: str
    due_on: date | None
    closed_on: date | None
    doubt: Doubt = Doubt.NONE
    reason: str = ""
    contested_by: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class LateList:
    """One version of a month's list. ``tallies`` are the named agencies' months as they were counted at ``as_of``.

    ``figures_of``: the day the dossiers were read. ``reason``: why a version corrects the one before it.
    ``contest_until``: the last day to object.
    """

    id: int
    month: int
    version: int
    state: ListState
    as_of: date
    contest_until: date
    figures_of: date | None
    tallies: Mapping[str, Tally]
    rows: tuple[LateRow, ...] = ()
    reason: str = ""
    drafted_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None

    @property
    def contested(self) -> tuple[LateRow, ...]:
        """Objections nobody has decided."""
        return tuple(row for row in self.rows if row.doubt is Doubt.CONTESTED)

    def of(self, agencies: Iterable[str]) -> tuple[LateRow, ...]:
        """The rows of these agencies, the longest due first."""
        wanted = set(agencies)
        found = (row for row in self.rows if row.agency in wanted)
        return tuple(sorted(found, key=lambda r: (r.due_on or date.max, r.code)))

    def row(self, row_id: int) -> LateRow:
        """One of its rows. Raises LookupError."""
        found = next((row for row in self.rows if row.id == row_id), None)
        if found is None:
            raise LookupError(row_id)
        return found


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One agency as it is published; ``contested`` of its late ones are doubted and undecided."""

    agency: str
    tally: Tally
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """Agencies of one size, the lowest rate first; ``ranked`` is False for those too small to be. ``least``–``most``
    are dossiers resolved, ``most`` None for no limit."""

    least: int
    most: int | None
    lines: tuple[PublicLine, ...]

    @property
    def ranked(self) -> bool:
        """Whether the order means anything."""
        return self.least > 0


def rows_of(dossiers: Iterable[Dossier], month: int, before: Iterable[LateRow] = ()) -> tuple[LateRow, ...]:
    """A draft's rows from the month's late dossiers; what was said of a row in the version ``before`` stays said."""
    known = {row.code: row for row in before}
    found = []
    for d in dossiers:
        closed = d.closed_on if d.closed_on is not None and d.closed_on <= last_day(month) else None
        row = LateRow(d.code, d.agency, d.due_on, closed)
        if (old := known.get(d.code)) is not None and old.agency == d.agency:
            row = replace(row, doubt=old.doubt, reason=old.reason, contested_by=old.contested_by)
        found.append(row)
    return tuple(found)


def contest(lately: LateList, row_id: int, by: int, reason: str, today: date) -> LateRow:
    """The row as objected to. Raises BadInput when it is too late, decided, or without a reason."""
    row, words = lately.row(row_id), " ".join(reason.split())
    if lately.state is not ListState.CONTEST or today > lately.contest_until:
        raise BadInput(
            say("The time to object ended on {day}; nothing was changed.", day=lately.contest_until),
            code="too_late",
        )
    if row.doubt in (Doubt.ACCEPTED, Doubt.KEPT):
        raise BadInput(say("This objection has been decided already; nothing was changed."), code="decided")
    if not words:
        raise BadInput(say("An objection needs a reason; nothing was changed."), code="reason")
    return replace(row, doubt=Doubt.CONTESTED, reason=words[:LONGEST_REASON], contested_by=by)


def decide(lately: LateList, row_id: int, *, accepted: bool) -> LateRow:
    """The row with its objection decided. Raises BadInput where there is none, or the list is out."""
    row = lately.row(row_id)
    if lately.state not in (ListState.CONTEST, ListState.WAITING):
        raise BadInput(say("This list has been decided on already; nothing was changed."), code="decided")
    if row.doubt is Doubt.NONE:
        raise BadInput(say("Nobody objected to this dossier; nothing was changed."), code="no_objection")
    return replace(row, doubt=Doubt.ACCEPTED if accepted else Doubt.KEPT)


def require_move(lately: LateList, to: ListState) -> None:
    """Raise BadInput unless the move is a legal one."""
    if to not in MOVES[lately.state]:
        raise BadInput(say("This list has been decided on already; nothing was changed."), code="decided")


def has_lapsed(lately: LateList, today: date) -> bool:
    """Whether the time to object is over."""
    return lately.state is ListState.CONTEST and today > lately.contest_until


def public_lines(lately: LateList) -> tuple[PublicLine, ...]:
    """Each agency that is still on the list once accepted objections are out, by code."""
    lines = []
    for agency, counted in sorted(lately.tallies.items()):
        rows = [row for row in lately.rows if row.agency == agency]
        out = [row for row in rows if row.doubt is Doubt.ACCEPTED]
        closed = sum(row.closed_on is not None for row in out)
        tally = replace(
            counted,
            late=counted.late - closed,
            on_time=counted.on_time + closed,
            overdue=counted.overdue - (len(out) - closed),
            within=counted.within + (len(out) - closed),
        )
        if tally.has_late:
            lines.append(PublicLine(agency, tally, sum(row.doubt is Doubt.CONTESTED for row in rows)))
    return tuple(lines)


def bands(lines: Iterable[PublicLine]) -> tuple[Band, ...]:
    """The lines by size, large ones first; in each the lowest rate first, then the most late."""
    edges = (0, *SIZES)
    found = []
    for least, above in reversed(tuple(zip(edges, (*SIZES, None), strict=True))):
        some = [x for x in lines if x.tally.resolved >= least and (above is None or x.tally.resolved < above)]
        if least:
            some.sort(key=lambda x: (x.tally.rate or 0.0, -(x.tally.late + x.tally.overdue), x.agency))
        if some:
            found.append(Band(least, above - 1 if above is not None else None, tuple(some)))
    return tuple(found)
