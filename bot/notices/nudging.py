"""Who has not pressed what a notice asks for is reminded after some working hours, then their head is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.notice_message import notice_message
from bot.saying import say_to_others
from bot.services import Service
from bot.turn import Also
from domain.agencies import Register
from domain.messages import Block, Look, Message, Priority
from domain.notices import Notice, NoticeState
from domain.officials import Official, Role
from domain.phrases import Phrase, say, verbatim
from domain.roll_call import Entry, wants_something
from storage.unit_of_work import UnitOfWork

#: a notice older than this without a deadline is history
CONCERNS = timedelta(days=30)
REMINDED, TOLD = 1, 2
#: people of one notice looked at in one round; the next is a minute later
AT_ONCE = 1_000


def still_concerns(notice: Notice, now: datetime) -> bool:
    """Whether an answer still matters to anybody: until its deadline, or for a month."""
    if notice.answer_by:
        return now < notice.answer_by
    return notice.started is not None and now < notice.started + CONCERNS


def nudge_all(service: Service, now: datetime) -> None:
    """One round over every notice that waits for somebody."""
    if not service.calendar.is_office_time(now):
        return
    with service.db.begin() as uow:
        open_ones = [
            n
            for n in uow.notices.newest(200, [NoticeState.SENDING, NoticeState.SENT])
            if wants_something(n) and still_concerns(n, now)
        ]
    for notice in open_ones:
        with service.db.begin() as uow:
            nudge_due(uow, service, notice, now)


def nudge_due(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> None:
    """Remind whose hours are over; tell the heads of those who were reminded in vain."""
    wait = timedelta(hours=service.notice_nudge_hours)
    missing = uow.notices.unanswered(
        notice.id, question=notice.is_question, quiet_since=now - wait, limit=AT_ONCE
    )

    def waited(since: datetime | None) -> bool:
        return since is not None and service.calendar.office_time_between(since, now) >= wait

    first = [e for e in missing if e.nudges == 0 and waited(e.sent_at)]
    again = [e for e in missing if e.nudges == REMINDED and waited(e.nudged_at)]
    remind(uow, service, notice, first, now)
    _tell_heads(uow, service, notice, again, now)


def service_register(uow: UnitOfWork, service: Service, now: datetime) -> Register:
    """The register of the day."""
    return uow.agencies.register(service.calendar.local_date(now))


def remind(uow: UnitOfWork, service: Service, notice: Notice, entries: Sequence[Entry], now: datetime) -> int:
    """Remind these readers, each once a day at most; how many can be reached."""
    day = service.calendar.local_date(now)
    fresh = [e for e in entries if e.nudged_at is None or service.calendar.local_date(e.nudged_at) < day]
    also = [
        Also(
            e.official,
            _reminder(notice, e.locale),
            "notice_nudge",
            Priority.REMINDER,
            f"notice_nudge:{notice.id}:{e.official}:{day}",
        )
        for e in fresh
    ]
    uow.notices.note_nudged(notice.id, (e.official for e in fresh), REMINDED, now)
    return say_to_others(uow, service, also, now, stem=f"notice_nudge:{notice.id}:{day}")


def _reminder(notice: Notice, locale: str) -> Message:
    said = notice_message(notice, locale)
    wanted = (
        say("You have not answered this notice yet.")
        if notice.is_question
        else say("You have not pressed “Received” for this notice yet.")
    )
    blocks = [Block(say("Reminder: {title}", title=notice.title), Look.HEADING), Block(wanted)]
    if notice.answer_by:
        blocks.append(Block(say("Please answer before {when}.", when=notice.answer_by)))
    return Message(tuple(blocks), said.choices)


def _tell_heads(
    uow: UnitOfWork, service: Service, notice: Notice, entries: Sequence[Entry], now: datetime
) -> None:
    """One message a head: which of their people have not answered. A head is not told of themselves."""
    if not entries:
        return
    register = service_register(uow, service, now)
    heads = _heads(uow, {e.agency for e in entries})
    day = service.calendar.local_date(now)
    also = []
    for agency in dict.fromkeys(e.agency for e in entries):
        names = [e for e in entries if e.agency == agency]
        for head in heads.get(agency, ()):
            others = tuple(verbatim(e.name) for e in names if e.official != head.id)
            if others:
                message = _to_head(notice, register.name(agency), others)
                key = f"notice_head:{notice.id}:{agency}:{head.id}:{day}"
                also.append(Also(head.id, message, "notice_head", Priority.REMINDER, key))
    uow.notices.note_nudged(notice.id, (e.official for e in entries), TOLD, now)
    say_to_others(uow, service, also, now, stem=f"notice_head:{notice.id}:{day}")


def _heads(uow: UnitOfWork, agencies: set[str]) -> dict[str, list[Official]]:
    found: dict[str, list[Official]] = {}
    for person in uow.people.all():
        if person.active:
            for agency in person.agencies(Role.HEAD):
                if agency in agencies:
                    found.setdefault(agency, []).append(person)
    return found


def _to_head(notice: Notice, agency: str, names: tuple[Phrase, ...]) -> Message:
    return Message(
        (
            Block(say("{agency} has not answered a notice yet", agency=agency), Look.HEADING),
            Block(verbatim(notice.title)),
            Block(say("Not yet: {names}", names=names), Look.ITEM),
        )
    )
