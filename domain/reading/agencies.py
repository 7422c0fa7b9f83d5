"""Names in a plan → agencies of the register, groups, and the conditions that a person or data must decide.

Names are scanned left to right, the longest known name first, over folded words. A prefix is carried on:
"UBND các huyện Ngọc Hồi, Đăk Hà, thành phố Kon Tum" is three agencies. What stays ambiguous is returned as
several candidates, never guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.agencies import Agency, Group, Kind, Level, Register
from domain.plans import Doubt
from domain.reading.focus import cut_focus
from domain.reading.fold import fold, plain, tidy

_MAX_WORDS = 16
_LEVEL_WORDS: tuple[tuple[str, str, Level], ...] = (
    ("cac huien", "huien", Level.DISTRICT),
    ("huien", "huien", Level.DISTRICT),
    ("thi xa", "thi xa", Level.DISTRICT),
    ("thanh pho", "thanh pho", Level.DISTRICT),
    ("cac xa", "xa", Level.COMMUNE),
    ("cac phuong", "phuong", Level.COMMUNE),
    ("xa", "xa", Level.COMMUNE),
    ("phuong", "phuong", Level.COMMUNE),
    ("thi tran", "thi tran", Level.COMMUNE),
    ("dac chu", "dac chu", Level.COMMUNE),
)
_MONITORS = re.compile(r"\b(?:theo doi|don doc|giam sat|kiem tra)\b")
_QUALIFIED = re.compile(
    r"^\s*(?:co|duoc|chua|thuoc|lien quan|theo|khi|neu|dang|con|phu trach|quan li|o|tren|truc tiep)\b"
)
#: groups that expand to nobody by themselves: the words are a condition
_OPEN_GROUP = re.compile(r"\bcac (?:co quan|don vi|to chuc|ca nhan|doanh nghiep|chu dau tu|bo|dia phuong)\b")


@dataclass(frozen=True, slots=True)
class Match:
    """Agencies a name may mean: none, one, or several that must be asked about."""

    agencies: tuple[Agency, ...] = ()

    @property
    def only(self) -> Agency | None:
        """The one agency, if it is one."""
        return self.agencies[0] if len(self.agencies) == 1 else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a cell names. ``condition`` is the text a person must decide by, else ""."""

    agencies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    group_members: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    condition: str = ""
    monitors: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    focus_named: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Index:
    """Folded names of one register."""

    names: dict[str, list[Agency]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _index(register: Register) -> _Index:
    index = _Index()
    for agency in register.agencies:
        for name in _spellings(agency):
            known = index.names.setdefault(name, [])
            if agency not in known:
                known.append(agency)
    for group in register.groups:
        for name in group.names:
            index.groups.setdefault(_key(name), group)
    return index


def _key(name: str) -> str:
    """Folded, with "Ủy ban nhân dân" and "UBND" the same."""
    return fold(name).replace("ui ban nhan dan", "ubnd").replace("uban nhan dan", "ubnd")


def _spellings(agency: Agency) -> Iterator[str]:
    for name in (agency.name, *agency.aliases):
        key = _key(name)
        yield key
        if agency.kind is Kind.COMMITTEE and key.startswith("ubnd "):
            yield key.removeprefix("ubnd ")
        if agency.level is Level.PROVINCE:
            if " " in key.removesuffix(" tinh"):
                yield key.removesuffix(" tinh")
            yield f"{key} tinh"


def find_agency(name: str, register: Register, level: Level | None = None) -> Match:
    """The agencies a name may mean, by folding and aliases; ``level`` decides between homonyms."""
    key = _key(name)
    found = list(_index(register).names.get(key, ()))
    if not found:
        for _, prefix, at in _LEVEL_WORDS:
            if level in (None, at):
                found += [a for a in _index(register).names.get(f"{prefix} {key}", ()) if a not in found]
    if level is not None:
        found = [a for a in found if a.level is level]
    return Match(tuple(found))


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    return [
        _Word(_key(m[0]), m.start(), m.end())
        for m in re.finditer(r"[^\W_]+(?:&[^\W_]+)?", text)
        if _key(m[0])
    ]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text: [start, end) and what it may mean."""

    start: int
    end: int
    agencies: tuple[Agency, ...] = ()
    group: Group | None = None


def scan(text: str, register: Register) -> list[Hit]:
    """Every known name in a text, the longest first, prefixes carried over lists."""
    index, words = _index(register), _words(text)
    hits: list[Hit] = []
    carried: tuple[str, Level] | None = None
    i = 0
    while i < len(words):
        if (
            carried
            and hits
            and not re.fullmatch(r"[\s,;:()–-]*(?:và\s+)?", text[hits[-1].end : words[i].start])
        ):
            carried = None
        hit, used = _longest(text, words, i, index, carried)
        if hit:
            hits.append(hit)
            i += used
            continue
        level = next(((p, lv) for phrase, p, lv in _LEVEL_WORDS if _at(words, i, phrase)), None)
        if level:
            carried = level
            hit, used = _after_level(text, words, i, index, level)
            if hit:
                hits.append(hit)
                i += used
                continue
        i += 1
    return hits


def _at(words: Sequence[_Word], i: int, phrase: str) -> bool:
    parts = phrase.split()
    return [w.key for w in words[i : i + len(parts)]] == parts


def _longest(
    text: str, words: Sequence[_Word], i: int, index: _Index, carried: tuple[str, Level] | None
) -> tuple[Hit | None, int]:
    for size in range(min(_MAX_WORDS, len(words) - i), 0, -1):
        span = words[i : i + size]
        key = _key(" ".join(w.key for w in span))
        if _breaks(text, span):
            continue
        start, end = span[0].start, span[-1].end
        if group := index.groups.get(key):
            return Hit(start, end, group=group), size
        if found := index.names.get(key):
            if carried and any(a.level is carried[1] for a in found):
                found = [a for a in found if a.level is carried[1]]
            return Hit(start, end, tuple(found)), size
        if carried and (found := index.names.get(f"{carried[0]} {key}")):
            return Hit(start, end, tuple(found)), size
    return None, 0


def _breaks(text: str, span: Sequence[_Word]) -> bool:
    """A name does not run over a semicolon, colon, full stop or parenthesis."""
    return any(re.search(r"[;:.()\[\]]", text[a.end : b.start]) for a, b in itertools.pairwise(span))


def _after_level(
    text: str, words: Sequence[_Word], i: int, index: _Index, level: tuple[str, Level]
) -> tuple[Hit | None, int]:
    """ "các huyện Ngọc Hồi": the level word, then a name without its own prefix."""
    skip = next(
        len(phrase.split()) for phrase, p, lv in _LEVEL_WORDS if (p, lv) == level and _at(words, i, phrase)
    )
    if i + skip >= len(words):
        return None, 0
    hit, used = _longest(text, words, i + skip, index, level)
    return (hit, used + skip) if hit else (None, 0)


def resolve(text: str, register: Register | None, notes: Mapping[str, str] | None = None) -> Resolved:
    """Everything a cell of lead or coordinating agencies says. ``notes`` are footnotes by mark."""
    text = tidy(text)
    focus_named, body = cut_focus(text)
    if register is None:
        return Resolved(focus_named=focus_named)
    noted = " ; ".join((notes or {}).get(mark, "") for mark in re.findall(r"\[(\d+)\]", body))
    parts = [_segment(s, register) for s in _segments(re.sub(r"\[\d+\]", " ", body))]
    agencies = [c for p in parts for c in p.agencies]
    doubts = [d for p in parts for d in p.doubts]
    if noted and not agencies:
        agencies += [h.agencies[0].code for h in scan(noted, register) if len(h.agencies) == 1]
    named = [(name, find_agency(name, register)) for name in focus_named]
    focus = [match.only.code for _, match in named if match.only]
    doubts += [Doubt("focus", "unknown_agency", name, 0.3) for name, match in named if not match.only]
    condition = "; ".join(p.condition for p in parts if p.condition)
    if noted and agencies:
        condition = ""
    return Resolved(
        agencies=_once(agencies),
        groups=_once(g for p in parts for g in p.groups),
        group_members=_once(c for p in parts for c in p.group_members),
        conditional=_once(c for p in parts for c in p.conditional),
        condition=condition,
        monitors=_once(c for p in parts for c in p.monitors),
        focus=_once(focus),
        focus_named=focus_named,
        doubts=tuple(doubts),
    )


def _once(items: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _segments(text: str) -> list[str]:
    return [s.strip() for s in re.split(r";|(?<=[a-zà-ỹ])\.\s+(?=[A-ZĐ])", text) if s.strip(" .,…")]


def _segment(text: str, register: Register) -> Resolved:
    hits = scan(text, register)
    words = plain(text)
    qualifier = _qualifier(text, hits)
    open_words = _OPEN_GROUP.search(words) and not any(h.group for h in hits)
    agencies, groups, members = [], [], []
    doubts: list[Doubt] = []
    for hit in hits:
        if hit.group:
            groups.append(hit.group.code)
            members += [a.code for a in register.members(hit.group)]
        elif len(hit.agencies) == 1:
            if hit.agencies[0].kind is not Kind.PROVINCE_COMMITTEE:  # who is advised ("tham mưu UBND tỉnh")
                agencies.append(hit.agencies[0].code)
        else:
            names = ", ".join(f"{a.name} ({a.code})" for a in hit.agencies)
            doubts.append(Doubt("agency", "ambiguous_agency", f"{text[hit.start : hit.end]}: {names}", 0.4))
    if not hits and not open_words and len(words) > 3:
        doubts.append(Doubt("agency", "unknown_agency", text[:120], 0.3))
    condition = text if qualifier or (open_words and not agencies) else _trailing_open(text, hits)
    monitors = agencies if _MONITORS.search(words) else []
    return Resolved(
        agencies=tuple(agencies),
        groups=tuple(groups),
        group_members=() if qualifier else tuple(members),
        conditional=tuple(members) if qualifier else (),
        condition=condition,
        monitors=tuple(monitors),
        doubts=tuple(doubts),
    )


def _qualifier(text: str, hits: Sequence[Hit]) -> bool:
    """Words right behind a group that narrow it: "Các sở, ban, ngành có CSDL … chưa được kết nối"."""
    grouped = [h for h in hits if h.group]
    return bool(grouped) and bool(_QUALIFIED.match(fold(text[grouped[-1].end :][:60]) if grouped else ""))


def _trailing_open(text: str, hits: Sequence[Hit]) -> str:
    """An open group after a comma ("…, các cơ quan liên quan") is kept as a condition of its own."""
    end = hits[-1].end if hits else 0
    rest = text[end:].strip(" ,.")
    return rest if _OPEN_GROUP.search(plain(rest)) else ""
