"""How many dossiers an agency will have late in a month, before the month is over.

Beta-binomial, shrunk twice: an agency with little behind it is taken to be as all are, and its month as its months
are, by as much as months and agencies have differed so far (empirical Bayes, by moments). Older months weigh less,
because offices change. To what is late already come, of the overdue ones, those that will be closed in the days left,
and of those falling due — known ones and ones that will come in — those that will not be ready in time but closed
before the month ends. What stays open is not counted in the rate, so it is not in the forecast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

from domain.dossiers.chances import Chances, add, arrivals, beta_binomial, interval, mix
from domain.dossiers.counting import TARGET
from domain.phrases import Phrase, say

#: how much a month still says a month later
_FADES = 0.85
_SHARE = 0.8
_SLICES = 7
#: how unlike each other months, and agencies, are taken to be at the least and at the most
_LEAST, _MOST = 0.002, 0.3
#: working days of hazard known beforehand: an overdue one is open ten more working days until we know better
_HAZARD, _DAYS_BEHIND = 0.1, 40.0
_CERTAINTY = 12.0  # of the share of overdue ones that will be closed; dossiers' worth


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an agency that is over: what was resolved in it, late of that, and left overdue at its end."""

    resolved: int
    late: int
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Running:
    """An agency's month so far.

    ``days_left`` are working days after today. ``due`` says how many open dossiers will be late for each number of
    those days that are then left to close them in; ``open`` are all open ones.
    """

    resolved: int
    late: int
    overdue: int
    open: int
    days_left: int
    due: Mapping[int, int] = field(default_factory=dict)

    @property
    def falling_due(self) -> int:
        """Open ones whose last day in time is still in this month."""
        return sum(self.due.values())


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected of a month.

    ``low``–``high`` late ones hold about 80 % of the chances, ``expected`` is their mean. ``may_still`` is how many
    more may be late before the month falls under the target, negative once it has; ``risk`` the chance (0–1) that
    it ends below. ``total`` is about how many will have been resolved.
    """

    running: Running
    low: int
    high: int
    expected: float
    total: int
    may_still: int
    risk: float


@dataclass(frozen=True, slots=True)
class Model:
    """What all agencies' past says: the mean rate, and how unlike months and agencies are (intra-class correlation)."""

    mean: float
    by_month: float
    by_agency: float
    hazard: float  # the chance a working day that an overdue one is closed


def learn(past: Mapping[str, Sequence[Month]], days_in_month: float = 21.0) -> Model:
    """The model of all agencies' months, each agency's the oldest first."""
    every = [(weight, month) for months in past.values() for weight, month in _weighted(months)]
    resolved = sum(w * m.resolved for w, m in every)
    mean = (sum(w * m.late for w, m in every) + 0.5) / (resolved + 10)
    # a flow of late ones out of a stock of overdue ones
    stock = sum(w * m.overdue for w, m in every) * days_in_month
    hazard = (sum(w * m.late for w, m in every) + _HAZARD * _DAYS_BEHIND) / (stock + _DAYS_BEHIND)
    return Model(mean, _by_month(past), _by_agency(past, mean), min(0.9, hazard))


def _weighted(months: Sequence[Month]) -> list[tuple[float, Month]]:
    return [(_FADES**age, month) for age, month in enumerate(reversed(months))]


def _by_month(past: Mapping[str, Sequence[Month]]) -> float:
    """How unlike one another an agency's months are: what they scatter more than chance alone makes them."""
    extra = pairs = 0.0
    for months in past.values():
        total = sum(m.resolved for m in months)
        rate = (sum(m.late for m in months) + 0.5) / (total + 10) if total else 0.0
        for month in months if len(months) > 1 and rate else ():
            n = month.resolved
            spare = 1 - n / total if total else 0.0  # the rate was fitted to this month too
            if spare <= 0:
                continue
            extra += (month.late - n * rate) ** 2 / spare - n * rate * (1 - rate)
            pairs += n * (n - 1) * rate * (1 - rate)
    return min(_MOST, max(_LEAST, extra / pairs)) if pairs else 0.05


def _by_agency(past: Mapping[str, Sequence[Month]], mean: float) -> float:
    extra = pairs = 0.0
    for months in past.values():
        n, late = sum(m.resolved for m in months), sum(m.late for m in months)
        # agencies with thousands would outvote all others
        scale = min(1.0, 200 / n) if n else 0.0
        extra += scale**2 * ((late - n * mean) ** 2 - n * mean * (1 - mean))
        pairs += scale**2 * n * (n - 1) * mean * (1 - mean)
    return min(_MOST, max(_LEAST, extra / pairs)) if pairs else 0.05


