"""Task 2b of the plan feeds itself: 95 % for each agency is measured, and those with late dossiers take part."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.dossier_targets import measure, take_in_the_late
from bot.records.dossier_import import Office, import_file
from domain.assignments import State
from domain.dossiers.dossier import Deadlines, Outcome
from domain.dossiers.targets import is_for_the_late, measured_words, own_words, rate_target
from domain.officials import Role
from domain.plans import Plan, Target, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import DayReason, WorkCalendar
from locales.speech import speech_for
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of
from tests.town import Town

HEADS = ["Mã hồ sơ", "Cơ quan xử lý", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Trạng thái"]
PLAN = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")


def task(condition: str = "", metric: str = "", op: str = ">=", unit: str = "%") -> Task:
    frame = TimeFrame("", TimeFrameKind.CONTINUOUS)
    targets = (Target(metric, op, 95.0, unit),) if metric else ()
    return Task(1, 1, "2b", "2", "T", frame, condition=condition, targets=targets)


@pytest.mark.parametrize(
    ("metric", "is_one"),
    [
        ("tỉ lệ trả hồ sơ kết quả giải quyết TTHC đúng hạn, trước hạn", True),
        ("Tỷ lệ hồ sơ giải quyết trước hạn và đúng hẹn", True),
        ("tỷ lệ hồ sơ không trễ hẹn", True),
        ("tỷ lệ hồ sơ trực tuyến toàn trình", False),
        ("tỷ lệ giải ngân đúng hạn", False),
        ("", False),
    ],
)
def test_a_target_of_dossiers_is_told_from_others(metric: str, is_one: bool) -> None:
    assert (rate_target(task(metric=metric)) is not None) is is_one
    assert rate_target(task(metric=metric, op="<=")) is None


@pytest.mark.parametrize(
    ("condition", "is_one"),
    [
        ("Các đơn vị, địa phương có hồ sơ TTHC giải quyết trễ hẹn trên hệ thống", True),
        ("Các cơ quan có hồ sơ quá hạn", True),
        ("Các cơ quan có CSDL chưa được kết nối", False),
        ("Các cơ quan có nhiệm vụ trễ hạn", False),
        ("", False),
    ],
)
def test_a_condition_of_late_dossiers_is_told_from_others(condition: str, is_one: bool) -> None:
    assert is_for_the_late(task(condition)) is is_one


@pytest.fixture
def town(sqlite_database: Database) -> Town:
    made = Town(sqlite_database, "2024-06-24 09:00")
    made.settle(
        ("tn", "Đầu mối Sở TN&MT", [("stnmt", Role.FOCAL)]),
        ("tc", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
    )
    return made


def bring(town: Town, folder: Path) -> None:
    rows = []
    for n in range(20):
        rows.append(
            [
                f"H34.1-240603-{n:04}",
                "stnmt",
                "3/6/2024",
                "14/6/2024",
                "17/6/2024" if n < 2 else "13/6/2024",
                "đã trả",
            ]
        )
        rows.append(
            [
                f"H34.2-240603-{n:04}",
                "stc",
                "3/6/2024",
                "14/6/2024",
                "17/6/2024" if n < 1 else "13/6/2024",
                "đã trả",
            ]
        )
        rows.append([f"H34.3-240603-{n:04}", "snv", "3/6/2024", "14/6/2024", "13/6/2024", "đã trả"])
    rows.append(["H34.4-240603-0001", "sxd", "3/6/2024", "14/6/2024", "", "đang xử lý"])
    rows.append(["H34.5-240603-0001", "sct", "3/6/2024", "14/6/2024", "", "yêu cầu bổ sung"])
    file = folder / "x.csv"
    file.write_bytes(csv_of([HEADS, *rows]))
    office = Office.of(town.service)
    assert import_file(office, file, "x", source="file", by=None, now=town.clock.now()).counts["new"] == len(
        rows
    )


def states(town: Town, plan: Plan) -> dict[str, State]:
    with town.db.begin() as uow:
        (one,) = (t for t in uow.plans.tasks([plan.id]) if t.number.replace(".", "") == "2b")
        return {a.agency: a.state for a in uow.assignments.of_tasks([one.id])}


def test_agencies_with_late_dossiers_take_part_by_themselves(town: Town, tmp_path: Path) -> None:
    plan = town.imports(PLAN)
    before = states(town, plan)
    assert (before["stnmt"], before["stc"], before["snv"]) == (
        State.NOT_STARTED,
        State.CANDIDATE,
        State.CANDIDATE,
    )
    town.tick()
    assert states(town, plan) == before  # no dossier, nothing decided
    bring(town, tmp_path)
    with town.db.begin() as uow:
        assert take_in_the_late(uow, town.service.calendar, town.clock.now()) == 2
        assert take_in_the_late(uow, town.service.calendar, town.clock.now()) == 0
    after = states(town, plan)
    moved = {code for code, state in after.items() if state is not before[code]}
    assert moved == {"stc", "sxd"}  # late; open and overdue. Not: all in time, the clock stands
    assert after["stc"] is State.NOT_STARTED
    town.tick()
    town.forward("2024-06-25 09:00")
    assert any("hồ sơ" in text for text in town.hears("tc"))  # told of the task like any other


def test_the_target_is_measured_for_each_agency(town: Town, tmp_path: Path) -> None:
    plan = town.imports(PLAN)
    bring(town, tmp_path)
    speech = speech_for("vi", town.service.zone)
    with town.db.begin() as uow:
        take_in_the_late(uow, town.service.calendar, town.clock.now())
        (one,) = (t for t in uow.plans.tasks([plan.id]) if t.number.replace(".", "") == "2b")
        june = measure(uow, one, frozenset({"stnmt", "stc", "sxd"}), date(2024, 6, 24))
        july = measure(uow, one, frozenset({"stnmt", "stc"}), date(2024, 7, 1))
    assert june is not None
    assert july is not None
    assert (june.month, july.month) == (202406, 202406)
    assert june.below == ("stnmt",)
    assert (june.meets("stc"), june.meets("stnmt"), june.meets("sxd")) == (
        True,
        False,
        None,
    )  # 19 of 20 is 95 %
    said = speech.text(measured_words(june, {"stnmt": "Sở Tài nguyên và Môi trường"}))
    assert said == "Theo hồ sơ tháng 6/2024: 1/2 cơ quan đạt; chưa đạt: Sở Tài nguyên và Môi trường 90 %."
    assert speech.text(own_words(june, "stc")) == "Theo hồ sơ tháng 6/2024: 95 %, đạt chỉ tiêu."
    assert speech.text(own_words(june, "stnmt")) == (
        "Theo hồ sơ tháng 6/2024: 90 %, chưa đạt chỉ tiêu (trễ 2 trên 20 hồ sơ đã giải quyết)."
    )
    assert speech.text(own_words(june, "sxd")) == "Theo hồ sơ tháng 6/2024: chưa phát sinh."


def test_a_change_of_the_days_off_moves_deadlines_and_what_follows(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path)
    friday = date(2024, 6, 14)
    off = WorkCalendar(town.service.zone, {friday: DayReason("Nghỉ", "x")})
    with town.db.begin() as uow:
        assert uow.dossiers.reckon_again(Deadlines(off)) == 62
        assert uow.dossiers.reckon_again(Deadlines(off)) == 0
    with town.db.begin() as uow:
        late = uow.dossiers.get("H34.1-240603-0000")
        open_one, stopped = (uow.dossiers.get(f"H34.{n}-240603-0001") for n in (4, 5))
    assert late is not None
    assert open_one is not None
    assert stopped is not None
    assert (late.due_on, late.outcome) == (friday + timedelta(days=3), Outcome.ON_TIME)
    assert open_one.late_from == friday + timedelta(days=4)
    assert (stopped.late_from, stopped.outcome) == (None, Outcome.STOPPED)
    with town.db.begin() as uow:
        assert uow.dossiers.reckon_again(Deadlines(town.service.calendar)) == 62
        back = uow.dossiers.get("H34.1-240603-0000")
    assert back == late.__class__(**{f: getattr(late, f) for f in late.__slots__} | {
        "due_on": friday, "late_from": friday + timedelta(days=1), "outcome": Outcome.LATE,
    })  # fmt: skip
