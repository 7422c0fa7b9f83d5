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
        blocks.append(Block(when_due(found, turn.today, calendar)))
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
    days = (
        (say("received"), found.received_on),
        (say("promised for"), found.promised_on),
        (say("put off until"), found.latest_on if found.is_put_off else None),
        (say("letter of apology"), found.apology_on),
        (say("result ready"), found.result_on),
        (say("result handed over"), found.returned_on),
    )
    return (say("{what}: {day}", what=what, day=day) for what, day in days if day is not None)


def _may_see(turn: Turn, found: Dossier) -> bool:
    heirs = turn.uow.agencies.register().heirs(found.agency, turn.today)
    return any(may(turn.who, Act.SEE_AGENCY, Thing(code)) for code in (*heirs, found.agency, found.receiving))
