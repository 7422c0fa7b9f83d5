"""/kenh: how each messenger's bot stands; an admin switches one off until further notice, and on again."""

from __future__ import annotations

from bot.addressing import ALWAYS
from bot.channel_names import channel_name
from bot.delivery_outages import switch, working_bots
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, require
from domain.messages import Block, Choice, Look, Message, Tone
from domain.outages import Line
from domain.phrases import Phrase, say


def channels(turn: Turn) -> Reply:
    """The bots with what waits for each; or one step of switching one."""
    require(turn.who, Act.SWITCH_CHANNEL)
    if turn.act == "channel_off":
        return _ask(turn)
    if turn.act == "channel_off_now":
        return _off(turn)
    if turn.act == "channel_on":
        return _on(turn)
    return _list(turn)


def _list(turn: Turn) -> Reply:
    lines = turn.uow.bots.lines()
    today = turn.service.calendar.local_date(turn.now)
    quotas = turn.uow.quotas.latest(today.replace(day=1), turn.service.calendar)
    blocks = [Block(say("Channels"), Look.HEADING)]
    choices: list[Choice] = []
    for channel, bot in sorted(b for b in turn.service.bots if b[0] != ALWAYS):
        line = lines.get((channel, bot), Line())
        waiting, _ = turn.uow.outbox.count_waiting(channel, bot, (), turn.now)
        words, args = _words(channel, bot), {"channel": channel, "bot": bot}
        says = say(
            "{channel} {bot}: {state}; waiting: {waiting}", state=_state(line), waiting=waiting, **words
        )
        blocks.append(Block(says, Look.ITEM))
        if quota := quotas.get((channel, bot)):
            blocks.append(Block(quota.said, Look.QUIET))
        on = Choice(say("Switch on {channel} {bot}", **words), "channel_on", args, Tone.GOOD)
        off = Choice(say("Switch off {channel} {bot}", **words), "channel_off", args, Tone.CAREFUL)
        choices.append(on if line.off else off)
    if not choices:
        return reply(say("Only the browser chat is in use; it is always on."))
    return Reply(Message(tuple(blocks), tuple(choices)))


def _state(line: Line) -> Phrase:
    if line.off:
        return say("switched off")
    return say("in use") if line.usable else say("unreachable since {at}", at=line.down_since or 0)


def _words(channel: str, bot: str) -> dict[str, Phrase | str]:
    return {"channel": channel_name(channel), "bot": bot}


def _which(turn: Turn) -> tuple[str, str]:
    return str(turn.args["channel"]), str(turn.args["bot"])


def _ask(turn: Turn) -> Reply:
    channel, bot = _which(turn)
    elsewhere = working_bots(turn.uow, turn.service, without=(channel, bot))
    waiting, movable = turn.uow.outbox.count_waiting(channel, bot, elsewhere, turn.now)
    return reply(
        say("Switch off {channel} {bot} until further notice?", **_words(channel, bot)),
        say(
            "Waiting: {waiting}. Going by another channel: {movable}. Staying until it is on again: {rest}.",
            waiting=waiting,
            movable=movable,
            rest=waiting - movable,
        ),
        choices=(
            Choice(say("Switch off"), "channel_off_now", dict(turn.args), Tone.CAREFUL),
            Choice(say("Leave it on"), "cancel"),
        ),
    )


def _off(turn: Turn) -> Reply:
    channel, bot = _which(turn)
    if not switch(turn.uow, channel, bot, on=False, by=turn.who.id, now=turn.now):
        return reply(say("{channel} {bot} was switched off already.", **_words(channel, bot)))
    return reply(
        say(
            "{channel} {bot} is switched off. New messages go by people's other channels.",
            **_words(channel, bot),
        ),
        say("Who has no other channel gets them when it is on again."),
        choices=(Choice(say("Switch on again"), "channel_on", dict(turn.args)),),
    )


def _on(turn: Turn) -> Reply:
    channel, bot = _which(turn)
    if not switch(turn.uow, channel, bot, on=True, by=turn.who.id, now=turn.now):
        return reply(say("{channel} {bot} was on already.", **_words(channel, bot)))
    waiting, _ = turn.uow.outbox.count_waiting(channel, bot, (), turn.now)
    return reply(
        say(
            "{channel} {bot} is on again; messages that waited for it and go out now: {waiting}.",
            waiting=waiting,
            **_words(channel, bot),
        )
    )


COMMAND = Command(
    "channels",
    channels,
    say("switch a messenger off and on"),
    ("kenh", "channels"),
    acts=("channel_off", "channel_off_now", "channel_on"),
    needs=Act.SWITCH_CHANNEL,
)
