"""Whether the end of a document is there: its last row, its last words, the notes it refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.documents import Document, Paragraph, Table
from domain.plans import TaskDraft
from domain.reading.footnotes import marks
from domain.reading.tables.plan_columns import looks_like_agency, looks_like_time

#: a last row is compared with at least so many others, of which so many have what it lacks
_FEWEST, _MOST_HAVE = 3, 0.85
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…|\b(?:và|của|các|theo|được))$")
_WORDS = 6
#: a table of so many cells is one of tasks, not a letterhead
_CELLS = 12
_CLOSES = re.compile(r"[./!)\]]\s*$")
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|Nơi nhận|CHỦ TỊCH|GIÁM ĐỐC)\b")


def cut_end(document: Document, tasks: Sequence[TaskDraft]) -> str:
    """The last words of a document that stops in the middle; "" where it ends as documents do."""
    last = tasks[-1] if tasks else None
    if last and (_BROKEN_OFF.search(last.title) or (not _is_signed(document) and _stops(tasks))):
        return last.title[-60:]
    return _in_the_middle(document)


def _is_signed(document: Document) -> bool:
    """Whether the document ends with its signature: then nothing is missing behind its last sentence."""
    last = document.body[-1] if document.body else None
    return isinstance(last, Paragraph) and bool(_SIGNED.match(last.text))


def _stops(tasks: Sequence[TaskDraft]) -> bool:
    """Whether the last row lacks the lead, the helpers or the time that nearly all others have."""
    last, others = tasks[-1], tasks[:-1]

    def lacks(mine: str, theirs: Sequence[str]) -> bool:
        return not mine and sum(map(bool, theirs)) >= _MOST_HAVE * len(theirs)

    return len(others) >= _FEWEST and (
        lacks(last.leads, [t.leads for t in others])
        or lacks(last.frame.text, [t.frame.text for t in others])
        or lacks(last.coordinators, [t.coordinators for t in others])
    )


def _in_the_middle(document: Document) -> str:
    """Words that stop in a sentence at the very end; there a document has its signature, its recipients, or the
    mark that closes the last cell."""
    piece = document.body[-1] if document.body else None
    if piece is None or document.notes:
        return ""
    if isinstance(piece, Paragraph):
        text = piece.text
        if _in_a_row(document, text):
            return text[-60:]
    elif piece.gridded or not piece.rows:
        return ""
    else:
        text = piece.rows[-1].cells[0].text if piece.rows[-1].cells else ""
    words = text.split()
    ends = words[-1] if words else ""
    plainly = ends.isalpha() and ends.islower() and len(words) >= _WORDS
    return text[-60:] if plainly and not looks_like_agency(text) and not looks_like_time(text) else ""


def _in_a_row(document: Document, text: str) -> bool:
    """Whether the last words stand right behind the cells of a cut table, where no cell was closed any more."""
    before = document.body[-2] if len(document.body) > 1 else None
    is_cut = isinstance(before, Table) and not before.gridded and len(before.rows) > _CELLS
    return is_cut and not _CLOSES.search(text) and not _SIGNED.match(text)


def lost_note(document: Document) -> str:
    """The highest footnote mark whose note is not there: the end of the text, where notes stand, may be missing."""
    texts = (
        (piece.text,)
        if isinstance(piece, Paragraph)
        else (text for row in piece.rows for cell in row.cells for text in cell.paragraphs)
        for piece in document.body
    )
    used = {mark for found in texts for text in found if "[" in text for mark in marks(text)}
    return max(used - {note.mark for note in document.notes}, key=int, default="")
