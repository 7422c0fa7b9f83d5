"""Codes for agencies whose file brings none: the same name always gives the same slug.

"Sở Nội vụ" is ``snv``, "UBND huyện Đắk Hà" ``ubnd-dak-ha``, "UBND xã Đắk Hà" in it ``xa-dak-ha-dak-ha``.
"""

from __future__ import annotations

import re

from domain.agencies import Kind, Level
from domain.reading.fold import plain, tidy

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 64
#: bodies whose usual short name is not their initials
_NAMED = (
    (re.compile(r"^(?:van phong|vp) (?:ubnd|uy ban nhan dan)\b"), "vp-ubnd"),
    (re.compile(r"\b(?:mat tran to quoc|mttq)\b"), "mttq"),
    (re.compile(r"^thanh tra(?: tinh)?$"), "ttr"),
)
_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan) ")
_DISTRICT = re.compile(r"^(?:huyen|thi xa|thanh pho|tp|quan) ")
_COMMUNE = re.compile(r"^(xa|phuong|thi tran|dac khu) ")
_LINKS = {"va", "tinh", "cua"}


def derive_code(name: str, level: Level, kind: Kind, parent: str | None) -> str:
    """The slug for a name; ``parent`` is the code of the agency above, which tells communes apart.

    "" when the name has no letters to make one of.
    """
    words = re.sub(r"[^a-z0-9]+", " ", plain(name)).strip()
    above = (parent or "").removeprefix("ubnd-")
    if kind is Kind.PROVINCE_COMMITTEE:
        return "ubnd-tinh"
    if kind is Kind.COMMITTEE:
        place = _COMMITTEE.sub("", words)
        if level is Level.DISTRICT:
            return _slug(f"ubnd {_DISTRICT.sub('', place)}")
        place = _COMMUNE.sub(lambda m: f"{m[1].replace(' ', '-')} ", place)
        return _slug(f"{place} {above if above != 'tinh' else ''}")
    named = next((code for pattern, code in _NAMED if pattern.search(words)), "")
    if level in (Level.CENTRAL, Level.PROVINCE):
        return named or _initials(name)
    return _slug(f"{named or _initials(_without_place(name, above))} {above}")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:LONGEST].strip("-")


def _initials(name: str) -> str:
    """First letters, short forms in capitals whole: "Sở NN&PTNT" and its long form are both ``snnptnt``."""
    letters = ""
    for word in re.findall(r"\w+", tidy(name)):
        folded = re.sub(r"[^a-z0-9]", "", plain(word))
        if not folded or folded in _LINKS:
            continue
        letters += folded if len(word) > 1 and word.isupper() else folded[0]
    return letters[:LONGEST]


def _without_place(name: str, above: str) -> str:
    """ "Phòng Nội vụ huyện Đắk Hà" under ``ubnd-dak-ha`` is "Phòng Nội vụ"."""
    words = tidy(name).split()
    place = above.split("-") if above else []
    if place and [re.sub(r"[^a-z0-9]", "", plain(w)) for w in words[-len(place) :]] == place:
        words = words[: -len(place)]
        tail = plain(" ".join(words[-2:]))
        cut = 2 if tail in ("thanh pho", "thi xa", "thi tran") else 1
        words = words[:-cut] if cut < len(words) else words
    return " ".join(words)
