"""What was staged goes into the register of dossiers: what is new, what has changed, and what it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, func, insert, literal, not_, or_, update
from sqlalchemy import select as core_select

from domain.dossiers.dossier import ENDED, Channel, Deadlines, Dossier, State, reckoned
from domain.dossiers.merging import merge
from storage.stores.dossier_intake import FACTS, RECKONED, TABLE, Staging
from storage.tables.dossiers import DossierPastRow, DossierRow

_ROW = DossierRow.__table__  # type: ignore[attr-defined]
_PAST = DossierPastRow.__table__  # type: ignore[attr-defined]
_PIECE = 3_000  # rows a transaction
_MANY = 10_000  # new rows after which what PostgreSQL knows of the table is out of date
_DAYS = tuple(name for name in FACTS if name.endswith("_on"))
_KEPT = ("due_on", "closed_on", "outcome")


@dataclass(frozen=True, slots=True)
class Changed:
    """A dossier that a source says something new of."""

    row: int
    before: Dossier
    after: Dossier
    procedures: tuple[int, int]


@dataclass(slots=True)
class Settled:
    """How many dossiers were new, changed and as they had been."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    first_new: list[tuple[int, str]] = field(default_factory=list)  # (row, code), as many as were asked for


def settle(
    staged: Staging,
    run: int,
    deadlines: Deadlines,
    seen: date,
    *,
    show_new: int = 0,
    changed: Callable[[Changed], None] = lambda _: None,
    watch: Callable[[int], None] = lambda _: None,
) -> Settled:
    """Write what is staged, piece by piece in the order of the codes; a dry staging is only compared.

    ``seen`` is the day of the source. ``changed`` hears of every change, ``watch`` how many rows are settled.
    """
    settled, low = Settled(), ""
    connection = staged.connection
    if not staged.is_dry:
        connection = connection.execution_options(begins="IMMEDIATE")
    with connection.begin():
        staged.write_procedures()
        is_first = connection.execute(core_select(_ROW.c.id).limit(1)).first() is None
    for size, high in _pieces(staged):
        piece = and_(TABLE.c.code > low, TABLE.c.code <= high)
        with connection.begin():
            known, differ = (0, 0) if is_first else connection.execute(_known(piece)).one()
            differing = connection.execute(_differing(piece)).all() if differ else []
            pairs = [_pair(row, deadlines, seen) for row in differing]
            for pair in pairs:
                changed(pair)
            new = 0
            if known < size:
                wanted = piece if not known else and_(piece, not_(_is_known()))
                _show_new(staged, settled, wanted, show_new)
                new = _insert_new(staged, wanted, run)
            if not staged.is_dry and pairs:
                _write_changed(staged, differing, pairs, run)
        settled.new += new
        settled.changed += len(pairs)
        settled.unchanged += size - new - len(pairs)
        low = high
        watch(settled.new + settled.changed + settled.unchanged)
    if settled.new > _MANY and not (staged.is_sqlite or staged.is_dry):
        with connection.begin():  # else the planner takes the table for small until it is looked at by itself
            connection.exec_driver_sql(f"ANALYZE {_ROW.name}")
    return settled


def _pieces(staged: Staging) -> Iterator[tuple[int, str]]:
    """(rows, last code) of each piece."""
    low = ""
    while True:
        codes = (
            core_select(TABLE.c.code)
            .where(TABLE.c.code > low)
            .order_by(TABLE.c.code)
            .limit(_PIECE)
            .subquery()
        )
        with staged.connection.begin():
            size, high = staged.connection.execute(core_select(func.count(), func.max(codes.c.code))).one()
        if not size:
            return
        yield size, high
        low = high


def _is_known() -> Any:
    return exists().where(_ROW.c.code == TABLE.c.code)


