"""Pages that lay a little askew in a scanner: their lines of text climb or fall, and are laid level before reading."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from bot.intake.pdf_words import View, Word

_LONG = 90.0  # points; shorter lines tell no slope
_FEWEST = 3  # lines
_LEAST, _MOST = 0.0008, 0.09  # slope; what is turned further was meant to be
_ALIKE, _SHARE = 0.006, 0.6  # so many lines must agree so nearly


def level(words: Sequence[Word], lines: Sequence[tuple[int, int]], view: View) -> None:
    """Turn the words of a page about its middle until most of its lines, [first, last) of the words, run level."""
    slope = _slope(words, lines)
    if not _LEAST < abs(slope) < _MOST:
        return
    middle, center = view.height / 2, view.width / 2
    for word in words:
        across, down = slope * (word.bottom - middle), slope * (word.left - center)
        word.left += across
        word.right += across
        word.top -= down
        word.bottom -= down


def _slope(words: Sequence[Word], lines: Sequence[tuple[int, int]]) -> float:
    """How far down lines go for each point across, 0 where they do not agree."""
    slopes: list[float] = []
    for first, end in lines:
        if end - first > 1 and (across := words[end - 1].left - words[first].left) > _LONG:
            slopes.append((words[end - 1].bottom - words[first].bottom) / across)
    if len(slopes) < _FEWEST or not any(slopes):
        return 0.0
    usual = statistics.median(slopes)
    alike = sum(abs(slope - usual) < _ALIKE for slope in slopes)
    return usual if alike >= _SHARE * len(slopes) else 0.0
