"""Names in a text → agencies and groups of the register, by folding, aliases and carried prefixes.

Names are scanned left to right, the longest known name first, over folded words with the spaces between them
gone, so that words torn or glued by a converter ("Sở N ội vụ", "Kế hoạchvà Đầu tư") still match. A prefix is
carried on: "UBND các huyện Ngọc Hồi, Đăk Hà" is two agencies, "các Sở: Nội vụ, Tài chính" too. What stays
ambiguous is returned as several candidates, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from domain.agencies import Agency, Group, Kind, Level, Register
from domain.reading.fold import fold

_MAX_WORDS = 16
_MAX_SAID = 2048
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_PARTING = re.compile(r"[;:.()\[\]]")
LEVEL_WORDS: tuple[tuple[str, str, Level], ...] = (
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
    ("cac so", "so", Level.PROVINCE),
    ("so", "so", Level.PROVINCE),
)
#: by their first word, in the same order
_LEVELS_OF = {
    first: [(phrase.split(), p, lv) for phrase, p, lv in LEVEL_WORDS if phrase.split()[0] == first]
    for first in {phrase.split()[0] for phrase, _, _ in LEVEL_WORDS}
}
_CARRIES = re.compile(r"[\s,;:()–-]*(?:và\s+)?")


@dataclass(frozen=True, slots=True)
class Match:
    """Agencies a name may mean: none, one, or several that must be asked about."""

    agencies: tuple[Agency, ...] = ()

    @property
    def only(self) -> Agency | None:
        """The one agency, if it is one."""
        return self.agencies[0] if len(self.agencies) == 1 else None


@dataclass(slots=True)
class _Index:
    """Names of one register, folded and without spaces."""

    names: dict[str, list[Agency]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)  # the first two letters of every name
    longest: int = 0
    said: dict[str, Any] = field(default_factory=dict)


#: registers are compared by identity: hashing hundreds of agencies for every cell costs more than reading it
_indexes: dict[int, tuple[Register, _Index]] = {}


def _index(register: Register) -> _Index:
    kept = _indexes.get(id(register))
    if kept and kept[0] is register:
        return kept[1]
    index = _Index()
    for agency in register.agencies:
        for name in _spellings(agency):
            known = index.names.setdefault(name.replace(" ", ""), [])
            if agency not in known:
                known.append(agency)
    for name, code in register.meant.items():
        if chosen := register.by_code.get(code):
            index.names[name_key(name)] = [chosen]
    for group in register.groups:
        for name in group.names:
            index.groups.setdefault(_key(name).replace(" ", ""), group)
    cities = [
        a
        for a in register.agencies
        if a.level is Level.DISTRICT and _key(a.name).startswith("ubnd thanh pho")
    ]
    if len(cities) == 1:
        index.names.setdefault("ubndthanhpho", cities)
    every = [
        *index.names,
        *index.groups,
        *(g.removeprefix("cac").removeprefix("ubndcac") for g in index.groups),
    ]
    index.starts = {name[:2] for name in every} | {"ub", "ui", "ca"}
    index.longest = max(map(len, every), default=0) + len("uibannhandancac")
    if len(_indexes) >= 8:
        _indexes.clear()
    _indexes[id(register)] = (register, index)
    return index


def said(register: Register) -> dict[str, Any]:
    """Room for what phrases say by a register, as long as that is in use: plan after plan names the same agencies."""
    kept = _index(register).said
    if len(kept) >= _MAX_SAID:
        kept.clear()
    return kept


def _key(name: str) -> str:
    """Folded, with "Ủy ban nhân dân" and "UBND" the same."""
    return fold(name).replace("ui ban nhan dan", "ubnd").replace("uban nhan dan", "ubnd")


def name_key(name: str) -> str:
    """What two spellings of one name have in common: folded, without spaces."""
    return _key(name).replace(" ", "")


def is_group(key: str, register: Register) -> bool:
    """Whether a key (:func:`name_key`) is a group's name."""
    return _group(key, _index(register)) is not None


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
    if agency.kind is Kind.DEPARTMENT:
        yield from _initials(_key(agency.name))
    if agency.kind is Kind.ORGANISATION and "mat tran to quoc" in (front := _key(agency.name)):
        for short in ("mttq", "mat tran to quoc"):
            for rest in ("", " viet nam", " vn", "vn", " viet nam tinh", "vn tinh", " tinh"):
                yield from (f"{body}{short}{rest}" for body in ("", "ui ban ", "uban ", "ub"))
        yield front.removeprefix("ui ban ")


