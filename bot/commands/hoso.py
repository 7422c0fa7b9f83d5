"""/hoso: my agency's dossiers now; /hoso trễ: the late ones; /hoso CODE: one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.dossier_duty import codes_of
from bot.dossier_shown import one_dossier
from bot.on_time import gather_on_time
from bot.on_time_words import rate_words
from bot.turn import Command, Reply, Turn, reply
from domain.dossiers.dossier import Dossier
from domain.dossiers.forecast import words as forecast_words
from domain.dossiers.months import month_of
from domain.dossiers.warning_words import (
    LACKING,
    LATE,
    SEE_LATE,
    SOON,
    listed,
)
from domain.dossiers.warning_words import (
    SHOWN as MOST,
)
from domain.dossiers.warnings import AHEAD, morning, rungs
from domain.messages import Block, Look, Message
from domain.phrases import Phrase, say, verbatim
from domain.reading.fold import plain

_LATE_WORDS = {"tre", "tre hen", "tre han", "qua han", "late", "overdue"}


def dossiers(turn: Turn) -> Reply:
    """What was asked for: a dossier, the late ones, or how things stand."""
    words = turn.words.strip()
    if turn.act == "dossiers.late" or plain(words) in _LATE_WORDS:
        return _late(turn)
    if words:
        return one_dossier(turn, words)
    return _now(turn)


def _now(turn: Turn) -> Reply:
    """Each own agency's month, then what is overdue and soon due."""
    own = turn.who.agencies()
    if turn.uow.dossiers.months() is None:
        return reply(say("No dossiers have been read yet."))
    if not own:
        return reply(say("You answer for no agency, so there are no dossiers to show."))
    month = month_of(turn.today)
    report = gather_on_time(turn.uow, turn.service.calendar, month, turn.today, _codes(turn, own))
    blocks = [
        Block(say("Dossiers, month {month}", month=verbatim(f"{month % 100}/{month // 100}")), Look.HEADING)
    ]
    for line in report.lines:
        t = line.tally
        standing = say(
            "{agency}: on time {rate}; resolved {resolved}, late {late}; open {open}, overdue {overdue}",
            agency=verbatim(line.agency.name),
            rate=rate_words(t),
            resolved=t.resolved,
            late=t.late,
            open=t.open,
            overdue=t.overdue,
        )
        blocks.append(Block(standing, Look.ITEM))
        if line.forecast:
            blocks.append(Block(forecast_words(line.forecast, report.target)))
    if not report.lines:
        blocks.append(Block(say("Not arisen.")))
    if report.figures_of:
        blocks.append(Block(say("From dossiers read on {read}.", read=report.figures_of), Look.QUIET))
    soon = _running(turn, own)
    news = morning(soon, rungs(turn.today, turn.service.calendar), {})
    blocks += _lists(turn, ((SOON, news.soon),), MOST)
    return Reply(Message(tuple(blocks), (SEE_LATE,) if news.lacking or news.late else ()))


def _late(turn: Turn) -> Reply:
    """Overdue ones, those without a letter first."""
    news = morning(_running(turn, turn.who.agencies()), rungs(turn.today, turn.service.calendar), {})
    if not (news.lacking or news.late):
        return reply(say("Your agency has no overdue dossier."))
    return Reply(Message(tuple(_lists(turn, ((LACKING, news.lacking), (LATE, news.late)), 3 * MOST))))


def _codes(turn: Turn, agencies: Iterable[str]) -> list[str]:
    found = codes_of(agencies, turn.uow.agencies.register(), turn.today)
    return sorted({code for some in found.values() for code in some})


def _running(turn: Turn, agencies: Iterable[str]) -> list[Dossier]:
    due_by = turn.service.calendar.add(turn.today, AHEAD)
    return turn.uow.dossiers.running(due_by, _codes(turn, agencies))


def _lists(turn: Turn, lists: Iterable[tuple[Phrase, Sequence[Dossier]]], most: int) -> Iterator[Block]:
    several = len(turn.who.agencies()) > 1
    register = turn.uow.agencies.register()
    return listed(lists, turn.today, turn.service.calendar, register, several=several, shown=most)


COMMAND = Command(
    "hoso",
    dossiers,
    say("my agency's dossiers; “/hoso trễ” the late ones, “/hoso CODE” one of them"),
    ("hoso", "ho so", "dossiers"),
    (),
    ("dossiers.late",),
)
