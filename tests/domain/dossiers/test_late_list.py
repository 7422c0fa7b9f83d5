"""The list of late dossiers: legal moves, objections, sums, and no small agency ranked against a large one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dossiers.counting import Tally
from domain.dossiers.late_list import (
    MOVES,
    Doubt,
    LateList,
    LateRow,
    ListState,
    PublicLine,
    bands,
    contest,
    decide,
    has_lapsed,
    public_lines,
    require_move,
)
from domain.errors import BadInput

FIRST = date(2024, 7, 1)
UNTIL = date(2024, 7, 3)


def drafted(late: int = 3, overdue: int = 2) -> LateList:
    tally = Tally(received=60, early=20, on_time=30, late=late, within=5, overdue=overdue)
    rows = [LateRow(f"c{n}", "stc", UNTIL, date(2024, 6, 20), id=n + 1) for n in range(late)]
    rows += [LateRow(f"o{n}", "stc", UNTIL, None, id=late + n + 1) for n in range(overdue)]
    return LateList(1, 202406, 1, ListState.CONTEST, FIRST, UNTIL, FIRST, {"stc": tally}, tuple(rows))


STEP = st.one_of(
    st.tuples(st.just("contest"), st.integers(1, 5), st.sampled_from(["", "  ", "đã trả ngày 20/6"])),
    st.tuples(st.just("decide"), st.integers(1, 5), st.booleans()),
    st.tuples(st.just("move"), st.sampled_from(list(ListState)), st.none()),
    st.tuples(st.just("day"), st.integers(1, 3), st.none()),
)


@given(st.lists(STEP, max_size=25))
def test_whatever_is_tried_in_whatever_order(steps: list[tuple[str, object, object]]) -> None:
    lately, today = drafted(), FIRST
    for what, one, two in steps:
        before = lately
        try:
            if what == "contest":
                row = contest(lately, int(str(one)), 7, str(two), today)
            elif what == "decide":
                row = decide(lately, int(str(one)), accepted=bool(two))
            elif what == "move":
                to = ListState(str(one))
                require_move(lately, to)
                assert to in MOVES[lately.state]
                lately = replace(lately, state=to)
                continue
            else:
                today += timedelta(days=int(str(one)))
                continue
        except BadInput:
            assert lately == before
            continue
        assert lately.state in (ListState.CONTEST, ListState.WAITING)  # what is out is never changed
        if row.doubt is Doubt.CONTESTED:
            assert today <= UNTIL
            assert row.reason.strip()
        lately = replace(lately, rows=tuple(row if r.id == row.id else r for r in lately.rows))
    counted, lines = drafted().tallies["stc"], public_lines(lately)
    accepted = sum(r.doubt is Doubt.ACCEPTED for r in lately.rows)
    left = sum(line.tally.late + line.tally.overdue for line in lines)
    assert left == counted.late + counted.overdue - accepted == 5 - accepted
    for line in lines:
        assert line.tally.resolved == counted.resolved
        assert line.tally.open == counted.open
        assert line.contested == len(lately.contested)
    assert has_lapsed(lately, today) == (lately.state is ListState.CONTEST and today > UNTIL)


def test_an_agency_whose_objections_were_all_accepted_is_not_named() -> None:
    lately = drafted(late=1, overdue=1)
    rows = tuple(replace(row, doubt=Doubt.ACCEPTED) for row in lately.rows)
    assert public_lines(replace(lately, rows=rows)) == ()


def test_objecting_needs_time_and_words() -> None:
    lately = drafted()
    assert contest(lately, 1, 7, "  đã trả\n ngày 20/6 ", UNTIL).reason == "đã trả ngày 20/6"
    for day, words in ((UNTIL + timedelta(days=1), "x"), (UNTIL, " ")):
        with pytest.raises(BadInput):
            contest(lately, 1, 7, words, day)
    with pytest.raises(LookupError):
        contest(lately, 99, 7, "x", FIRST)


def test_small_ones_are_not_ranked_against_large_ones() -> None:
    def line(agency: str, resolved: int, late: int) -> PublicLine:
        return PublicLine(agency, Tally(received=resolved, on_time=resolved - late, late=late))

    found = bands(
        [
            line("tiny", 2, 2),
            line("also", 19, 1),
            line("big", 5000, 40),
            line("mid", 100, 9),
            line("low", 99, 50),
            line("mud", 999, 900),
        ]
    )
    assert [(b.least, b.most, [x.agency for x in b.lines]) for b in found] == [
        (1000, None, ["big"]),
        (100, 999, ["mud", "mid"]),
        (20, 99, ["low"]),
        (0, 19, ["tiny", "also"]),  # as they stand, no rank
    ]
    assert [b.ranked for b in found] == [True, True, True, False]
