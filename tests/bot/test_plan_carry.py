"""A plan that comes again, and one that another document amends: nothing written by hand is lost."""

from __future__ import annotations

import pytest

from bot.plan_correct import correct, in_hand, take_back, take_up
from bot.plan_reading import Corrections
from bot.plan_standing import Reach, standing
from bot.planning import confirm_draft, import_draft
from domain.corrections import NEW_DUTY, Act, row_mark
from domain.errors import Refusal
from domain.plans import Plan, Task, TaskDraft
from storage.unit_of_work import Database, UnitOfWork
from tests.bot.test_planning import DEMO, LATER, NOW, OFFICE, add_agencies, confirm, shares
from tests.bot.test_planning_amend import demo


@pytest.fixture
def office(database: Database) -> Database:
    add_agencies(database)
    return database


def bring(uow: UnitOfWork, text: str, name: str = "plan.txt") -> int:
    return import_draft(uow, OFFICE, text.encode(), name, by=None, now=LATER).draft_id


def change(uow: UnitOfWork, draft: int, number: str, **values: str) -> None:
    row = next(r for r in in_hand(uow, OFFICE, draft).edited.rows if r.task.number == number)
    correct(uow, OFFICE, draft, Act.SET, row.key, values, mark=row_mark(row.task), by=None, now=NOW)


def task(uow: UnitOfWork, number: str) -> Task:
    (found,) = [t for t in uow.plans.tasks() if t.number == number and not t.withdrawn]
    return found


def test_corrections_outlive_a_new_copy_of_the_plan(office: Database) -> None:
    with office.begin() as uow:
        first = bring(uow, DEMO)
        change(uow, first, "1.a", product="Báo cáo tháng")
        change(uow, first, "5.c", timeframe="Trước ngày 15/10/2024")
        confirm_draft(uow, OFFICE, first, by=None, now=NOW)
    with office.begin() as uow:
        again = import_draft(uow, OFFICE, (DEMO + "\n\n").encode(), "plan.txt", by=None, now=LATER)
        assert again.differences == (), "what was corrected by hand is no difference"
        work = in_hand(uow, OFFICE, again.draft_id)
        assert [e.undone for e in work.edits] == [False, False]
        confirm_draft(uow, OFFICE, again.draft_id, by=None, now=LATER)
        assert task(uow, "1.a").product == "Báo cáo tháng"
        assert str(task(uow, "5.c").frame.due_on) == "2024-10-15"


def test_where_the_document_itself_changed_a_person_decides(office: Database) -> None:
    with office.begin() as uow:
        first = bring(uow, DEMO)
        change(uow, first, "5.c", timeframe="Trước ngày 15/10/2024")
        newer = bring(uow, DEMO.replace("|\nHoàn thành trong năm 2024\n", "|\nTrước ngày 20/9/2024\n"))
        work = in_hand(uow, OFFICE, newer)
        (edit,) = work.edits
        assert edit.undone
        row = next(r for r in work.edited.rows if r.task.number == "5.c")
        assert row.task.frame.text == "Trước ngày 20/9/2024", "the new words are not overwritten unseen"
        work = take_up(uow, OFFICE, newer, edit.id, by=None, now=LATER)
        row = next(r for r in work.edited.rows if r.task.number == "5.c")
        assert row.task.frame.text == "Trước ngày 15/10/2024"


def test_a_row_that_was_added_comes_along_and_what_was_done_to_it(office: Database) -> None:
    with office.begin() as uow:
        first = bring(uow, DEMO)
        given = {"title": "Nhiệm vụ bị bỏ sót khi đọc văn bản", "leads": "Sở Nội vụ", "number": "1.z"}
        work = correct(uow, OFFICE, first, Act.ADD, "r0", given, mark="", by=None, now=NOW)
        assert [r.key for r in work.edited.rows[:3]] == ["r0", f"a{work.edits[-1].id}", "r1"]
        change(uow, first, "1.z", timeframe="Quý IV/2024")
        again = bring(uow, DEMO + "\n\n")
        added = next(t for t in in_hand(uow, OFFICE, again).draft.tasks if t.number == "1.z")
        assert added.lead_agencies == ("snv",)
        assert str(added.frame.due_on) == "2024-12-31"


def test_a_row_is_only_changed_as_it_was_seen_and_undone_once(office: Database) -> None:
    with office.begin() as uow:
        draft = bring(uow, DEMO)
        before = in_hand(uow, OFFICE, draft).draft
        with pytest.raises(Refusal, match="Somebody else"):
            correct(uow, OFFICE, draft, Act.SET, "r0", {"title": "Khác"}, mark="0", by=None, now=NOW)
        change(uow, draft, "1.a", title="Một tên khác hẳn")
        (edit,) = in_hand(uow, OFFICE, draft).edits
        assert edit.before["title"] == before.tasks[0].title
        work = take_back(uow, OFFICE, draft, edit.id, by=None, now=NOW)
        assert work.draft == before
        with pytest.raises(Refusal):
            take_back(uow, OFFICE, draft, edit.id, by=None, now=NOW)


