"""Rows of a grid → tasks: numbering, sections, what spans from above, what each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.agencies import Register
from domain.documents import Origin
from domain.plans import Doubt, TaskDraft
from domain.reading.agencies import Resolved, resolve
from domain.reading.fold import tidy
from domain.reading.plan_doubts import row_doubts
from domain.reading.plan_targets import read_targets
from domain.reading.prose.headings import agency_of, period_of
from domain.reading.tables.grid import Grid, GridRow
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time, ordinal
from domain.reading.tables.who_cells import part_roles
from domain.reading.timeframes import read_timeframe
from domain.reading.verbs import first_verb
from domain.timeframes import TimeFrame
from domain.workdays import WorkCalendar

_LETTER = re.compile(r"^([a-zđ])\s*[).]\s+(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,3}(?:\.\d{1,2})*)\s*[.)]\s+(?=\S)")
_SECTION_NUMBER = re.compile(r"^(\d{1,2})\s*[.)]")
_UNDOTTED = re.compile(r"^([IVXLC]{1,6})\s+(?=[^\W\d_])")  # "IV HOÀN THIỆN …": two cells read as one
_SECTION_ORDINAL = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}|[A-Z])\s*[.)/-]\s*")
#: the last row of a table with sums is no task
_TOTAL = re.compile(r"^(?:Tổng|Tổng cộng|Tổng số|Cộng)\W*$", re.IGNORECASE)
_SAME = re.compile(r"^(?:nt|như trên|-\s*nt\s*-|\"|”|//)$", re.IGNORECASE)

_LONGEST_SAME = 12  # letters, spaces among them

_OPEN_TIME = re.compile(r"\b(?:trước|ngày|tháng|quý|năm|nhất|trong|đến|từ)$|[-–,/]$", re.IGNORECASE)

_SPANNING = (Column.LEAD, Column.COORDINATE, Column.MONITOR, Column.TIME, Column.PRODUCT)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a row needs to know besides the row. ``notes`` are the footnotes of its part, ``known``
    what cells seen before say: plans name the same few agencies over and over."""

    register: Register | None
    calendar: WorkCalendar
    issued_on: date | None
    notes: Mapping[str, str]
    known: dict[str, Resolved] = field(default_factory=dict, compare=False)
    frames: dict[str, TimeFrame] = field(default_factory=dict, compare=False)

    def resolve(self, text: str) -> Resolved:
        """Agencies in a cell."""
        if "[" in text:  # a footnote: what it says depends on the part
            return resolve(text, self.register, self.notes)
        if text not in self.known:
            self.known[text] = resolve(text, self.register)
        return self.known[text]

    def timeframe(self, text: str) -> TimeFrame:
        """What a cell says of time."""
        if text not in self.frames:
            self.frames[text] = read_timeframe(text, issued_on=self.issued_on, calendar=self.calendar)
        return self.frames[text]


@dataclass(slots=True)
class _Entry:
    """A row on its way to a task: its cells, what it took from above, and its place."""

    cells: dict[Column, str]
    inherited: tuple[Column, ...]
    section: str
    index: int
    when: str = ""  # the time its section is headed by: "THÁNG 7"


def read_grid(grid: Grid, reader: Reader, above: str = "") -> Iterator[TaskDraft]:
    """Every task of a table, in order. ``above``: the line over it, which may say who or when."""
    rows = list(grid.rows)
    has_numbers = Column.NUMBER in grid.columns
    heading_time, heading_lead = period_of(above), agency_of(above)
    for entry in _entries(rows, has_numbers):
        spanned = Column.NUMBER in entry.inherited
        alone = _alone(rows, entry.index)
        number, title = _number(entry.cells, entry.section, alone, has_numbers, spanned)
        if Column.LEAD not in grid.columns and (lead := _section_lead(entry.section) or heading_lead):
            entry.cells[Column.LEAD] = lead
        if not entry.cells.get(Column.TIME) and (when := entry.when or heading_time):
            entry.cells[Column.TIME] = when
        part_roles(entry.cells)
        task = make_task(entry.cells, title, entry.section, number, reader, rows[entry.index])
        yield strictly(task, reader) if grid.before else task


