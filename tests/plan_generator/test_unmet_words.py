"""How the reader does with words it never met: rows are read less well, and the wrong ones carry a doubt.

Documents nobody has seen are rare, for whatever was seen has been used for mending. So the words that stand in few of the
kept documents are taken from the reader, some at a time, while such a document is read.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.reading import verbs
from domain.reading.fold import plain
from tests.fresh.documents import Fresh, Reading, judge, load
from tests.fresh.test_examined import ROOT
from tests.plan_generator.test_measured import CALENDAR, REGISTER, needs_font
from tests.plan_generator.unmet import all_words, chosen, without

#: a word of so many documents at most may be unmet, and such a share of them is
_RARE, _SHARE = 20, 0.6
_SEEDS = (11, 12)


@dataclass(slots=True)
class _Total:
    rows: int = 0
    right: int = 0
    lost: int = 0
    marked: int = 0
    alarms: int = 0

    def add(self, found: Reading, known: Reading) -> None:
        """A reading without the words; ``known`` is the same document's with them: what is wrong there, too, is not for
        want of words."""
        self.rows += found.rows
        self.right += found.right
        self.lost += known.right - found.right
        self.marked += found.marked - known.marked
        self.alarms += found.alarms

    def __str__(self) -> str:
        return (
            f"{self.rows} rows, {self.right / self.rows:.1%} right; lost ones marked {self.marked} of {self.lost} "
            f"({self.marked / max(self.lost, 1):.1%}); right doubted {self.alarms} ({self.alarms / max(self.right, 1):.1%})"
        )


def _documents() -> dict[Path, tuple[Fresh, str]]:
    found = {}
    for path in sorted(ROOT.glob("*/*.plan")):
        text = path.read_text("utf-8").partition("=== KEY")[0]
        found[path] = (load(path), f" {' '.join(plain(text).split())} ")
    return found


@pytest.mark.long
@pytest.mark.timeout(0)
def test_what_is_read_wrongly_for_want_of_words_is_doubted() -> None:
    needs_font("pdf")
    documents = _documents()
    words = all_words()
    inside = {path: {w for w in words if f" {w} " in text} for path, (_, text) in documents.items()}
    often = Counter(word for found in inside.values() for word in found)
    totals: dict[str, _Total] = {}
    for path, (fresh, text) in documents.items():
        register = REGISTER if "kon tum" in text else None
        known = judge(fresh, fresh.read(register, CALENDAR))
        for seed in _SEEDS:
            unmet = {w for w in inside[path] if often[w] <= _RARE and chosen(w, seed, _SHARE)}
            with without(unmet):
                found = judge(fresh, fresh.read(register, CALENDAR))
            for name in (path.parent.name.partition("_")[0], "all"):
                totals.setdefault(name, _Total()).add(found, known)
    sys.stdout.write("".join(f"\n{name}: {total}" for name, total in totals.items()))
    together = totals["all"]
    assert together.right < 0.96 * together.rows, "the words taken away were not missed"
    assert together.marked >= 0.75 * together.lost
    assert together.alarms <= 0.12 * together.right


def test_words_are_gone_and_come_back() -> None:
    assert verbs.verb_at("đôn đốc các xã", 0)
    with without({"don doc"}):
        assert not verbs.verb_at("đôn đốc các xã", 0)
        assert verbs.verb_at("lập hồ sơ", 0)
    assert verbs.verb_at("đôn đốc các xã", 0)
