"""A plan's text as a bad copy leaves it: cells lost, run together or doubled, marks gone, letters misread, an end missing.

Each damage is one place of the document. What the text said before is the truth: a row that is read otherwise is
wrong, however little the reader could know, and a wrong row should carry a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bot.intake import read_document
from domain.agencies import Register
from domain.plans import PlanDraft, TaskDraft
from domain.reading.fold import fold
from domain.reading.plan import read_plan
from domain.workdays import WorkCalendar

_CUT = "|"
_MISREAD = {"0": "O", "1": "l", "5": "S", "2": "Z", "8": "B"}


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
    cells[at] = " ".join(words[:middle]) + _CUT + " ".join(words[middle:])
    return _CUT.join(cells)


def swapped_cells(text: str, random: Random) -> str:
    """Two neighbours have changed places."""
    cells = _cells(text)
    at = _some(cells, random, lambda c: len(c.strip()) > 3)
    cells[at - 1], cells[at] = cells[at], cells[at - 1]
    return _CUT.join(cells)


def misread_digits(text: str, random: Random) -> str:
    """Digits of one date are read as letters."""
    dates = list(re.finditer(r"\d{1,2}/\d{1,2}/20\d\d|(?:năm|tháng|quý) \d+", text[600:]))
    if not dates:
        return text
    found = random.choice(dates)
    worse = "".join(_MISREAD.get(c, c) for c in found[0])
    return text[: 600 + found.start()] + worse + text[600 + found.end() :]


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


DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    lost_cell,
    emptied_cell,
    lost_mark,
    doubled_cell,
    stray_mark,
    swapped_cells,
    misread_digits,
    broken_letters,
    cut_off,
    lost_page,
)


@dataclass(slots=True)
class Damaged:
    """Rows wrong after a damage, and how many of them are doubted; right rows doubted all the same."""

    rows: int = 0
    wrong: int = 0
    marked: int = 0
    alarms: int = 0
    unmarked: list[str] = field(default_factory=list)
    by: Counter[str] = field(default_factory=Counter)

    @property
    def honesty(self) -> float:
        """Wrong rows that carry a doubt, of all wrong ones."""
        return self.marked / self.wrong if self.wrong else 1.0


def read(text: str, register: Register, calendar: WorkCalendar) -> PlanDraft:
    """A text read as a file."""
    document = read_document(text.encode(), "plan.txt")
    today = calendar.local_date
    del today

    return read_plan(document, register=register, calendar=calendar, today=date(2024, 6, 21))


def _facts(task: TaskDraft) -> tuple[object, ...]:
    texts = (task.number, task.title, task.leads, task.coordinators, task.frame.text, task.product)
    return (*(fold(t) for t in texts), task.frame.kind, task.frame.due_on)


def compare(truth: PlanDraft, found: PlanDraft, where: str, into: Damaged) -> None:
    """Every row of the truth is looked for; one that is missing is marked by a doubt about the document, or of a
    row beside its place. A row that should not be there is wrong, too."""
    known = {_facts(t): t for t in truth.tasks}
    read_facts = {_facts(t) for t in found.tasks}
    before = {_facts(t) for t in truth.tasks if t.doubts}
    missing = [t for t in truth.tasks if _facts(t) not in read_facts]
    wrong = [t for t in found.tasks if _facts(t) not in known]
    into.rows += len(truth.tasks)
    into.alarms += sum(bool(t.doubts) and _facts(t) in known and _facts(t) not in before for t in found.tasks)
    said = bool(found.doubts) and {d.code for d in found.doubts} != {d.code for d in truth.doubts}
    into.wrong += max(len(missing), len(wrong))
    marked = sum(bool(t.doubts) for t in wrong)
    near = any(
        d.code in ("number_jumps", "no_tasks_found", "text_cut_off") for t in found.tasks for d in t.doubts
    )
    spare = len(missing) - len(wrong)
    into.marked += marked + (max(0, spare) if said or near or marked else 0)
    for task in wrong:
        if not task.doubts:
            into.by[where] += 1
            into.unmarked.append(
                f"{where}: {task.number} {task.title[:60]!r} {task.leads[:50]!r} {task.frame.text!r}"
            )
    if spare > 0 and not (said or near or marked):
        into.by[where] += spare
        into.unmarked += [f"{where}: missing {t.number} {t.title[:60]!r}" for t in missing[:spare]]


def measure(
    texts: Iterable[str], seeds: Iterable[int], register: Register, calendar: WorkCalendar
) -> tuple[Damaged, dict[str, Damaged]]:
    """Each text damaged in each way, once a seed; all together and by damage."""
    by = {damage.__name__: Damaged() for damage in DAMAGES}
    truths = [(text, read(text, register, calendar)) for text in texts]
    for seed in seeds:
        for number, (text, truth) in enumerate(truths):
            for damage in DAMAGES:
                worse = damage(text, Random(f"{seed} {number} {damage.__name__}"))
                compare(truth, read(worse, register, calendar), damage.__name__, by[damage.__name__])
    total = Damaged()
    for one in by.values():
        total.rows += one.rows
        total.wrong += one.wrong
        total.marked += one.marked
        total.alarms += one.alarms
        total.unmarked += one.unmarked
    return total, by
