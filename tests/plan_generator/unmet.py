"""A reader who never met some of the words it knows, as it is with documents nobody has seen.

What the lists of words hold was met in some document or other. Of the words that stand in no document but one, or in
a few, some are taken out of every list and pattern of ``domain.reading`` while that document is read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from types import ModuleType
from typing import Any

from domain.reading.fold import plain
from domain.reading.tables.plan_columns import Column

#: an alternation of fewer words is no list
_LIST = 5
_LETTERS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
#: patterns that tell how a text is laid out, not what its words are
_LAYOUT = ("dates", "fold", "misread", "syllables", "cut_text", "page_ends", "replies")


def key_of(alternative: str) -> str:
    """The words of one alternative of a pattern, folded; "" where it is no word."""
    runs = _LETTERS.findall(re.sub(r"\(\?[^)]*\)|\\.", "|", alternative))
    return plain(max(runs, key=len, default=""))


def _modules() -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if name.startswith("domain.reading.") and name.split(".")[2] not in _LAYOUT:
            yield module


def _alternations(source: str) -> Iterator[list[tuple[int, int]]]:
    """The places of the alternatives of each group of a pattern."""
    open_: list[list[int]] = [[0]]
    at, inside = 0, False
    while at < len(source):
        char = source[at]
        if char == "\\":
            at += 1
        elif inside:
            inside = char != "]"
        elif char == "[":
            inside = True
            at += source.startswith(("[^]", "[]"), at) and 1 + source.startswith("[^]", at)
        elif char == "(":
            head = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|[aiLmsux-]*:))?").match(source, at)
            open_.append([head.end() if head else at + 1])
            at = open_[-1][0] - 1
        elif char in "|)":
            begins = open_[-1]
            if char == ")":
                open_.pop()
            else:
                begins.append(at + 1)
            if char == ")":
                yield _spans(begins, at)
        at += 1
    yield _spans(open_[0], len(source))


def _spans(begins: Sequence[int], end: int) -> list[tuple[int, int]]:
    return [(b, (begins[i + 1] - 1) if i + 1 < len(begins) else end) for i, b in enumerate(begins)]


def words_of(pattern: re.Pattern[str]) -> Iterator[str]:
    """The words of the lists in a pattern."""
    for spans in _alternations(pattern.pattern):
        if len(spans) >= _LIST:
            for begin, end in spans:
                if key := key_of(pattern.pattern[begin:end]):
                    yield key


def thinned(pattern: re.Pattern[str], gone: Callable[[str], bool]) -> re.Pattern[str]:
    """The pattern without the alternatives of its lists that are gone."""
    source, cut = pattern.pattern, []
    for spans in _alternations(source):
        if len(spans) < _LIST:
            continue
        away = [
            (b, e)
            for b, e in spans
            if (key := key_of(source[b:e]))
            and gone(key)
            and not re.search(r"(?<!\\)\((?!\?(?!P<))", source[b:e])
        ]
        if away and len(away) < len(spans):
            first = spans[0] in away
            kept = [s for s in spans if s not in away]
            cut += [(b, e + 1) if first and b < kept[0][0] else (b - 1, e) for b, e in away]
    if not cut:
        return pattern
    parts, at = [], 0
    for begin, end in sorted(cut):
        if begin >= at:
            parts.append(source[at:begin])
            at = end
    return re.compile("".join([*parts, source[at:]]), pattern.flags)


def _thin(value: Any, gone: Callable[[str], bool], made: dict[int, Any]) -> Any:
    """A value without the words that are gone, the same one for the same; itself where it holds none."""
    if id(value) in made:
        return made[id(value)]
    new = value
    if isinstance(value, re.Pattern):
        new = thinned(value, gone)
    elif (
        isinstance(value, (frozenset, set)) and all(isinstance(v, str) for v in value) and len(value) >= _LIST
    ):
        new = type(value)(v for v in value if not gone(plain(v)))
    elif isinstance(value, tuple) and any(isinstance(v, (re.Pattern, tuple)) for v in value):
        inner = tuple(_thin(v, gone, made) for v in value)
        new = inner if any(a is not b for a, b in zip(inner, value, strict=True)) else value
    elif type(value) is dict and len(value) >= _LIST and all(isinstance(v, Column) for v in value.values()):
        new = {k: v for k, v in value.items() if not gone(plain(k))}
        new = new if len(new) < len(value) else value
    made[id(value)] = new
    return new


def all_words() -> set[str]:
    """Every word of every list of the reader."""
    found: set[str] = set()

    def collect(key: str) -> bool:
        found.add(key)
        return False

    for module in _modules():
        for name, value in list(vars(module).items()):
            if not name.startswith("__"):
                _thin(value, collect, {})
    return found


@contextmanager
def without(words: set[str]) -> Iterator[None]:
    """The reader without some words of its lists."""
    made: dict[int, Any] = {}
    changed = []
    for module in _modules():
        for name, value in list(vars(module).items()):
            if name.startswith("__") or isinstance(value, (type, ModuleType)):
                continue
            new = _thin(value, words.__contains__, made)
            if new is not value:
                changed.append((module, name, value))
                setattr(module, name, new)
    _forget()
    try:
        yield
    finally:
        for module, name, value in changed:
            setattr(module, name, value)
        _forget()


def _forget() -> None:
    """Empty the caches of the reader: what was read is known by them."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("domain.reading"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def chosen(word: str, seed: int, share: float) -> bool:
    """Whether a word is among those taken out, for a seed."""
    return int.from_bytes(blake2b(f"{seed} {word}".encode(), digest_size=4).digest()) < share * 2**32
