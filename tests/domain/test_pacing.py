"""Pacing from answers: no window of a second at the messenger's door ever holds more than the rate."""

import heapq
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pacing import Pacer


def run(pacer: Pacer, chats: list[str], delays: list[float]) -> list[tuple[float, float, str]]:
    """(start, answer, chat) of every send, in simulated time; the next chat that may start goes first."""
    now, waiting, flying, done = 0.0, list(enumerate(chats)), [], []
    while waiting or flying:
        ready = [(at, n, chat) for n, chat in waiting if (at := pacer.ready_at(chat, now)) is not None]
        at, n, chat = min(ready, default=(float("inf"), 0, ""))
        if flying and flying[0][0] <= at:
            now, start, chat = heapq.heappop(flying)
            pacer.answered(chat, now)
            done.append((start, now, chat))
            continue
        now = max(now, at)
        pacer.started(now)
        waiting.remove((n, chat))
        heapq.heappush(flying, (now + delays[n % len(delays)], now, chat))
    return sorted(done)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.integers(1, 5),
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40),
    st.lists(st.floats(0.01, 2.0), min_size=1, max_size=7),
)
def test_no_second_holds_more_than_the_rate(rate: int, chats: list[str], delays: list[float]) -> None:
    sends = run(Pacer(rate=rate, chat_gap=1.0), chats, delays)
    assert len(sends) == len(chats)
    answers = sorted(answer for _, answer, _ in sends)
    for k, (start, _, _) in enumerate(sends):
        if k >= rate:
            assert sum(answer <= start - 1.0 + 1e-9 for answer in answers) >= k - rate + 1
    for chat in set(chats):
        own = [(start, answer) for start, answer, c in sends if c == chat]
        assert all(later[0] >= earlier[0] for earlier, later in pairwise(own))


def test_a_full_window_is_reached_when_nothing_is_slow() -> None:
    sends = run(Pacer(rate=30), [str(n) for n in range(300)], [0.06])
    assert sends[-1][1] <= 300 / 30 * 1.06 + 0.01


def test_a_bot_that_was_asked_to_wait_waits() -> None:
    pacer = Pacer(rate=30)
    pacer.hold(7.5)
    assert pacer.ready_at("a", 1.0) == 7.5


def test_a_group_takes_twenty_a_minute() -> None:
    pacer = Pacer(group_per_minute=20)
    for n in range(20):
        pacer.started(float(n))
        pacer.answered("-1", float(n), group=True)
    assert pacer.ready_at("-1", 20.0, group=True) == 60.0
    assert pacer.ready_at("5", 20.0) == 20.0


def test_a_broadcast_gives_its_budget_back_in_small_pieces() -> None:
    """Whoever is urgent waits for one piece of the second, not for the whole of it."""
    pacer = Pacer(rate=30)
    now, starts = 0.0, []
    for n in range(90):
        at = pacer.ready_at(str(n), now)
        assert at is not None
        now = at
        pacer.started(now)
        starts.append(now)
        pacer.answered(str(n), now)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) >= 0.8 / 30 - 1e-9
    assert max(gaps) <= 0.25
    urgent = pacer.ready_at("urgent", now, urgent=True)
    assert urgent is not None
    assert urgent - now <= 0.25


def test_a_full_group_is_named_as_one_not_to_claim_for() -> None:
    pacer = Pacer(rate=30, chat_gap=1.0, group_per_minute=2)
    for n in range(2):
        pacer.started(float(n))
        pacer.answered("-1", float(n), group=True)
    assert pacer.cooling(1.5, 0.4) == ["-1"]
    assert pacer.cooling(30.0, 0.4) == ["-1"]
    assert pacer.cooling(61.5, 0.4) == []
