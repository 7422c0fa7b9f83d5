"""A notice's life: only legal moves, and nothing goes out that is unfinished or meant for nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.audience import Audience, Rule, RuleKind
from domain.errors import BadInput
from domain.notices import (
    LONGEST,
    MOVES,
    Notice,
    NoticeState,
    check_ready,
    edited,
    may_move,
    needs_second_person,
)

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SOME = Audience((Rule(RuleKind.AGENCY, "snv"),))
READY = Notice(1, 1, {"vi": "Họp lúc 14 giờ"}, SOME)


def test_from_every_state_there_is_an_end() -> None:
    for start in NoticeState:
        seen, waiting = set[NoticeState](), [start]
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += MOVES[state]
        assert seen & {NoticeState.SENT, NoticeState.CANCELLED, NoticeState.WITHDRAWN}


def test_a_sent_notice_is_not_sent_again() -> None:
    sent = replace(READY, state=NoticeState.SENT)
    assert not may_move(sent, NoticeState.SENDING)
    assert may_move(sent, NoticeState.WITHDRAWN)


@pytest.mark.parametrize(
    ("notice", "count"),
    [
        (replace(READY, versions={"vi": "  "}), 5),
        (READY, 0),
        (replace(READY, send_at=NOW), 5),
        (replace(READY, answer_by=NOW), 5),
        (replace(READY, send_at=NOW + timedelta(hours=2), answer_by=NOW + timedelta(hours=1)), 5),
    ],
)
def test_what_is_unfinished_does_not_go(notice: Notice, count: int) -> None:
    with pytest.raises(BadInput):
        check_ready(notice, count, None, NOW)


def test_what_goes_to_everybody_needs_its_number_typed() -> None:
    everybody = replace(READY, audience=Audience((Rule(RuleKind.ALL),)))
    for typed in (None, 4):
        with pytest.raises(BadInput) as caught:
            check_ready(everybody, 5, typed, NOW)
        assert caught.value.code == "type_the_count"
    check_ready(everybody, 5, 5, NOW)
    check_ready(READY, 5, None, NOW)


def test_only_a_draft_is_changed_and_within_bounds() -> None:
    assert edited(READY, urgent=True).urgent
    for notice, change in (
        (replace(READY, state=NoticeState.SENDING), {"urgent": True}),
        (READY, {"versions": {"vi": "x" * (LONGEST + 1)}}),
        (READY, {"options": ("Có", "Có")}),
    ):
        with pytest.raises(BadInput):
            edited(notice, **change)


def test_above_the_office_s_number_a_second_person_is_needed() -> None:
    assert needs_second_person(51, 50)
    assert not needs_second_person(50, 50)
    assert needs_second_person(1, 0)
