"""Notices from the command line: written, previewed, approved, sent, followed, called over.

Rights are those of the person named with --by, as everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.notices.asking import for_approval, went_on
from bot.notices.attaching import attach
from bot.notices.cards import facts_of
from bot.notices.desk import (
    address,
    approve,
    begin,
    cancel,
    change,
    find,
    pause,
    refuse,
    resume,
    submit,
    withdraw,
)
from bot.notices.preview import as_shown, by_agency
from bot.notices.roll_call import agency_line, roll_call, totals
from bot.notices.roll_files import as_docx, as_xlsx
from bot.notices.words import STATES, progress_words
from bot.saying import say_to_others
from bot.services import Service
from domain.audience import resolve_audience
from domain.errors import BadInput
from domain.notices import Notice
from domain.officials import Official
from domain.phrases import say
from dondoc.compose import compose
from dondoc.moments import instant
from dondoc.terminal import settings, speak, speech, tell
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Desk:
    service: Service
    uow: UnitOfWork
    who: Official
    now: datetime

    def notice(self, number: int) -> Notice:
        try:
            return find(self.uow, self.who, number)
        except LookupError:
            raise BadInput(say("There is no notice {number}.", number=number)) from None


@contextmanager
def _desk(by: str) -> Iterator[_Desk]:
    service, now = compose(settings()).service, datetime.now(UTC)
    with service.db.begin() as uow:
        who = uow.people.by_key(by)
        if who is None:
            raise BadInput(say("There is nobody with the key {key}.", key=by))
        yield _Desk(service, uow, who, now)


_BY = click.option("--by", required=True, metavar="KEY", help="the person who does it, by their key")
_NUMBER = click.argument("number", type=int)
_REASON = click.option("--reason", required=True)


@click.group(name="notice")
def COMMAND() -> None:
    """Notices to exactly the right people, and who has read them."""


@COMMAND.command()
@_BY
@click.option("--text", help="what it says; “-” reads it from standard input", required=True)
@click.option("--to", "audience", required=True, help="the recipients in words")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--choices", default="", help="a question's choices, parted by “;”")
@click.option("--answer-by", help="an ISO moment")
@click.option("--send-at", help="an ISO moment; without it as soon as possible")
@click.option("--urgent", is_flag=True, help="also outside office hours")
@click.option("--no-ack", is_flag=True, help="no “received” wanted")
def create(
    by: str,
    text: str,
    audience: str,
    file: Path | None,
    choices: str,
    answer_by: str | None,
    send_at: str | None,
    urgent: bool,
    no_ack: bool,
) -> None:
    """Keep a draft and show whom it reaches; nothing is sent."""
    text = sys.stdin.read() if text == "-" else text
    with _desk(by) as desk:
        notice = begin(desk.uow, desk.who, text, desk.now)
        values: dict[str, Any] = {
            "options": tuple(c.strip() for c in choices.split(";") if c.strip()),
            "answer_by": instant(answer_by) if answer_by else None,
            "send_at": instant(send_at) if send_at else None,
            "urgent": urgent,
            "wants_ack": not no_ack,
        }
        notice = change(desk.uow, desk.who, notice, **values)
        notice = address(desk.uow, desk.service, desk.who, notice, audience, desk.now)
        if file:
            notice = attach(desk.uow, desk.who, notice, file.name, file.read_bytes(), desk.now)
        tell(say("Draft {number} is kept.", number=notice.id))
        _show(desk, notice)


@COMMAND.command(name="list")
@_BY
def list_all(by: str) -> None:
    """The newest notices."""
    with _desk(by) as desk:
        notices = desk.uow.notices.newest()
        progress = desk.uow.notices.progress_of([n.id for n in notices])
        for n in notices:
            find(desk.uow, desk.who, n.id)
            far = f"{progress[n.id].sent}/{progress[n.id].all}" if n.id in progress else "–"
            click.echo(f"{n.id:>5}  {speak(STATES[n.state])}  {far}  {n.title}")


@COMMAND.command()
@_BY
@_NUMBER
def preview(by: str, number: int) -> None:
    """Whom it reaches, by name, and how each channel will show it."""
    with _desk(by) as desk:
        notice = desk.notice(number)
        _show(desk, notice)
        facts = read_audience_facts(desk.uow, desk.service.calendar.local_date(desk.now))
        resolved = resolve_audience(notice.audience, facts)
        names = {a.code: a.name for a in facts.register.agencies}
        for group in by_agency(resolved.people, names):
            click.echo(f"  {group.name}: {', '.join(c.official.name for c in group.people)}")
        if resolved.unreached:
            tell(say("Without any channel: {count}", count=len(resolved.unreached)))
            for group in by_agency(resolved.unreached, names):
                click.echo(f"  {group.name}: {', '.join(c.official.name for c in group.people)}")
        for shown in as_shown(desk.uow, desk.service, notice, resolved, desk.now):
            click.echo(f"\n--- {shown.channel} ({shown.readers})")
            click.echo("\n\n".join(shown.texts))
            click.echo(" ".join(f"[ {label} ]" for label in shown.buttons))


def _show(desk: _Desk, notice: Notice) -> None:
    facts = read_audience_facts(desk.uow, desk.service.calendar.local_date(desk.now))
    resolved = resolve_audience(notice.audience, facts)
    for line in facts_of(desk.uow, desk.service, notice, facts, resolved, desk.now):
        click.echo(f"  {speak(line)}")
    for doubt in notice.doubts:
        tell(say("I am not sure whom “{words}” means.", words=doubt.words), err=True)
        for option in doubt.options:
            click.echo(f"    ? {option.name}", err=True)


@COMMAND.command()
@_BY
@_NUMBER
@click.option("--count", type=int, help="the head-count, wanted for a notice to everybody")
def send(by: str, number: int, count: int | None) -> None:
    """Let it go, or ask for approval where a second person is needed."""
    with _desk(by) as desk:
        done = submit(desk.uow, desk.service, desk.who, desk.notice(number), desk.now, count)
        if done.approvers:
            also = for_approval(desk.uow, desk.service, done.notice, done.approvers, desk.now)
            say_to_others(desk.uow, desk.service, also, desk.now, stem=f"notice_approval:{number}")
            names = ", ".join(person.name for person in done.approvers)
            tell(say("The notice waits for approval by {names}.", names=names))
        else:
            tell(went_on(desk.service, done.notice, desk.now))


@COMMAND.command(name="approve")
@_BY
@_NUMBER
def approve_one(by: str, number: int) -> None:
    """Approve somebody else's notice; it goes at its time."""
    with _desk(by) as desk:
        tell(went_on(desk.service, approve(desk.uow, desk.who, desk.notice(number), desk.now), desk.now))


