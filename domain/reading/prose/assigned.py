"""Who and when, said without a label: "(Sở Tài chính tham mưu; Sở Nội vụ phối hợp)", "Sở Du lịch chủ trì; xong trước 15/6".

A bracket at the end of an item, or the sentences behind its title, assign it when every piece of them is understood.
"""

from __future__ import annotations

import re

from domain.reading.prose.role_pieces import Fields, pieces, whole

_SENTENCE = re.compile(r"(?<=[\w)\"”])\.\s+(?=[A-ZĐƯÂĂÔƠÊÁÀẢÃẠÝ(])")
_DASHED = re.compile(r"\s[-–]\s|:\s")
_LEAST_TITLE = 14


def assigned(text: str) -> tuple[str, Fields]:
    """(the title, what its bracket or the sentences behind it assign); nothing where they assign nothing."""
    body = text.rstrip(" .;,")
    if body.endswith(")") and (start := _opens(body)) > 4:
        found = pieces(body[start + 1 : -1], loose=True)
        if found:
            return body[:start].rstrip(" ,;-–"), found
    if dashed := _behind_dash(body):
        return dashed
    places = list(_SENTENCE.finditer(body))
    best: tuple[str, Fields] = (text, [])
    for place in reversed(places):
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
