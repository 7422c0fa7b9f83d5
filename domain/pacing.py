"""When the next message may start: counted from answers, not from a clock.

A messenger counts a request when it arrives, which is some time between our start and its answer. If the k-th
send starts a full second after the *answer* to the (k-rate)-th, no second at the messenger's door can hold
more than ``rate`` of them, however the network stretches (docs/delivery.md has the figures).

Starts of what is not urgent are also spread over the second, so that a budget used by a broadcast comes back
in small pieces: an answer to a person then waits for one piece, not for a whole second.
Times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_MINUTE = 60.0
#: two starts of a broadcast are at least this part of the average distance apart
_SPREAD = 0.8
_MANY_CHATS = 10_000
#: more chats than these need not be told apart when messages are chosen: one that cannot go yet only waits
_MOST_NAMED = 300


@dataclass(slots=True)
class Pacer:
    """One bot's budget. ``rate`` messages a second (0: no limit), ``chat_gap`` seconds between two to one
    chat, ``group_per_minute`` to one group."""

    rate: float = 0.0
    chat_gap: float = 0.0
    group_per_minute: int = 0
    _answers: deque[float] = field(default_factory=deque)
    _in_flight: int = 0
    _last_start: float = float("-inf")
    _chats: dict[str, float] = field(default_factory=dict)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _held_until: float = 0.0

    def ready_at(self, chat: str, now: float, *, group: bool = False, urgent: bool = False) -> float | None:
        """The moment a send to the chat may start; None when an answer must come first."""
        bot = self.bot_ready_at(now, urgent=urgent)
        return None if bot is None else max(bot, self.chat_ready_at(chat, now, group=group))

    def chat_ready_at(self, chat: str, now: float, *, group: bool = False) -> float:
        """The moment the chat itself bears another message, whatever the bot's budget."""
        ready = self._chats[chat] + self.chat_gap if chat in self._chats else now
        if group and self.group_per_minute:
            sent = self._groups.setdefault(chat, deque())
            while sent and sent[0] + _MINUTE <= now:
                sent.popleft()
            if len(sent) >= self.group_per_minute:
                ready = max(ready, sent[-self.group_per_minute] + _MINUTE)
        return max(now, ready)

    def bot_ready_at(self, now: float, *, urgent: bool = False) -> float | None:
        """The moment the bot bears another message, whoever gets it; None when an answer must come first."""
        ready = max(now, self._held_until)
        if not self.rate:
            return ready
        slots = max(1, int(self.rate))
        window = slots / self.rate
        while self._answers and self._answers[0] + window <= now:
            self._answers.popleft()
        free = slots - self._in_flight - len(self._answers)
        if free <= 0:
            if not self._answers or self._in_flight >= slots:
                return None
            ready = max(ready, self._answers[-free] + window)
        return ready if urgent else max(ready, self._last_start + _SPREAD / self.rate)

    def started(self, now: float) -> None:
        """A send has started."""
        self._in_flight += 1
        self._last_start = now

    def answered(self, chat: str, now: float, *, group: bool = False) -> None:
        """Its answer has come, or it was given up."""
        self._in_flight -= 1
        if self.rate:
            self._answers.append(now)
        self.touched(chat, now)
        if group and self.group_per_minute:
            self._groups.setdefault(chat, deque()).append(now)

    def touched(self, chat: str, now: float) -> None:
        """Something reached the chat only now: its next message keeps the gap from here."""
        if not self.chat_gap:
            return
        self._chats.pop(chat, None)  # the longest ago stand first
        self._chats[chat] = now
        if len(self._chats) > _MANY_CHATS:
            self._chats = {c: t for c, t in self._chats.items() if t + self.chat_gap > now}

    @property
    def served(self) -> Mapping[str, float]:
        """When each chat was served last, of those served lately."""
        return self._chats

    def cooling(self, now: float, ahead: float) -> list[str]:
        """Chats that will not bear a message within ``ahead`` seconds, the last served first."""
        late: list[str] = []
        for chat, at in reversed(self._chats.items()):
            if at + self.chat_gap <= now + ahead or len(late) >= _MOST_NAMED:
                break
            late.append(chat)
        full = [
            c
            for c in self._groups
            if self.chat_ready_at(c, now, group=True) > now + max(ahead, self.chat_gap)
        ]
        return list(dict.fromkeys(late + full))

    def hold(self, until: float) -> None:
        """The messenger asked the whole bot to wait."""
        self._held_until = max(self._held_until, until)
