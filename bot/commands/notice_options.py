"""What a notice asks of its readers and when it goes: acknowledgement, choices, deadline, hour, urgency."""

from __future__ import annotations

import re
from datetime import datetime, time

from bot.notices.cards import next_question
from bot.notices.desk import change, find, keep_audience
from bot.notices.incoming_file import attach_incoming
from bot.turn import Command, Reply, Turn, ask, reply
from domain.messages import Block, Choice, Look, Message
from domain.notices import Notice
from domain.phrases import Phrase, say
from domain.reading.dates import read_day

#: the hour meant where only a day is said: answers by the end of the day, sending at its beginning
_END, _BEGINNING = time(17, 0), time(8, 0)
_ASKS: dict[str, Phrase] = {
    "notice.choices": say("Which choices? Please separate them by “;”, for example: Attending; Absent."),
    "notice.answer_by": say("Until when shall they answer? For example: {example}.", example="16h 5/7"),
    "notice.send_at": say("When shall it go out? For example: {example}.", example="8h ngày mai"),
    "notice.english": say("Please send the text in English."),
    "notice.file": say("Please send the file or the picture."),
    "notice.keep": say("Under which name shall these recipients be kept?"),
}


def options(turn: Turn) -> Reply:
    """Show the options, ask for one, or set one."""
    notice = find(turn.uow, turn.who, int(turn.args["notice"]))
    if turn.act == "notice.options":
        return _menu(notice)
    if turn.act == "notice.set":
        return _set(turn, notice)
    if turn.act == "notice.ask":
        field = str(turn.args["field"])
        return ask(_ASKS[field], field, {"notice": notice.id})
    return _told(turn, notice)


def _menu(notice: Notice) -> Reply:
    about = {"notice": notice.id}

    def turned(label: Phrase, **values: object) -> Choice:
        return Choice(label, "notice.set", {**about, **values})

    def asked(label: Phrase, field: str) -> Choice:
        return Choice(label, "notice.ask", {**about, "field": field})

    choices = [
        turned(say("No acknowledgement wanted"), wants_ack=False)
        if notice.wants_ack
        else turned(say("Ask for “Received”"), wants_ack=True),
        turned(say("Not urgent"), urgent=False)
        if notice.urgent
        else turned(say("Urgent: send at any hour"), urgent=True),
        turned(say("No question"), options=[]) if notice.options else asked(say("Add a question with choices"), "notice.choices"),
        turned(say("No deadline"), answer_by=None) if notice.answer_by else asked(say("Deadline for answers"), "notice.answer_by"),
        turned(say("Send as soon as possible"), send_at=None) if notice.send_at else asked(say("Send later"), "notice.send_at"),
        asked(say("Attach a file"), "notice.file"),
        asked(say("English version"), "notice.english"),
        asked(say("Keep these recipients"), "notice.keep"),
        Choice(say("Back to the notice"), "notice.open", about),
    ]  # fmt: skip
    return Reply(Message((Block(say("Options of the notice"), Look.HEADING),), tuple(choices)))


def _set(turn: Turn, notice: Notice) -> Reply:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in turn.args.items() if k != "notice"}
    return _shown(turn, change(turn.uow, turn.who, notice, **values))


def _told(turn: Turn, notice: Notice) -> Reply:
    """The words that answer one of the questions."""
    if turn.act == "notice.keep":
        keep_audience(turn.uow, turn.who, notice, turn.words, turn.now)
        return reply(
            say("Kept. Next time, just write “{name}”.", name=turn.words.strip()),
            choices=(Choice(say("Back to the notice"), "notice.open", {"notice": notice.id}),),
        )
    if turn.act == "notice.file":
        return _shown(turn, attach_incoming(turn, notice))
    if turn.act == "notice.english":
        return _shown(
            turn, change(turn.uow, turn.who, notice, versions={**notice.versions, "en": turn.words})
        )
    if turn.act == "notice.choices":
        choices = tuple(dict.fromkeys(c.strip() for c in re.split(r"[;\n]", turn.words) if c.strip()))
        if len(choices) < 2:
            return ask(_ASKS[turn.act], turn.act, {"notice": notice.id})
        return _shown(turn, change(turn.uow, turn.who, notice, options=choices))
    field = "answer_by" if turn.act == "notice.answer_by" else "send_at"
    at = read_instant(turn, _END if field == "answer_by" else _BEGINNING)
    if at is None or at <= turn.now:
        return ask(
            say(
                "I could not tell a moment still to come from that. For example: {example}.",
                example="16h 5/7",
            ),
            turn.act,
            {"notice": notice.id},
        )
    return _shown(turn, change(turn.uow, turn.who, notice, **{field: at}))


def read_instant(turn: Turn, default: time) -> datetime | None:
    """The moment the words name; None where there is none, or it is doubtful."""
    calendar = turn.service.calendar
    when = read_day(turn.words, lexicon=turn.service.lexicon, now=turn.now, base=None, calendar=calendar)
    return None if when is None or when.doubts else calendar.at(when.day, when.time or default)


def _shown(turn: Turn, notice: Notice) -> Reply:
    return Reply(next_question(turn.uow, turn.service, notice, turn.now))


COMMAND = Command("notice_options", options, acts=("notice.options", "notice.set", "notice.ask", *_ASKS))
