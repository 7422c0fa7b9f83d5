"""To whom a notice goes: rules over agencies, plans and people, resolved against one picture of the register.

Nothing here is sent. Who is meant, and why, is shown to the author before anything goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.agencies import Register
from domain.officials import Official, Role


class RuleKind(StrEnum):
    """What a rule looks at; its value is named beside it."""

    ALL = "all"  # every agency of the register; no value
    TREE = "tree"  # an agency's code: it and all below it
    BELOW = "below"  # an agency's code: all below it, without itself
    AGENCY = "agency"  # an agency's code: it alone
    GROUP = "group"  # a group's code ("các sở, ban ngành")
    LEVEL = "level"  # a level: province, district, commune
    KIND = "kind"  # a level and kind, "province/department"; an empty kind is any
    LEADS = "leads"  # a plan's id: agencies that lead a task of it
    COORDINATES = "coordinates"  # a plan's id: agencies that help with one
    MONITORS = "monitors"  # a plan's id: agencies that follow one up
    SILENT = "silent"  # a plan's id: agencies with open work in it that have reported nothing
    LATE = "late"  # agencies with work overdue now; "month": at some time this month
    PERSON = "person"  # an official's id, whatever their post


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a kind and what it is about."""

    kind: RuleKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody one of ``rules`` takes in with one of ``roles``, minus everybody one of ``but`` takes in.

    Where the focal person is meant and none of the agency has joined, its head is meant instead.
    """

    rules: tuple[Rule, ...] = ()
    but: tuple[Rule, ...] = ()
    roles: frozenset[Role] = frozenset({Role.FOCAL})

    @property
    def is_everybody(self) -> bool:
        """Whether nothing but exclusions narrows it: then its head-count must be typed before it goes."""
        return any(rule.kind is RuleKind.ALL for rule in self.rules)

    def as_json(self) -> dict[str, Any]:
        """Plain data; :meth:`from_json` is the inverse."""
        return {
            "rules": [[r.kind.value, r.value] for r in self.rules],
            "but": [[r.kind.value, r.value] for r in self.but],
            "roles": sorted(self.roles),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Audience:
        """Rebuild what :meth:`as_json` wrote."""
        return cls(
            tuple(Rule(RuleKind(kind), value) for kind, value in data["rules"]),
            tuple(Rule(RuleKind(kind), value) for kind, value in data["but"]),
            frozenset(Role(role) for role in data["roles"]),
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One thing unclear words may mean; ``name`` is for people to read."""

    name: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class AudienceDoubt:
    """Words that were not understood. ``but``: they stood among the exclusions."""

    words: str
    options: tuple[Option, ...] = ()
    but: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain data; :meth:`from_json` is the inverse."""
        options = [[o.name, o.rule.kind.value, o.rule.value] for o in self.options]
        return {"words": self.words, "options": options, "but": self.but}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> AudienceDoubt:
        """Rebuild what :meth:`as_json` wrote."""
        options = tuple(Option(name, Rule(RuleKind(kind), value)) for name, kind, value in data["options"])
        return cls(data["words"], options, data["but"])


@dataclass(frozen=True, slots=True)
class AudienceFacts:
    """One picture to resolve against: the register of the day, active people in their order, who has joined
    (an address in use), and by plan the agencies in each part."""

    register: Register
    people: tuple[Official, ...]
    joined: frozenset[int]
    leads: Mapping[int, frozenset[str]] = field(default_factory=dict)
    coordinates: Mapping[int, frozenset[str]] = field(default_factory=dict)
    monitors: Mapping[int, frozenset[str]] = field(default_factory=dict)
    silent: Mapping[int, frozenset[str]] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    late_this_month: frozenset[str] = frozenset()
    plans: Mapping[int, str] = field(default_factory=dict)  # numbers by id, the newest last


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person, the agency for which they are meant, and the rule that took them in."""

    official: Official
    agency: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Resolved:
    """``people`` can be reached, ``unreached`` have no address; ``nobody`` are agencies without any person
    for the roles; ``empty`` are rules that took nobody in (a wrong audience shows here first)."""

    people: tuple[Chosen, ...]
    unreached: tuple[Chosen, ...]
    nobody: tuple[str, ...]
    empty: tuple[Rule, ...]

    @property
    def everyone(self) -> tuple[Chosen, ...]:
        """Both, reachable first."""
        return self.people + self.unreached