def foresee(model: Model, months: Sequence[Month], running: Running, target: float = TARGET) -> Forecast:
    """What is to be expected of one agency's month, from its own past (the oldest first) and what is open."""
    a, b = _late_chance(model, months, running)
    hazard = _hazard(model, months)
    more = add(_overdue(running, hazard), _due(model, months, running, a, b, hazard))
    chances = [0.0] * running.late + more
    low, high = interval(chances, _SHARE)
    totals = _totals(months, running)
    total = round(sum(totals) / len(totals))
    risk = sum(_over(chances, _allowed(max(n, running.resolved), target)) for n in totals) / len(totals)
    return Forecast(
        running,
        low,
        high,
        sum(k * p for k, p in enumerate(chances)),
        total,
        _allowed(total, target) - running.late,
        risk,
    )


def _allowed(total: int, target: float) -> int:
    """How many of so many may be late."""
    return floor(total * (100 - target) / 100 + 1e-9)


def _over(chances: Chances, allowed: int) -> float:
    return sum(chances[allowed + 1 :])


def _late_chance(model: Model, months: Sequence[Month], running: Running) -> tuple[float, float]:
    """The chance of being late this month, as Beta(a, b)."""
    prior = 1 / model.by_agency - 1
    a, b = model.mean * prior, (1 - model.mean) * prior
    for weight, month in _weighted(months):
        if month.resolved:
            worth = weight / (1 + (month.resolved - 1) * model.by_month)
            a, b = a + worth * month.late, b + worth * (month.resolved - month.late)
    mean = a / (a + b)
    # the agency's own mean is not known exactly, and its months differ from it
    spread = mean * (1 - mean) * (1 / (a + b + 1) + model.by_month)
    known = max(1.0, mean * (1 - mean) / spread - 1)
    return mean * known + running.late, (1 - mean) * known + running.resolved - running.late


def _hazard(model: Model, months: Sequence[Month]) -> float:
    late = sum(w * m.late for w, m in _weighted(months))
    stock = 21.0 * sum(w * m.overdue for w, m in _weighted(months))
    return min(0.9, (late + model.hazard * _DAYS_BEHIND) / (stock + _DAYS_BEHIND))


def _overdue(running: Running, hazard: float) -> Chances:
    """How many of those overdue now will be closed, late, in the days left."""
    closes = 1 - (1 - hazard) ** running.days_left
    if not running.overdue or closes <= 0:
        return [1.0]
    return beta_binomial(running.overdue, _CERTAINTY * closes, _CERTAINTY * (1 - closes) + 1e-6)


def _due(
    model: Model, months: Sequence[Month], running: Running, a: float, b: float, hazard: float
) -> Chances:
    """How many of those that fall due in the days left will be late and closed all the same this month."""
    to_come = max(0.0, _pace(months, running) * running.days_left - running.falling_due)
    days = [*running.due.items(), (running.days_left // 2, to_come)]
    weight = sum(number for _, number in days)
    if weight <= 0 or running.days_left <= 0:
        return [1.0]
    closed = sum(number * (1 - (1 - hazard) ** left) for left, number in days) / weight
    if closed < 1e-6:  # what is late on the last day is not closed in the month
        return [1.0]
    mean, known = a / (a + b) * closed, a + b
    thin = mean * (1 - mean) / (closed**2 * (a / known) * (b / known) / (known + 1) + 1e-12) - 1
    thin = max(0.5, thin)
    coming = arrivals(to_come, 0.05, _SLICES)
    parts = [
        (1 / _SLICES, beta_binomial(running.falling_due + n, mean * thin, (1 - mean) * thin)) for n in coming
    ]
    return mix(parts)


def _pace(months: Sequence[Month], running: Running) -> float:
    """Dossiers resolved a working day, from the past months; the open ones where there is no past."""
    weights = _weighted(months)
    total = sum(w for w, _ in weights)
    if not total:
        return running.open / 21
    return sum(w * m.resolved for w, m in weights) / total / 21


def _totals(months: Sequence[Month], running: Running) -> list[int]:
    """How many will have been resolved by the end, each of the numbers as likely as the others."""
    more = max(_pace(months, running) * running.days_left, float(running.falling_due))
    return [running.resolved + n for n in arrivals(more, 0.03, _SLICES)]


def words(forecast: Forecast, target: float = TARGET) -> Phrase:
    """It in one plain sentence."""
    now = forecast.running
    facts: dict[str, int | Phrase] = {"open": now.open, "due": now.falling_due, "overdue": now.overdue}
    about = {"low": forecast.low, "high": forecast.high, "risk": round(100 * forecast.risk)}
    goal = f"{target:g} %"
    if not (now.resolved or now.open or forecast.total):
        return say("Not arisen.")
    if forecast.may_still < 0:
        return say(
            "Already {late} late, more than {target} allows; open: {open}, falling due this month: {due}, "
            "overdue: {overdue}. Expected late for the month: {low} to {high} (8 chances in 10).",
            late=now.late,
            target=goal,
            **facts,
            **about,
        )
    return say(
        "At most {number} more may be late; open: {open}, falling due this month: {due}, overdue: {overdue}. "
        "Expected late for the month: {low} to {high} (8 chances in 10); chance of falling under {target}: {risk} %.",
        number=forecast.may_still,
        target=goal,
        **facts,
        **about,
    )
