"""What is amiss with the service itself: facts of one moment in, findings out, each with what to do about it.

The same findings are what ``dondoc doctor`` prints, ``/readyz`` and ``/metrics`` answer, and what admins are told
once in their chat and see on the board while it lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from domain.messages import Priority
from domain.outages import Line
from domain.phrases import Phrase, say, verbatim
from domain.quotas import Quota, Stage, month_of

#: a loop that has been silent for longer is taken for dead
STALE = timedelta(minutes=5)
#: a due message waits no longer than this while its bot is up, by priority
PATIENCE: Mapping[int, timedelta] = {
    Priority.REPLY: timedelta(minutes=2),
    Priority.URGENT: timedelta(minutes=5),
    Priority.REMINDER: timedelta(minutes=15),
    Priority.DIGEST: timedelta(minutes=30),
    Priority.NOTICE: timedelta(hours=4),
}
LOOPS = ("clock", "sender")
#: a queue of which a message went out within this moves: one person who writes without end, or a slow channel, makes
#: it long, and restarting anything would not make it shorter
MOVING = timedelta(minutes=2)
#: a disk with less than this stops a database soon, bytes
LITTLE_DISK, NO_DISK = 1_000_000_000, 100_000_000
#: a jump of the machine's clock is spoken of for so long
JUMP_SHOWN = timedelta(hours=24)


class Level(IntEnum):
    """How bad it is: fine, somebody should look, the service does not do its work."""

    OK = 0
    WARN = 1
    RED = 2


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """One picture. Instants are aware UTC; ``disk_free`` is None where the database is elsewhere.

    ``oldest`` is by priority when the longest waiting message of bots that are up became due. ``dead`` counts
    messages given up within the last day.
    """

    now: datetime
    database: bool = True
    migrated: bool = True
    beats: Mapping[str, datetime] = field(default_factory=dict)
    oldest: Mapping[int, datetime] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    dead: int = 0
    failed_inbox: int = 0
    #: of the bots for which something due waits, when the one that has been silent longest sent last; None: not lately
    last_sent: datetime | None = None
    lines: Mapping[tuple[str, str], Line] = field(default_factory=dict)
    waiting: Mapping[tuple[str, str], int] = field(default_factory=dict)
    disk_free: int | None = None
    quotas: Mapping[tuple[str, str], Quota] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` stays the same while the trouble does; ``says`` is what happened and what to do."""

    code: str
    level: Level
    says: Phrase


def findings(facts: HealthFacts) -> tuple[Finding, ...]:
    """Everything there is to say, in a fixed order; what is fine is said too."""
    if not facts.database:
        return (Finding("database", Level.RED, say("The database cannot be reached.")),)
    if not facts.migrated:
        return (Finding("migrations", Level.RED, say("Not at this version. Run: dondoc migrate")),)
    return (
        Finding("database", Level.OK, say("Reachable.")),
        Finding("migrations", Level.OK, say("At this version.")),
        *_loops(facts),
        _queue(facts),
        *_bots(facts),
        *_quotas(facts),
        *_rest(facts),
    )


_NAMES = {
    "database": say("the database"),
    "migrations": say("the database's version"),
    "dead letters": say("messages given up"),
    "clock": say("the clock"),
    "sender": say("sending"),
    "queue": say("the queue"),
    "inbox": say("taking messages in"),
    "clock jump": say("the machine's time"),
    "disk": say("the disk"),
}


def named(code: str) -> Phrase:
    """What a finding is about, as people call it."""
    kind, _, bot = code.partition(":")
    if kind == "quota":
        return say("the month's messages of {bot}", bot=" ".join(bot.split(":")[:2]))
    if kind == "bot":
        channel, _, number = bot.partition(":")
        return say("channel {channel} {bot}", channel=channel.title(), bot=number)
    return _NAMES.get(code, verbatim(code))


def _loops(facts: HealthFacts) -> Iterator[Finding]:
    for name in LOOPS:
        beat = facts.beats.get(name)
        if beat is None:
            yield Finding(name, Level.RED, say("Has not run yet. Start: dondoc run (or dondoc worker)"))
        elif facts.now - beat > STALE:
            yield Finding(name, Level.RED, say("Last heartbeat at {at}. Is the worker running?", at=beat))
        else:
            yield Finding(name, Level.OK, say("Last heartbeat at {at}.", at=beat))


