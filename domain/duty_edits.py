"""Duties of the prose as people correct them: whom they bind, their words, their deadline or rhythm.

As with rows, a duty's words are changed and read again; agencies and days follow from the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.corrections import NEW_DUTY, Act, Changes, Edit, duty_key
from domain.plans import Doubt, DutyDraft
from domain.reading.agencies import resolve
from domain.reading.fold import plain, tidy
from domain.reading.plan_reread import Reading
from domain.reading.timeframes import read_timeframe
from domain.timeframes import TimeFrame, TimeFrameKind

FIELDS = ("who", "what", "timeframe")
#: the doubts that a new text of a field does away with
_ABOUT = {"who": ("agency", "focus", "who"), "what": ("what",), "timeframe": ("timeframe",)}


@dataclass(frozen=True, slots=True)
class EditedDuty:
    """A duty of the corrected draft: its key, and which fields a person changed."""

    key: str
    duty: DutyDraft
    changed: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Duty:
    key: str
    read: DutyDraft
    changes: Changes = field(default_factory=Changes)


def duty_texts(duty: DutyDraft) -> dict[str, str]:
    """The words of a duty as a person is shown them and may change them."""
    return {"who": duty.who, "what": duty.what, "timeframe": duty.frame.text}


def reread_duty(
    duty: DutyDraft, texts: Mapping[str, str], reading: Reading, meant: Mapping[str, str] | None = None
) -> DutyDraft:
    """The duty with these fields' new words, read again; ``meant`` are names (→ code) in this duty only."""
    register = reading.register.with_meant(meant or {}) if reading.register else None
    again = set(texts) | ({"who"} if meant else set())
    gone = {name for given in again for name in _ABOUT[given]}
    doubts = [d for d in duty.doubts if d.field not in gone]
    new = replace(duty, what=tidy(texts.get("what", duty.what)), who=tidy(texts.get("who", duty.who)))
    if "who" in again:
        found = resolve(new.who, register)
        new = replace(new, agencies=tuple(dict.fromkeys((*found.agencies, *found.group_members))))
        doubts += found.doubts
        if not new.who:
            doubts.append(Doubt("who", "no_lead"))
    if "timeframe" in texts:
        new = replace(new, frame=_frame(tidy(texts["timeframe"]), new.what, reading))
        doubts += [Doubt("timeframe", code) for code in new.frame.doubts]
    return replace(new, doubts=tuple(dict.fromkeys(doubts)))


def _frame(text: str, what: str, reading: Reading) -> TimeFrame:
    """As the reader takes it: without words of time a duty goes on or is bound to none."""
    if text:
        return read_timeframe(text, issued_on=reading.issued_on, calendar=reading.calendar)
    steady = "thuong xuyen" in plain(what)
    return TimeFrame(kind=TimeFrameKind.CONTINUOUS if steady else TimeFrameKind.UNSPECIFIED)


def apply_to_duties(
    read: Sequence[DutyDraft], edits: Iterable[Edit], reading: Reading
) -> tuple[tuple[EditedDuty, ...], set[int]]:
    """(the duties with the corrections, the corrections that did nothing)."""
    duties = [_Duty(duty_key(index), duty) for index, duty in enumerate(read)]
    idle = {edit.id for edit in edits if not _apply(duties, edit)}
    return tuple(_edited(duty, reading) for duty in duties), idle


def _apply(duties: list[_Duty], edit: Edit) -> bool:
    if edit.act is Act.ADD and edit.place == NEW_DUTY:
        given = dict.fromkeys(FIELDS, "") | edit.texts(FIELDS)
        duties.append(_Duty(f"b{edit.id}", DutyDraft("", "", "", TimeFrame()), Changes(given)))
        return True
    duty = next((d for d in duties if d.key == edit.place), None)
    if duty is None:
        return False
    if edit.act is Act.DROP:
        duties.remove(duty)
        return True
    return duty.changes.take(edit, FIELDS)


def _edited(duty: _Duty, reading: Reading) -> EditedDuty:
    new, changes = duty.read, duty.changes
    if changes.texts or changes.meant:
        new = reread_duty(new, changes.texts, reading, changes.meant)
    if changes.settled:
        new = replace(new, doubts=changes.unsettled(new.doubts))
    return EditedDuty(duty.key, new, changes.fields())
