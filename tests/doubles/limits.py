"""Rates as a messenger counts them: at its own door, in sliding windows."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

#: (calls, seconds)
Window = tuple[int, float]


@dataclass(slots=True)
class Limits:
    """Refuses what comes too fast. ``scale`` stretches (> 1) or shortens (< 1) every window."""

    bot: Window = (30, 1.0)
    chat: Window = (1, 1.0)
    group: Window = (20, 60.0)
    on: bool = True
    scale: float = 1.0
    refused: int = 0
    _seen: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, bot: str, chat: str, now: float, *, group: bool) -> float:
        """Seconds until the call would be let in; 0 lets it in and counts it."""
        if not self.on:
            return 0.0
        asked = [(f"bot {bot}", self.bot), (f"chat {bot} {chat}", self.chat)]
        if group:
            asked.append((f"group {bot} {chat}", self.group))
        wait = max(self._wait(name, window, now) for name, window in asked)
        if wait > 0:
            self.refused += 1
            return wait
        for name, _ in asked:
            self._seen[name].append(now)
        return 0.0

    def _wait(self, name: str, window: Window, now: float) -> float:
        calls, seconds = window
        seconds *= self.scale
        seen = self._seen[name]
        while seen and seen[0] + seconds <= now:
            seen.popleft()
        return seen[-calls] + seconds - now if len(seen) >= calls else 0.0
