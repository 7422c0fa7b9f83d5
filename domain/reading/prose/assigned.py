"""Who and when, said without a label: "(Sở Tài chính tham mưu; Sở Nội vụ phối hợp)", "Sở Du lịch chủ trì; xong trước 15/6".

A bracket at the end of an item, or the sentences behind its title, assign it when every piece of them is understood.
"""

from __future__ import annotations

import re

from domain.reading.prose.role_pieces import Fields, pieces, whole
from domain.reading.tables.plan_columns import Column

_SENTENCE = re.compile(r"(?<=[\w)\"”])\.\s+(?=[A-ZĐƯÂĂÔƠÊÁÀẢÃẠÝ(\d])")
_DASHED = re.compile(r"\s[-–]\s|:\s")
_LEAST_TITLE = 14


def assigned(text: str) -> tuple[str, Fields]:
    """(the title, what its bracket or the sentences behind it assign); nothing where they assign nothing."""
    body = text.rstrip(" .;,")
    ways = (_in_bracket, _behind_dash, _in_sentences)
    found = [one for way in ways if (one := way(body))]
    led = (one for one in found if Column.LEAD in dict(one[1]))  # "Sửa trạm bơm – Phòng Kinh tế (30/6)"
    return next(led, found[0] if found else (text, []))


def _in_bracket(body: str) -> tuple[str, Fields] | None:
    start = _opens(body) if body.endswith(")") else -1
    found = pieces(body[start + 1 : -1], loose=True) if start > 4 else []
    return (body[:start].rstrip(" ,;-–"), found) if found else None


def _in_sentences(body: str) -> tuple[str, Fields] | None:
    best: tuple[str, Fields] | None = None
    for place in reversed(list(_SENTENCE.finditer(body))):
        found = whole(body[place.end() :])
        if not found or place.start() < _LEAST_TITLE:
            break
        best = (body[: place.start()], found)
    return best


def _behind_dash(body: str) -> tuple[str, Fields] | None:
    """ "Thành lập tổ rà soát - Hoàn thành trong tháng 4", "Tổ chức bắn pháo hoa – Sở Văn hóa chủ trì"."""
    for dash in _DASHED.finditer(body):
        if dash.start() >= _LEAST_TITLE and (found := whole(body[dash.end() :])):
            return body[: dash.start()], found
    return None


def _opens(body: str) -> int:
    """Where the bracket opens that the text ends with; -1 for none."""
    depth = 0
    for place in range(len(body) - 1, -1, -1):
        depth += (body[place] == ")") - (body[place] == "(")
        if depth == 0:
            return place
    return -1
