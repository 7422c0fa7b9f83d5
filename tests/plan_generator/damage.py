"""Plans as bad copies leave them: cells lost, run together or doubled, columns shifted, letters misread, pages missing.

Each damage is one place of the document, in cut text (``TEXT``) or in the cells of a table (``CELLS``). What was
read before is the truth: a row that is read otherwise is wrong, however little the reader could know, and a wrong
row should carry a doubt itself. White space and marks over letters alone make no row wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from domain.documents import Cell, Document, Row, Table

_CUT = "|"
_MISREAD = {"0": "O", "1": "l", "5": "S", "2": "Z", "8": "B"}
#: letters a scan takes for others
_ALIKE = {
    "o": "0",
    "l": "1",
    "i": "l",
    "n": "ri",
    "m": "rn",
    "h": "b",
    "c": "e",
    "t": "f",
    "u": "ii",
    "g": "q",
}
_DATE = re.compile(r"\d{1,2}/\d{1,2}/20\d\d|(?:năm|tháng|quý) \d+", re.IGNORECASE)


def _cells(text: str) -> list[str]:
    return text.split(_CUT)


def _some(cells: list[str], random: Random, wanted: Callable[[str], bool]) -> int:
    """A cell of the table's part of the text, not the letterhead."""
    found = [i for i in range(6, len(cells)) if wanted(cells[i])]
    return random.choice(found) if found else -1


def lost_cell(text: str, random: Random) -> str:
    """A cell is gone, with the mark before it."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: 3 < len(c.strip()) < 200)
    return _CUT.join(cells[:at] + cells[at + 1 :]) if at > 0 else text


def emptied_cell(text: str, random: Random) -> str:
    """A cell's words are gone, its place is there."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: 3 < len(c.strip()) < 200)
    return _CUT.join([*cells[:at], "\n", *cells[at + 1 :]]) if at > 0 else text


def lost_mark(text: str, random: Random) -> str:
    """Two cells have run together."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    return _CUT.join([*cells[: at - 1], f"{cells[at - 1].rstrip()} {cells[at].lstrip()}", *cells[at + 1 :]])


def doubled_cell(text: str, random: Random) -> str:
    """A cell stands there twice."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    return _CUT.join([*cells[: at + 1], *cells[at:]]) if at > 0 else text


def stray_mark(text: str, random: Random) -> str:
    """A cell is cut in two."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.split()) > 4)
    if at < 0:
        return text
    words = cells[at].split(" ")
    middle = random.randrange(1, max(2, len(words)))
    cells[at] = " ".join(words[:middle]) + "\n|\n" + " ".join(words[middle:])
    return _CUT.join(cells)


def swapped_cells(text: str, random: Random) -> str:
    """Two neighbours have changed places."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    cells[at - 1], cells[at] = cells[at], cells[at - 1]
    return _CUT.join(cells)


def misread_digits(text: str, random: Random) -> str:
    """Digits of one date are read as letters."""
    dates = list(_DATE.finditer(text[600:]))
    if not dates:
        return text
    found = random.choice(dates)
    worse = "".join(_MISREAD.get(c, c) for c in found[0])
    return text[: 600 + found.start()] + worse + text[600 + found.end() :]


def misread_letters(text: str, random: Random) -> str:
    """Letters of one cell are taken for others, as by a scan."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 12)
    if at < 0:
        return text
    cells[at] = misread(cells[at], random)
    return _CUT.join(cells)


def misread(text: str, random: Random) -> str:
    """Two or three letters of lower-case words are taken for others."""
    places = [m.start() for m in re.finditer(r"(?<=[^\W\d_A-Z])[a-z](?=[^\W\d_A-Z])", text) if m[0] in _ALIKE]
    chosen = set(random.sample(places, min(len(places), random.choice((2, 3)))))
    return "".join(_ALIKE[c] if i in chosen else c for i, c in enumerate(text))


def torn_words(text: str, random: Random) -> str:
    """The words of a cell are cut in the middle by blanks."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    cells[at] = re.sub(
        r"(?<=[^\W\d_])(?=[^\W\d_])", lambda _: " " if random.random() < 0.12 else "", cells[at]
    )
    return _CUT.join(cells)


def broken_letters(text: str, random: Random) -> str:
    """Letters of some words in a row could not be read."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.split()) > 3)
    if at < 0:
        return text
    cells[at] = re.sub(
        r"[ưươơăâêôđ]", lambda m: "\ufffd" if random.random() < 0.5 else m[0], cells[at], count=6
    )
    return _CUT.join(cells)


def cut_off(text: str, random: Random) -> str:
    """The end is missing."""
    return text[: random.randrange(len(text) // 3, len(text) - 40)]


def lost_page(text: str, random: Random) -> str:
    """A run of cells is missing, as when a page was not copied."""
    cells = _cells(text)
    start = random.randrange(8, max(9, len(cells) - 12))
    return _CUT.join(cells[:start] + cells[start + random.randrange(3, 12) :])


TEXT: tuple[Callable[[str, Random], str], ...] = (
    lost_cell,
    emptied_cell,
    lost_mark,
    doubled_cell,
    stray_mark,
    swapped_cells,
    misread_digits,
    misread_letters,
    torn_words,
    broken_letters,
    cut_off,
    lost_page,
)

Rows = list[list[Cell]]


def _row(rows: Rows, random: Random, least: int = 3) -> int:
    """A row of the table's body with at least so many filled cells."""
    found = [i for i, row in enumerate(rows) if i > 0 and sum(bool(c.paragraphs) for c in row) >= least]
    return random.choice(found) if found else 0


