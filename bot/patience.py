"""Whose fault is it that something cannot be taken in: its own, or the world's?

While the database is away everything fails, and nothing may be given up. An update that fails again and again
while others get through is at fault itself, and must not hold up the rest for ever.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

_KEPT = 1000


@dataclass(slots=True)
class Patience:
    """Counts failures of one key, each only when something else has succeeded since the one before."""

    limit: int = 3
    _successes: int = 0
    _failures: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)

    def succeeded(self, key: str) -> None:
        """Something got through."""
        self._successes += 1
        self._failures.pop(key, None)

    def failed(self, key: str) -> bool:
        """Note a failure; True when the key is to be given up."""
        count, seen = self._failures.pop(key, (0, -1))
        if self._successes > seen:
            count += 1
        if count >= self.limit:
            return True
        self._failures[key] = (count, self._successes)
        if len(self._failures) > _KEPT:
            self._failures.popitem(last=False)
        return False
