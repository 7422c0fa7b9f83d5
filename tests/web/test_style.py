"""Colors that everybody can read: WCAG 2.1 AA, in the light and in the dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "web" / "static" / "style.css").read_text("utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
PAIRS = [
    (words, ground)
    for ground in ("paper", "ground")
    for words in ("ink", "quiet", "accent", "late", "soon", "good")
] + [
    ("late", "late-ground"),
    ("soon", "soon-ground"),
    ("ink", "soon-ground"),
    ("ink", "own"),
    ("quiet", "own"),
]


def luminance(color: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    digits = color * 2 if len(color) == 3 else color
    if len(color) == 3:
        digits = "".join(c * 2 for c in color)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize(("words", "ground"), PAIRS)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str, words: str, ground: str) -> None:
    colors = dict(re.findall(r"--([a-z-]+): #([0-9a-f]+);", scheme))
    assert contrast(colors[words], colors[ground]) >= 4.5


def test_the_arithmetic_of_contrast() -> None:
    assert round(contrast("fff", "000"), 2) == 21
    assert round(contrast("777777", "ffffff"), 2) == 4.48
