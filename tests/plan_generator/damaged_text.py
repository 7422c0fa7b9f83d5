"""Plans in cut text as bad copies leave them: cells lost, run together or doubled, letters misread, pages missing.

Each damage is one place of the text; ``TEXT`` has them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.plan_generator.damaged_letters import digits_as_letters, misread, torn

_CUT = "|"
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
    return text[: 600 + found.start()] + digits_as_letters(found[0]) + text[600 + found.end() :]


def misread_letters(text: str, random: Random) -> str:
    """Letters of one cell are taken for others, as by a scan."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 12)
    if at < 0:
        return text
    cells[at] = misread(cells[at], random)
    return _CUT.join(cells)


def torn_words(text: str, random: Random) -> str:
    """The words of a cell are cut in the middle by blanks."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    cells[at] = torn(cells[at], random)
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
