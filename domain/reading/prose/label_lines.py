"""A line of prose → what stands before its labels, and what they say, with a colon or without."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.reading.fold import plain
from domain.reading.prose.assigned import assigned
from domain.reading.prose.labels import NONE_LEARNED, Label, labels
from domain.reading.prose.role_pieces import Fields, pieces, split_off, time_said, whole
from domain.reading.tables.grid import says_before
from domain.reading.tables.plan_columns import Column

#: what assigns something to somebody or some day
ASSIGNING = frozenset((Column.LEAD, Column.COORDINATE, Column.MONITOR, Column.TIME))
_MARK = re.compile(
    r"^\s*(?:[-–+•*●▪→>o]\s+|(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})+)\s*[.)]\s+|\((?:[ivx]{1,4}|\d|[a-zđ])\)\s*|[(\[]+)+|^[-–+•*→>]"
)
_LEAST_TITLE = 12
_TIME_SENTENCE = re.compile(
    r"^[-–+•*\s]*(Thời (?:gian|hạn) (?:thực hiện|hoàn thành)\b.{3,300})$", re.IGNORECASE
)
#: "Các nhiệm vụ tại điểm a, b do Sở X chủ trì …"
_FOR_SEVERAL = re.compile(
    r"^[-–+•*\s]*(?:(?:Các|Những)\s+(?:nhiệm vụ|nội dung|công việc|việc|hoạt động)(?:\s+(?:nêu|nói|quy định|thuộc))?(?:\s+(?:trên|này))?|Đối với)"
    r"(?P<scope>(?:\s+(?:nêu\s+)?(?:tại\s+|các\s+|từ\s+)*(?:mục|điểm|khoản|tiểu mục|ý|nội dung|nhiệm vụ)\s[^:;]{1,60}?)?)\s*(?::|,)?\s+(?:do|giao|phân công|tất cả do)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)


#: "Các nhiệm vụ tại điểm a, b mục này: Chủ trì: …", "(chung cho mục 2)"
_SCOPED = re.compile(
    r"^[-–+•*(\s]*(?:(?:Các|Những|Đối với)\b[^:;]{0,60}?(?=\b(?:điểm|mục|khoản|trên|này|nêu|dưới đây)\b)|Chung\b|Điểm\b|Mục\b|Áp dụng\b|Tất cả\b)(?P<scope>[^:;]{0,70}?)(?:\s*[:,]|\s+do|\s+có)?\s*$",
    re.IGNORECASE,
)
#: "Sở Xây dựng (trước 15/02)", "Sở Y tế, hoàn thành trong tháng 6"
_WITH_TIME = re.compile(
    r"^([^();]{4,160}?)\s*[(,;]\s*((?:hoàn thành|xong|trước|chậm nhất|trong tháng|trong quý|quý|tháng|hạn)\b[^();]{2,60})\)?\W*$",
    re.IGNORECASE,
)


#: a label has said that somebody leads; other words of doing may belong to the name ("công chức phụ trách xây dựng")
_LEADS = re.compile(r"\b(?:chủ trì|thực hiện|tham mưu|chịu trách nhiệm|đầu mối)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """``before``: the words ahead of the first label; ``alone``: nothing but a mark stands there.

    ``sure``: it was said with a label and a colon, not only by the order of words. ``scope``: for which items.
    ``strict``: the label of the time says that the day it names is no longer in time ("Xong trước: 15/6").
    """

    before: str
    values: Fields
    alone: bool = False
    sure: bool = False
    scope: str = ""
    text: str = ""
    strict: bool = False


def read_line(text: str, learned: Mapping[str, Column] = NONE_LEARNED) -> LabelLine:
    """What a line of prose assigns; ``values`` is empty where it is a line like any other. ``learned``: labels of
    this document alone."""
    found = labels(text, learned)
    if found:
        mark = _MARK.match(text)
        alone = not text[mark.end() if mark else 0 : found[0].start].strip()
        if alone or any(label.column in ASSIGNING for label in found):
            return _labelled(text, found, alone=alone)
        text = _uncited(text, found)
    if sentence := _TIME_SENTENCE.match(text):
        return LabelLine("", [(Column.TIME, sentence[1])], alone=True, sure=True)
    if (several := _FOR_SEVERAL.match(text)) and (values := whole(several["rest"])):
        return LabelLine("", values, alone=True, scope=several["scope"].strip() or "trên")
    if len(text) < 400 and not text[:1].isdecimal() and (values := whole(_MARK.sub("", text))):
        return LabelLine("", values, alone=True)
    if len(text) < 2500:
        before, values = assigned(text)
        return LabelLine(before, values)
    return LabelLine(text, [])


def _labelled(text: str, found: Sequence[Label], *, alone: bool) -> LabelLine:
    before = text[: found[0].start]
    if not alone and (named := _SCOPED.match(before)):
        return replace(_labelled(text, found, alone=True), scope=named["scope"].strip() or "trên")
    opened = before.rfind("(") if before.count("(") > before.count(")") else -1
    values: Fields = []
    if alone:
        before = ""
    elif opened >= 0:
        values += _beside(before[opened + 1 :])
        before = before[:opened]
    else:
        before, values = assigned(before)
    ends = [label.start for label in found[1:]] + [len(text)]
    inside = len(found) > 1 or not alone
    for label, end in zip(found, ends, strict=True):
        value = _closed(text[label.value : end].strip())
        value = value.rstrip(" ;,.") if opened >= 0 else value.rstrip(" ;,") if inside else value
        if end < len(text):
            value = value.rstrip(" (-–+•*;,/|→")
        values += _parted(label.column, value)
    scope = next((label.scope for label in found if label.scope), "")
    strict = any(label.column is Column.TIME and says_before(text[: label.value]) for label in found)
    before = before.rstrip(" ;,([-–+•*→/|")
    return LabelLine(before, values, alone=alone, sure=True, scope=scope, text=text, strict=strict)


def _parted(column: Column, value: str) -> Fields:
    """A value that says more than its label: "Sở Y tế chủ trì, Sở Tài chính phối hợp", "Sở Xây dựng (trước 15/02)"."""
    if column not in (Column.LEAD, Column.COORDINATE, Column.MONITOR):
        return [(column, value)]
    if plain(value).strip(" .-/") in ("", "khong", "khong co"):
        return [(column, "")]
    found = whole(value) if column is Column.LEAD else []
    if found and found[0][0] is Column.LEAD and (len(found) > 1 or _LEADS.search(value)):
        return found
    names, more = split_off(value)
    if more:
        return [(column, names), *more]
    if (timed := _WITH_TIME.match(value)) and (when := time_said(timed[2])):
        return [(column, timed[1]), (Column.TIME, when)]
    return [(column, value)]


def _uncited(text: str, found: Sequence[Label]) -> str:
    """A title without what is said of its source or state behind it: "… - Văn bản giao: Thông báo số 3"."""
    first = found[0]
    apart = text[: first.start].rstrip()
    ended = apart.endswith((".", ";", "-", "–"))
    described = first.column is Column.TITLE and len(apart) > _LEAST_TITLE
    if text[first.start].isupper() and (
        described or (ended and first.column in (Column.SOURCE, Column.NOTE))
    ):
        return apart.rstrip(" ;-–")
    return text


def _beside(text: str) -> Fields:
    """What stands in a bracket ahead of its first label: "(Sở Nội vụ; hạn: 30/6)"."""
    text = text.strip(" ;,.")
    found = pieces(f"{text}; hạn 30/6", loose=True) if text else []
    return [(column, value) for column, value in found if column is not Column.TIME]


def _closed(value: str) -> str:
    """A value up to where the bracket around it closes."""
    depth = 0
    for place, char in enumerate(value):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return value[:place]
    return value