@COMMAND.command(name="refuse")
@_BY
@_NUMBER
@_REASON
def refuse_one(by: str, number: int, reason: str) -> None:
    """Send somebody else's notice back; it is a draft again."""
    with _desk(by) as desk:
        refuse(desk.uow, desk.who, desk.notice(number), reason, desk.now)
        tell(say("Sent back to its author; nothing went out."))


@COMMAND.command(name="withdraw")
@_BY
@_NUMBER
@_REASON
def withdraw_one(by: str, number: int, reason: str) -> None:
    """Take back what has gone, where a channel can; elsewhere a word follows."""
    with _desk(by) as desk:
        _stand(desk, withdraw(desk.uow, desk.who, desk.notice(number), reason, desk.now))


def _move(name: str, words: str, move: Callable[[UnitOfWork, Official, Notice, datetime], Notice]) -> None:
    @COMMAND.command(name=name, help=words)
    @_BY
    @_NUMBER
    def moved(by: str, number: int) -> None:
        with _desk(by) as desk:
            _stand(desk, move(desk.uow, desk.who, desk.notice(number), desk.now))


_move("pause", "Nothing more goes out until it is resumed.", pause)
_move("resume", "It goes on.", resume)
_move("cancel", "What has not gone does not go.", cancel)


def _stand(desk: _Desk, notice: Notice) -> None:
    click.echo(f"{notice.title}: {speak(STATES[notice.state])}")
    for line in progress_words(desk.uow.notices.progress(notice.id), None):
        click.echo(f"  {speak(line)}")


@COMMAND.command(name="roll-call")
@_BY
@_NUMBER
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="an .xlsx or .docx file")
def call(by: str, number: int, out: Path | None) -> None:
    """Who has it, who answered, who is missing."""
    with _desk(by) as desk:
        notice = desk.notice(number)
        register = desk.uow.agencies.register(desk.service.calendar.local_date(desk.now))
        roll = roll_call(desk.uow, notice, register)
        if out and out.suffix == ".docx":
            author = desk.uow.people.get(notice.author)
            out.write_bytes(as_docx(roll, register, speech(), author, desk.now, desk.service.calendar))
        elif out and out.suffix == ".xlsx":
            out.write_bytes(as_xlsx(roll, register, speech(), desk.now))
        elif out:
            raise BadInput(say("The roll-call is written as .xlsx or .docx."))
        _stand(desk, notice)
        for line in totals(roll):
            click.echo(f"  {speak(line)}")
        for agency in roll.by_agency:
            click.echo(f"  {speak(agency_line(agency, register))}")
