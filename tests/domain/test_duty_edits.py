"""Duties of the prose, corrected: what a person writes is read again, and doubts follow from the words."""

from __future__ import annotations

import pytest

from domain.corrections import NEW_DUTY, Act, Edit, doubt_key, duty_key
from domain.duty_edits import FIELDS, duty_texts, reread_duty
from domain.plan_edits import Edited, apply_edits
from domain.plans import DutyDraft
from domain.timeframes import TimeFrameKind
from tests.domain.test_plan_edits import READING, read

REPORT = next(i for i, d in enumerate(read().duties) if d.where == "closing paragraph")


def edited(*edits: Edit) -> Edited:
    return apply_edits(read(), edits, READING)


def changed(index: int, **texts: str) -> DutyDraft:
    return edited(Edit(1, Act.SET, duty_key(index), texts)).draft.duties[index]


@pytest.mark.parametrize("index", range(len(read().duties)))
def test_the_same_words_again_say_the_same(index: int) -> None:
    duty = read().duties[index]
    again = reread_duty(duty, duty_texts(duty), READING)
    assert (again.frame, again.what, again.who) == (duty.frame, duty.what, duty.who)
    assert again.agencies == duty.agencies


def test_whom_it_binds_follows_from_the_words() -> None:
    duty = changed(REPORT, who="Sở Tài chính; Sở Tư pháp")
    assert duty.agencies == ("stc", "stp")
    assert duty.frame == read().duties[REPORT].frame, "what was not changed stays"


def test_a_day_becomes_a_rhythm_and_a_rhythm_a_day() -> None:
    monthly = changed(REPORT, timeframe="Trước ngày 20 hằng tháng").frame
    assert (monthly.kind, monthly.recurs, monthly.recurs_on) == (TimeFrameKind.RECURRING, "monthly", ("20",))
    dated = changed(REPORT, timeframe="Chậm nhất ngày 15/7/2024").frame
    assert (str(dated.due_on), dated.strict) == ("2024-07-15", False)
    assert changed(REPORT, timeframe="").frame.kind is TimeFrameKind.UNSPECIFIED
    steady = changed(REPORT, timeframe="", what="Thường xuyên báo cáo kết quả").frame
    assert steady.kind is TimeFrameKind.CONTINUOUS


def test_what_cannot_be_read_is_doubted_until_somebody_looked() -> None:
    worse = Edit(1, Act.SET, duty_key(REPORT), {"who": "Sở Không Có", "timeframe": "Càng sớm càng tốt"})
    doubts = edited(worse).draft.duties[REPORT].doubts
    assert {(d.field, d.code) for d in doubts} == {("agency", "unknown_agency"), ("timeframe", "unread")}
    looked = Edit(2, Act.SETTLE, duty_key(REPORT), {"doubts": [doubt_key(d) for d in doubts]})
    assert edited(worse, looked).draft.duties[REPORT].doubts == ()
    meant = Edit(3, Act.MEANT, duty_key(REPORT), {"name": "Sở Không Có", "agency": "stc"})
    assert edited(worse, meant).draft.duties[REPORT].agencies == ("stc",)


def test_duties_are_taken_out_and_added_and_tasks_stay() -> None:
    words = {"who": "Sở Nội vụ", "what": "Báo cáo UBND tỉnh", "timeframe": "Hằng quý"}
    found = edited(Edit(1, Act.DROP, duty_key(0)), Edit(2, Act.ADD, NEW_DUTY, words))
    assert found.draft.duties[:-1] == read().duties[1:]
    added = found.duties[-1]
    assert (added.key, added.duty.agencies, added.duty.frame.recurs) == ("b2", ("snv",), "quarterly")
    assert added.changed == set(FIELDS)
    assert found.draft.tasks == read().tasks
    assert edited(Edit(1, Act.JOIN, duty_key(1))).idle == {1}, "a duty is joined to none"
