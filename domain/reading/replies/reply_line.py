"""The line of terms as one string, on which patterns are searched and what they find is put in its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from domain.reading.replies.reply_words import Item

#: What a pattern found: the term that takes its place and its value; None leaves the line alone.
Found = tuple[str, object] | None


def terms(pattern: str) -> re.Pattern[str]:
    """A pattern over whole terms: "DONE|PCT" finds neither ``NOTDONE`` nor a part of a word."""
    return re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])")


class Line:
    """Terms joined by single blanks; ``items[i]`` starts at ``starts[i]`` of ``text``."""

    __slots__ = ("items", "starts", "text")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = list(items)
        self._join()

    def _join(self) -> None:
        self.text = " ".join([item.term for item in self.items])
        starts, at = [], 0
        for item in self.items:
            starts.append(at)
            at += len(item.term) + 1
        self.starts = starts

    def drop(self, end: int) -> None:
        """Leave out the items before ``text[end]``."""
        _, last = self.span(0, end)
        del self.items[:last]
        self._join()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The items that ``text[start:end]`` covers, as a half-open range."""
        return bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)

    def put(self, pattern: re.Pattern[str], read: Callable[[re.Match[str], Line], Found]) -> None:
        """Replace what the pattern finds by one item, where ``read`` makes something of it."""
        changed: list[tuple[int, int, Item]] = []
        for match in pattern.finditer(self.text):
            found = read(match, self)
            if found is None:
                continue
            first, last = self.span(*match.span())
            term, value = found
            changed.append(
                (first, last, Item(term, self.items[first].start, self.items[last - 1].end, value))
            )
        if changed:
            for first, last, item in reversed(changed):
                self.items[first:last] = [item]
            self._join()
