"""Labels that only one document uses: short phrases that stand again and again where labels do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.reading.fold import plain
from domain.reading.prose.labels import role_of
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time
from domain.reading.verbs import begins_with_verb

#: a phrase at the beginning of a line or of a piece, up to a colon, and what follows
_PHRASE = re.compile(
    r"(?:^[-–+•*●▪\s(]*(?:[a-zđ]\)\s*)?|(?<=[.;(])\s*)(?P<phrase>[^\W\d_][^:.;,()\d]{1,34})\s*:\s*(?P<value>[^:;]{1,300})"
)
_ROLE_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.COORDINATE, re.compile(r"\b(?:phoi hop|cung|ho tro|giup|phoi thuoc|tham gia|lien quan|chung tay|tiep suc)\b")),
    (Column.TIME, re.compile(r"\b(?:han|thoi|moc|khi nao|bao gio|xong|ngay|hoan thanh|ve dich|ket thuc)\b")),
    (Column.LEAD, re.compile(r"\b(?:chu tri|thuc hien|phu trach|dau moi|dam nhan|dam trach|trach nhiem|giao|lam|ai)\b")),
)  # fmt: skip
_FEWEST, _OFTEN, _MOST_WORDS = 2, 3, 6


def learn(lines: Sequence[str]) -> dict[str, Column]:
    """What each phrase labels that this document uses as a label and no other does; by the words it is made of, else
    by what follows it, else a note that ends what stands before."""
    said: dict[str, list[str]] = {}
    for line in lines:
        for key, value in _phrases(line):
            said.setdefault(key, []).append(value)
    found: dict[str, Column] = {}
    for key, values in said.items():
        if len(values) >= _FEWEST and (column := _column(key, values, Column.LEAD in found.values())):
            found[key] = column
    return found


def _phrases(line: str) -> Iterator[tuple[str, str]]:
    if ":" not in line:
        return
    for match in _PHRASE.finditer(line):
        phrase = match["phrase"].strip(" -–*_")
        key = plain(phrase)
        known = role_of(phrase) is not None or looks_like_agency(phrase)
        known = known or (begins_with_verb(phrase) and not looks_like_time(match["value"].strip()))
        if key and not known and len(key.split()) <= _MOST_WORDS:
            yield key, match["value"].strip()


def _column(key: str, values: Sequence[str], led: bool) -> Column | None:
    who = sum(map(looks_like_agency, values)) * 2 >= len(values)
    when = sum(map(looks_like_time, values)) * 2 >= len(values)
    worded = next((column for column, pattern in _ROLE_WORDS if pattern.search(key)), None)
    if worded and (who or when or len(values) >= _OFTEN):
        return Column.TIME if when else worded
    if when:
        return Column.TIME
    if who:
        return Column.COORDINATE if led else Column.LEAD
    return Column.NOTE if len(values) >= _OFTEN else None
