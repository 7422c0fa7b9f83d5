"""Codes: a dossier's own, and a procedure's, which is not one."""

from __future__ import annotations

import re
from datetime import date

#: Circular 01/2018/TT-VPCP, article 19: ``000.00.16.H34-240620-0001``; newer systems write ``H34.16-240620-0001``
_DOSSIER = re.compile(
    r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})-(\d{2})(\d{2})(\d{2})-\d{4,6}"
)
_PROCEDURE = re.compile(r"\d\.\d{6}(?:\.(?:\d{2,3}\.){0,3}[A-Z]\d{2})?")
_SPACES = re.compile(r"\s+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
#: the day is taken apart so often that it pays to know the good ones
_GOOD_DAYS: set[str] = set()
_MOST_DAYS = 40_000  # a century has fewer


def tidy_code(text: str) -> str:
    """A code as it is kept: capitals, plain hyphens, no white space. A code that is tidy comes back as it is."""
    if text.isascii() and text.isupper() and " " not in text and text.isprintable():
        return text
    return _SPACES.sub("", text.translate(_DASHES)).upper()


def is_dossier_code(code: str) -> bool:
    """Whether a tidy code is one of a dossier, with a day in it that exists."""
    found = _DOSSIER.fullmatch(code)
    if found is None:
        return False
    day = f"{found[1]}{found[2]}{found[3]}"
    if day in _GOOD_DAYS:
        return True
    try:
        date(2000 + int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    if len(_GOOD_DAYS) < _MOST_DAYS:
        _GOOD_DAYS.add(day)
    return True


def is_procedure_code(code: str) -> bool:
    """Whether it names a procedure (``1.001122.000.00.00.H34``): thousands of dossiers share it."""
    return _PROCEDURE.fullmatch(code) is not None
