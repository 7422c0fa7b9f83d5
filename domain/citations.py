"""Where a task stands in its document, as an office cites it: in the document's own language."""

from __future__ import annotations

import re

from domain.plans import DocumentHead, TaskDraft

_CELL = re.compile(r"appendix, (?P<number>[^,]*), (?P<column>second|third) column")
_COLUMNS = {"second": "cột cơ quan chủ trì", "third": "cột cơ quan phối hợp, theo dõi"}


def cite(head: DocumentHead, *, task: TaskDraft | None = None, where: str = "") -> str:
    """ "2164/KH-UBND ngày 20/6/2024, Phụ lục 1, mục 2.b"; ``where`` is a duty's place as the reader gives it.

    The appendix is named only when the document holds a single one, so that it is certain.
    """
    parts = [document(head)]
    appendix = head.appendices_found[0] if len(head.appendices_found) == 1 else ""
    if task is not None:
        in_table = task.origin.row > 0
        parts += [appendix if in_table else "", f"mục {task.number}" if task.number else task.section]
    elif cell := _CELL.fullmatch(where):
        parts += [appendix, f"mục {cell['number']}" if cell["number"] else "", _COLUMNS[cell["column"]]]
    elif where == "closing paragraph":
        parts.append("đoạn kết")
    elif where:
        parts.append(f"mục {where}")
    return ", ".join(p for p in parts if p)


def document(head: DocumentHead) -> str:
    """Number and date, as far as they are known."""
    day = head.issued_on
    return f"{head.number} ngày {day.day}/{day.month}/{day.year}" if day else head.number
