"""A line of terms cut into answers (one a task) and clauses (one a statement)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.reading.replies.reply_line import Found, Line, terms
from domain.reading.replies.reply_words import Item

_B, _E = r"(?<![^ ])", r"(?![^ ])"
_STATUS = (
    r"(?:DONE|GOT|NOTYET|ZERO|GOING|PCT|RANGE|JUST|ALMOST|WAIT|CHO|BLOCK|ASKFOR|EXTEND|DO|OVER|PAST|DA|NOTMINE|THEN|STILL"
    r"|LATE|REMAIN|STOP|LACK|START|NOT|MOVE|ALREADY|HALF|TICK|HET|is|are|WILL|BASIC|NOW)"
)
_DOTTED = re.compile(_B + r"(?:(?:TASK|#) )?(\d{1,2}) \. ~?([a-h])" + _E)
_NAMED = re.compile(
    _B
    + r"(?:TASK|#)(?: so| #| thu| NUMBERWORD)? (?:(\d{1,3})(?! (?:/|DAYU|WEEKU|MONTHU|HOURU|HOURSPAN|PERCENT|UNITNAME|:? ?\d)"
    r"(?![^ ]))|REF)" + _E
)
_ALL = terms(
    r"(?:ALL|HET)(?: ca| of| the)?(?: \d{1,2})?(?: (?:TASK|LIST|THISTASK))|ALL \d{1,2}(?= (?:deu|DONE|PAST|ALREADY|GOING))"
    r"|cac TASK(?= (?:deu|tren))"
)
_LISTED = re.compile(r"(?<=DONE )(\d{1,2})((?: (?:,|va|and|&) \d{1,2})+)(?= [,.;]|$| ALREADY| POLITE)")
_REMAINING = re.compile(r"(?<=REMAIN )(\d{1,2})()(?= (?:GOING|THEN|NOTYET|WAIT|BLOCK|ZERO|GOT|JUST)(?![^ ]))")
_LEADING = re.compile(
    r"(?:^|(?<=[,;.\n] ))(?:so )?(\d{1,2}(?:,\d{1,2})*)(?: [.):/-])?((?:(?: (?:,|va|and|&|\+))? \d{1,2}(?! (?:UNITNAME|WORK)))*)(?: [.):-]| deu| both)*(?= "
    + _STATUS
    + _E
    + ")"
)
#: "việc 1, 2 và 3 xong": what is joined to a named task is a task too
_ALSO = re.compile(
    r"(?<=REF )((?:,|va|and|&|\+) \d{1,2})((?: (?:,|va|and|&|\+) \d{1,2})*)(?= (?:deu |both )?"
    + _STATUS
    + _E
    + ")"
)
_LATER = re.compile(_B + r"(\d{1,2})()(?: [.):-])?(?= " + _STATUS + _E + ")")
_JOINED = re.compile(r"(?:[&+]|va|and|cung|voi|con|deu|- )*")


_AND_THEN = re.compile(_B + r"(?:REMAIN|BUT)(?= REF THEN| REF)" + _E)


def mark_tasks(line: Line) -> None:
    """Put a ``REF`` (value: the task codes as typed, "all" for every task) where the line names a task."""
    text = line.text
    if "TASK" in text or "#" in text or "LIST" in text or "ALL " in text:
        line.put(_ALL, lambda *_: ("REF", ("all",)))
        line.put(_DOTTED, lambda match, _: ("REF", (match[1] + match[2],)))
        line.put(_NAMED, _named)
        line.put(_ALSO, _leading)
    elif ". " in text:
        line.put(_DOTTED, lambda match, _: ("REF", (match[1] + match[2],)))
    if "DONE" in text or "REMAIN" in text:
        line.put(_LISTED, _leading)
        if "REF" in line.text:
            line.put(_REMAINING, _leading)
    if text[:1].isdigit() or text[:3] == "so " or re.search(r"[,;.\n] (?:so )?\d", text):
        line.put(_LEADING, _leading)
        if line.items and line.items[0].term == "REF":
            line.put(_LATER, _leading)
    if line.text.count("REF") > 1:
        line.put(_AND_THEN, lambda *_: (",", None))


def _named(match: re.Match[str], line: Line) -> Found:
    if match[1]:
        return "REF", (match[1],)
    _, last = line.span(*match.span())
    return "REF", _codes(line.items[last - 1])


def _codes(item: Item) -> tuple[str, ...]:
    return item.value if isinstance(item.value, tuple) else (str(item.value),)


def _leading(match: re.Match[str], _: Line) -> Found:
    return "REF", tuple(re.findall(r"\d+", match[1] + match[2]))


_BREAKS = frozenset({",", ";", ".", "\n", "?", "!"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about one task, or about the task at hand (refs empty)."""

    refs: tuple[str, ...]
    items: tuple[Item, ...]


def answers(line: Line) -> list[Answer]:
    """The line cut where another task begins; tasks named side by side share what is said."""
    if sum(1 for _ in _ref_groups(line.items)) <= 1:
        refs = next((refs for _, _, refs in _ref_groups(line.items)), ())
        return [Answer(refs, tuple(line.items))]
    out: list[Answer] = []
    waiting: tuple[str, ...] = ()
    for chunk in _chunks(line.items):
        for refs, items in _parts(chunk):
            silent = _says_nothing(items)
            if refs and silent:
                waiting += refs
            elif refs or waiting or not out:
                out.append(Answer(waiting + refs, items))
                waiting = ()
            else:
                out[-1] = Answer(out[-1].refs, out[-1].items + items)
    if len(out) > 1 and not out[0].refs and _says_nothing(out[0].items):
        out[1] = Answer(out[1].refs, out[0].items + out[1].items)
        del out[0]
    if waiting:
        out[-1:] = (
            [Answer(out[-1].refs + waiting, out[-1].items)] if out else [Answer(waiting, tuple(line.items))]
        )
    return out


def _chunks(items: list[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if item.term in _BREAKS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _parts(chunk: list[Item]) -> Iterator[tuple[tuple[str, ...], tuple[Item, ...]]]:
    """A chunk that names several tasks, cut before each ("1 xong 2 chưa") or after each ("xong 1 chưa 2")."""
    groups = list(_ref_groups(chunk))
    if len(groups) <= 1:
        yield (groups[0][2] if groups else ()), tuple(chunk)
        return
    trailing = not _says_nothing(chunk[: groups[0][0]]) and _says_nothing(chunk[groups[-1][1] :])
    if trailing:
        cuts = [0, *(end for _, end, _ in groups[:-1]), len(chunk)]
    else:
        cuts = [0, *(start for start, _, _ in groups[1:]), len(chunk)]
    for (begin, stop), (_, _, refs) in zip(pairwise(cuts), groups):
        yield refs, tuple(chunk[begin:stop])


def _ref_groups(items: list[Item]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    start, end = -1, -1
    refs: tuple[str, ...] = ()
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


def _says_nothing(items: Sequence[Item]) -> bool:
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
        if item.term in ("NOW", "BEFORE", "AGO", "HOURU") and any(
            i.term in ("PCT", "DONE", "ZERO") for i in current
        ):
            close("")
        current.append(item)
        if item.term in _ENDS_CLAUSE and index + 1 < len(items) and items[index + 1].term not in _GOES_ON:
            close("")
    close("")
    return out
