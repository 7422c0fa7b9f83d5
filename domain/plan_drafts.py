"""A draft as plain data for storage, and back: lossless, and apart from what the import contract prints.

Keys that are missing take their defaults, so a draft kept by an older version still opens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, TypeVar

from domain.documents import Origin
from domain.plans import DocumentHead, Doubt, DutyDraft, PlanDraft, Target, TaskDraft
from domain.timeframes import TimeFrame

T = TypeVar("T")


def pack(draft: PlanDraft) -> dict[str, Any]:
    """The whole draft as JSON data; :func:`unpack` is the inverse."""
    return {
        "head": _plain(draft.head) | {"issued_on": draft.head.issued_on and draft.head.issued_on.isoformat()},
        "tasks": [_plain(task) for task in draft.tasks],
        "duties": [_plain(duty) for duty in draft.duties],
        "doubts": [_plain(doubt) for doubt in draft.doubts],
    }


def unpack(data: Mapping[str, Any]) -> PlanDraft:
    """Rebuild what :func:`pack` wrote. Raises KeyError or TypeError for data that is no draft."""
    return PlanDraft(
        head=_head(data["head"]),
        tasks=tuple(_task(task) for task in data["tasks"]),
        duties=tuple(_duty(duty) for duty in data["duties"]),
        doubts=_doubts(data["doubts"]),
    )


def _plain(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists, time frames in their own words."""
    if isinstance(value, TimeFrame):
        return value.as_json()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Target | Doubt | Origin):
        return asdict(value)
    if isinstance(value, DocumentHead | TaskDraft | DutyDraft):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _head(data: Mapping[str, Any]) -> DocumentHead:
    issued = data.get("issued_on")
    return _build(DocumentHead, data, issued_on=date.fromisoformat(issued) if issued else None)


def _task(data: Mapping[str, Any]) -> TaskDraft:
    return _build(
        TaskDraft,
        data,
        frame=TimeFrame.from_json(data["frame"]),
        targets=tuple(_build(Target, target) for target in data.get("targets", ())),
        doubts=_doubts(data.get("doubts", ())),
        origin=_build(Origin, data.get("origin", {})),
    )


def _duty(data: Mapping[str, Any]) -> DutyDraft:
    return _build(
        DutyDraft, data, frame=TimeFrame.from_json(data["frame"]), doubts=_doubts(data.get("doubts", ()))
    )


def _doubts(data: Any) -> tuple[Doubt, ...]:
    return tuple(_build(Doubt, doubt) for doubt in data)


def _build(make: Callable[..., T], data: Mapping[str, Any], **built: Any) -> T:
    """Call a dataclass with what is kept; lists are tuples again."""
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return make(**(kept | built))
