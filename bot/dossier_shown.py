"""One dossier, as those it concerns are shown it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.late_lists import own_thing
from bot.turn import Reply, Turn, reply
from domain.access import Act, Thing, may
from domain.dossiers.codes import tidy_code
from domain.dossiers.dossier import Dossier
from domain.dossiers.warning_words import LACKS, dossier_name, when_due
from domain.dossiers.words import OUTCOME_WORDS, STATE_WORDS
from domain.messages import Block, Choice, Look, Message
from domain.phrases import Phrase, say, verbatim


def one_dossier(turn: Turn, words: str) -> Reply:
    """One dossier; another agency's is as unknown as one that is none."""
    found = turn.uow.dossiers.get(tidy_code(words[:60]))
    if found is None or not _may_see(turn, found):
        return reply(
            say("I know no dossier of your agency with that code. For example: /hoso H34.16-240620-0001.")
        )
    register, calendar = turn.uow.agencies.register(), turn.service.calendar
    blocks = [
        Block(dossier_name(found, register), Look.HEADING),
        Block(verbatim(register.name(found.agency))),
        Block(say("State: {state}.", state=STATE_WORDS[found.state])),
    ]
    if found.outcome.is_open:
        due = when_due(found, turn.today, calendar)
        blocks.append(Block(say("Time: {due}.", due=due)))
    else:
        blocks.append(Block(say("Result: {outcome}.", outcome=OUTCOME_WORDS[found.outcome])))
    blocks += [Block(line, Look.ITEM) for line in _days(found)]
    if found.lacks_letter(turn.today):
        blocks.append(Block(LACKS))
    return Reply(Message(tuple(blocks), _objecting(turn, found)))


def _objecting(turn: Turn, found: Dossier) -> tuple[Choice, ...]:
    """A way to object where the dossier stands on a draft list and the reader's agency may."""
    row = turn.uow.late_lists.contestable(found.code, turn.today)
    if row is None or not may(
        turn.who, Act.CONTEST_LATE, own_thing(turn.uow, turn.who, row.agency, turn.today)
    ):
        return ()
    return (Choice(say("Object to its being listed"), "late.contest", {"row": row.id}),)


def _days(found: Dossier) -> Iterator[Phrase]:
    if found.received_on:
        yield say("Received: {day}", day=found.received_on)
    if found.promised_on and found.promised_on != found.due_on:
        yield say("Promised for: {day}", day=found.promised_on)
    if found.latest_on and found.is_put_off:
        yield say("Put off until: {day}", day=found.latest_on)
    if found.apology_on:
        yield say("Letter of apology: {day}", day=found.apology_on)
    if found.result_on:
        yield say("Result ready: {day}", day=found.result_on)
    if found.returned_on:
        yield say("Result handed over: {day}", day=found.returned_on)


def _may_see(turn: Turn, found: Dossier) -> bool:
    heirs = turn.uow.agencies.register().heirs(found.agency, turn.today)
    return any(may(turn.who, Act.SEE_AGENCY, Thing(code)) for code in (*heirs, found.agency, found.receiving))
