"""A draft and its differences on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.phrases import Phrase, say, verbatim
from domain.plan_words import difference_words, doubt_words
from domain.plans import Doubt, PlanDraft
from domain.reading.plan_diff import Difference
from domain.timeframes import TimeFrame
from dondoc.terminal import speak, speech, tell

_LEADS, _TITLE = 60, 120


def show_draft(draft: PlanDraft) -> None:
    """Head, tasks, duties, and what a person should look at."""
    head = draft.head
    day = speech().day(head.issued_on) if head.issued_on else "–"
    click.echo(f"{head.number or '–'} · {day} · {head.issuer or '–'}\n{head.title}\n")
    console = Console(soft_wrap=False)
    words = (say("No."), say("Task"), say("Lead agencies"), say("Time"), say("Due"))
    table = Table(*(speak(w) for w in words), show_lines=True)
    for task in draft.tasks:
        cells = (
            task.number or "–",
            _cut(task.title, _TITLE),
            _cut(task.leads),
            task.frame.text,
            _due(task.frame),
        )
        table.add_row(*(Text(c) for c in cells))
    for duty in draft.duties:
        cells = ("•", _cut(duty.what or duty.who, _TITLE), _cut(duty.who), duty.frame.text, _due(duty.frame))
        table.add_row(*(Text(c) for c in cells))
    console.print(table)
    tell(
        say("{tasks} tasks and {duties} duties were found.", tasks=len(draft.tasks), duties=len(draft.duties))
    )
    doubts = [(verbatim(head.number), d) for d in draft.doubts]
    doubts += [(verbatim(t.number or t.title[:40]), d) for t in draft.tasks for d in t.doubts]
    doubts += [(verbatim(d.who), x) for d in draft.duties for x in d.doubts]
    _show_doubts(doubts)


def show_differences(differences: Sequence[Difference]) -> None:
    """What confirming would change."""
    if not differences:
        tell(say("Nothing."))
    for difference in differences:
        click.echo(f"• {speak(difference_words(difference))}")


def _show_doubts(doubts: Sequence[tuple[Phrase, Doubt]]) -> None:
    if doubts:
        tell(say("Please look at:"))
    for where, doubt in doubts:
        click.echo(f"  ! {speak(where)}: {speak(doubt_words(doubt))}")


def _due(frame: TimeFrame) -> str:
    if frame.due_on is None:
        return "–"
    words = say("before {day}", day=frame.due_on) if frame.strict else verbatim(speech().day(frame.due_on))
    return speak(words)


def _cut(text: str, length: int = _LEADS) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
