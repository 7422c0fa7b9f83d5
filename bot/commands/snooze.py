"""Remind me later."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, require
from domain.assignments import Progress
from domain.messages import Choice
from domain.phrases import say
from domain.wording import task_name

LONGEST = timedelta(days=31)


def snooze(turn: Turn) -> Reply:
    """Put reminders of one task off until a day or hour; once it is overdue they come all the same."""
    ref = turn.reading.task_ref if turn.reading else None
    until = _until(turn)
    assignment = find_subject(turn, ref)
    if assignment is None:
        return ask_which(turn, "snooze", {"until": until.isoformat() if until else None})
    require(turn.who, Act.REPORT_PROGRESS, turn.thing(assignment))
    if until is None:
        return _ask(turn, assignment.id)
    if not turn.now < until <= turn.now + LONGEST:
        return reply(say("I can put a reminder off to a time within the next month; nothing was changed."))
    after = replace(assignment, snoozed_until=until, unanswered_since=None)
    progress = Progress(None, None, turn.words, turn.now, turn.today)
    turn.uow.assignments.log(assignment, after, turn.who.id, progress, act="snooze")
    task = turn.task_of(assignment)
    answer = say("I will remind you of {task} at {at}.", task=task_name(task, 60), at=until)
    return reply(answer, assignment=assignment.id)


def _until(turn: Turn) -> datetime | None:
    if picked := turn.args.get("until"):
        return datetime.fromisoformat(picked)
    if turn.reading is None or turn.reading.until is None:
        return None
    if turn.reading.until_time:
        return turn.reading.until_time.replace(tzinfo=turn.service.zone)
    return turn.service.calendar.at(turn.reading.until, turn.service.digest_at)


def _ask(turn: Turn, assignment: int) -> Reply:
    calendar, today = turn.service.calendar, turn.today
    offers = ((say("This afternoon"), None), (say("Tomorrow"), 1), (say("In 3 working days"), 3))
    choices = []
    for label, days in offers:
        at = calendar.next_office_moment(turn.now + timedelta(hours=4))
        at = at if days is None else calendar.at(calendar.add(today, days), turn.service.digest_at)
        choices.append(Choice(label, "snooze", {"assignment": assignment, "until": at.isoformat()}))
    return reply(say("When should I remind you again?"), choices=tuple(choices), assignment=assignment)


COMMAND = Command(
    "snooze",
    snooze,
    say("be reminded later: “remind me tomorrow”"),
    ("nhaclai", "snooze"),
    ("snooze",),
    ("snooze",),
)
