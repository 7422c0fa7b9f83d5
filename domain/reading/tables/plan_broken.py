"""Cells that stop in the middle, and letters that were misread: what a scan or a bad table leaves inside a cell."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import fold
from domain.reading.syllables import misread_word
from domain.timeframes import TimeFrameKind

#: the codes this module gives
CODES = frozenset(("cell_cut_off", "misread_letters"))
#: a cell does not end with these words; one of a time may, where it names a rhythm ("hằng năm")
_OPEN = re.compile(
    r"(?:[,(&/-]|\b(?:và|của|các|với|(?<!trực )thuộc|trong|trước|được|đến|từ|hoặc))$", re.IGNORECASE
)
_OPEN_TIME = re.compile(
    r"\b(?:nhất|(?<!hằng )(?<!hàng )(?<!mỗi )(?:ngày|tháng|quý|năm)|sau|khi|theo)$", re.IGNORECASE
)
#: somebody comes: "10 ngày trước khi Đoàn đến"
_ARRIVES = re.compile(r"\bkhi\b.*\s\S+ đến$", re.IGNORECASE)
_STEADY = (TimeFrameKind.RECURRING, TimeFrameKind.CONTINUOUS, TimeFrameKind.OPEN_ENDED)
_GENERAL = frozenset(
    (
        "don vi",
        "co quan",
        "dia phuong",
        "to chuc",
        "doan the",
        "ca nhan",
        "cac co quan",
        "cac don vi",
        "thanh pho",
        "cac dia phuong",
        "cong doan",
    )
)
#: a kind of body, and no name
_KIND_ALONE = re.compile(r"^(?:sở|ban|phòng|chi cục|cục|trung tâm|hội|ủy ban|uỷ ban|ủy ban nhân dân|sở,?\s+sở)$", re.IGNORECASE)  # fmt: skip
#: what may follow a name that is whole
_WHOLE_WITHOUT = re.compile(
    r"^(?:tinh|thanh pho|huien|xa|phuong|cap|theo doi|don doc|chu tri|phoi hop|co lien|lien quan|truc thuoc|thuoc|va|tham muu|huong dan|ho tro|cung cap|thuc hien|phu trach|dau moi|don vi|cua|cac|dia phuong|o|tren|tai)\b"
)
_SEGMENT = re.compile(r"[^;,.()\[\]]+")
#: a group is whole without the words that narrow it ("UBND các huyện nghèo")
_GROUP = re.compile(r"\bcac\b.*\b(?:huien|xa|phuong|tinh|thanh pho|dia phuong|don vi|nganh|cu|so|truong)$")
_LONGEST_REST = 40
_ENDING = 12  # letters; no word that a cell does not end with is longer


def broken(task: TaskDraft, names: Names) -> Iterator[Doubt]:
    """Doubts of one row. ``names`` are all names in the plan's cells of agencies, counted."""
    for name, text in (("leads", task.leads), ("coordinators", task.coordinators)):
        if text and (_stops(text) or names.is_begun(text)):
            yield Doubt(name, "cell_cut_off", text[-60:], 0.4)
    if task.title.count("(") > task.title.count(")"):
        yield Doubt("title", "cell_cut_off", task.title[-60:], 0.4)
    if _stops(task.product):
        yield Doubt("product", "cell_cut_off", task.product[-60:], 0.4)
    when = task.frame.text.rstrip(" .;")
    if (
        when not in task.title  # words of a sentence, no cell
        and task.frame.kind not in _STEADY
        and task.frame.due_on is None
        and (_OPEN.search(when) or _OPEN_TIME.search(when))
        and not _ARRIVES.search(when)
    ):
        yield Doubt("timeframe", "cell_cut_off", when[-60:], 0.4)
    fields = (
        ("title", task.title),
        ("leads", task.leads),
        ("coordinators", task.coordinators),
        ("timeframe", task.frame.text),
        ("product", task.product),
    )
    for name, text in fields:
        if word := misread_word(text):
            yield Doubt(name, "misread_letters", word, 0.4)


@lru_cache(maxsize=4096)
def _stops(text: str) -> bool:
    bare = text.rstrip(" .;")
    if len(bare) < 2:  # "-": nothing is said
        return False
    return bool(_OPEN.search(bare, max(0, len(bare) - _ENDING))) or bool(_KIND_ALONE.match(bare))


class Names:
    """How often each name stands in the cells of agencies, folded."""

    def __init__(self, tasks: Iterable[TaskDraft]) -> None:
        cells = Counter(text for task in tasks for text in (task.leads, task.coordinators))
        self._counts: Counter[str] = Counter()
        for text, times in cells.items():
            for segment in _segments(text):
                self._counts[fold(segment)] += times
        self._sorted = sorted(self._counts)
        self._begun = {text: _is_begun(text, self) for text in cells if text}

    def __getitem__(self, name: str) -> int:
        return self._counts[name]

    def is_begun(self, text: str) -> bool:
        """Whether the last name of a cell stands nowhere else, but begins one that does."""
        return self._begun[text]

    def beginning(self, words: str) -> Iterator[str]:
        """Names that begin with the words."""
        for index in range(bisect.bisect_left(self._sorted, words), len(self._sorted)):
            if not self._sorted[index].startswith(words):
                return
            yield self._sorted[index]


def _segments(text: str) -> Sequence[str]:
    return [m[0].strip() for m in _SEGMENT.finditer(text) if m[0].strip()]


def _is_begun(text: str, names: Names) -> bool:
    segments = _segments(text)
    last = fold(segments[-1]) if segments else ""
    if segments and (segments[-1][0].islower() or (len(segments) > 1 and fold(text).startswith("cac "))):
        return False  # kinds of bodies, and no name: "Các khoa, phòng, trung tâm", "giáo viên chủ nhiệm"
    if names[last] > 1 or len(last.split()) < 2 or last in _GENERAL or _GROUP.search(last):
        return False
    for name in names.beginning(last):
        rest = name[len(last) :]
        if (
            0 < len(rest) <= _LONGEST_REST
            and rest.lstrip()[:1] not in ("(", "[")
            and not (rest[0] == " " and _WHOLE_WITHOUT.match(rest.strip()))
        ):
            return True
    return False
