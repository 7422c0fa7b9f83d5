"""What others are told about a notice before it goes: who approves, and its author."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.notices.cards import facts_of
from bot.services import Service
from bot.turn import Also, Reply
from domain.audience import resolve_audience
from domain.messages import Block, Choice, Look, Message, Tone
from domain.notices import Notice
from domain.officials import Official
from domain.phrases import Phrase, say, verbatim
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork


def for_approval(
    uow: UnitOfWork, service: Service, notice: Notice, approvers: Sequence[Official], now: datetime
) -> tuple[Also, ...]:
    """The whole notice to everybody who may approve it."""
    message = approval(uow, service, notice, now)
    stem = f"notice_approval:{notice.id}:{notice.version}"
    return tuple(Also(p.id, message, "notice_approval", key=f"{stem}:{p.id}") for p in approvers)


def approval(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> Message:
    """Everything a second person must know, and the two decisions; they hold for this version alone."""
    author = uow.people.get(notice.author)
    facts = read_audience_facts(uow, service.calendar.local_date(now))
    resolved = resolve_audience(notice.audience, facts)
    blocks = [Block(say("{name} asks you to approve a notice", name=author.name), Look.HEADING)]
    blocks += [Block(verbatim(notice.text("vi")))]
    blocks += [Block(line, Look.ITEM) for line in facts_of(uow, service, notice, facts, resolved, now)]
    about = {"notice": notice.id, "version": notice.version}
    choices = (
        Choice(say("Approve"), "notice.approve", about, Tone.GOOD),
        Choice(say("Send back"), "notice.refuse", about, Tone.CAREFUL),
        Choice(say("Names"), "notice.people", {"notice": notice.id, "page": 0}),
        Choice(say("Preview"), "notice.preview", {"notice": notice.id}),
    )
    file = str(notice.files[0]) if notice.files else ""
    return Message(tuple(blocks), choices, file=file)


def approved_words(who: Official, notice: Notice) -> Phrase:
    """What its author is told of an approval."""
    return say("{name} approved “{title}”.", name=who.name, title=notice.title)


def refused_words(who: Official, notice: Notice) -> Phrase:
    """What its author is told of a notice that was sent back."""
    return say(
        "{name} sent “{title}” back: {reason}", name=who.name, title=notice.title, reason=notice.reason
    )


def sent_back(notice: Notice, said: Reply) -> tuple[Also, ...]:
    """What was decided, to the author."""
    assert said.message is not None
    key = f"notice_decided:{notice.id}:{notice.version}"
    return (Also(notice.author, said.message, "notice_decided", key=key),)


def went_on(service: Service, notice: Notice, now: datetime) -> Phrase:
    """When it goes out, now that nothing stands in its way."""
    at = max(notice.send_at or now, now)
    if not notice.urgent:
        at = service.calendar.next_office_moment(at)
    if at <= now:
        return say("It goes out now to {count} people.", count=notice.head_count)
    return say("It goes out at {when} to {count} people.", when=at, count=notice.head_count)