def _queue(facts: HealthFacts) -> Finding:
    late = [
        at
        for priority, at in facts.oldest.items()
        if facts.now - at > PATIENCE.get(priority, PATIENCE[Priority.NOTICE])
    ]
    if late and facts.last_sent is not None and facts.now - facts.last_sent < MOVING:
        says = say(
            "The oldest due message waits since {at}; messages are going out, more slowly than they come.",
            at=min(late),
        )
        return Finding("queue", Level.WARN, says)
    if late:
        says = say("The oldest due message waits since {at}. Is the worker running?", at=min(late))
        return Finding("queue", Level.RED, says)
    if facts.oldest:
        says = say("The oldest due message waits since {at}.", at=min(facts.oldest.values()))
        return Finding("queue", Level.OK, says)
    return Finding("queue", Level.OK, say("Nothing is waiting."))


def of_month(channel: str, bot: str, quota: Quota) -> str:
    """How the codes of a bot's findings about this month's quota begin; each is told once in the month."""
    return f"quota:{channel}:{bot}:{month_of(quota.on)}"


def _quotas(facts: HealthFacts) -> Iterator[Finding]:
    for (channel, bot), quota in sorted(facts.quotas.items()):
        words: dict[str, str | int] = {
            "channel": channel.title(), "bot": bot, "used": quota.used, "most": quota.most,
            "forecast": quota.forecast,
        }  # fmt: skip
        says, level = (
            say("{channel} {bot}: {used} of {most} messages this month, {forecast} foreseen.", **words),
            Level.OK,
        )
        if quota.stage is Stage.TIGHT:
            level = Level.WARN
            says = say(
                "{channel} {bot}: {used} of {most} messages this month, {forecast} foreseen. Digests and notices of who "
                "has another channel go there; another bot would help.",
                **words,
            )
        elif quota.stage is Stage.SAVING:
            level = Level.RED
            says = say(
                "{channel} {bot}: {used} of {most} messages this month. Only answers and what is urgent go out; the rest "
                "goes by other channels, or waits for the next month.",
                **words,
            )
        stage = f":{quota.stage}" if level else ""
        yield Finding(of_month(channel, bot, quota) + stage, level, says)


def _bots(facts: HealthFacts) -> Iterator[Finding]:
    for (channel, bot), line in sorted(facts.lines.items()):
        code, waiting = f"bot:{channel}:{bot}", facts.waiting.get((channel, bot), 0)
        what: dict[str, str | int] = {"channel": channel.title(), "bot": bot, "waiting": waiting}
        if line.off:
            says = say("{channel} {bot} is switched off by an admin; messages waiting: {waiting}.", **what)
            yield Finding(code, Level.WARN, says)
        elif line.down_since is not None and line.reason in ("unauthorized",):
            says = say(
                "{channel} refuses the bot {bot}: check its token. Messages waiting: {waiting}.", **what
            )
            yield Finding(code, Level.RED, says)
        elif line.down_since is not None:
            says = say(
                "{channel} {bot} has been unreachable since {at} ({reason}); what is urgent goes another way. "
                "Messages waiting: {waiting}.",
                at=line.down_since,
                reason=line.reason,
                **what,
            )
            yield Finding(code, Level.RED, says)


def _rest(facts: HealthFacts) -> Iterator[Finding]:
    given_up = Level.WARN if facts.dead else Level.OK
    yield Finding(
        "dead letters", given_up, say("Messages given up in the last day: {number}.", number=facts.dead)
    )
    if facts.failed_inbox:
        says = say(
            "Messages from people that could not be handled in the last day: {number}; they were asked to repeat. "
            "See the log.",
            number=facts.failed_inbox,
        )
        yield Finding("inbox", Level.WARN, says)
    jumped = facts.beats.get("clock_jump")
    if jumped is not None and facts.now - jumped < JUMP_SHOWN:
        says = say("The machine's clock jumped at {at}. Check its time service (NTP).", at=jumped)
        yield Finding("clock jump", Level.WARN, says)
    if facts.disk_free is not None and facts.disk_free < LITTLE_DISK:
        level = Level.RED if facts.disk_free < NO_DISK else Level.WARN
        says = say("Only {megabytes} MB are left on the database's disk.", megabytes=facts.disk_free // 10**6)
        yield Finding("disk", level, says)