#: a day, and no limit of its own words
_ONLY_A_DAY = re.compile(
    r"^\W*(?:ngày\s+)?\d{1,2}\s*(?:[/.-]|\s+tháng\s+)\s*\d{1,2}(?:\s*(?:[/.-]|\s+năm\s+)\s*20\d\d)?\W*$",
    re.IGNORECASE,
)


def strictly(task: TaskDraft, reader: Reader) -> TaskDraft:
    """A task under "Hoàn thành trước", or behind such a label: the day named no longer counts."""
    due = task.frame.due_on
    if due is None or not _ONLY_A_DAY.match(task.frame.text):
        return task
    return replace(task, frame=replace(task.frame, strict=True, act_by=reader.calendar.act_by(due, True)))


def _section_lead(section: str) -> str:
    """The agency a section is headed by, in a table without a column for who leads: "II. SỞ NỘI VỤ"."""
    name = _SECTION_ORDINAL.sub("", section).strip(" .:")
    return name if looks_like_agency(name) and len(name) < 120 and first_verb(name) < 0 else ""


def _entries(rows: list[GridRow], has_numbers: bool) -> Iterator[_Entry]:
    """Rows that are tasks, completed; a row that only adds a lead or a time to the task above is part of it."""
    section = when = ""
    last: _Entry | None = None
    before: Mapping[Column, str] = {}  # what "như trên" means, over a heading, too
    for index, row in enumerate(rows):
        if row.section or _is_heading_only(row, rows[index + 1 : index + 2]):
            if last:
                yield last
            section, last = _UNDOTTED.sub(r"\1. ", row.section or _joined(row)), None
            when = period_of(section) or when
            continue
        if _TOTAL.match(row.cells.get(Column.TITLE, "") or row.cells.get(Column.NUMBER, "")):
            continue
        cells, inherited = _complete(row, last.cells if last else {}, has_numbers, before)
        before = {**before, **{c: text for c, text in cells.items() if text}}
        if last and _adds(cells, inherited):
            _add(last.cells, cells, inherited)
        elif cells.get(Column.TITLE) or _is_task(cells, inherited):
            if last:
                yield last
            last = _Entry(cells, inherited, section, index, when)
    if last:
        yield last


def _adds(cells: Mapping[Column, str], inherited: tuple[Column, ...]) -> bool:
    """Whether a row below a task belongs to it: no title of its own, and not both a lead and a time."""
    own = {c for c in _SPANNING if cells.get(c) and c not in inherited}
    titled = bool(cells.get(Column.TITLE)) and Column.TITLE not in inherited
    return not titled and bool(own) and not {Column.LEAD, Column.TIME} <= own


def _is_task(cells: Mapping[Column, str], inherited: tuple[Column, ...]) -> bool:
    """Whether somebody is to do something by some day, though the words of what are lost."""
    return all(cells.get(c) and c not in inherited for c in (Column.LEAD, Column.TIME))


def _add(above: dict[Column, str], cells: Mapping[Column, str], inherited: tuple[Column, ...]) -> None:
    for column in _SPANNING:
        text = cells.get(column, "")
        if text and column not in inherited and text not in above.get(column, ""):
            above[column] = _continued(column, above.get(column, ""), text)


def _continued(column: Column, above: str, text: str) -> str:
    """More of a cell: one more name or time, or the rest of words that stop in the middle."""
    if not above:
        return text
    whole = (looks_like_time if column is Column.TIME else looks_like_agency)(text)
    rest = text[:1].islower() and not text.startswith("các ") if whole else column is not Column.PRODUCT
    rest = rest or (column is Column.TIME and bool(_OPEN_TIME.search(above)))
    return f"{above} {text}" if rest else f"{above.rstrip(' ;')}; {text}"


def _is_heading_only(row: GridRow, following: list[GridRow]) -> bool:
    """A row with a number and a title and nothing assigned, followed by rows below it."""
    filled = {c for c, text in row.cells.items() if text}
    return bool(following) and filled <= {Column.NUMBER, Column.TITLE} and bool(filled) and not row.inherited


def _joined(row: GridRow) -> str:
    number = ordinal(row.cells.get(Column.NUMBER, "")).rstrip(".)/")
    title = row.cells.get(Column.TITLE, "")
    return f"{number}. {title}" if number else title


