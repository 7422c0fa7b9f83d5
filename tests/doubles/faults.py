"""Trouble on order: a call that matches gets an error, waits, or loses its connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Fault:
    """What happens to matching calls. ``method`` "*" and ``chat`` "" match any; ``times`` None is for ever.

    First the call hangs for ``hang`` seconds; then, with ``act``, it is carried out; then the connection is
    cut, or ``status`` and ``body`` are answered. With neither, the call goes on as if nothing had been.
    A body that is a string is sent as HTML, as gateways do.
    """

    method: str = "*"
    chat: str = ""
    times: int | None = 1
    hang: float = 0.0
    act: bool = False
    cut: bool = False
    status: int = 0
    body: Any = None


@dataclass(slots=True)
class Faults:
    """Those waiting for a call."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat: str) -> Fault | None:
        """The first that matches, used once."""
        for fault in self.waiting:
            if fault.method in ("*", method) and fault.chat in ("", chat):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                return fault
        return None
