"""When the next message may start: counted from answers, not from a clock.

A messenger counts a request when it arrives, which is some time between our start and its answer. If the k-th
send starts a full second after the *answer* to the (k-rate)-th, no second at the messenger's door can hold
more than ``rate`` of them, however the network stretches (docs/operating.md has the figures).
Times are seconds of a monotonic clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

_MINUTE = 60.0


@dataclass(slots=True)
class Pacer:
    """One bot's budget. ``rate`` messages a second (0: no limit), ``chat_gap`` seconds between two to one
    chat, ``group_per_minute`` to one group."""

    rate: float = 0.0
    chat_gap: float = 0.0
    group_per_minute: int = 0
    _answers: deque[float] = field(default_factory=deque)
    _in_flight: int = 0
    _chats: dict[str, float] = field(default_factory=dict)
    _groups: dict[str, deque[float]] = field(default_factory=dict)
    _held_until: float = 0.0

    def ready_at(self, chat: str, now: float, *, group: bool = False) -> float | None:
        """The moment a send to the chat may start; None when an answer must come first."""
        ready = max(now, self._held_until)
        if self.rate:
            slots = max(1, int(self.rate))
            window = slots / self.rate
            while self._answers and self._answers[0] + window <= now:
                self._answers.popleft()
            free = slots - self._in_flight - len(self._answers)
            if free <= 0:
                if not self._answers or self._in_flight >= slots:
                    return None
                ready = max(ready, self._answers[-free] + window)
        ready = max(ready, self._chats.get(chat, 0.0) + self.chat_gap if chat in self._chats else 0.0)
        if group and self.group_per_minute:
            sent = self._groups.setdefault(chat, deque())
            while sent and sent[0] + _MINUTE <= now:
                sent.popleft()
            if len(sent) >= self.group_per_minute:
                ready = max(ready, sent[-self.group_per_minute] + _MINUTE)
        return ready

    def started(self) -> None:
        """A send has started."""
        self._in_flight += 1

    def answered(self, chat: str, now: float, *, group: bool = False) -> None:
        """Its answer has come, or it was given up."""
        self._in_flight -= 1
        if self.rate:
            self._answers.append(now)
        if self.chat_gap:
            self._chats[chat] = now
            if len(self._chats) > 10_000:
                self._chats = {c: t for c, t in self._chats.items() if t + self.chat_gap > now}
        if group and self.group_per_minute:
            self._groups.setdefault(chat, deque()).append(now)

    def hold(self, until: float) -> None:
        """The messenger asked the whole bot to wait."""
        self._held_until = max(self._held_until, until)
