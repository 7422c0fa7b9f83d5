"""One round for every notice under way. May run twice, may be killed anywhere: keys and states decide."""

from __future__ import annotations

from datetime import datetime

from bot.notice_fan_out import fan_out
from bot.notices.taking_back import take_back
from bot.saying import say_to_others
from bot.services import Service
from bot.turn import Also
from domain.messages import Block, Choice, Look, Message, Priority, Tone
from domain.notices import FAILING, Notice, NoticeState, fails_too_often
from domain.phrases import say
from storage.unit_of_work import UnitOfWork

S = NoticeState
#: so many rows of a notice stand in the outbox at most: what the bots send until the next rounds, and more
AHEAD = 1_500
#: rows a transaction: on SQLite nobody else writes meanwhile, and the sender must not wait
AT_ONCE = 500


def send_notices(service: Service, now: datetime) -> None:
    """Each step in its own transaction, so that a notice that fails does not hold the others, nor the sender."""
    with service.db.begin() as uow:
        due = [notice.id for notice in uow.notices.due(now)]
        withdrawn = uow.notices.withdrawn_open()
    for notice_id in due:
        with service.db.begin() as uow:
            room = _look(uow, service, notice_id, now)
        while room > 0:
            with service.db.begin() as uow:
                notice = uow.notices.get(notice_id)
                if notice is None or not uow.notices.hold(notice_id):
                    break  # paused or cancelled meanwhile
                done = fan_out(uow, service, notice, now, min(AT_ONCE, room))
            room = room - done if done else 0
    for notice_id in withdrawn:
        with service.db.begin() as uow:
            take_back(uow, service, notice_id, now)


def _look(uow: UnitOfWork, service: Service, notice_id: int, now: datetime) -> int:
    """Begin it, stop it or end it; how many more rows it may put into the outbox now."""
    notice = uow.notices.get(notice_id)
    if notice is not None and notice.state is S.READY:
        uow.notices.move(notice_id, S.SENDING, started=now)
        notice = uow.notices.get(notice_id)
    if notice is None or not uow.notices.hold(notice_id):
        return 0
    progress = uow.notices.pulse(notice_id, service.ways)
    if progress.left and fails_too_often(progress.sent, progress.failed - notice.forgiven):
        _stop_failing(uow, service, notice, progress.failed, now)
        return 0
    if not progress.left:
        _end(uow, service, notice, now)
        return 0
    if not notice.urgent and not service.calendar.is_office_time(now):
        if progress.queued:
            uow.notices.unfill(notice_id)
        return 0
    return min(AHEAD - progress.queued, progress.waiting)


def _stop_failing(uow: UnitOfWork, service: Service, notice: Notice, failed: int, now: datetime) -> None:
    if not uow.notices.move(notice.id, S.PAUSED, reason=FAILING):
        return
    uow.notices.unfill(notice.id)
    uow.audit.note(now, None, "notice_pause", f"notice:{notice.id}", {"failed": failed})
    about = {"notice": notice.id}
    message = Message(
        (
            Block(say("“{title}” was paused: too much fails", title=notice.title), Look.HEADING),
            Block(
                say(
                    "{failed} messages could not be delivered. Please look at /kenh before it goes on.",
                    failed=failed,
                )
            ),
        ),
        (
            Choice(say("Resume"), "notice.resume", about, Tone.CAREFUL),
            Choice(say("How far is it?"), "notice.progress", about),
        ),
    )
    _tell_author(uow, service, notice, message, "failing", now)


def _end(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> None:
    if not uow.notices.move(notice.id, S.SENT, ended=now):
        return
    progress = uow.notices.progress(notice.id)
    lines = [Block(say("{sent} of {all} sent", sent=progress.sent, all=progress.all), Look.ITEM)]
    if progress.failed:
        lines.append(Block(say("could not be delivered: {failed}", failed=progress.failed), Look.ITEM))
    if progress.left_out:
        lines.append(Block(say("without a channel: {count}", count=progress.left_out), Look.ITEM))
    message = Message(
        (Block(say("“{title}” has gone out", title=notice.title), Look.HEADING), *lines),
        (Choice(say("Roll-call"), "notice.roll", {"notice": notice.id}),),
    )
    _tell_author(uow, service, notice, message, "sent", now)


def _tell_author(uow: UnitOfWork, service: Service, notice: Notice, message: Message, what: str, now: datetime) -> None:  # fmt: skip
    key = f"notice_{what}:{notice.id}:{notice.version}"
    also = [Also(notice.author, message, f"notice_{what}", Priority.URGENT, key)]
    say_to_others(uow, service, also, now, stem=key)