def _complete(
    row: GridRow, above: Mapping[Column, str], has_numbers: bool, before: Mapping[Column, str]
) -> tuple[dict[Column, str], tuple[Column, ...]]:
    """Fill what spans from the row above: in a cut text a row without its number continues the one before."""
    cells, inherited = dict(row.cells), list(row.inherited)
    for column, text in row.cells.items():
        if len(text) < _LONGEST_SAME and _SAME.match(text):
            cells[column] = above.get(column, "") or before.get(column, "")
            inherited.append(column)
    continues = has_numbers and not cells.get(Column.NUMBER) and bool(above)
    if continues:
        inherited.append(Column.NUMBER)
    if above and (row.spanning or continues):
        for column in _SPANNING:
            absent = column not in cells if row.ragged else not cells.get(column)
            if absent and above.get(column):
                cells[column] = above[column]
                inherited.append(column)
    return cells, tuple(inherited)


def _alone(rows: list[GridRow], index: int) -> bool:
    """Whether the row is the only task of its section."""
    before = index == 0 or bool(rows[index - 1].section)
    after = index + 1 == len(rows) or bool(rows[index + 1].section)
    return before and after


def _number(
    cells: Mapping[Column, str], section: str, alone: bool, has_numbers: bool, spanned: bool
) -> tuple[str, str]:
    """(number as "2.b", title without it)."""
    title = cells.get(Column.TITLE, "")
    own = "" if spanned else ordinal(cells.get(Column.NUMBER, "")).strip(" .)/")
    in_section = _SECTION_NUMBER.match(section)
    if own:
        if re.fullmatch(r"[a-zđ]", own) and in_section:
            return f"{in_section[1]}.{own}", title
        return own, title
    if has_numbers:
        return "", title if spanned else _LETTER.sub("", title)
    if letter := _LETTER.match(title):
        number = f"{in_section[1]}.{letter[1]}" if in_section else letter[1]
        return number, title[letter.end() :]
    if numbered := _NUMBERED.match(title):
        return numbered[1], title[numbered.end() :]
    return (in_section[1] if in_section and alone else ""), title


def make_task(
    cells: Mapping[Column, str],
    title: str,
    section: str,
    number: str,
    reader: Reader,
    row: GridRow | None = None,
) -> TaskDraft:
    """A draft from the texts of one row, whatever layout they came from."""
    both = bool(cells.get(Column.COORDINATE)) and bool(cells.get(Column.MONITOR))
    leads = tidy(cells.get(Column.LEAD, ""))
    coordinators = tidy(cells.get(Column.COORDINATE, "") or cells.get(Column.MONITOR, ""))
    frame = reader.timeframe(cells.get(Column.TIME, ""))
    lead, others = reader.resolve(leads), reader.resolve(coordinators)
    watching = reader.resolve(tidy(cells[Column.MONITOR])) if both else None
    doubts = [*lead.doubts, *(Doubt("coordinators", d.code, d.detail, d.confidence) for d in others.doubts)]
    doubts += [Doubt("timeframe", code) for code in frame.doubts]
    doubts += row_doubts(cells, title, row)
    helping = dict.fromkeys((*others.agencies, *others.group_members, *others.supporting, *lead.supporting))
    monitors = (*others.monitors, *((*watching.agencies, *watching.group_members) if watching else ()))
    if not both and Column.MONITOR in cells and not others.supporting:
        monitors = tuple(dict.fromkeys((*others.agencies, *others.group_members)))  # a column of who watches
    return TaskDraft(
        section=tidy(section),
        number=number,
        title=tidy(title),
        leads=leads,
        coordinators=coordinators,
        frame=frame,
        lead_agencies=tuple(dict.fromkeys((*lead.agencies, *lead.group_members))),
        coordinating_agencies=tuple([c for c in helping if c not in monitors] if monitors else helping),
        monitoring_agencies=tuple(dict.fromkeys(monitors)),
        focus_agencies=lead.focus,
        focus_agencies_named=lead.focus_named,
        lead_groups=lead.groups,
        lead_condition=lead.condition,
        product=tidy(cells.get(Column.PRODUCT, "")),
        targets=read_targets(title),
        doubts=tuple(doubts),
        origin=row.origin if row else Origin(),
    )
