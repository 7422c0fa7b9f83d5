"""Nothing is given up while nothing works; what alone fails is."""

from bot.patience import Patience


def test_a_world_that_fails_is_waited_for() -> None:
    patience = Patience()
    assert not any(patience.failed(key) for _ in range(50) for key in ("a", "b"))


def test_what_fails_between_successes_is_given_up_at_the_third_time() -> None:
    patience = Patience()
    given_up = []
    for n in range(3):
        given_up.append(patience.failed("a"))
        patience.succeeded(f"other {n}")
    assert given_up == [False, False, True]


def test_an_outage_counts_as_one_failure() -> None:
    patience = Patience()
    assert not any(patience.failed("a") for _ in range(20))
    patience.succeeded("b")
    assert not any(patience.failed("a") for _ in range(20))


def test_success_forgives() -> None:
    patience = Patience()
    for _ in range(10):
        assert not patience.failed("a")
        patience.succeeded("b")
        patience.succeeded("a")


def test_only_so_many_are_remembered() -> None:
    patience = Patience()
    for n in range(5000):
        patience.failed(str(n))
    assert len(patience._failures) == 1000