def _initials(key: str) -> Iterator[str]:
    """ "sở văn hóa thể thao và du lịch" → "so vhttdl", "so vhtt va dl", "svhttdl"."""
    parts = [part.split() for part in key.removeprefix("so ").split(" va ")]
    letters = ["".join(word[0] for word in part) for part in parts]
    whole = "".join(letters)
    yield from (f"so {whole}", f"so {' va '.join(letters)}")
    if len(whole) > 1:
        yield f"s{whole}"


def find_agency(name: str, register: Register, level: Level | None = None) -> Match:
    """The agencies a name may mean, by folding and aliases; ``level`` decides between homonyms."""
    key = _key(name)
    found = list(_index(register).names.get(key.replace(" ", ""), ()))
    if not found:
        for _, prefix, at in LEVEL_WORDS:
            if level in (None, at):
                found += [
                    a
                    for a in _index(register).names.get(f"{prefix} {key}".replace(" ", ""), ())
                    if a not in found
                ]
    if level is not None:
        found = [a for a in found if a.level is level]
    return Match(tuple(found))


@dataclass(slots=True)
class _Word:
    key: str
    start: int
    end: int
    parted: bool  # a stop, semicolon, colon or parenthesis stands before it


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if key := _word_key(match[0]):
            between = text[end : match.start()]
            parted = between != " " and bool(_PARTING.search(between))
            found.append(_Word(key, match.start(), match.end(), parted))
            end = match.end()
    return found


@lru_cache(maxsize=4096)
def _word_key(word: str) -> str:
    return _key(word)


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
        if carried and hits and not _CARRIES.fullmatch(text, hits[-1].end, words[i].start):
            carried = None
        hit, used = _longest(text, words, i, index, carried)
        if hit:
            carried = _carried(hit, carried)
            hits.append(hit)
            i += used
            continue
        if level := _level(words, i):
            carried = level[:2]
            hit, used = _after_level(text, words, i, index, level)
            if hit:
                hits.append(hit)
                i += used
                continue
        i += 1
    return hits


def _carried(hit: Hit, carried: tuple[str, Level] | None) -> tuple[str, Level] | None:
    """ "Sở Nội vụ, Tài chính": after a department, a name without its "Sở" is one too."""
    if hit.agencies and all(a.kind is Kind.DEPARTMENT for a in hit.agencies):
        return ("so", Level.PROVINCE)
    return carried


def _level(words: Sequence[_Word], i: int) -> tuple[str, Level, int] | None:
    """What a word of level before names stands for: its prefix, the level, and how many words it has."""
    for parts, prefix, level in _LEVELS_OF.get(words[i].key, ()):
        if [w.key for w in words[i : i + len(parts)]] == parts:
            return prefix, level, len(parts)
    return None


def _longest(
    text: str, words: Sequence[_Word], i: int, index: _Index, carried: tuple[str, Level] | None
) -> tuple[Hit | None, int]:
    if not carried and words[i].key[:2] not in index.starts:
        return None, 0
    for size, key in reversed(_spans(words, i, index.longest)):
        start, end = words[i].start, words[i + size - 1].end
        if group := _group(key, index):
            return Hit(start, end, group=group), size
        if found := index.names.get(key):
            if carried and any(a.level is carried[1] for a in found):
                found = [a for a in found if a.level is carried[1]]
            return Hit(start, end, tuple(found)), size
        if carried and (found := index.names.get(f"{carried[0]}{key}".replace(" ", ""))):
            return Hit(start, end, tuple(found)), size
    return None, 0


def _spans(words: Sequence[_Word], i: int, longest: int) -> list[tuple[int, str]]:
    """(number of words, key) of every run from a word on; a name runs over no stop and no parenthesis."""
    found: list[tuple[int, str]] = []
    key = ""
    for size in range(1, min(_MAX_WORDS, len(words) - i) + 1):
        word = words[i + size - 1]
        if size > 1 and word.parted:
            break
        key += word.key
        if len(key) > longest:
            break
        found.append((size, key.replace("uibannhandan", "ubnd")))
    return found


def _group(key: str, index: _Index) -> Group | None:
    """A group by its name, also without "các" or without "UBND" where that leaves no doubt."""
    tries = (
        key,
        f"cac{key}",
        key.replace("ubnd", "ubndcac", 1),
        f"ubnd{key}" if key in ("capxa", "caphuien") else key,
    )
    return next((group for name in tries if (group := index.groups.get(name))), None)


def _after_level(
    text: str, words: Sequence[_Word], i: int, index: _Index, level: tuple[str, Level, int]
) -> tuple[Hit | None, int]:
    """ "các huyện Ngọc Hồi": the level word, then a name without its own prefix."""
    prefix, at, skip = level
    if i + skip >= len(words):
        return None, 0
    hit, used = _longest(text, words, i + skip, index, (prefix, at))
    return (hit, used + skip) if hit else (None, 0)
