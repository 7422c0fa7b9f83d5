"""What is usual in a whole table is not doubted; what a bad copy leaves is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.documents import Origin
from domain.plans import TaskDraft
from domain.reading.plan_doubts import row_doubts, with_neighbours
from domain.reading.tables.grid import GridRow
from domain.reading.tables.plan_columns import Column
from domain.timeframes import TimeFrame, TimeFrameKind


def run(count: int, table: int = 1) -> list[TaskDraft]:
    """So many rows without a fault, of a table of a file or (0) of one cut into text."""
    frame = TimeFrame(kind=TimeFrameKind.WITHIN_PERIOD, text="Quý I")
    return [
        TaskDraft(
            "I. NỘI DUNG", str(n), f"Rà soát hồ sơ số {n} của huyện", "Sở Y tế", "Sở Tài chính", frame,
            origin=Origin(table=table, row=n),
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


def codes(rows: list[TaskDraft], **last: object) -> set[str]:
    rows = [*rows[:-1], replace(rows[-1], **last)]  # type: ignore[arg-type]
    return {doubt.code for doubt in with_neighbours(rows)[-1].doubts}


@pytest.mark.parametrize(
    ("count", "table", "doubted"),
    [(10, 1, False), (19, 1, False), (20, 1, True), (9, 0, False), (10, 0, True)],
)
def test_nobody_helps_with_one_task_of_a_few(count: int, table: int, doubted: bool) -> None:
    assert ("cell_missing" in codes(run(count, table), coordinators="")) is doubted


@pytest.mark.parametrize(
    "when",
    ["10 ngày trước khi Đoàn đến", "theo Kế hoạch tổ chức Festival hằng năm", "theo tiến độ dự án WB8"],
)
def test_a_time_may_end_with_who_comes_and_how_often(when: str) -> None:
    assert codes(run(5), frame=TimeFrame(kind=TimeFrameKind.ON_EVENT, text=when)) == set()


def test_a_time_that_stops_in_the_middle_is_cut_off() -> None:
    assert codes(run(5), frame=TimeFrame(text="Hoàn thành trước ngày")) == {"cell_cut_off"}


@pytest.mark.parametrize(
    "who", ["Phòng Cảnh sát hình sự Công an tỉnh", "Các khoa, phòng, trung tâm", "giáo viên chủ nhiệm"]
)
def test_units_and_kinds_of_people_are_whole(who: str) -> None:
    assert codes(run(5), coordinators=who) == set()


def test_two_bodies_in_one_cell_have_run_together() -> None:
    assert codes(run(5), coordinators="Phòng Nội vụ Công an huyện") == {"unlikely_cell"}


@pytest.mark.parametrize(
    "who", ["Điều tra viên", "Giám sát viên cấp tỉnh", "Nhóm công tác 1, 2", "CN. Lò Văn Hặc, Trưởng phòng"]
)
def test_posts_and_teams_lead(who: str) -> None:
    cells = {Column.LEAD: who, Column.TIME: "Quý I"}
    assert list(row_doubts(cells, "Rà soát hồ sơ của huyện", GridRow(cells))) == []