def row_shifted(rows: Rows, random: Random) -> None:
    """A row's cells stand one column too far to the left, the last place empty."""
    at = _row(rows, random)
    begin = random.randrange(len(rows[at]) - 1)
    rows[at] = [*rows[at][:begin], *rows[at][begin + 1 :], Cell(())]


def row_pushed(rows: Rows, random: Random) -> None:
    """A row's cells stand one column too far to the right, the last one lost."""
    at = _row(rows, random)
    begin = random.randrange(len(rows[at]) - 1)
    rows[at] = [*rows[at][:begin], Cell(()), *rows[at][begin:-1]]


def row_short(rows: Rows, random: Random) -> None:
    """A cell of a row is not there at all."""
    at = _row(rows, random)
    del rows[at][random.randrange(len(rows[at]))]


def cell_emptied(rows: Rows, random: Random) -> None:
    """A cell's words are gone."""
    at = _row(rows, random)
    filled = [i for i, c in enumerate(rows[at]) if c.paragraphs]
    rows[at][random.choice(filled)] = Cell(())


def cells_merged(rows: Rows, random: Random) -> None:
    """A cell's words stand in its neighbour, behind the neighbour's own."""
    at = _row(rows, random)
    place = random.randrange(1, len(rows[at]))
    one, other = rows[at][place - 1], rows[at][place]
    rows[at][place - 1] = replace(one, paragraphs=(" ".join((*one.paragraphs, *other.paragraphs)),))
    rows[at][place] = Cell(())


def cells_swapped(rows: Rows, random: Random) -> None:
    """Two neighbours have changed places."""
    at = _row(rows, random)
    place = random.randrange(1, len(rows[at]))
    rows[at][place - 1 : place + 1] = rows[at][place - 1 : place + 1][::-1]


def row_split(rows: Rows, random: Random) -> None:
    """The end of a cell stands in a row of its own."""
    at = _row(rows, random)
    long = [i for i, c in enumerate(rows[at]) if len(c.text.split()) > 3]
    if not long:
        return
    place = random.choice(long)
    words = rows[at][place].text.split()
    middle = random.randrange(1, len(words))
    below = [
        Cell((" ".join(words[middle:]),)) if i == place else Cell((), colspan=c.colspan)
        for i, c in enumerate(rows[at])
    ]
    rows[at][place] = replace(rows[at][place], paragraphs=(" ".join(words[:middle]),))
    rows.insert(at + 1, below)


def rows_merged(rows: Rows, random: Random) -> None:
    """Two rows have become one, cell by cell."""
    at = _row(rows[:-1], random)
    if len(rows[at]) != len(rows[at + 1]) or at == 0:
        return
    rows[at] = [replace(a, paragraphs=(*a.paragraphs, *b.paragraphs)) for a, b in zip(rows[at], rows[at + 1])]
    del rows[at + 1]


def rows_lost(rows: Rows, random: Random) -> None:
    """One to three rows are missing."""
    at = _row(rows, random)
    if at:
        del rows[at : at + random.choice((1, 1, 2, 3))]


def row_doubled(rows: Rows, random: Random) -> None:
    """A row stands there twice."""
    at = _row(rows, random)
    rows.insert(at, list(rows[at]))


def _letters(rows: Rows, random: Random, worse: Callable[[str], str], long: int) -> None:
    at = _row(rows, random)
    fitting = [i for i, c in enumerate(rows[at]) if len(c.text) > long]
    if fitting:
        place = random.choice(fitting)
        cell = rows[at][place]
        rows[at][place] = replace(cell, paragraphs=tuple(worse(p) for p in cell.paragraphs))


def letters_misread(rows: Rows, random: Random) -> None:
    """Letters of one cell are taken for others."""
    _letters(rows, random, lambda text: misread(text, random), 8)


def digits_misread(rows: Rows, random: Random) -> None:
    """Digits in a cell are read as letters."""
    _letters(rows, random, lambda text: re.sub(r"\d", lambda m: _MISREAD.get(m[0], m[0]), text), 3)


def words_torn(rows: Rows, random: Random) -> None:
    """The words of a cell are cut in the middle by blanks."""
    torn = r"(?<=[^\W\d_])(?=[^\W\d_])"
    _letters(
        rows, random, lambda text: re.sub(torn, lambda _: " " if random.random() < 0.12 else "", text), 3
    )


CELLS: tuple[Callable[[Rows, Random], None], ...] = (
    row_shifted,
    row_pushed,
    row_short,
    cell_emptied,
    cells_merged,
    cells_swapped,
    row_split,
    rows_merged,
    rows_lost,
    row_doubled,
    letters_misread,
    digits_misread,
    words_torn,
)


def damage_cells(document: Document, change: Callable[[Rows, Random], None], random: Random) -> Document:
    """The document with one place of its largest table damaged."""
    tables = [p for p in document.body if isinstance(p, Table) and p.gridded]
    if not tables:
        return document
    largest = max(tables, key=lambda t: len(t.rows))
    rows = [list(row.cells) for row in largest.rows]
    if _row(rows, random) == 0:
        return document
    change(rows, random)
    body: Sequence[object] = document.body
    worse = replace(largest, rows=tuple(Row(tuple(row)) for row in rows))
    return replace(document, body=tuple(worse if p is largest else p for p in body))  # type: ignore[arg-type]