def _insert_new(staged: Staging, wanted: Any, run: int) -> int:
    if staged.is_dry:
        query = core_select(func.count()).select_from(TABLE).where(wanted)
        return int(staged.connection.execute(query).scalar_one())
    names = ["code", *FACTS, *RECKONED]
    source = (
        core_select(*(TABLE.c[name] for name in names), literal(run)).where(wanted).order_by(TABLE.c.code)
    )
    statement = insert(_ROW).from_select([*names, "run"], source).execution_options(preserve_rowcount=True)
    return staged.connection.execute(statement).rowcount


def _show_new(staged: Staging, settled: Settled, wanted: Any, show: int) -> None:
    left = show - len(settled.first_new)
    if left <= 0:
        return
    query = core_select(TABLE.c.row, TABLE.c.code).where(wanted).order_by(TABLE.c.code).limit(left)
    settled.first_new += [(row, code) for row, code in staged.connection.execute(query)]


def _known(piece: Any) -> Any:
    """How many staged rows are of known dossiers, and of how many of these they say anything new: one look at each."""
    query = core_select(func.count(), func.count().filter(_says_new()))
    return query.select_from(TABLE.join(_ROW, _ROW.c.code == TABLE.c.code)).where(piece)


def _says_new() -> Any:
    same = [TABLE.c[name].is_not_distinct_from(_ROW.c[name]) for name in FACTS if name != "promised_on"]
    # the first promise stays when a later one is said; said again it is nothing new
    promised = or_(
        TABLE.c.promised_on.is_not_distinct_from(_ROW.c.promised_on),
        TABLE.c.promised_on.is_not_distinct_from(_ROW.c.latest_on),
    )
    return not_(and_(promised, *same))


def _differing(piece: Any) -> Any:
    """Staged rows of known dossiers that say anything new, beside what is known."""
    known = [column.label(f"known_{column.name}") for column in _ROW.c]
    return (
        core_select(TABLE, *known)
        .join_from(TABLE, _ROW, _ROW.c.code == TABLE.c.code)
        .where(piece, _says_new())
        .order_by(TABLE.c.code)
    )


def _pair(row: Row[Any], deadlines: Deadlines, seen: date) -> Changed:
    values = row._mapping
    before, said = _dossier(values, "known_"), _dossier(values, "")
    closed = values["known_closed_on"]
    if said.state in ENDED and before.state in ENDED and closed:
        seen = closed  # it ended then, however often it is said again
    after = reckoned(merge(before, said), deadlines, seen)
    return Changed(row.row, before, after, (values["known_procedure"], row.procedure))


def _dossier(values: Any, prefix: str) -> Dossier:
    """What a row says, without the procedure's words."""
    return Dossier(
        values["code"],
        values[f"{prefix}agency"],
        State(values[f"{prefix}state"]),
        receiving=values[f"{prefix}receiving"],
        channel=Channel(values[f"{prefix}channel"]),
        **{day: values[f"{prefix}{day}"] for day in _DAYS},
    )


def _write_changed(staged: Staging, rows: Sequence[Row[Any]], pairs: list[Changed], run: int) -> None:
    past, fresh = [], []
    for row, pair in zip(rows, pairs, strict=True):
        known = row._mapping
        past.append(
            {name: known[f"known_{name}"] for name in (*FACTS, *_KEPT)}
            | {"dossier": known["known_id"], "run": run}
        )
        after = pair.after
        values = {name: getattr(after, name) for name in (*_DAYS, "due_on", "late_from", "closed_on")}
        values |= {"agency": after.agency, "receiving": after.receiving, "procedure": pair.procedures[1]}
        values |= {"state": after.state.value, "channel": after.channel.value, "outcome": after.outcome.value}
        values |= {"received_month": after.received_month, "closed_month": after.closed_month, "run": run}
        fresh.append(values | {"known": known["known_id"]})
    staged.connection.execute(insert(_PAST), past)
    names = [name for name in fresh[0] if name != "known"]
    statement = update(_ROW).where(_ROW.c.id == bindparam("known")).values({n: bindparam(n) for n in names})
    staged.connection.execute(statement, fresh)
