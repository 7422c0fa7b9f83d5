"""The published list as a picture: a bar for each agency, in SVG, which every browser shows and prints sharp.

Plain attributes only, no style and no script, so that it stands under the pages' security policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from bot.late_list_forms import COLUMNS, TITLE, about
from domain.agencies import Register
from domain.dossiers.late_list import LateList, PublicLine, public_lines
from domain.dossiers.late_list_words import version_words
from domain.phrases import say
from locales.speech import Speech

MEDIA_TYPE = "image/svg+xml"
#: bars shown; the rest is counted
MOST = 20
_WIDTH, _BARS, _ROW, _TOP, _NAME = 800, 620, 46, 112, 62
_LATE, _OVERDUE = "#b3261e", "#c77700"
_FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"


def as_svg(lately: LateList, register: Register, speech: Speech) -> str:
    """Agencies by how many dossiers were late or are overdue, the most first."""
    every = sorted(public_lines(lately), key=lambda x: (-(x.tally.late + x.tally.overdue), x.agency))
    lines = every[:MOST]
    height = _TOP + _ROW * len(lines) + (40 if len(every) > MOST else 16)
    most = max((line.tally.late + line.tally.overdue for line in lines), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'font-family="{_FONT}" role="img">',
        f"<title>{escape(speech.text(TITLE))}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(16, 32, speech.text(TITLE), 22, weight="bold"),
        _text(
            16, 56, f"{speech.text(about(lately))} {speech.text(version_words(lately))}"[:110], 14, "#555555"
        ),
        *_legend(speech),
    ]
    for n, line in enumerate(lines):
        parts += _bar(_TOP + n * _ROW, line, register.name(line.agency), most)
    if len(every) > MOST:
        more = speech.text(say("… and {count} more agencies.", count=len(every) - MOST))
        parts.append(_text(16, height - 14, more, 14, "#555555"))
    return "\n".join([*parts, "</svg>"])


def _legend(speech: Speech) -> Iterator[str]:
    for x, color, words in ((16, _LATE, COLUMNS[1]), (260, _OVERDUE, COLUMNS[2])):
        yield f'<rect x="{x}" y="72" width="16" height="16" fill="{color}"/>'
        yield _text(x + 24, 85, speech.text(words), 14)


def _bar(y: int, line: PublicLine, name: str, most: int) -> Iterator[str]:
    late, overdue = line.tally.late, line.tally.overdue
    yield _text(16, y + 14, name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…", 14)
    first, second = (round(_BARS * n / most, 1) for n in (late, overdue))
    yield f'<rect x="16" y="{y + 20}" width="{first}" height="16" fill="{_LATE}"/>'
    yield f'<rect x="{16 + first}" y="{y + 20}" width="{second}" height="16" fill="{_OVERDUE}"/>'
    yield _text(round(24 + first + second), y + 33, f"{late} + {overdue}", 14)


def _text(x: int, y: int, words: str, size: int, color: str = "#1a1a1a", weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}" font-weight="{weight}">{escape(words)}</text>'
