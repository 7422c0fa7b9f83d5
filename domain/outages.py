"""How a bot's line to its messenger stands: up, held back, failing, down, or switched off by an admin.

A message that fails says something about itself; several in a row, over a while, say something about the
messenger. Then the messages wait without losing tries, single ones probe, and what is urgent goes another way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: so many failures in a row, over so long, and the messenger counts as unreachable
FAILURES, FAILING_FOR = 5, timedelta(seconds=60)
_FIRST_PROBE, _LONGEST_PROBE = timedelta(seconds=15), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One bot of one messenger. Instants are aware UTC.

    ``held_until``: the messenger asked the whole bot to wait. ``down_since`` is set while it is unreachable or
    refuses the bot; ``probe_at`` is when one message may try again.
    """

    failures: int = 0
    failing_since: datetime | None = None
    down_since: datetime | None = None
    reason: str = ""
    probes: int = 0
    probe_at: datetime | None = None
    held_until: datetime | None = None
    off: bool = False

    @property
    def usable(self) -> bool:
        """Whether messages may be entrusted to it."""
        return self.down_since is None and not self.off


def allowance(line: Line, now: datetime, room: int) -> int:
    """How many messages may be taken up now, at most ``room``: all, one as a probe, or none."""
    if line.off or (line.held_until is not None and line.held_until > now):
        return 0
    if line.down_since is None:
        return room
    return min(room, 1) if line.probe_at is None or line.probe_at <= now else 0


def answered(line: Line) -> Line:
    """The messenger answered, be it with a refusal of one message: it is there."""
    return replace(line, failures=0, failing_since=None, down_since=None, reason="", probes=0, probe_at=None)


def failed(line: Line, now: datetime, reason: str, *, refused: bool = False) -> Line:
    """A message got no answer; ``refused``: the bot itself is not let in, which needs no second try to know."""
    if line.down_since is not None and line.probe_at is not None and now < line.probe_at:
        return line  # a call that was under way when the line went down
    since = line.failing_since or now
    line = replace(line, failures=line.failures + 1, failing_since=since, reason=reason)
    if line.down_since is not None:
        wait = min(_FIRST_PROBE * 2**line.probes, _LONGEST_PROBE)
        return replace(line, probes=line.probes + (wait < _LONGEST_PROBE), probe_at=now + wait)
    if refused or (line.failures >= FAILURES and now - since >= FAILING_FOR):
        return replace(line, down_since=since, probe_at=now + _FIRST_PROBE)
    return line


def held(line: Line, until: datetime) -> Line:
    """The messenger asked the whole bot to wait; a shorter wait takes nothing back."""
    return replace(line, held_until=max(until, line.held_until or until))
