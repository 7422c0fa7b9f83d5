"""Agencies from a file, compared with the register by code. Nothing is guessed, nothing doubled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.records import agency_columns as c
from bot.records.agency_codes import LONGEST, SLUG, derive_code
from bot.records.agency_links import link
from bot.records.outcome import Findings, Imported, Watch, What, unwatched
from bot.records.reader import Reader
from bot.records.sheets import Sheets
from bot.records.table import Record, Table, find_table, folded
from domain.agencies import Agency, Kind, Level, Register
from domain.phrases import say, verbatim


@dataclass(frozen=True, slots=True)
class Draft:
    """One row, read; ``agency`` as it will be but for its links to other agencies, which are still words."""

    row: int
    agency: Agency
    parent: str | None  # None: as it was
    successors: tuple[str, ...] | None


def read_agencies(sheets: Sheets) -> Table:
    """The file's table of agencies. Raises BadInput when there is none."""
    return find_table(sheets, c.COLUMNS)


def plan_agencies(table: Table, register: Register, watch: Watch[Record] = unwatched) -> Imported[Agency]:
    """What the file would change in the register. An empty cell keeps what is known; "-" takes it away."""
    findings = Findings(notes=list(table.notes))
    readers = [_Row(Reader(table, record, findings), register) for record in watch(table.records)]
    upper = [r.draft(register) for r in readers if r.level is not Level.COMMUNE]
    known = _known(register, [d for d in upper if d])
    lower = [r.draft(known) for r in readers if r.level is Level.COMMUNE]
    drafts = _once(sorted((d for d in (*upper, *lower) if d), key=lambda d: d.row), findings)
    linked = link(drafts, register, findings, table.headings)
    if any(r.derived for r in readers):
        findings.notes.append(say("Rows without a code were given one made from the name."))
    written = []
    for row, agency in linked:
        old = register.by_code.get(agency.code)
        before = _shown(old) if old else None
        if findings.compare(row, agency.code, agency.name, before, _shown(agency)) is not What.UNCHANGED:
            written.append(agency)
    named = {change.key for change in findings.changes} | {d.agency.code for d in drafts}
    left = sum(a.code not in named for a in register.agencies)
    return Imported(findings.outcome(left), tuple(written))


