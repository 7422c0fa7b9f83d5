"""How a notice stands, shown to its author: progress, time left, and what can be done now."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.notices.words import STATES, progress_words
from bot.services import Service
from domain.messages import Block, Choice, Look, Message, Tone
from domain.notices import FAILING, Notice, NoticeState
from domain.phrases import Phrase, say, verbatim
from storage.stores.notice_sending import Progress
from storage.unit_of_work import UnitOfWork

S = NoticeState
_LATELY = timedelta(minutes=1)


def seconds_left(uow: UnitOfWork, service: Service, notice: Notice, progress: Progress, now: datetime) -> float | None:  # fmt: skip
    """How long the rest takes at the pace of the last minute; None while nobody can tell."""
    if notice.state is not S.SENDING or not progress.left or notice.started is None:
        return None
    window = min(_LATELY, now - notice.started)
    if window <= timedelta(0):
        return None
    lately = uow.notices.sent_since(notice.id, now - window)
    return progress.left * window.total_seconds() / lately if lately else None


def standing(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> Message:
    """One card: title, state, figures, and the moves that are legal now."""
    progress = uow.notices.progress(notice.id)
    left = seconds_left(uow, service, notice, progress, now)
    state: Phrase = STATES[notice.state]
    blocks = [
        Block(say("Notice: {title}", title=notice.title), Look.HEADING),
        Block(say("State: {state}", state=state)),
    ]
    if notice.reason:
        failing = notice.reason == FAILING
        reason = say("Too much could not be delivered.") if failing else verbatim(notice.reason)
        blocks.append(Block(say("Reason: {reason}", reason=reason)))
    blocks += [Block(line, Look.ITEM) for line in progress_words(progress, left)]
    waits = notice.state is S.SENDING and not notice.urgent and not service.calendar.is_office_time(now)
    if waits and progress.left:
        moment = service.calendar.next_office_moment(now)
        blocks.append(Block(say("The rest goes on in office hours, from {when}.", when=moment), Look.QUIET))
    return Message(tuple(blocks), tuple(_choices(notice)))


def _choices(notice: Notice) -> list[Choice]:
    about = {"notice": notice.id}
    choices = []
    if notice.state in (S.SENDING, S.READY, S.AWAITING):
        choices.append(Choice(say("Look again"), "notice.progress", about))
    if notice.state is S.SENDING:
        choices.append(Choice(say("Pause"), "notice.pause", about, Tone.CAREFUL))
    if notice.state is S.PAUSED:
        choices.append(Choice(say("Resume"), "notice.resume", about, Tone.GOOD))
    if notice.state in (S.SENDING, S.PAUSED, S.READY, S.AWAITING):
        choices.append(Choice(say("Cancel the rest"), "notice.cancel", about, Tone.CAREFUL))
    if notice.started:
        choices.append(Choice(say("Roll-call"), "notice.roll", about))
    if notice.started and notice.state is not S.WITHDRAWN:
        choices.append(Choice(say("Withdraw"), "notice.withdraw", about, Tone.CAREFUL))
    return choices
