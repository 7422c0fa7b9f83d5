"""Cells of agencies that say themselves who leads and who helps, and by when."""

from __future__ import annotations

import re

from domain.reading.prose.role_pieces import whole
from domain.reading.tables.plan_columns import Column

_ROLES = {
    "chủ trì": Column.LEAD,
    "thực hiện": Column.LEAD,
    "phối hợp": Column.COORDINATE,
    "theo dõi": Column.MONITOR,
}
_ROLE = re.compile(
    r"(?:(?:cơ quan|đơn vị) )?\b(chủ trì|thực hiện|phối hợp|theo dõi)(?:, đôn đốc| thực hiện)?\s*:\s*",
    re.IGNORECASE,
)
_SAYS_ROLE = re.compile(r"\b(?:chủ trì|phối hợp)\b")


def part_roles(cells: dict[Column, str]) -> None:
    """Take apart a cell that says itself who leads and who helps: "Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính", "Sở Nội vụ
    chủ trì, Sở Tài chính phối hợp"; and one that says when, where no other does: "Sở Nội vụ; 30/6"."""
    text = cells.get(Column.LEAD, "")
    found = list(_ROLE.finditer(text)) if ":" in text else []
    if not found or text[: found[0].start()].strip(" -+"):
        only = Column.LEAD not in cells  # "Đơn vị và thời gian thực hiện" is the only column of both
        _part_words(
            cells.get(Column.TIME, "") if only else text, cells, timeless=only or not cells.get(Column.TIME)
        )
        return
    ends = [m.start() for m in found[1:]] + [len(text)]
    parts: dict[Column, str] = {}
    for match, end in zip(found, ends):
        role = _ROLES[match[1].lower()]
        parts.setdefault(role, text[match.end() : end].strip(" ;,.-+"))
    if Column.LEAD in parts:
        cells |= {role: names for role, names in parts.items() if role is Column.LEAD or not cells.get(role)}


def _part_words(text: str, cells: dict[Column, str], *, timeless: bool) -> None:
    if not (_SAYS_ROLE.search(text) or (timeless and ";" in text)):
        return
    parts = dict(whole(text))
    taken = {Column.LEAD, Column.TIME} if timeless else {Column.LEAD}
    helped = Column.COORDINATE in parts and not cells.get(Column.COORDINATE)
    if parts.get(Column.LEAD) and set(parts) <= taken | ({Column.COORDINATE} if helped else set()):
        cells |= parts