class _Row:
    """Reads one row in two steps: a commune's code needs the agency above it."""

    def __init__(self, reader: Reader, register: Register) -> None:
        self.reader, self.derived = reader, False
        self.name = reader.needed(c.NAME, say("Please write the agency's name."))
        self._given = self._code()
        known = register.by_code.get(self._given)
        level = reader.word(c.LEVEL, c.LEVELS, c.LEVEL_WORDS)
        self._kind = reader.word(c.KIND, c.KINDS, c.KIND_WORDS)
        if self._kind is Kind.COMMITTEE and level is Level.PROVINCE:
            self._kind = Kind.PROVINCE_COMMITTEE
        self.level = level or (known.level if known else None)

    def _code(self) -> str:
        code = self.reader.text(c.CODE).lower()
        if code and (len(code) > LONGEST or not SLUG.fullmatch(code)):
            self.reader.bad(
                c.CODE,
                say("“{text}” cannot be a code.", text=verbatim(code[:60])),
                say("Please use lower-case letters without marks, digits and hyphens, such as snv."),
            )
        return code

    def draft(self, known: Register) -> Draft | None:
        """The row as an agency; None once something in it could not be read."""
        read = self.reader
        old = known.by_code.get(self._given) if self._given else self._same_name(known)
        start = self._day(c.VALID_FROM, old.valid_from if old else None)
        end = self._day(c.VALID_TO, old.valid_to if old else None)
        if start and end and end < start:
            read.bad(
                c.VALID_TO,
                say("The last day {end} is before the first day {start}.", end=end, start=start),
                say("Please check both days."),
            )
        base = old or self._fresh(known, start, end)
        if base is None or not read.ok:
            return None
        agency = replace(
            base,
            name=self.name,
            level=self.level or base.level,
            kind=self._kind or base.kind,
            aliases=self._aliases(base),
            official_code=self._text(c.OFFICIAL_CODE) if read.has(c.OFFICIAL_CODE) else base.official_code,
            valid_from=start,
            valid_to=end,
        )
        successors = read.several(c.SUCCESSORS) if read.has(c.SUCCESSORS) else None
        parent = self._text(c.PARENT) if read.has(c.PARENT) else None
        return Draft(read.record.row, agency, parent, successors)

    def _fresh(self, known: Register, start: date | None, end: date | None) -> Agency | None:
        """A new agency of this name, with the code given or one made; None where the row cannot be read."""
        if not self.reader.ok:
            return None
        missing = [(c.LEVEL, c.LEVEL_WORDS)] * (self.level is None) + [(c.KIND, c.KIND_WORDS)] * (
            self._kind is None
        )
        for column, allowed in missing:
            todo = say("Please write one of: {allowed}.", allowed=verbatim(allowed))
            self.reader.bad(column, say("A new agency needs a level and a kind."), todo)
        if self.level is None or self._kind is None:
            return None
        if self._given:
            self._refuse_double(known, self.level, start, end)
            return Agency(self._given, self.name, self.level, self._kind)
        code = self._derive(known, self.level, self._kind)
        return Agency(code, self.name, self.level, self._kind) if code else None

    def _same_name(self, known: Register) -> Agency | None:
        """The one agency with this name and level, below the same one where that is said."""
        key = folded(self.name)
        found = [a for a in known.agencies if folded(a.name) == key and self.level in (None, a.level)]
        above = self.reader.text(c.PARENT)
        if len(found) > 1 and above:
            found = [
                a
                for a in found
                if folded(above) in (folded(a.parent or ""), folded(known.name(a.parent or "")))
            ]
        return found[0] if len(found) == 1 else None

    def _refuse_double(self, known: Register, level: Level, start: date | None, end: date | None) -> None:
        """A new code for a name that is in use at the same time would be the same agency twice."""
        key, above = folded(self.name), folded(self.reader.text(c.PARENT))
        for a in known.agencies:
            ends, begins = a.valid_to or date.max, a.valid_from or date.min
            if (
                folded(a.name) != key
                or a.level is not level
                or (start or date.min) > ends
                or (end or date.max) < begins
            ):
                continue
            below_same = above in (folded(a.parent or ""), folded(known.name(a.parent or "")))
            if level in (Level.CENTRAL, Level.PROVINCE) or below_same:
                self.reader.bad(
                    c.CODE,
                    say(
                        "{name} is known already, with the code {code}.",
                        name=verbatim(a.name),
                        code=verbatim(a.code),
                    ),
                    say("Please write that code, or the days from and to which each of the two exists."),
                )
                return

    def _derive(self, known: Register, level: Level, kind: Kind) -> str:
        above = folded(self.reader.text(c.PARENT))
        parents = [a.code for a in known.agencies if above and above in (folded(a.code), folded(a.name))]
        code = derive_code(self.name, level, kind, parents[0] if len(parents) == 1 else None)
        holder = known.by_code.get(code)
        if not code or (holder and folded(holder.name) != folded(self.name)):
            self.reader.bad(
                c.CODE,
                say(
                    "The code made from the name, {code}, belongs to {holder}.",
                    code=verbatim(code or "–"),
                    holder=verbatim(holder.name if holder else "–"),
                ),
                say(
                    "Please give this agency a code of its own in the column {column}.",
                    column=c.COLUMNS[0].headings[0],
                ),
            )
            return ""
        self.derived = True
        return code

    def _day(self, column: str, old: date | None) -> date | None:
        if self.reader.clears(column):
            return None
        return self.reader.day(column) or old

    def _text(self, column: str) -> str:
        return "" if self.reader.clears(column) else self.reader.text(column)

    def _aliases(self, base: Agency) -> tuple[str, ...]:
        if self.reader.clears(c.ALIASES):
            return ()
        have = {folded(a) for a in base.aliases}
        return base.aliases + tuple(a for a in self.reader.several(c.ALIASES) if folded(a) not in have)


def _known(register: Register, drafts: Sequence[Draft]) -> Register:
    """The register as the file would leave it, order kept."""
    fresh = {d.agency.code: d.agency for d in drafts}
    kept = [fresh.pop(a.code, a) for a in register.agencies]
    return Register.of((*kept, *fresh.values()), register.groups)


def _once(drafts: Sequence[Draft], findings: Findings) -> list[Draft]:
    """Rows with one code: the same words twice count once, different ones are all left out."""
    by_code: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_code.setdefault(draft.agency.code, []).append(draft)
    kept = []
    for code, same in by_code.items():
        if all(replace(d, row=0) == replace(same[0], row=0) for d in same):
            kept.append(same[0])
            continue
        rows = ", ".join(str(d.row) for d in same)
        for draft in same:
            findings.bad(
                draft.row,
                "",
                say("Several rows have the code {code}: {rows}.", code=verbatim(code), rows=rows),
                say("Please keep one row, or give each agency a code of its own."),
            )
    return sorted(kept, key=lambda d: d.row)


def _shown(agency: Agency) -> dict[str, str]:
    """An agency's fields as text, by column."""
    return {
        c.NAME: agency.name,
        c.LEVEL: agency.level.value,
        c.KIND: agency.kind.value,
        c.PARENT: agency.parent or "",
        c.ALIASES: "; ".join(agency.aliases),
        c.OFFICIAL_CODE: agency.official_code,
        c.VALID_FROM: agency.valid_from.isoformat() if agency.valid_from else "",
        c.VALID_TO: agency.valid_to.isoformat() if agency.valid_to else "",
        c.SUCCESSORS: "; ".join(agency.successors),
    }
