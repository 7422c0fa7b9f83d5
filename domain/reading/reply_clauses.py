"""A line of terms cut into answers (one a task) and clauses (one a statement)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.reading.reply_line import Found, Line
from domain.reading.reply_words import Item

_B, _E = r"(?<![^ ])", r"(?![^ ])"
_STATUS = (
    r"(?:DONE|GOT|NOTYET|ZERO|GOING|PCT|RANGE|JUST|ALMOST|WAIT|CHO|BLOCK|ASKFOR|EXTEND|DO|OVER|PAST|DA|NOTMINE|THEN|STILL"
    r"|LATE|REMAIN|STOP|LACK|START|NOT|MOVE|ALREADY|HALF|TICK|HET|is|are|WILL|BASIC|NOW)"
)
_DOTTED = re.compile(_B + r"(?:(?:TASK|#) )?(\d{1,2}) \. ([a-h])" + _E)
_NAMED = re.compile(
    _B
    + r"(?:TASK|#)(?: so| #| thu| NUMBERWORD)? (?:(\d{1,3})(?! (?:/|DAYU|WEEKU|MONTHU|HOURU|HOURSPAN|PERCENT|UNITNAME|:? ?\d)"
    r"(?![^ ]))|REF)" + _E
)
_ALL = re.compile(
    _B
    + r"(?:ALL|HET|DONE HET|DONE ALL)(?: ca| of| the)?(?: \d{1,2})?(?: (?:TASK|LIST|THISTASK))"
    + _E
    + r"|"
    + _B
    + r"(?:cac|LISTALL) TASK(?= (?:deu|tren))"
    + _E
)
_LEADING = re.compile(
    r"(?:^|(?<=[,;.\n] ))(\d{1,2})(?: [.):/-])?((?: (?:,|va|and|&|\+) \d{1,2})*)(?: [.):-]| deu| both)*(?= "
    + _STATUS
    + _E
    + ")"
)
_LATER = re.compile(_B + r"(\d{1,2})()(?: [.):-])?(?= " + _STATUS + _E + ")")
_JOINED = re.compile(r"(?:[,&+]|va|and|cung|voi|con|deu|- )*")


def mark_tasks(line: Line) -> None:
    """Put a ``REF`` (value: the task codes as typed, "all" for every task) where the line names a task."""
    text = line.text
    if "TASK" in text or "#" in text:
        line.put(_ALL, lambda *_: ("REF", ("all",)))
        line.put(_DOTTED, lambda match, _: ("REF", (match[1] + match[2],)))
        line.put(_NAMED, _named)
    elif ". " in text:
        line.put(_DOTTED, lambda match, _: ("REF", (match[1] + match[2],)))
    if text[:1].isdigit() or re.search(r"[,;.\n] \d", text):
        line.put(_LEADING, _leading)
        if line.items and line.items[0].term == "REF":
            line.put(_LATER, _leading)


def _named(match: re.Match[str], line: Line) -> Found:
    if match[1]:
        return "REF", (match[1],)
    first, last = line.span(*match.span())
    return "REF", _codes(line.items[last - 1])


def _codes(item: Item) -> tuple[str, ...]:
    return item.value if isinstance(item.value, tuple) else (str(item.value),)


def _leading(match: re.Match[str], _: Line) -> Found:
    return "REF", tuple(re.findall(r"\d+", match[1] + match[2]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about one task, or about the task at hand (refs empty)."""

    refs: tuple[str, ...]
    items: tuple[Item, ...]


def answers(line: Line) -> list[Answer]:
    """The line cut where another task begins; refs joined by "và" share what is said."""
    groups = list(_ref_groups(line.items))
    if len(groups) <= 1:
        refs = groups[0][2] if groups else ()
        return [Answer(refs, tuple(line.items))]
    leading = _says_nothing(line.items[: groups[0][0]])
    out: list[Answer] = []
    if not leading and not _says_nothing(line.items[groups[-1][1] :]):
        out.append(Answer((), tuple(line.items[: groups[0][0]])))
        leading = True
    for number, (start, end, refs) in enumerate(groups):
        if leading:
            begin = start if out else 0
            stop = groups[number + 1][0] if number + 1 < len(groups) else len(line.items)
        else:
            begin, stop = (groups[number - 1][1] if number else 0), end
        out.append(Answer(refs, tuple(line.items[begin:stop])))
    return out


def _ref_groups(items: list[Item]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    start, end, refs = -1, -1, ()
    for index, item in enumerate(items):
        if item.term != "REF":
            continue
        between = " ".join(i.term for i in items[end:index])
        if start >= 0 and _JOINED.fullmatch(between.replace(" ", "")):
            end, refs = index + 1, (*refs, *_codes(item))
            continue
        if start >= 0:
            yield start, end, refs
        start, end, refs = index, index + 1, _codes(item)
    if start >= 0:
        yield start, end, refs


_SAYS = re.compile(_B + r"(?:" + _STATUS[3:-1] + r"|REMIND|UNDO|LATER)" + _E)


def _says_nothing(items: list[Item]) -> bool:
    text = " ".join(item.term for item in items if item.term not in ("DA", "POLITE", "NOW", "THEN", "PAST"))
    return not _SAYS.search(text)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement: its terms as text between blanks, its items, and the sign it ended with."""

    text: str
    items: tuple[Item, ...]
    ends: str = ""

    def has(self, *terms: str) -> bool:
        """Whether any of the terms is said here."""
        return any(f" {term} " in self.text for term in terms)


_CUTS = frozenset({",", ";", ".", "!", "?", "\n", "(", ")", "BUT", "BECAUSE", "=", ":", "-"})
_ENDS_CLAUSE = frozenset({"POLITE", "ALREADY"})
_GOES_ON = frozenset(
    {"POLITE", "ALREADY", ",", ".", "!", "?", "NOTYET", ";", "\n", "NOPE", "PCT", "THANKS", "DA", "TICK"}
)


def clauses(items: tuple[Item, ...]) -> list[Clause]:
    """Cut at signs, at "nhưng" and "vì", and after "rồi ạ" where more follows (speech has no commas)."""
    out: list[Clause] = []
    current: list[Item] = []

    def close(ends: str) -> None:
        if current:
            out.append(Clause(" " + " ".join(i.term for i in current) + " ", tuple(current), ends))
            current.clear()
        elif out and ends == "?":
            out[-1] = Clause(out[-1].text, out[-1].items, "?")

    for index, item in enumerate(items):
        if item.term in _CUTS:
            close(item.term)
            if item.term in ("BUT", "BECAUSE"):
                current.append(item)
            continue
        if item.term in ("NOW", "BEFORE", "AGO") and any(i.term in ("PCT", "DONE", "ZERO") for i in current):
            close("")
        current.append(item)
        if item.term in _ENDS_CLAUSE and index + 1 < len(items) and items[index + 1].term not in _GOES_ON:
            close("")
    close("")
    return out
