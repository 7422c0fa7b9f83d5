"""Distributions over small whole numbers, as lists of probabilities: entry k is the chance of k."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import exp, inf, lgamma, log, sqrt
from statistics import NormalDist

_TAIL = 1e-7
_MOST, _MANY = 5_000, 80

Chances = list[float]


def beta_binomial(n: int, a: float, b: float) -> Chances:
    """How many of ``n`` when each has the same unknown chance, which is Beta(a, b)."""
    n = min(n, _MOST)
    constant = lgamma(n + 1) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(n + a + b)
    found: Chances = []
    left = 1.0
    for k in range(n + 1):
        p = exp(constant - lgamma(k + 1) - lgamma(n - k + 1) + lgamma(k + a) + lgamma(n - k + b))
        found.append(p)
        left -= p
        if left < _TAIL and k > n * a / (a + b):
            break
    return _whole(found)


def negative_binomial(mean: float, extra: float) -> Chances:
    """Arrivals of this mean and a variance of mean + ``extra`` · mean²; Poisson where ``extra`` is 0."""
    if mean <= 0:
        return [1.0]
    found: Chances = []
    left, size = 1.0, 1 / extra if extra > 1e-6 else inf
    for k in range(_MOST):
        if size == inf:
            p = exp(k * log(mean) - mean - lgamma(k + 1))
        else:
            p = exp(
                lgamma(k + size) - lgamma(size) - lgamma(k + 1)
                + size * log(size / (size + mean)) + k * log(mean / (size + mean))
            )  # fmt: skip
        found.append(p)
        left -= p
        if left < _TAIL and k > mean:
            break
    return _whole(found)


def arrivals(mean: float, extra: float, number: int) -> list[int]:
    """:func:`quantiles` of :func:`negative_binomial`; many arrivals are as good as normally distributed."""
    if mean <= _MANY:
        return quantiles(negative_binomial(mean, extra), number)
    normal = NormalDist(mean, sqrt(mean + extra * mean * mean))
    return [max(0, round(normal.inv_cdf((slice_ + 0.5) / number))) for slice_ in range(number)]


def add(one: Sequence[float], other: Sequence[float]) -> Chances:
    """The sum of two that do not know of each other."""
    found = [0.0] * (len(one) + len(other) - 1)
    for i, p in enumerate(one):
        if p > 1e-12:
            for k, q in enumerate(other, start=i):
                found[k] += p * q
    return found


def mix(parts: Sequence[tuple[float, Sequence[float]]]) -> Chances:
    """One of several, each with its weight; the weights add up to one."""
    found = [0.0] * max(len(chances) for _, chances in parts)
    for weight, chances in parts:
        for k, p in enumerate(chances):
            found[k] += weight * p
    return found


def _whole(chances: Chances) -> Chances:
    """So that they add up to one after the tail is cut."""
    total = sum(chances)
    return [p / total for p in chances]


def quantiles(chances: Sequence[float], number: int) -> list[int]:
    """Values in the middle of ``number`` equal slices: a coarse picture with the same weight for each."""
    sums = list(accumulate(chances))
    found, k = [], 0
    for slice_ in range(number):
        aim = (slice_ + 0.5) / number
        while k < len(sums) - 1 and sums[k] < aim:
            k += 1
        found.append(k)
    return found


def interval(chances: Sequence[float], share: float) -> tuple[int, int]:
    """The shortest run of values that holds as near to ``share`` of the chances as whole numbers allow.

    A run that holds at least as much can hold far more where a value alone is likely; so of the shortest such run
    and the one a value shorter, that which is nearer to ``share`` is taken.
    """
    low, high = _shortest(chances, share)
    if high > low:
        left, right = sum(chances[low + 1 : high + 1]), sum(chances[low:high])
        shorter = (low + 1, high) if left > right else (low, high - 1)
        held = sum(chances[low : high + 1])
        if share - max(left, right) < held - share:
            return shorter
    return low, high


def _shortest(chances: Sequence[float], share: float) -> tuple[int, int]:
    sums = [0.0, *accumulate(chances)]
    best, width = (0, len(chances) - 1), len(chances)
    high, held = 0, 0.0
    for low in range(len(chances)):
        while high < len(chances) and sums[high] - sums[low] < share:
            high += 1
        if sums[high] - sums[low] < share:
            break
        mass = sums[high] - sums[low]
        if high - low < width or (high - low == width and mass > held):
            best, width, held = (low, high - 1), high - low, mass
    return best
