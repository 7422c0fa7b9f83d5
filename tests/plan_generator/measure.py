"""Reads made-up plans back and counts: rows wholly right, wrong ones marked doubtful, invented, missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.intake import read_document
from domain.agencies import Register
from domain.documents import Document
from domain.plans import PlanDraft, TaskDraft
from domain.reading.fold import fold
from domain.reading.plan import read_plan
from domain.workdays import WorkCalendar
from tests.plan_generator.dirt import KINDS, soil
from tests.plan_generator.made import Made, Wanted, make
from tests.plan_generator.writers import cut, markdown, pdf, spreadsheet, web, word

Writer = Callable[[Document], bytes]

FORMATS: dict[str, tuple[str, Writer]] = {
    "docx": (".docx", word.write),
    "html": (".html", web.write),
    "xlsx": (".xlsx", spreadsheet.write),
    "md": (".md", markdown.write),
    "md on one line": (".md", lambda d: markdown.write(d, one_line=True)),
    "txt": (".txt", cut.write),
    "txt narrow": (".txt", lambda d: cut.write(d, width=34, blank=False)),
    "txt without marks": (".txt", lambda d: cut.write(d, marks=False, empty=False, width=34, blank=False)),
    "txt with empty cells only": (".txt", lambda d: cut.write(d, marks=False)),
    "txt, rows on lines": (".txt", cut.write_lines),
    "pdf": (".pdf", pdf.write),
    "pdf wide": (".pdf", lambda d: pdf.write(d, wide=True, running="UBND TỈNH KON TUM")),
    "pdf without rules": (".pdf", lambda d: pdf.write(d, ruled=False, wide=True)),
}


@dataclass(slots=True)
class Score:
    """Counts of rows; ``wrong`` keeps what went wrong, for a person to look at."""

    rows: int = 0
    right: int = 0
    doubted: int = 0  # right, and doubted all the same
    marked: int = 0  # wrong, and marked doubtful
    invented: int = 0
    wrong: list[str] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Take in another count."""
        self.rows += other.rows
        self.right += other.right
        self.doubted += other.doubted
        self.marked += other.marked
        self.invented += other.invented
        self.wrong += other.wrong
        self.fields += other.fields

    @property
    def share(self) -> float:
        """Rows wholly right, of all that are wanted."""
        return self.right / self.rows if self.rows else 1.0

    @property
    def honesty(self) -> float:
        """Wrong rows that carry a doubt, of all wrong ones."""
        wrong = self.rows - self.right
        return self.marked / wrong if wrong else 1.0


def plan_of(
    data: bytes, name: str, register: Register | None, calendar: WorkCalendar, made: Made
) -> PlanDraft:
    """A file read back."""
    return read_plan(read_document(data, name), register=register, calendar=calendar, today=made.issued)


def one(
    random: Random, form: str, layout: str, dirt: str, register: Register | None, calendar: WorkCalendar
) -> Score:
    """Make a plan, write it, read it, compare."""
    made = make(random, layout)
    extension, write = FORMATS[form]
    data = write(soil(made.document, random, dirt))
    draft = plan_of(data, f"ke-hoach{extension}", register, calendar, made)
    return compare(made, draft, f"{form} | {made.layout} | {dirt}")


def compare(made: Made, draft: PlanDraft, where: str) -> Score:
    """Rows in order; a row that is not where it should be is looked for by its title."""
    score = Score(rows=len(made.wanted))
    left = list(draft.tasks)
    whole = any(
        d.code in ("number_jumps", "no_tasks_found")
        for d in (*draft.doubts, *(d for t in left for d in t.doubts))
    )
    for wanted in made.wanted:
        read = next((t for t in left if _same(t.title, wanted.title)), None) or next(
            (t for t in left if t.number == wanted.number and _same(t.section, wanted.section)), None
        )
        if read is None:
            score.fields["missing"] += 1
            score.marked += whole
            score.wrong.append(f"{where}: missing {wanted.number} {wanted.title}")
            continue
        left.remove(read)
        differs = list(_differences(wanted, read))
        if not differs:
            score.right += 1
            score.doubted += bool(_real(read))
            continue
        score.marked += bool(read.doubts)
        score.fields.update(name for name, _, _ in differs)
        score.wrong.append(f"{where}: {wanted.number}: {differs} doubts={[d.code for d in read.doubts]}")
    score.invented = len(left)
    score.wrong += [f"{where}: invented {t.number} {t.title[:60]}" for t in left]
    return score


def _real(read: TaskDraft) -> list[str]:
    """Doubts about the reading; that a name is not in the register is no fault of it."""
    return [
        d.code
        for d in read.doubts
        if d.code
        not in (
            "unknown_agency",
            "outside_agency",
            "ambiguous_agency",
            "unit_of_agency",
            "province_committee",
        )
    ]


def _differences(wanted: Wanted, read: TaskDraft) -> list[tuple[str, str, str]]:
    pairs = (
        ("section", wanted.section, read.section),
        ("number", wanted.number, read.number),
        ("title", wanted.title, read.title),
        ("leads", wanted.leads, read.leads),
        ("coordinators", wanted.coordinators, read.coordinators),
        ("timeframe", wanted.time.text, read.frame.text),
        ("product", wanted.product, read.product),
    )
    found = [(name, a, b) for name, a, b in pairs if not _same(a, b)]
    if wanted.time.kind != read.frame.kind.value:
        found.append(("kind", wanted.time.kind, read.frame.kind.value))
    if (wanted.time.due, wanted.time.strict) != (read.frame.due_on, read.frame.strict):
        found.append(
            ("due", f"{wanted.time.due} {wanted.time.strict}", f"{read.frame.due_on} {read.frame.strict}")
        )
    return found


def _same(a: str, b: str) -> bool:
    return fold(a).replace(" ", "") == fold(b).replace(" ", "")


def sample(
    seed: int, count: int, register: Register | None, calendar: WorkCalendar
) -> tuple[Score, dict[str, Score]]:
    """Score of ``count`` plans over all formats, layouts and kinds of dirt, and by format."""
    total, by_form = Score(), {form: Score() for form in FORMATS}
    forms = list(FORMATS)
    for index in range(count):
        random = Random(seed * 1_000_003 + index)
        form = forms[index % len(forms)]
        if form.startswith("pdf") and not pdf.font():
            continue
        drawn = [kind for kind in KINDS if kind not in ("wide digits", "invisible")]  # no font has these
        dirt = random.choice(drawn if form.startswith("pdf") else KINDS)
        score = one(random, form, "", dirt, register, calendar)
        by_form[form].add(score)
        total.add(score)
    return total, by_form
