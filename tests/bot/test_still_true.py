"""What is no longer true is not said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.still_true import asked_of, assignments_of, freshen
from domain.assignments import Assignment, State
from domain.bundling import HINT
from domain.messages import Look, Message, text
from domain.phrases import say
from tests.domain.reminders.pictures import at
from tests.domain.test_bundling import items, line, made, told


def open_one(n: int, **what: object) -> Assignment:
    return replace(Assignment(n, 1, "snv", State.NOT_STARTED, at(date(2026, 1, 5))), **what)  # type: ignore[arg-type]


def known(*closed: int, of: range = range(1, 41)) -> dict[int, Assignment]:
    return {n: open_one(n, state=State.DONE) if n in closed else open_one(n) for n in of}


def test_nothing_changes_while_everything_is_true() -> None:
    message = made(line(1), line(2), told(3)).message
    assert freshen(message, known()) is message
    assert assignments_of(message) == {1, 2}
    assert asked_of(message) == (1, 2)


def test_closed_work_leaves_and_the_rest_is_numbered_anew() -> None:
    fresh = freshen(made(line(1), line(2), line(3)).message, known(2))
    assert fresh is not None
    assert items(fresh) == [(1, "assignment:1@1"), (2, "assignment:3@1")]
    assert fresh.numbered == asked_of(fresh) == (1, 3)
    assert [(c.args["assignment"], c.label.args["n"]) for c in fresh.choices] == [(1, 1), (3, 2)]


def test_the_last_one_left_gets_its_own_answers_and_no_number() -> None:
    fresh = freshen(made(line(1), line(2)).message, known(1))
    assert fresh is not None
    assert items(fresh) == [(None, "assignment:2@1")]
    assert (fresh.numbered, fresh.assignment) == ((), 2)
    assert fresh.choices[0].act == "progress.done"
    assert fresh.choices == made(line(2)).message.choices
    assert HINT not in [b.phrase for b in fresh.blocks]


def test_a_moved_deadline_and_a_lost_assignment_are_stale() -> None:
    message = made(line(1)).message
    assert freshen(message, {1: open_one(1, deadline_version=2)}) is None
    assert freshen(message, {}) is None
    assert freshen(message, known()) is message


def test_a_plan_without_lines_loses_its_heading_and_the_day_keeps_its_own() -> None:
    whole = made(line(1, plan=1), line(2, plan=2), told(3, plan=2)).message
    fresh = freshen(whole, known(1, 2))
    assert fresh is not None
    looks = [b.look for b in fresh.blocks]
    assert looks[:3] == [Look.HEADING, Look.HEADING, Look.ITEM]
    assert looks.count(Look.HEADING) == 2
    assert asked_of(fresh) == ()
    assert [c.act for c in fresh.choices] == ["nudge"]
    prompt = freshen(made(line(1, plan=1, urgency=0), line(2, plan=2), digest=False).message, known(1))
    assert prompt is not None
    assert [b.look for b in prompt.blocks[:2]] == [Look.HEADING, Look.ITEM]


def test_a_message_about_no_work_stays() -> None:
    message = text(say("Received"))
    assert freshen(message, {}) is message


@pytest.mark.parametrize("message", [made(told(1)).message, made(told(1, "head", assignment=1)).message])
def test_heads_and_monitors_owe_no_answer(message: Message) -> None:
    assert asked_of(message) == ()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.sets(st.integers(1, 15), min_size=1), st.sets(st.integers(1, 15)), st.integers(0, 3))
def test_what_is_left_is_consistent(asked: set[int], closed: set[int], monitored: int) -> None:
    lines = [line(n, plan=n % 2 + 1) for n in asked] + [told(20 + n) for n in range(monitored)]
    message = made(*lines).message
    fresh = freshen(message, known(*closed))
    if fresh is None:
        assert not (assignments_of(message) - closed)
        return
    assert assignments_of(fresh) == assignments_of(message) - closed
    assert set(asked_of(fresh)) == assignments_of(fresh)
    numbers = [n for n, _ in items(fresh) if n]
    assert numbers == list(range(1, len(fresh.numbered) + 1))
    assert freshen(fresh, known(*closed)) is fresh
    shown = {c.args["assignment"] for c in fresh.choices if "assignment" in c.args}
    assert shown <= assignments_of(fresh)
