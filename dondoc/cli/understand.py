"""What would be understood of a message: one a line in, one reading a line out."""

from __future__ import annotations

import json
import sys
from datetime import date

import click

from domain.errors import BadInput
from domain.phrases import say
from domain.reading.replies.replies import Reading, read_reply, reading_json
from domain.reading.replies.reply_explain import explain_reply
from dondoc.calendars import work_calendar
from dondoc.moments import instant
from dondoc.terminal import settings
from locales.lexicons import load_all


@click.command(name="understand")
@click.option("--at", "at", help="when it was said (ISO; the province's zone where none is given)")
@click.option("--due", help="the day the task is due (ISO)")
@click.option("--json", "as_json", is_flag=True)
@click.option("--explain", is_flag=True, help="also show which words and rules decided")
def COMMAND(at: str | None, due: str | None, as_json: bool, explain: bool) -> None:
    """Read messages from standard input, one a line, as answers about one task."""
    now, due_on = instant(at), _day(due)
    calendar, lexicon = work_calendar(settings()), load_all()
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        reading = read_reply(text, lexicon=lexicon, now=now, due_on=due_on, calendar=calendar)
        click.echo(json.dumps(reading_json(reading), ensure_ascii=False) if as_json else _shown(reading))
        if explain:
            click.echo(
                "\n".join(f"    {why}" for why in (text, *explain_reply(text, lexicon))) + "\n", err=as_json
            )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(say("{text} is not a day; write it as 2024-06-30.", text=text)) from None


def _shown(reading: Reading) -> str:
    """One readable line; answers about further tasks follow after a bar."""
    data = reading_json(reading)
    hidden = ("intent", "more", "candidates")
    words = [
        f"{key}={_said(data[key])}"
        for key in data
        if key not in hidden and data[key] not in (None, "", [], False)
    ]
    offered = [" or ".join(f"{c.intent} {c.status or c.until or ''}".strip() for c in reading.candidates)]
    words += [f"offer: {offered[0]}"] if reading.candidates else []
    return " | ".join([" ".join([reading.intent, *words]), *(_shown(part) for part in reading.more)])


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
