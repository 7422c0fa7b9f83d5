"""The forecast keeps its word: of a thousand agency-months its 80 % intervals hold about eight in ten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dossiers.chances import add, arrivals, beta_binomial, interval, mix, negative_binomial, quantiles
from domain.dossiers.forecast import Forecast, Month, Running, foresee, learn, words
from locales.speech import speech_for
from tests.domain.dossiers.worlds import Case, province

WORLDS = [(11, 0.2, 60.0), (12, 0.4, 30.0), (13, 0.05, 400.0)]


@lru_cache
def foreseen(seed: int, drift: float, scatter: float) -> list[tuple[Case, Forecast]]:
    cases = province(seed, 1000, drift=drift, scatter=scatter)
    model = learn({str(n): case.past for n, case in enumerate(cases)})
    return [(case, foresee(model, case.past, case.running)) for case in cases]


def held(found: Sequence[tuple[Case, Forecast]]) -> float:
    return sum(f.low <= case.late <= f.high for case, f in found) / len(found)


@pytest.mark.parametrize("world", WORLDS)
def test_eight_in_ten_months_end_within_the_interval(world: tuple[int, float, float]) -> None:
    """Drift and scatter of the rates range from almost none to more than is known of any province."""
    found = foreseen(*world)
    large = [(case, f) for case, f in found if case.resolved >= 50]
    assert len(found) == 1000
    assert len(large) > 300
    assert held(found) >= 0.78
    assert held(large) <= 0.88
    assert held(large) >= 0.75


@pytest.mark.parametrize("world", WORLDS)
def test_the_chance_of_falling_under_the_target_is_what_happens_as_often(
    world: tuple[int, float, float],
) -> None:
    risks = [(f.risk, case.late * 20 > case.resolved) for case, f in foreseen(*world) if case.resolved]
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.01)):
        among = [(risk, fell) for risk, fell in risks if low <= risk < high]
        said, came = (sum(pair[i] for pair in among) / len(among) for i in (0, 1))
        assert abs(said - came) < 0.15, (low, high, said, came, len(among))
    always = sum(fell for _, fell in risks) / len(risks)
    brier = sum((risk - fell) ** 2 for risk, fell in risks) / len(risks)
    assert brier < always * (1 - always) / 2  # half the error of who says the same of every agency


def test_what_is_certain_is_said_as_certain() -> None:
    model = learn({"a": [Month(100, 4, 2)] * 12})
    over = foresee(model, [Month(100, 4, 2)] * 12, Running(100, 9, 0, 0, 0))
    assert (over.low, over.high, over.risk, over.total, over.may_still) == (9, 9, 1.0, 100, -4)
    kept = foresee(model, [Month(100, 4, 2)] * 12, Running(100, 5, 0, 0, 0))
    assert (kept.low, kept.high, kept.risk, kept.may_still) == (5, 5, 0.0, 0)
    nothing = foresee(learn({}), [], Running(0, 0, 0, 0, 21))
    assert (nothing.high, nothing.total) == (0, 0)


def test_more_overdue_and_more_falling_due_are_more_risk() -> None:
    past = [Month(60, 2, 1)] * 12
    model = learn({"a": past, "b": [Month(30, 3, 2)] * 12})
    quiet = foresee(model, past, Running(30, 1, 0, 20, 10, {5: 5}))
    overdue = foresee(model, past, Running(30, 1, 6, 26, 10, {5: 5}))
    busy = foresee(model, past, Running(30, 1, 0, 100, 10, {5: 80}))
    assert quiet.risk < overdue.risk
    assert quiet.expected < busy.expected
    assert quiet.expected < overdue.expected


def test_an_agency_with_little_behind_it_is_taken_to_be_as_all_are() -> None:
    past = {str(n): [Month(50, n, n // 3)] * 12 for n in range(10)}
    model = learn(past | {"new": [Month(2, 0, 0)]})
    new = foresee(model, [Month(2, 0, 0)], Running(0, 0, 0, 40, 15, {10: 40}))
    old = foresee(model, [Month(50, 0, 0)] * 12, Running(0, 0, 0, 40, 15, {10: 40}))
    assert new.expected > 2 * old.expected
    assert new.total >= 40  # what is open says more than two dossiers of the past


_NUMBERS = st.integers(0, 400)


@given(
    st.lists(st.builds(Month, _NUMBERS, st.just(0) | st.integers(0, 3), st.integers(0, 50)), max_size=13),
    st.data(),
)
def test_whatever_a_month_holds_something_can_be_said_of_it(past: list[Month], data: st.DataObject) -> None:
    past = [Month(max(m.resolved, m.late), m.late, m.overdue) for m in past]
    late, more, overdue = (data.draw(st.integers(0, 30)) for _ in range(3))
    left = data.draw(st.integers(0, 23))
    due = data.draw(st.dictionaries(st.integers(0, left), st.integers(1, 60)))
    running = Running(late + more, late, overdue, overdue + sum(due.values()), left, due)
    found = foresee(learn({"a": past}), past, running)
    assert late <= found.low <= found.high
    assert found.low - 1 <= found.expected <= found.high + 5
    assert 0 <= found.risk <= 1 + 1e-9
    assert found.total >= running.resolved


def test_it_is_said_in_one_plain_sentence() -> None:
    forecast = Forecast(Running(40, 1, 2, 60, 8, {3: 7}), 2, 5, 3.2, 90, 3, 0.18)
    speech = speech_for("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
    assert speech.text(words(forecast)) == (
        "Còn được trễ tối đa 3 hồ sơ; đang mở 60, 7 sắp đến hạn trong tháng, 2 đã quá hạn. "
        "Dự báo cả tháng trễ từ 2 đến 5 hồ sơ (8 phần 10); khả năng xuống dưới 95 %: 18 %."
    )


# --- the arithmetic of chances


@given(st.integers(0, 300), st.floats(0.05, 50), st.floats(0.05, 50))
def test_a_beta_binomial_is_whole_and_has_its_mean(n: int, a: float, b: float) -> None:
    chances = beta_binomial(n, a, b)
    assert sum(chances) == pytest.approx(1)
    assert sum(k * p for k, p in enumerate(chances)) == pytest.approx(n * a / (a + b), rel=1e-3, abs=1e-3)


@given(st.floats(0.01, 300), st.floats(0, 0.5))
def test_arrivals_have_their_mean_and_quantiles_show_them(mean: float, extra: float) -> None:
    chances = negative_binomial(mean, extra)
    assert sum(k * p for k, p in enumerate(chances)) == pytest.approx(mean, rel=1e-2)
    found = quantiles(chances, 9)
    assert found == sorted(found)
    if extra < 0.06:  # as unlike as months are taken to be
        near = arrivals(mean, extra, 9)
        assert max(abs(a - b) for a, b in zip(found, near, strict=True)) <= 2 + 0.04 * mean
    assert abs(sum(found) / 9 - mean) < 1 + mean / 4


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=12),
    st.lists(st.floats(0.01, 1), min_size=1, max_size=12),
)
def test_sums_and_intervals(one: list[float], other: list[float]) -> None:
    one, other = ([p / sum(x) for p in x] for x in (one, other))
    total = add(one, other)
    mean = [sum(k * p for k, p in enumerate(x)) for x in (one, other, total)]
    assert mean[2] == pytest.approx(mean[0] + mean[1])
    assert sum(mix([(0.5, one), (0.5, other)])) == pytest.approx(1)
    low, high = interval(total, 0.8)
    mass = sum(total[low : high + 1])
    assert 0 <= low <= high < len(total)
    assert mass >= 0.8 - max(total)
