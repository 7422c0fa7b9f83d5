"""The published list as a picture: a bar for each agency, in SVG, which every browser shows and prints sharp.

Plain attributes only, no style and no script, so that it stands under the pages' security policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from xml.sax.saxutils import escape

from bot.late_list_forms import COLUMNS, TITLE, about
from domain.agencies import Register
from domain.dossiers.late_list import LateList, PublicLine, bands, public_lines
from domain.dossiers.late_list_words import band_words, month_name, version_words
from domain.phrases import say
from locales.speech import Speech

MEDIA_TYPE = "image/svg+xml"
#: bars shown of agencies of one size; the rest is counted
MOST = 12
#: narrow enough that its words can be read on a telephone
_WIDTH, _BARS, _NAME, _WORDS = 480, 340, 52, 60
_LATE, _OVERDUE, _QUIET = "#b3261e", "#c77700", "#555555"
_FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"


def as_svg(lately: LateList, register: Register, speech: Speech) -> str:
    """Agencies by size, in the list's own order: a bar is measured against those of its size only."""
    title = f"{speech.text(TITLE)}, {speech.text(say('month {month}', month=month_name(lately.month)))}"
    parts, y = [], 32
    parts.append(_text(16, y, title, 18, weight="bold"))
    for line in wrap(f"{speech.text(about(lately))} {speech.text(version_words(lately))}", _WORDS)[:4]:
        parts.append(_text(16, y + 22, line, 14, _QUIET))
        y += 20
    parts += _legend(y + 16, speech)
    y += 48
    for band in bands(public_lines(lately)):
        parts.append(_text(16, y + 20, speech.text(band_words(band)), 14, weight="bold"))
        y += 32
        most = max(one.tally.late + one.tally.overdue for one in band.lines)
        for one in band.lines[:MOST]:
            parts += _bar(y, one, register.name(one.agency), most)
            y += 46
        if len(band.lines) > MOST:
            more = speech.text(say("… and {count} more agencies.", count=len(band.lines) - MOST))
            parts.append(_text(16, y + 14, more, 14, _QUIET))
            y += 30
    height = y + 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'font-family="{_FONT}" role="img"><title>{escape(title)}</title>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    )
    return "\n".join([head, *parts, "</svg>"])


def _legend(y: int, speech: Speech) -> Iterator[str]:
    for x, color, words in ((16, _LATE, COLUMNS[1]), (150, _OVERDUE, COLUMNS[2])):
        yield f'<rect x="{x}" y="{y}" width="16" height="16" fill="{color}"/>'
        yield _text(x + 24, y + 13, speech.text(words), 14)


def _bar(y: int, line: PublicLine, name: str, most: int) -> Iterator[str]:
    late, overdue = line.tally.late, line.tally.overdue
    yield _text(16, y + 14, name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…", 14)
    first, second = (round(_BARS * n / most, 1) for n in (late, overdue))
    yield f'<rect x="16" y="{y + 20}" width="{first}" height="16" fill="{_LATE}"/>'
    yield f'<rect x="{16 + first}" y="{y + 20}" width="{second}" height="16" fill="{_OVERDUE}"/>'
    yield _text(round(24 + first + second), y + 33, f"{late} + {overdue}", 14)


def _text(x: int, y: int, words: str, size: int, color: str = "#1a1a1a", weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}" font-weight="{weight}">{escape(words)}</text>'
