"""The same plan again, and a plan that changes another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.plans import DocumentHead, DutyDraft, PlanDraft, TaskDraft
from domain.reading.plan_diff import Change, differences
from domain.timeframes import TimeFrame, TimeFrameKind

HEAD = DocumentHead("1/KH-UBND", date(2024, 6, 20))
END = TimeFrame("Năm 2024", TimeFrameKind.WITHIN_PERIOD, date(2024, 12, 31))


def task(number: str, title: str, *, section: str = "I. Chung", leads: str = "Sở Nội vụ") -> TaskDraft:
    return TaskDraft(section, number, title, leads, "", END)


def plan(*tasks: TaskDraft, duties: tuple[DutyDraft, ...] = ()) -> PlanDraft:
    return PlanDraft(HEAD, tasks, duties)


A = task("1", "Ban hành kế hoạch cải cách hành chính năm 2024")
B = task("2", "Tổ chức kiểm tra công vụ tại các địa phương")
C = task("1", "Ban hành kế hoạch cải cách hành chính năm 2024", section="II. Riêng")


def test_the_same_document_again_differs_in_nothing() -> None:
    assert differences(plan(A, B, C), plan(A, B, C)) == ()


def test_spelling_alone_is_no_change() -> None:
    assert differences(plan(A), plan(replace(A, title=A.title.upper() + " .", leads="sở nội  vụ"))) == ()


def test_added_removed_and_changed() -> None:
    later = replace(A, frame=TimeFrame("30/11/2024", TimeFrameKind.FIXED_DATE, date(2024, 11, 30)))
    new = task("3", "Công khai kết quả xếp hạng")
    found = differences(plan(A, B), plan(later, new))
    assert [(d.change, d.fields) for d in found] == [
        (Change.CHANGED, ("frame",)),
        (Change.ADDED, ()),
        (Change.REMOVED, ()),
    ]
    assert (found[0].old, found[0].new, found[1].new, found[2].old) == (A, later, new, B)


def test_a_task_that_was_renumbered_is_the_same_task() -> None:
    [found] = differences(plan(A, B), plan(A, replace(B, number="3")))
    assert (found.change, found.fields) == (Change.CHANGED, ("number",))


def test_another_task_under_an_old_number_is_another_task() -> None:
    other = task("2", "Xây dựng nhà văn hóa")
    assert [d.change for d in differences(plan(A, B), plan(A, other))] == [Change.ADDED, Change.REMOVED]


def test_one_title_in_two_sections_is_two_tasks() -> None:
    [found] = differences(plan(A, C), plan(A, replace(C, leads="Sở Tài chính")))
    assert (found.old, found.fields) == (C, ("leads",))


def test_duties_are_compared_too() -> None:
    duty = DutyDraft("Sở Nội vụ", "báo cáo UBND tỉnh", "IV.1", END)
    [found] = differences(plan(duties=(duty,)), plan(duties=(replace(duty, what="tổng hợp, báo cáo"),)))
    assert (found.change, found.fields) == (Change.CHANGED, ("what",))


@given(st.lists(st.sampled_from([A, B, C, task("", "")]), max_size=6), st.randoms())
def test_every_task_is_accounted_for_once(tasks: list[TaskDraft], random: object) -> None:
    shuffled = list(tasks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = differences(plan(*tasks), plan(*shuffled))
    assert not [d for d in found if d.change is not Change.CHANGED]
