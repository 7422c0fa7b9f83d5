"""The roll-call of a notice: in a chat, as rows for a table, and who is reminded."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channel_names import channel_name
from bot.notices.words import STATES
from domain.agencies import Register
from domain.messages import Block, Choice, Look, Message
from domain.notices import Notice, NoticeState
from domain.phrases import Phrase, say, verbatim
from domain.roll_call import REACHED, AgencyRoll, Entry, RollCall, Standing, in_order, wants_something
from locales.speech import Speech
from storage.unit_of_work import UnitOfWork

_SHOWN = 15
STANDINGS: dict[Standing, Phrase] = {
    Standing.UNREACHED: say("no channel"),
    Standing.WAITING: say("not gone out yet"),
    Standing.STOPPED: say("not sent"),
    Standing.FAILED: say("could not be delivered"),
    Standing.DELIVERED: say("delivered"),
    Standing.READ: say("read"),
    Standing.RECEIVED: say("acknowledged"),
    Standing.ANSWERED: say("answered"),
}
COLUMNS = (
    say("Line"),
    say("Agency"),
    say("Full name"),
    say("Channel"),
    say("Sent at"),
    say("Standing"),
    say("Received at"),
    say("Answer"),
    say("Answered at"),
    say("Note"),
)


def roll_call(uow: UnitOfWork, notice: Notice, register: Register) -> RollCall:
    """Everybody the notice is for, in the register's order."""
    return RollCall(notice, in_order(uow.notices.roll(notice.id), [a.code for a in register.agencies]))


def totals(roll: RollCall) -> list[Phrase]:
    """The figures above the names."""
    lines = [say("reached: {reached} of {all}", reached=roll.count(*REACHED), all=len(roll.entries))]
    if roll.notice.is_question:
        lines += [say("{option}: {count}", option=o, count=n) for o, n in roll.answers()]
    elif roll.notice.wants_ack:
        lines.append(say("acknowledged: {count}", count=roll.count(Standing.RECEIVED, Standing.ANSWERED)))
    if read := roll.count(Standing.READ):
        lines.append(say("read, not yet acknowledged: {count}", count=read))
    if wants_something(roll.notice):
        lines.append(say("missing: {count}", count=len(roll.missing)))
    if failed := roll.count(Standing.FAILED):
        lines.append(say("could not be delivered: {failed}", failed=failed))
    if unreached := roll.count(Standing.UNREACHED):
        lines.append(say("without a channel: {count}", count=unreached))
    return lines


def agency_line(roll: AgencyRoll, register: Register) -> Phrase:
    """One agency: who is missing, or that nobody is."""
    name = register.name(roll.agency)
    if roll.missing:
        people = tuple(verbatim(e.name) for e in roll.missing)
        return say("{agency}: missing {people}", agency=name, people=people)
    return say("{agency}: {reached} of {all}", agency=name, reached=roll.reached, all=len(roll.entries))


def shown(roll: RollCall, register: Register) -> Message:
    """The roll-call in a chat: figures, then the agencies where somebody is missing."""
    notice, about = roll.notice, {"notice": roll.notice.id}
    blocks = [
        Block(say("Roll-call: {title}", title=notice.title), Look.HEADING),
        Block(say("State: {state}", state=STATES[notice.state])),
    ]
    blocks += [Block(line, Look.ITEM) for line in totals(roll)]
    lacking = [agency for agency in roll.by_agency if agency.missing]
    if lacking:
        blocks.append(Block(say("Missing"), Look.HEADING))
        blocks += [Block(agency_line(agency, register), Look.ITEM) for agency in lacking[:_SHOWN]]
    if len(lacking) > _SHOWN:
        blocks.append(Block(say("… and {count} more", count=len(lacking) - _SHOWN), Look.ITEM))
    choices = [
        Choice(say("Excel list"), "notice.export", {**about, "form": "xlsx"}),
        Choice(say("Word list to sign"), "notice.export", {**about, "form": "docx"}),
    ]
    if lacking and notice.state in (NoticeState.SENDING, NoticeState.SENT):
        choices.insert(0, Choice(say("Remind those missing"), "notice.nudge", about))
    choices.append(Choice(say("Back to the notice"), "notice.progress", about))
    return Message(tuple(blocks), tuple(choices))


def rows(roll: RollCall, register: Register, speech: Speech) -> list[Sequence[object]]:
    """One row a reader under :data:`COLUMNS`, in words of the language."""
    return [_row(n, entry, roll.notice, register, speech) for n, entry in enumerate(roll.entries, 1)]


def _row(number: int, entry: Entry, notice: Notice, register: Register, speech: Speech) -> list[object]:
    def when(at: object) -> str:
        return speech.text(say("{at}", at=at)) if at else ""  # type: ignore[arg-type]

    answer = notice.options[entry.answer] if entry.answer is not None and notice.options else ""
    notes = [speech.text(say("late"))] if entry.is_late(notice) else []
    if entry.nudges:
        notes.append(speech.text(say("reminded")))
    return [
        number,
        register.name(entry.agency),
        entry.name,
        speech.text(channel_name(entry.channel)),
        when(entry.sent_at),
        speech.text(STANDINGS[entry.standing]),
        when(entry.received_at),
        answer,
        when(entry.answered_at),
        "; ".join(notes),
    ]
