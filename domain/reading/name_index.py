"""The names of a register, folded and without spaces, and what is kept beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.agencies import Agency, Group, Kind, Level, Register
from domain.reading.fold import fold

_MAX_SAID = 2048


@dataclass(slots=True)
class Index:
    """Names of one register, folded and without spaces."""

    names: dict[str, list[Agency]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)  # the first two letters of every name
    committees: dict[Level, Group] = field(default_factory=dict)  # the group of a level's committees
    longest: int = 0
    home: str = ""
    said: dict[str, Any] = field(default_factory=dict)


#: registers are compared by identity: hashing hundreds of agencies for every cell costs more than reading it
_indexes: dict[int, tuple[Register, Index]] = {}


def index_of(register: Register) -> Index:
    """The index of a register, made once as long as that is in use."""
    kept = _indexes.get(id(register))
    if kept and kept[0] is register:
        return kept[1]
    index = Index()
    for agency in register.agencies:
        for name in _spellings(agency):
            known = index.names.setdefault(name.replace(" ", ""), [])
            if agency not in known:
                known.append(agency)
    for name, code in register.meant.items():
        if chosen := register.by_code.get(code):
            index.names[name_key(name)] = [chosen]
    for group in register.groups:
        for name in group.names:
            index.groups.setdefault(key_of(name).replace(" ", ""), group)
        if len(group.levels) == 1 and group.kinds == {Kind.COMMITTEE}:
            index.committees.setdefault(min(group.levels), group)
    whole = next((a for a in register.agencies if a.kind is Kind.PROVINCE_COMMITTEE), None)
    index.home = re.sub(r"^.*?\b(?:tỉnh|thành phố)\s+", "", whole.name) if whole else ""
    cities = [
        a
        for a in register.agencies
        if a.level is Level.DISTRICT and key_of(a.name).startswith("ubnd thanh pho")
    ]
    if len(cities) == 1:
        index.names.setdefault("ubndthanhpho", cities)
    every = [
        *index.names,
        *index.groups,
        *(g.removeprefix("cac").removeprefix("ubndcac") for g in index.groups),
    ]
    index.starts = {name[:2] for name in every} | {"ub", "ui", "ca"}
    index.longest = max(map(len, every), default=0) + len("uibannhandancac")
    if len(_indexes) >= 8:
        _indexes.clear()
    _indexes[id(register)] = (register, index)
    return index


def said(register: Register) -> dict[str, Any]:
    """Room for what phrases say by a register, as long as that is in use: plan after plan names the same agencies."""
    kept = index_of(register).said
    if len(kept) >= _MAX_SAID:
        kept.clear()
    return kept


def home_of(register: Register) -> str:
    """The name of the register's province: "Kon Tum" of "UBND tỉnh Kon Tum"; "" without its committee."""
    return index_of(register).home


def key_of(name: str) -> str:
    """Folded, with "Ủy ban nhân dân" and "UBND" the same."""
    return fold(name).replace("ui ban nhan dan", "ubnd").replace("uban nhan dan", "ubnd")


def name_key(name: str) -> str:
    """What two spellings of one name have in common: folded, without spaces."""
    return key_of(name).replace(" ", "")


def _spellings(agency: Agency) -> Iterator[str]:
    for name in (agency.name, *agency.aliases):
        key = key_of(name)
        yield key
        if agency.kind is Kind.COMMITTEE and key.startswith("ubnd "):
            yield key.removeprefix("ubnd ")
            if "thanh pho " in key:
                yield from (short := key.replace("thanh pho ", "tp "), short.removeprefix("ubnd "))
        if agency.level is Level.PROVINCE:
            if " " in key.removesuffix(" tinh"):
                yield key.removesuffix(" tinh")
            yield f"{key} tinh"
    if agency.kind is Kind.DEPARTMENT:
        yield from _initials(key_of(agency.name))
    if agency.kind is Kind.ORGANISATION and "mat tran to quoc" in (front := key_of(agency.name)):
        for short in ("mttq", "mat tran to quoc"):
            for rest in ("", " viet nam", " vn", "vn", " viet nam tinh", "vn tinh", " tinh"):
                yield from (f"{body}{short}{rest}" for body in ("", "ui ban ", "uban ", "ub"))
        yield front.removeprefix("ui ban ")


def _initials(key: str) -> Iterator[str]:
    """ "sở văn hóa thể thao và du lịch" → "so vhttdl", "so vhtt va dl", "svhttdl"."""
    parts = [part.split() for part in key.removeprefix("so ").split(" va ")]
    letters = ["".join(word[0] for word in part) for part in parts]
    whole = "".join(letters)
    yield from (f"so {whole}", f"so {' va '.join(letters)}")
    if len(whole) > 1:
        yield f"s{whole}"


def is_group(key: str, register: Register) -> bool:
    """Whether a key (:func:`name_key`) is a group's name."""
    return find_group(key, index_of(register)) is not None


#: words for places of one level, as keys have them
_AREAS = {
    Level.DISTRICT: r"(?:huien|thixa|thanhpho|quan)",
    Level.COMMUNE: r"(?:phuong|thitran|dacchu|xa)",
}
_EVERY = tuple(
    (
        level,
        re.compile(
            rf"(?:chutich|lanhdao|thutruong)?(?:ubnd|chinhquien)?"
            rf"(?:cap{area}|cac{area}(?:(?:va)?(?:cac)?{area})*|{area}(?:(?:va)?(?:cac)?{area})+)"
        ),
    )
    for level, area in _AREAS.items()
)


def find_group(key: str, index: Index) -> Group | None:
    """A group by its name, also without "các"; committees of a level in whatever words for its places:
    "UBND các huyện, thị xã, thành phố", "UBND cấp huyện", "các xã, phường"."""
    if group := index.groups.get(key) or index.groups.get(f"cac{key}"):
        return group
    if not index.committees:
        return None
    return next((index.committees.get(level) for level, words in _EVERY if words.fullmatch(key)), None)