def test_duties_are_corrected_kept_and_confirmed_as_they_are_then(office: Database) -> None:
    with office.begin() as uow:
        first = bring(uow, DEMO)
        found = in_hand(uow, OFFICE, first).edited.duties
        report = next(d for d in found if d.duty.where == "closing paragraph")
        given = {"timeframe": "Trước ngày 15/7/2024", "who": "Sở Tài chính"}
        mark = row_mark(report.duty)
        correct(uow, OFFICE, first, Act.SET, report.key, given, mark=mark, by=None, now=NOW)
        with pytest.raises(Refusal, match="Somebody else"):
            correct(uow, OFFICE, first, Act.DROP, report.key, {}, mark=mark, by=None, now=NOW)
        gone = found[0]
        mark = row_mark(gone.duty)
        correct(uow, OFFICE, first, Act.DROP, gone.key, {}, mark=mark, by=None, now=NOW)
        words = {"who": "Sở Nội vụ", "what": "Công bố kết quả chấm điểm", "timeframe": "Hằng quý"}
        correct(uow, OFFICE, first, Act.ADD, NEW_DUTY, words, mark="", by=None, now=NOW)
    with office.begin() as uow:
        again = bring(uow, DEMO + "\n\n")
        work = in_hand(uow, OFFICE, again)
        assert [e.undone for e in work.edits] == [False, False, False]
        work = take_back(uow, OFFICE, again, work.edits[1].id, by=None, now=LATER)
        assert work.draft.duties[0] == gone.duty
        confirm_draft(uow, OFFICE, again, by=None, now=LATER)
        duties = {t.title: t for t in uow.plans.tasks() if t.is_duty}
        moved = duties[report.duty.what]
        assert (str(moved.frame.due_on), moved.leads) == ("2024-07-15", ("stc",))
        assert duties["Công bố kết quả chấm điểm"].frame.recurs == "quarterly"


def demo_task(number: str) -> TaskDraft:
    return next(t for t in demo().tasks if t.number == number)


AMENDING = """ỦY BAN NHÂN DÂN
TỈNH KON TUM

Số: 3100/KH-UBND
Kon Tum, ngày 15 tháng 8 năm 2024

KẾ HOẠCH
Sửa đổi, bổ sung Kế hoạch số 2164/KH-UBND ngày 20 tháng 6 năm 2024

| TT | Nội dung công việc | Cơ quan chủ trì | Thời gian thực hiện |
| --- | --- | --- | --- |
{rows}
"""


def amending(uow: UnitOfWork) -> str:
    """A document that moves one task's deadline and adds a task."""
    old = task(uow, "5.c")
    first = f"| 5.c | {old.title} | {old.extra['leads']} | Trước ngày 30/11/2024 |"
    new = "| 8 | Công khai kết quả khắc phục trên Cổng thông tin điện tử tỉnh | Sở Nội vụ | Quý IV/2024 |"
    return AMENDING.format(rows=f"{first}\n{new}")


def amended(office: Database, reach: str = "") -> tuple[Plan, Plan]:
    plan = confirm(office)
    with office.begin() as uow:
        draft = bring(uow, amending(uow), "sua-doi.md")
        work = in_hand(uow, OFFICE, draft)
        assert work.draft.head.amends == "2164/KH-UBND"
        found = standing(uow, work.draft)
        assert (found.plan, found.amends, found.reach) == (plan, True, Reach.PART)
        given = Corrections(reach=reach)
        return plan, confirm_draft(uow, OFFICE, draft, by=None, now=LATER, corrections=given)


def test_an_amendment_changes_what_it_names_and_leaves_the_rest(office: Database) -> None:
    plan, after = amended(office)
    assert after == plan
    with office.begin() as uow:
        assert len(uow.plans.all()) == 1
        assert str(task(uow, "5.c").frame.due_on) == "2024-11-30"
        assert {a.deadline_version for a in shares(uow, "5.c").values()} == {2}
        assert set(shares(uow, "8")) == {"snv"}
        assert not [t for t in uow.plans.tasks() if t.withdrawn]
        before, now = demo_task("5.c"), task(uow, "5.c")
        assert (now.section, now.extra["coordinators"]) == (before.section, before.coordinators)
        assert uow.plans.get(plan.id) == plan, "the plan keeps its own number and title"


def test_a_person_may_say_it_is_the_whole_list_or_a_plan_of_its_own(office: Database) -> None:
    plan, after = amended(office, "whole")
    with office.begin() as uow:
        assert after == plan
        assert len([t for t in uow.plans.tasks() if not t.withdrawn and not t.is_duty]) == 2


def test_or_a_plan_of_its_own(office: Database) -> None:
    plan, after = amended(office, "apart")
    with office.begin() as uow:
        assert after.number == "3100/KH-UBND"
        assert [p.id for p in uow.plans.all()] == [plan.id, after.id]
