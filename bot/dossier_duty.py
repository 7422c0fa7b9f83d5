"""Which dossiers a person answers for: those of their agencies, and of agencies theirs took over from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.agencies import Register


def codes_of(agencies: Iterable[str], register: Register, today: date) -> dict[str, tuple[str, ...]]:
    """For each agency the codes its dossiers may stand under today, its own first."""
    wanted = {code: [code] for code in agencies}
    for ended in register.agencies:
        if not ended.successors:
            continue
        for heir in register.heirs(ended.code, today):
            if heir in wanted and heir != ended.code:
                wanted[heir].append(ended.code)
    return {code: tuple(some) for code, some in wanted.items()}
