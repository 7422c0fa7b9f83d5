"""Lines of labels that stand before the items they are for: "Chủ trì: Sở Y tế; hạn: 30/6", and below it the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from domain.reading.prose.label_lines import ASSIGNING, read_line
from domain.reading.prose.outline_node import PERIOD, PLAIN, placed_line
from domain.reading.tables.plan_columns import Column

_LABEL, _ITEM, _OTHER = "label", "item", "other"


def labels_ahead(lines: Sequence[str], learned: Mapping[str, Column]) -> frozenset[int]:
    """Which lines are such labels: those of a part that begins with labels and ends with an item, and in which
    nothing but a heading or an item stands right above them."""
    found: set[int] = set()
    part: list[tuple[int, str]] = []
    for index, text in enumerate(lines):
        placed = placed_line(text, "")
        if placed.level <= PERIOD or text.endswith(":"):
            found |= _of_part(part)
            part = []
        else:
            said = read_line(text, learned) if ":" in text else None
            assigns = (
                said is not None and said.alone and any(column in ASSIGNING for column, _ in said.values)
            )
            part.append((index, _LABEL if assigns else _OTHER if placed.level == PLAIN else _ITEM))
    return frozenset(found | _of_part(part))


def _of_part(part: Sequence[tuple[int, str]]) -> set[int]:
    while part and part[-1][1] == _OTHER:
        part = part[:-1]
    if not part or part[0][1] != _LABEL or part[-1][1] != _ITEM:
        return set()
    if any(one[1] == _OTHER and other[1] == _LABEL for one, other in pairwise(part)):
        return set()
    return {index for index, kind in part if kind == _LABEL}
