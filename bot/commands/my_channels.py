"""/lienket: where I am reached, which way first, and one more way by a code.

A code is good for a quarter of an hour and once; whoever has it speaks as this person, so it is shown to nobody
else and soon worthless.
"""

from __future__ import annotations

from datetime import timedelta

from bot.addressing import ranked
from bot.channel_names import channel_name
from bot.rooms import room_words
from bot.turn import Command, Reply, Turn, reply
from domain.messages import Block, Choice, Look, Message, Tone
from domain.officials import Address
from domain.phrases import say, verbatim

GOOD_FOR = timedelta(minutes=15)


def my_channels(turn: Turn) -> Reply:
    """The ways there are; or one step of adding, preferring or leaving one."""
    steps = {"link.code": _code, "link.first": _first, "link.leave": _leave}
    return steps.get(turn.act, _list)(turn)


def _list(turn: Turn) -> Reply:
    blocks = [Block(say("You are reached by"), Look.HEADING)]
    choices = [Choice(say("Add a channel"), "link.code", tone=Tone.GOOD)]
    ways = _ways(turn)
    for place, way in enumerate(ways):
        name = channel_name(way.channel)
        first = say("{channel} (used first)", channel=name)
        blocks.append(Block(first if place == 0 else name, Look.ITEM))
        if place:
            choices.append(
                Choice(say("Use {channel} first", channel=name), "link.first", {"to": way.channel})
            )
        if len(ways) > 1:
            leave = say("Stop using {channel}", channel=name)
            choices.append(Choice(leave, "link.leave", {"address": way.id}, Tone.CAREFUL))
    if len(ways) > 1:
        rest = say("When the first cannot be reached, the next is used. Nothing is sent twice.")
        blocks.append(Block(rest, Look.QUIET))
    return Reply(Message(tuple(blocks), tuple(choices)))


def _ways(turn: Turn) -> list[Address]:
    known = turn.uow.people.addresses([turn.who.id]).get(turn.who.id, [])
    return ranked(known, turn.who, turn.service.bots)


def _code(turn: Turn) -> Reply:
    code = turn.uow.people.new_invite(turn.who.id, turn.now, hours=GOOD_FOR / timedelta(hours=1))
    turn.uow.audit.note(turn.now, turn.who.id, "link_code", f"official:{turn.who.id}", {})
    link = verbatim(f"{turn.service.public_url}/join/{code}")
    return reply(
        say(
            "Write the code {code} to the bot on your other channel within 15 minutes, or open {link} there. Show "
            "it to nobody: whoever uses it speaks as you.",
            code=verbatim(code),
            link=link,
        ),
        *room_words(turn.uow, turn.service),
    )


def _first(turn: Turn) -> Reply:
    channel = str(turn.args["to"])
    turn.uow.people.set_prefers(turn.who.id, channel)
    return reply(say("From now on {channel} is used first.", channel=channel_name(channel)))


def _leave(turn: Turn) -> Reply:
    ways = _ways(turn)
    left = next((way for way in ways if way.id == int(turn.args["address"])), None)
    if left is None or len(ways) < 2:
        return reply(say("This is the only way to reach you, so it stays."))
    turn.uow.people.switch_off(left.id, "left", turn.now)
    turn.uow.audit.note(
        turn.now, turn.who.id, "leave_channel", f"official:{turn.who.id}", {"channel": left.channel}
    )
    return reply(say("{channel} is no longer used for you.", channel=channel_name(left.channel)))


COMMAND = Command(
    "my_channels",
    my_channels,
    say("where I am reached; add a channel"),
    ("lienket", "link"),
    acts=("link.code", "link.first", "link.leave"),
)
