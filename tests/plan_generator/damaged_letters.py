"""Letters as bad copies leave them: misread ones, digits taken for letters, words torn by blanks."""

from __future__ import annotations

import re
from random import Random

_MISREAD = {"0": "O", "1": "l", "5": "S", "2": "Z", "8": "B"}
#: letters a scan takes for others
_ALIKE = {
    "o": "0",
    "l": "1",
    "i": "l",
    "n": "ri",
    "m": "rn",
    "h": "b",
    "c": "e",
    "t": "f",
    "u": "ii",
    "g": "q",
}
_WITHIN_A_WORD = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def misread(text: str, random: Random) -> str:
    """Two or three letters of lower-case words are taken for others."""
    places = [m.start() for m in re.finditer(r"(?<=[^\W\d_A-Z])[a-z](?=[^\W\d_A-Z])", text) if m[0] in _ALIKE]
    chosen = set(random.sample(places, min(len(places), random.choice((2, 3)))))
    return "".join(_ALIKE[c] if i in chosen else c for i, c in enumerate(text))


def digits_as_letters(text: str) -> str:
    """Digits are taken for the letters they look like."""
    return "".join(_MISREAD.get(c, c) for c in text)


def torn(text: str, random: Random) -> str:
    """Words are cut in the middle by blanks."""
    return _WITHIN_A_WORD.sub(lambda _: " " if random.random() < 0.12 else "", text)
