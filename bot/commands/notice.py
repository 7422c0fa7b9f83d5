"""/thongbao: a notice is written in the chat, one question at a time; the draft is kept from its first word."""

from __future__ import annotations

from dataclasses import replace

from bot.notices.asking import approval
from bot.notices.cards import new_text, next_question, notice_list
from bot.notices.desk import address, begin, cancel, change, drafts_of, find, settle_doubt
from bot.notices.incoming_file import attach_incoming
from bot.notices.standing import standing
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, require
from domain.notices import Notice, NoticeState
from domain.phrases import say


def notice(turn: Turn) -> Reply:
    """A new notice, the next step of a draft, or the list of notices."""
    if turn.act != "notice.open":  # who approves comes back there from names and preview
        require(turn.who, Act.WRITE_NOTICE)
    if turn.act:
        return _STEPS[turn.act](turn)
    text = turn.words or _quoted(turn)
    if text or turn.incoming.file:
        return _next(turn, attach_incoming(turn, begin(turn.uow, turn.who, text, turn.now)))
    newest = turn.uow.notices.newest()
    return Reply(notice_list(drafts_of(turn.uow, turn.who), newest)) if newest else _new(turn)


def _quoted(turn: Turn) -> str:
    """The words of the message that was answered with the command."""
    if turn.replied:
        speech = turn.service.speech(turn.who.locale)
        return "\n".join(speech.text(block.phrase) for block in turn.replied.blocks)
    return turn.incoming.quoted


def _new(turn: Turn) -> Reply:
    return _next(turn, begin(turn.uow, turn.who, "", turn.now))


def _next(turn: Turn, draft: Notice) -> Reply:
    return Reply(next_question(turn.uow, turn.service, draft, turn.now))


def _of(turn: Turn) -> Notice:
    return find(turn.uow, turn.who, int(turn.args["notice"]))


def _open(turn: Turn) -> Reply:
    found = _of(turn)
    if found.state is NoticeState.DRAFT:
        require(turn.who, Act.WRITE_NOTICE)
        return _next(turn, found)
    if found.state is NoticeState.AWAITING and found.author != turn.who.id:
        return Reply(approval(turn.uow, turn.service, found, turn.now))
    return Reply(standing(turn.uow, turn.service, found, turn.now))


def _text(turn: Turn) -> Reply:
    versions = {**_of(turn).versions, "vi": turn.words.strip()}
    return _next(turn, change(turn.uow, turn.who, _of(turn), versions=versions))


def _audience(turn: Turn) -> Reply:
    return _next(turn, address(turn.uow, turn.service, turn.who, _of(turn), turn.words, turn.now))


def _kept(turn: Turn) -> Reply:
    kept = next((k for k in turn.uow.notices.audiences() if k.id == turn.args["kept"]), None)
    if kept is None:
        return reply(say("That audience is not kept any more."))
    return _next(turn, change(turn.uow, turn.who, _of(turn), audience=kept.audience, doubts=()))


def _doubt(turn: Turn) -> Reply:
    draft = _of(turn)
    if len(draft.doubts) == turn.args["doubts"]:  # an older button means a doubt that is settled
        draft = settle_doubt(turn.uow, turn.who, draft, turn.args["option"])
    return _next(turn, draft)


def _ask_text(turn: Turn) -> Reply:
    return Reply(new_text(_of(turn)))


def _ask_audience(turn: Turn) -> Reply:
    found = _of(turn)
    draft = replace(found, audience=replace(found.audience, rules=()), doubts=())
    return Reply(next_question(turn.uow, turn.service, draft, turn.now))


def _drop(turn: Turn) -> Reply:
    cancel(turn.uow, turn.who, _of(turn), turn.now)
    return reply(say("The draft was dropped; nothing was sent."))


_STEPS = {
    "notice.new": _new,
    "notice.open": _open,
    "notice.text": _text,
    "notice.audience": _audience,
    "notice.audience_kept": _kept,
    "notice.doubt": _doubt,
    "notice.ask_text": _ask_text,
    "notice.ask_audience": _ask_audience,
    "notice.drop": _drop,
}

COMMAND = Command(
    "notice",
    notice,
    say("write a notice, also in answer to a message: who gets it, preview, approval, roll-call"),
    ("thongbao", "notice"),
    acts=tuple(_STEPS),
    needs=Act.WRITE_NOTICE,
)
