"""A document → a draft of its plan. Nothing is invented; what is unsure is a doubt with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from domain.agencies import Register
from domain.documents import Document, Paragraph, Table
from domain.plans import DocumentHead, Doubt, DutyDraft, PlanDraft, TaskDraft
from domain.reading.agencies import Resolved
from domain.reading.fold import fold, tidy
from domain.reading.footnotes import marks
from domain.reading.misread import put_right
from domain.reading.orders.plan_orders import read_orders
from domain.reading.page_ends import joined
from domain.reading.plan_doubts import with_neighbours
from domain.reading.plan_duties import duties_in_cells, read_duties
from domain.reading.plan_ends import cut_end, lost_note
from domain.reading.plan_head import read_head, refuse_classified
from domain.reading.plan_unclaimed import with_unclaimed
from domain.reading.plan_unread import with_unread
from domain.reading.prose.plan_prose import read_prose
from domain.reading.prose.usual_lines import labelled_pair
from domain.reading.tables.grid import Grid
from domain.reading.tables.plan_grid import Piece, lay_out
from domain.reading.tables.plan_table import Reader, read_grid
from domain.workdays import WorkCalendar


def read_plan(
    document: Document,
    *,
    register: Register | None,
    calendar: WorkCalendar,
    today: date,
    issued_on: date | None = None,
) -> PlanDraft:
    """Read a plan. The register is looked at as of the document's date (``today`` where it bears none).

    ``issued_on`` is the date a person gives for a document that bears none; it never overrules the document.

    Raises ClassifiedDocument for a document with a secrecy mark.
    """
    refuse_classified(document)
    pieces = lay_out(document.body)
    paragraphs = [tidy(t) for t in _prose(pieces)]
    head = read_head(paragraphs, " \n ".join([*paragraphs, *_cells(pieces)]))
    head = replace(head, issued_on=head.issued_on or issued_on)
    known = register.as_of(head.issued_on or today) if register else None
    paragraphs = list(_sentences(pieces))
    written, seen = written_for(head), dict[str, Resolved]()
    parts = _note_parts(pieces, document)
    tasks: list[TaskDraft] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Grid):
            notes = _notes(document, parts.get(id(piece), 0))
            reader = Reader(known, calendar, written, notes, seen)
            before = pieces[place - 1] if place else None
            tasks.extend(read_grid(piece, reader, before.text if isinstance(before, Paragraph) else ""))
    reader = Reader(known, calendar, written, _notes(document, 0), seen)
    labelled = _apart(read_prose(paragraphs, reader, sure=bool(tasks)), tasks)
    unread = not tasks and _has_table(document, more_than=_TIMES * len(labelled))
    tasks += [_of_unread(task) for task in labelled] if unread else labelled
    orders: list[TaskDraft] = []
    if _few(tasks):
        orders = [_from_prose(t, head, unread) for t in read_orders(paragraphs, reader, head.issuer)]
        orders = orders if len(orders) > _LABELS * len(tasks) else []
        tasks = orders or tasks
    tasks = with_neighbours(tasks)
    told = {fold(task.title) for task in orders}
    duties = _once([*read_duties(paragraphs, reader), *duties_in_cells(tasks, reader)])
    duties = [d for d in duties if not any(fold(d.what)[:60] in title for title in told)]
    tasks = with_unread(with_unclaimed(tasks, orders=bool(told)), paragraphs, document, duties, bool(told))
    return PlanDraft(head, tuple(tasks), tuple(duties), tuple(_problems(head, tasks, document)))


#: a document of orders may have a label or two within its sentences, and so many more orders than those
_LABELS = 2


def _few(tasks: Sequence[TaskDraft]) -> bool:
    """Whether what was read besides sentences may be labels within them, and no list."""
    return all(not task.origin.row for task in tasks) and (
        len(tasks) <= _LABELS or not any(task.leads for task in tasks)
    )


#: more rows than this, or more cells of cut text, are no letterhead
_ROWS, _CHUNKS = 4, 20
#: a table of so many times more rows than there are labelled items is what the document is about
_TIMES = 4


def _has_table(document: Document, more_than: int = 0) -> bool:
    """Whether there is a table of some size, not only a letterhead."""
    return any(
        len(piece.rows) > (max(_ROWS, more_than) if piece.gridded else max(_CHUNKS, 5 * more_than))
        and (not piece.gridded or max(len(row.cells) for row in piece.rows) > 2)
        for piece in document.body
        if isinstance(piece, Table)
    )


#: kinds of documents whose tasks are sentences, whatever else is in their appendices
_ORDERING = re.compile(r"/(?:CT|CĐ|TB|QĐ|KL)\b|/UBND\b|/VP\b")


def _from_prose(task: TaskDraft, head: DocumentHead, unread: bool) -> TaskDraft:
    """A sentence taken for a task is doubtful where the appendix that should have the tasks is not there, or
    where a table could not be read."""
    if unread:
        task = _of_unread(task)
    if set(head.appendices_announced) <= set(head.appendices_found) or _ORDERING.search(head.number):
        return task
    return replace(task, doubts=(*task.doubts, Doubt("row", "appendix_missing_here", confidence=0.4)))


def _of_unread(task: TaskDraft) -> TaskDraft:
    return replace(task, doubts=(*task.doubts, Doubt("row", "table_unread", confidence=0.3)))


def written_for(head: DocumentHead) -> date | None:
    """The day from which days without a year are counted: a plan "năm 2025" may be signed in December 2024."""
    named = re.search(r"năm (20\d\d)\W*$", head.title)
    if head.issued_on and named and int(named[1]) == head.issued_on.year + 1 and head.issued_on.month >= 10:
        return date(int(named[1]), 1, 1)
    return head.issued_on


def _apart(found: Iterable[TaskDraft], known: Sequence[TaskDraft]) -> list[TaskDraft]:
    """Tasks of the prose that are not in a table already."""
    others = list(found)
    titles = [fold(task.title)[:60] for task in known] if others else []
    return [t for t in others if not any(title and title in fold(t.title) for title in titles)]


def _prose(pieces: Iterable[Piece]) -> Iterable[str]:
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece.text
        elif isinstance(piece, Table):  # a table that is none of tasks: letterhead, signatures
            for row in piece.rows:
                if said := labelled_pair([" ".join(cell.paragraphs) for cell in row.cells]):
                    yield from said
                    continue
                for cell in row.cells:
                    yield " ".join(cell.paragraphs) if len(cell.paragraphs) < 4 else ""
                    yield from cell.paragraphs if len(cell.paragraphs) >= 4 else ()


def _sentences(pieces: Iterable[Piece]) -> Iterable[str]:
    """The prose with each sentence in one piece; cells of a table that could not be read stay what they are."""
    for is_text, run in groupby(pieces, key=lambda piece: isinstance(piece, Paragraph)):
        texts = [tidy(t) for t in _prose(run)]
        yield from put_right(joined(texts)) if is_text else texts


def _cells(pieces: Iterable[Piece]) -> Iterable[str]:
    for piece in pieces:
        if isinstance(piece, Grid):
            for row in piece.rows:
                yield from row.cells.values()


def _note_parts(pieces: Sequence[Piece], document: Document) -> dict[int, int]:
    """Which run of footnotes each table refers to: numbering that restarts begins a new part."""
    parts: dict[int, int] = {}
    part, last = 0, 0
    highest = max((n.part for n in document.notes), default=0)
    for piece in pieces:
        texts = [piece.text] if isinstance(piece, Paragraph) else list(_cells([piece]))
        for mark in (m for text in texts for m in marks(text)):
            if int(mark) <= last and part < highest:
                part += 1
            last = int(mark)
        parts[id(piece)] = part
    return parts


def _notes(document: Document, part: int) -> dict[str, str]:
    return {n.mark: n.text for n in document.notes if n.part == part}


def _once(duties: Iterable[DutyDraft]) -> list[DutyDraft]:
    seen: dict[tuple[str, str, str, str], DutyDraft] = {}
    for duty in duties:
        seen.setdefault((duty.who, duty.what, duty.frame.text, duty.frame.kind), duty)
    return list(seen.values())


def _problems(head: DocumentHead, tasks: Sequence[TaskDraft], document: Document) -> Iterable[Doubt]:
    found = set(head.appendices_found)
    for name in head.appendices_announced:
        if name not in found and not (name == "Phụ lục" and found):
            yield Doubt("document", "appendix_missing", name, 0.9)
    if not tasks:
        yield Doubt("document", "no_tasks_found")
    if any(d.code == "table_unread" for t in tasks for d in t.doubts) or (not tasks and _has_table(document)):
        yield Doubt("document", "table_unread", confidence=0.3)
    if not head.number:
        yield Doubt("document", "no_number")
    if head.issued_on is None:
        yield Doubt("document", "no_date")
    for code in document.problems:
        yield Doubt("document", code)
    if missing := lost_note(document):
        yield Doubt("document", "note_missing", missing, 0.5)
    if end := cut_end(document, tasks):
        yield Doubt("document", "text_cut_off", end)
