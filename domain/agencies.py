"""Agencies, their levels and kinds, groups of them, and a register to find them in.

An agency is dated: Resolution 202/2025/QH15 merged provinces from 1 July 2025, so a register is always
looked at *as of* a day. Level is part of identity: commune, district and township may share one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Where in the state an agency stands."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Kind(StrEnum):
    """What an agency is; groups are rules over level and kind."""

    PROVINCE_COMMITTEE = "province_committee"  # UBND tỉnh: who issues
    DEPARTMENT = "department"  # sở
    OFFICE = "office"  # Văn phòng UBND
    INSPECTORATE = "inspectorate"  # Thanh tra
    BOARD = "board"  # Ban Dân tộc
    MANAGEMENT_BOARD = "management_board"  # Ban Quản lý Khu kinh tế
    COMMITTEE = "committee"  # UBND huyện, xã
    VERTICAL = "vertical"  # Cục Thuế, BHXH, Kho bạc
    FORCE = "force"  # Công an, Bộ CHQS
    ORGANISATION = "organisation"  # MTTQ and mass organisations
    CENTRE = "centre"  # Trung tâm
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. ``code`` is dondoc's own stable slug; ``official_code`` comes from a file only.

    Valid on every day from ``valid_from`` (None: always was) to ``valid_to`` inclusive (None: still is).
    """

    code: str
    name: str
    level: Level
    kind: Kind
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    official_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()

    def is_valid(self, on: date) -> bool:
        """Whether the agency exists on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A group named in plans ("các sở, ban ngành") as a rule over level and kind; an office may change it.

    ``names`` are the spellings met, matched by folding. ``include``/``exclude`` name single agencies.
    """

    code: str
    names: tuple[str, ...]
    levels: frozenset[Level]
    kinds: frozenset[Kind]
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether the rule holds on the day ("địa phương" meant districts until 30 June 2025)."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def takes_in(self, agency: Agency) -> bool:
        """Whether the agency belongs."""
        if agency.code in self.exclude:
            return False
        return agency.code in self.include or (agency.level in self.levels and agency.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Register:
    """The agencies and groups of one day. Order is the register's own and is kept.

    ``meant`` are names people chose an agency for (name → code): such a name is that agency's and nobody
    else's, whatever the agencies call themselves. A code that is not in the register counts for nothing.
    """

    agencies: tuple[Agency, ...] = ()
    groups: tuple[Group, ...] = ()
    by_code: Mapping[str, Agency] = field(default_factory=dict, compare=False)
    meant: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        agencies: Iterable[Agency],
        groups: Iterable[Group] = (),
        meant: Mapping[str, str] | None = None,
    ) -> Register:
        """Build a register; the last of two agencies with one code wins."""
        every = tuple(agencies)
        return cls(every, tuple(groups), {a.code: a for a in every}, dict(meant or {}))

    def with_meant(self, meant: Mapping[str, str]) -> Register:
        """The same register in which these names, too, mean these agencies."""
        return Register.of(self.agencies, self.groups, {**self.meant, **meant}) if meant else self

    def as_of(self, day: date) -> Register:
        """The same register with only what is valid on the day: itself where that is everything."""
        agencies = tuple(a for a in self.agencies if a.is_valid(day))
        groups = tuple(g for g in self.groups if g.is_valid(day))
        if len(agencies) == len(self.agencies) and len(groups) == len(self.groups):
            return self
        return Register.of(agencies, groups, self.meant)

    def members(self, group: Group) -> tuple[Agency, ...]:
        """The agencies of a group, in the register's order."""
        return tuple(a for a in self.agencies if group.takes_in(a))

    def name(self, code: str) -> str:
        """The agency's name, or the code itself for one that is not (any more) in the register."""
        agency = self.by_code.get(code)
        return agency.name if agency else code

    def heirs(self, code: str, day: date) -> tuple[str, ...]:
        """Who answers on the day for what stands under a code: the agency, or those that took over from it.

        An agency that has ended without a successor, or is not in the register, stays under its own code.
        """
        found, waiting, seen = [], [code], set[str]()
        while waiting:
            one = waiting.pop(0)
            agency = self.by_code.get(one)
            if one in seen:
                continue
            seen.add(one)
            has_ended = agency is not None and agency.valid_to is not None and agency.valid_to < day
            if agency is not None and has_ended and agency.successors:
                waiting += agency.successors
            else:
                found.append(one)
        return tuple(found)