def resolve_audience(audience: Audience, facts: AudienceFacts) -> Resolved:
    """Whom the audience means now; every person once, for the first rule and agency that took them in."""
    by_agency = _by_agency(facts.people)
    people = {person.id: person for person in facts.people}
    out_agencies, out_people = _taken_out(audience.but, facts)
    chosen: dict[int, Chosen] = {}
    nobody: dict[str, None] = {}
    empty: list[Rule] = []
    for rule in audience.rules:
        before = len(chosen)
        known = False
        if rule.kind is RuleKind.PERSON:
            person = people.get(_number(rule.value))
            if person and person.id not in out_people:
                known = person.id in chosen
                chosen.setdefault(person.id, Chosen(person, next(iter(person.agencies()), ""), rule))
        for code in _agencies(rule, facts):
            if code in out_agencies:
                continue
            met = _holding(by_agency.get(code, ()), code, audience.roles, facts.joined)
            if not met:
                nobody[code] = None
            for person in met:
                known = known or person.id in chosen
                if person.id not in out_people:
                    chosen.setdefault(person.id, Chosen(person, code, rule))
        if len(chosen) == before and not known:
            empty.append(rule)
    everyone = chosen.values()
    return Resolved(
        tuple(c for c in everyone if c.official.id in facts.joined),
        tuple(c for c in everyone if c.official.id not in facts.joined),
        tuple(nobody),
        tuple(empty),
    )


def _by_agency(people: Iterable[Official]) -> dict[str, list[Official]]:
    found: dict[str, list[Official]] = {}
    for person in people:
        for code in person.agencies():
            found.setdefault(code, []).append(person)
    return found


def _holding(
    people: Iterable[Official], code: str, roles: frozenset[Role], joined: frozenset[int]
) -> list[Official]:
    met = [p for p in people if any(p.holds(role, code) for role in roles)]
    if Role.FOCAL in roles and Role.HEAD not in roles and not any(p.id in joined for p in met):
        met += [p for p in people if p.holds(Role.HEAD, code) and p.id in joined and p not in met]
    return met


def _taken_out(rules: Iterable[Rule], facts: AudienceFacts) -> tuple[frozenset[str], frozenset[int]]:
    agencies, people = set[str](), set[int]()
    for rule in rules:
        if rule.kind is RuleKind.PERSON:
            people.add(_number(rule.value))
        else:
            agencies.update(_agencies(rule, facts))
    return frozenset(agencies), frozenset(people)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() else 0


def _agencies(rule: Rule, facts: AudienceFacts) -> list[str]:
    """The agencies a rule takes in, in the register's order; none for one about a person."""
    takes = _TAKES.get(rule.kind)
    if takes is None:
        return []
    found = takes(rule.value, facts)
    return [a.code for a in facts.register.agencies if a.code in found]


def _tree(code: str, facts: AudienceFacts) -> frozenset[str]:
    below: dict[str, list[str]] = {}
    for agency in facts.register.agencies:
        if agency.parent:
            below.setdefault(agency.parent, []).append(agency.code)
    found, waiting = set[str](), [code]
    while waiting:
        one = waiting.pop()
        if one not in found:  # a register may name a parent in a circle
            found.add(one)
            waiting += below.get(one, ())
    return frozenset(found)


def _group(code: str, facts: AudienceFacts) -> frozenset[str]:
    groups = [g for g in facts.register.groups if g.code == code]
    return frozenset(a.code for g in groups for a in facts.register.members(g))


def _level(level: str, facts: AudienceFacts) -> frozenset[str]:
    return frozenset(a.code for a in facts.register.agencies if a.level.value == level)


def _kind(value: str, facts: AudienceFacts) -> frozenset[str]:
    level, _, kind = value.partition("/")
    return frozenset(
        a.code
        for a in facts.register.agencies
        if a.level.value == level and (not kind or a.kind.value == kind)
    )


_NONE: frozenset[str] = frozenset()
_TAKES: dict[RuleKind, Callable[[str, AudienceFacts], frozenset[str]]] = {
    RuleKind.ALL: lambda _, facts: frozenset(facts.register.by_code),
    RuleKind.TREE: _tree,
    RuleKind.BELOW: lambda code, facts: _tree(code, facts) - {code},
    RuleKind.AGENCY: lambda code, _: frozenset({code}),
    RuleKind.GROUP: _group,
    RuleKind.LEVEL: _level,
    RuleKind.KIND: _kind,
    RuleKind.LEADS: lambda plan, facts: facts.leads.get(_number(plan), _NONE),
    RuleKind.COORDINATES: lambda plan, facts: facts.coordinates.get(_number(plan), _NONE),
    RuleKind.MONITORS: lambda plan, facts: facts.monitors.get(_number(plan), _NONE),
    RuleKind.SILENT: lambda plan, facts: facts.silent.get(_number(plan), _NONE),
    RuleKind.LATE: lambda when, facts: facts.late_this_month if when else facts.late,
}
