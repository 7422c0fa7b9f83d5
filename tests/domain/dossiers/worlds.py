"""Provinces made up dossier by dossier: agencies of all sizes, whose rates differ, drift and scatter.

A day is a working day; a month has 21. Nothing here knows how the forecast reckons.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from domain.dossiers.forecast import Month, Running

DAYS = 21


@dataclass(frozen=True)
class Case:
    """An agency's past, its month so far, and what became of it."""

    past: tuple[Month, ...]
    running: Running
    resolved: int
    late: int


def _poisson(rng: random.Random, mean: float) -> int:
    if mean > 60:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, k, p = math.exp(-mean), 0, rng.random()
    while p > limit:
        k, p = k + 1, p * rng.random()
    return k


def province(
    seed: int, agencies: int, *, months: int = 12, drift: float = 0.2, scatter: float = 60.0
) -> list[Case]:
    """One held-back month for each agency, looked at from a random day of it."""
    rng = random.Random(seed)
    return [_agency(rng, months, drift, scatter) for _ in range(agencies)]


def _agency(rng: random.Random, months: int, drift: float, scatter: float) -> Case:
    size = math.exp(rng.gauss(3.6, 1.1))  # a month; half have less than 37
    level = rng.gauss(-3.0, 0.8)
    slowness = rng.uniform(4, 9)  # working days an overdue one stays open
    warm = 2  # months before those that are seen
    rates = []
    for _ in range(warm + months + 2):
        level += rng.gauss(0, drift)
        mean = 1 / (1 + math.exp(-level))
        rates.append(rng.betavariate(mean * scatter, (1 - mean) * scatter))
    dossiers = []
    for day in range(DAYS * (warm + months + 1)):
        for _ in range(_poisson(rng, size / DAYS)):
            term = rng.choice((3, 5, 10, 15))
            due = day + term
            if rng.random() < rates[min(due // DAYS, len(rates) - 1)]:
                dossiers.append((day, due, due + 1 + int(rng.expovariate(1 / slowness))))
            else:
                dossiers.append((day, due, day + rng.randint(term // 2, term)))
    return _look(dossiers, warm, months, rng.randint(0, 14))


def _look(dossiers: list[tuple[int, int, int]], warm: int, months: int, at: int) -> Case:
    """``at`` is the day of the month whose evening it is."""
    past = []
    for month in range(warm, warm + months):
        past.append(_month(dossiers, month))
    begin = DAYS * (warm + months)
    today, end = begin + at, begin + DAYS - 1
    closed = [d for d in dossiers if begin <= d[2] <= today]
    still = [d for d in dossiers if d[0] <= today < d[2]]
    due: dict[int, int] = {}
    for _, day, _ in still:
        if today <= day < end:  # late from the day after
            due[end - day] = due.get(end - day, 0) + 1
    running = Running(
        resolved=len(closed),
        late=sum(d[2] > d[1] for d in closed),
        overdue=sum(d[1] < today for d in still),
        open=len(still),
        days_left=end - today,
        due=due,
    )
    whole = _month(dossiers, warm + months)
    return Case(tuple(past), running, whole.resolved, whole.late)


def _month(dossiers: list[tuple[int, int, int]], month: int) -> Month:
    begin, end = DAYS * month, DAYS * (month + 1) - 1
    closed = [d for d in dossiers if begin <= d[2] <= end]
    overdue = sum(d[0] <= end and d[1] < end < d[2] for d in dossiers)
    return Month(len(closed), sum(d[2] > d[1] for d in closed), overdue)
