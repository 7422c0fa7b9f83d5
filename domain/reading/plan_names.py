"""Names in a text → agencies and groups of the register, by folding, aliases and carried prefixes.

Names are scanned left to right, the longest known name first, over folded words with the spaces between them
gone, so that words torn or glued by a converter ("Sở N ội vụ", "Kế hoạchvà Đầu tư") still match. A prefix is
carried on: "UBND các huyện Ngọc Hồi, Đăk Hà" is two agencies, "các Sở: Nội vụ, Tài chính" too. What stays
ambiguous is returned as several candidates, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.agencies import Agency, Group, Kind, Level, Register
from domain.reading.name_index import Index, find_group, index_of, key_of

_MAX_WORDS = 16
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
#: what places of a level are called, the usual first
_PREFIXES = {
    Level.DISTRICT: ("huien", "thanh pho", "thi xa"),
    Level.COMMUNE: ("xa", "phuong", "thi tran", "dac chu"),
}
#: "các huyện" at the end of a key, without "thành phố" behind it
_ONE_SORT = re.compile(r"^(?:chutich)?(?:ubnd)?cac(?:huien|thixa|thanhpho|quan|xa|phuong|thitran|dacchu)$")
_CARRIES = re.compile(r"[\s,;:()–-]*(?:và\s+)?")


@dataclass(frozen=True, slots=True)
class Match:
    """Agencies a name may mean: none, one, or several that must be asked about."""

    agencies: tuple[Agency, ...] = ()

    @property
    def only(self) -> Agency | None:
        """The one agency, if it is one."""
        return self.agencies[0] if len(self.agencies) == 1 else None


def find_agency(name: str, register: Register, level: Level | None = None) -> Match:
    """The agencies a name may mean, by folding and aliases; ``level`` decides between homonyms."""
    key = key_of(name)
    found = list(index_of(register).names.get(key.replace(" ", ""), ()))
    if not found:
        for _, prefix, at in LEVEL_WORDS:
            if level in (None, at):
                found += [
                    a
                    for a in index_of(register).names.get(f"{prefix} {key}".replace(" ", ""), ())
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
    return key_of(word)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text: [start, end) and what it may mean."""

    start: int
    end: int
    agencies: tuple[Agency, ...] = ()
    group: Group | None = None


def scan(text: str, register: Register) -> list[Hit]:
    """Every known name in a text, the longest first, prefixes carried over lists."""
    index, words = index_of(register), _words(text)
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
    """ "Sở Nội vụ, Tài chính": after a department, a name without its "Sở" is one too; so with places."""
    if hit.agencies and all(a.kind is Kind.DEPARTMENT for a in hit.agencies):
        return ("so", Level.PROVINCE)
    if carried is None and len(hit.agencies) == 1 and (at := hit.agencies[0].level) in _PREFIXES:
        return (_PREFIXES[at][0], at)
    return carried


def _level(words: Sequence[_Word], i: int) -> tuple[str, Level, int] | None:
    """What a word of level before names stands for: its prefix, the level, and how many words it has."""
    for parts, prefix, level in _LEVELS_OF.get(words[i].key, ()):
        if [w.key for w in words[i : i + len(parts)]] == parts:
            return prefix, level, len(parts)
    return None


def _longest(
    text: str, words: Sequence[_Word], i: int, index: Index, carried: tuple[str, Level] | None
) -> tuple[Hit | None, int]:
    if not carried and words[i].key[:2] not in index.starts:
        return None, 0
    for size, key in reversed(_spans(words, i, index.longest)):
        start, end = words[i].start, words[i + size - 1].end
        if (group := find_group(key, index)) and not (
            _ONE_SORT.search(key) and _names_follow(text, words, i + size, end)
        ):
            return Hit(start, end, group=group), size
        if found := index.names.get(key):
            if carried and any(a.level is carried[1] for a in found):
                found = [a for a in found if a.level is carried[1]]
            return Hit(start, end, tuple(found)), size
        if carried and (found := _with_prefix(key, carried, index)):
            return Hit(start, end, tuple(found)), size
    return None, 0


def _names_follow(text: str, words: Sequence[_Word], after: int, end: int) -> bool:
    """Whether places by name come right behind: "UBND các huyện Ngọc Hồi, Đăk Hà" is those, not every one."""
    if after >= len(words):
        return False
    begin = words[after].start
    return text[end:begin].strip() in ("", ":") and text[begin].isupper()


def _with_prefix(key: str, carried: tuple[str, Level], index: Index) -> list[Agency] | None:
    """A name without what stood before the first of a list: "UBND huyện Ngọc Hồi, Đăk Hà"."""
    prefix, level = carried
    for word in (prefix, *_PREFIXES.get(level, ())):
        if found := index.names.get(f"{word}{key}".replace(" ", "")):
            return found
    return None


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


def _after_level(
    text: str, words: Sequence[_Word], i: int, index: Index, level: tuple[str, Level, int]
) -> tuple[Hit | None, int]:
    """ "các huyện Ngọc Hồi": the level word, then a name without its own prefix."""
    prefix, at, skip = level
    if i + skip >= len(words):
        return None, 0
    hit, used = _longest(text, words, i + skip, index, (prefix, at))
    return (hit, used + skip) if hit else (None, 0)
