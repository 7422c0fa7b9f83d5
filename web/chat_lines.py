"""The browser chat's lines: what a person wrote and what was said to them, in one order. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.messages import Look, Message
from domain.phrases import Phrase
from domain.workdays import WorkCalendar
from storage.stores.browser import Written
from storage.stores.outbox_rows import OutboxRow

ANSWERS = "reply:browser:web:"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a message that is set alike: ``look`` is heading, text, item or quiet."""

    look: str
    lines: tuple[tuple[int | None, Phrase], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that can still be pressed."""

    token: str
    label: Phrase
    tone: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of the chat. ``row`` is the outbox row, 0 for the person's own words (``own``)."""

    at: datetime
    day: date
    row: int = 0
    own: str = ""
    late: bool = False
    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    file: int = 0
    file_name: str = ""


def bubble(row: OutboxRow, calendar: WorkCalendar, files: Mapping[int, str]) -> Bubble:
    """A sent message as the page shows it; choices that are used up are left out."""
    at = row.sent_at or row.created
    buttons = () if row.closed else _buttons(row)
    file = int(row.message.file or 0)
    name = files.get(file, "")
    return Bubble(
        at=at,
        day=calendar.local_date(at),
        row=row.id,
        late=row.late,
        parts=parts(row.message),
        buttons=buttons,
        file=file if name else 0,
        file_name=name,
    )


def _buttons(row: OutboxRow) -> tuple[Button, ...]:
    return tuple(
        Button(f"{row.id}:{index}", choice.label, choice.tone.value)
        for index, choice in enumerate(row.message.choices)
    )


def parts(message: Message) -> tuple[Part, ...]:
    """Blocks gathered: items that follow each other are one list."""
    found: list[Part] = []
    for block in message.blocks:
        line = (block.number, block.phrase)
        if block.look is Look.ITEM and found and found[-1].look == Look.ITEM.value:
            found[-1] = Part(found[-1].look, (*found[-1].lines, line))
        else:
            found.append(Part(block.look.value, (line,)))
    return tuple(found)


def files_of(rows: Sequence[OutboxRow]) -> set[int]:
    """Ids of the files that go along."""
    return {int(row.message.file) for row in rows if row.message.file}


def in_order(
    written: Sequence[Written], sent: Sequence[OutboxRow], calendar: WorkCalendar, files: Mapping[int, str]
) -> list[Bubble]:
    """Both lists as one, by time; at the same instant an answer stands after what it answers."""
    own = list(written)
    waiting = {w.update_id for w in own}
    lines: list[Bubble] = []

    def place_own() -> None:
        first = own.pop(0)
        waiting.discard(first.update_id)
        lines.append(Bubble(first.at, calendar.local_date(first.at), own=first.text))

    for row in sent:
        at = row.sent_at or row.created
        answers = row.key.removeprefix(ANSWERS) if row.key.startswith(ANSWERS) else ""
        while own and (own[0].at < at or answers in waiting):
            place_own()
        lines.append(bubble(row, calendar, files))
    while own:
        place_own()
    return lines
