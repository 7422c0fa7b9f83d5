"""Which agency stands above which, and which takes over whose work: links by code or name, without circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from bot.records import agency_columns as c
from bot.records.outcome import Findings
from domain.agencies import Agency, Register
from domain.phrases import say, verbatim
from domain.reading.agencies import find_agency

if TYPE_CHECKING:
    from bot.records.agencies import Draft

Linked: TypeAlias = tuple[int, Agency]


def link(
    drafts: Sequence[Draft], register: Register, findings: Findings, headings: Mapping[str, str]
) -> list[Linked]:
    """Agencies with their links found. A row that names an unknown agency, or stands in a circle, is left
    out, and then every row that names it, until no more fall out."""
    rows = list(drafts)
    while True:
        fresh = {d.agency.code: d.agency for d in rows}
        kept = [fresh.pop(a.code, a) for a in register.agencies]
        finder = _Finder(Register.of((*kept, *fresh.values())), findings, headings)
        found = [(d, finder.linked(d)) for d in rows]
        good = [(d, agency) for d, agency in found if agency]
        good = _without_circles(good, register, findings)
        if len(good) == len(rows):
            return [(d.row, agency) for d, agency in good]
        rows = [d for d, _ in good]


class _Finder:
    """Finds agencies among those known and those of the file."""

    def __init__(self, register: Register, findings: Findings, headings: Mapping[str, str]) -> None:
        self._register, self._findings, self._headings = register, findings, headings
        self._met: dict[str, tuple[Agency, ...]] = {}

    def linked(self, draft: Draft) -> Agency | None:
        agency = draft.agency
        if draft.parent is not None:
            parent = self._one(draft.row, c.PARENT, draft.parent) if draft.parent else None
            if draft.parent and parent is None:
                return None
            agency = replace(agency, parent=parent)
        if draft.successors is not None:
            found = [self._one(draft.row, c.SUCCESSORS, name) for name in draft.successors]
            if None in found:
                return None
            agency = replace(agency, successors=tuple(code for code in found if code))
        return agency

    def _one(self, row: int, column: str, name: str) -> str | None:
        found = self._find(name)
        if len(found) == 1:
            return found[0].code
        heading = self._headings.get(column, "")
        if not found:
            says = say("No agency is known as “{name}”.", name=verbatim(name[:80]))
            todo = say("Please write the code or the full name, or add the agency to the file.")
        else:
            codes = ", ".join(f"{a.name} ({a.code})" for a in found[:6])
            says = say("“{name}” may mean several agencies: {candidates}.", name=verbatim(name[:80]), candidates=verbatim(codes))  # fmt: skip
            todo = say("Please write the code.")
        self._findings.bad(row, heading, says, todo)
        return None

    def _find(self, name: str) -> tuple[Agency, ...]:
        if name not in self._met:
            by_code = self._register.by_code.get(name.lower())
            self._met[name] = (by_code,) if by_code else find_agency(name, self._register).agencies
        return self._met[name]


def _without_circles(
    found: Sequence[tuple[Draft, Agency]], register: Register, findings: Findings
) -> list[tuple[Draft, Agency]]:
    """Without the rows of the file that stand in a circle of parents or of successors."""
    agencies = {a.code: a for a in register.agencies} | {a.code: a for _, a in found}
    above = {code: {a.parent} if a.parent else set() for code, a in agencies.items()}
    after = {code: set(a.successors) for code, a in agencies.items()}
    circles = _in_circles(above) | _in_circles(after)
    for draft, agency in found:
        if agency.code in circles:
            findings.bad(
                draft.row,
                "",
                say("{name} would stand above itself, or succeed itself.", name=verbatim(agency.name)),
                say("Please correct the agency above it, or its successors."),
            )
    return [(draft, agency) for draft, agency in found if agency.code not in circles]


def _in_circles(links: Mapping[str, set[str]]) -> set[str]:
    """Codes from which one comes back: what is left when ends are taken away, then beginnings."""
    left = {code: targets & links.keys() for code, targets in links.items()}
    for _ in range(2):
        while ends := [code for code, targets in left.items() if not targets & left.keys()]:
            for code in ends:
                del left[code]
        turned: dict[str, set[str]] = {code: set() for code in left}
        for code, targets in left.items():
            for to in targets & left.keys():
                turned[to].add(code)
        left = turned
    return set(left)
