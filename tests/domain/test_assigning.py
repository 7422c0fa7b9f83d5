"""Who gets what out of a draft."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from bot.intake import read_document
from domain.agencies import Agency, Kind, Level, Register
from domain.assigning import Work, assign, issuing_office, narrows, plan_monitor
from domain.assignments import State
from domain.plans import DutyDraft, PlanDraft, TaskDraft
from domain.reading.plan import read_plan
from domain.timeframes import TimeFrame, TimeFrameKind
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
REGISTER = Register.of(*seed.load_agencies("kontum-2024"))
DEMO = Path(seed.__file__).parent / "demo_plan.txt"
DISTRICTS = [a.code for a in REGISTER.agencies if a.level is Level.DISTRICT]
IN, MAYBE = State.NOT_STARTED, State.CANDIDATE


def read(path: Path) -> PlanDraft:
    document = read_document(path.read_bytes(), path.name)
    return read_plan(document, register=REGISTER, calendar=CALENDAR, today=date(2026, 1, 1))


@lru_cache
def demo() -> tuple[PlanDraft, dict[str, Work]]:
    draft = read(DEMO)
    works = assign(draft, REGISTER, CALENDAR)
    return draft, {w.task.number or w.task.clause.split(", ")[-1]: w for w in works}


#: number → leads taken in, candidates, coordinators, monitors, kind, due on
ROWS = {
    "1.a": (30, 0, 0, ("snv",), "within_period", date(2024, 12, 31)),
    "1.b": (7, 0, 30, ("snv",), "within_period", date(2024, 12, 31)),
    "2.a": (30, 0, 1, ("snv",), "continuous", None),
    "2.b": (10, 26, 0, ("vp-ubnd",), "continuous", None),
    "3": (11, 0, 0, ("snv",), "open_ended", None),
    "4.a": (1, 0, 30, ("vp-ubnd",), "within_period", date(2024, 12, 31)),
    "4.b": (10, 0, 0, ("snv",), "open_ended", None),
    "5.a": (0, 30, 0, ("stc", "skhdt"), "within_period", date(2024, 12, 31)),
    "5.b": (2, 0, 30, ("snv",), "within_period", date(2024, 12, 31)),
    "5.c": (20, 0, 0, ("stc",), "within_period", date(2024, 12, 31)),
    "5.d": (30, 0, 0, ("stc",), "open_ended", None),
    "6.a": (0, 20, 0, ("stttt",), "on_event", None),
    "6.b": (30, 0, 0, ("vp-ubnd",), "within_period", date(2024, 12, 31)),
    "7.a": (0, 30, 0, ("skhdt",), "within_period", date(2024, 12, 31)),
    "7.b": (1, 0, 0, ("snv",), "within_period", date(2024, 12, 31)),
    "IV.1": (19, 0, 0, ("snv",), "unspecified", None),
    "IV.2": (10, 0, 0, ("snv",), "unspecified", None),
    "IV.3": (1, 0, 0, ("vp-ubnd",), "unspecified", None),
    "IV.4": (1, 0, 0, ("snv",), "continuous", None),
    "IV.5": (1, 0, 0, ("snv",), "unspecified", None),
    "IV.6": (1, 0, 0, ("snv",), "unspecified", None),
    "IV.7": (1, 0, 0, ("snv",), "unspecified", None),
    "đoạn kết": (30, 0, 0, ("snv",), "fixed_date", date(2024, 6, 30)),
    "theo dõi": (0, 0, 0, ("snv",), "recurring", None),
}


def test_the_demos_plan_gives_every_agency_its_share() -> None:
    _, works = demo()
    found = {
        number: (
            list(w.shares.values()).count(IN),
            list(w.shares.values()).count(MAYBE),
            len(w.task.coordinators),
            w.task.monitors,
            w.task.frame.kind.value,
            w.deadline.due_on,
        )
        for number, w in works.items()
    }
    assert found == ROWS


def test_the_demos_head_targets_and_doubts() -> None:
    draft, works = demo()
    assert (draft.head.number, draft.head.issued_on) == ("2164/KH-UBND", date(2024, 6, 20))
    assert draft.head.title == "Nâng điểm số của tỉnh ở ba bộ chỉ số PAR INDEX, SIPAS và PAPI năm 2024"
    assert [d.detail for d in draft.doubts] == ["Phụ lục 2"]
    assert [d for t in draft.tasks for d in t.doubts] == []
    targets = {
        n: [(t.op, t.value, t.unit) for t in w.task.targets] for n, w in works.items() if w.task.targets
    }
    assert targets == {"2.b": [(">=", 95.0, "%")], "5.a": [(">=", 100.0, "%")]}
    assert works["2.b"].task.targets[0].scope == "cho từng cơ quan"
    assert works["2.b"].task.clause == "2164/KH-UBND ngày 20/6/2024, Phụ lục 1, mục 2.b"
    assert works["IV.3"].task.clause == "2164/KH-UBND ngày 20/6/2024, mục IV.3"


def test_named_agencies_are_in_and_the_rest_of_a_narrowed_group_waits() -> None:
    _, works = demo()
    late = works["2.b"]
    assert late.task.focus[:4] == ("stnmt", "ubnd-ngoc-hoi", "ubnd-dak-ha", "ubnd-kon-tum")
    assert {c for c, s in late.shares.items() if s is IN} == set(late.task.focus)
    assert late.task.leads == ()
    assert late.task.condition.startswith("Các đơn vị, địa phương có hồ sơ TTHC trễ hẹn")
    assert works["1.a"].task.condition == "các cơ quan liên quan"
    assert works["1.b"].task.leads == ("snv", "vp-ubnd", "stc", "stp", "skhcn", "stttt", "skhdt")


def test_the_reporting_duty_is_for_all_and_its_day_is_the_last_safe_one() -> None:
    _, works = demo()
    duty = works["đoạn kết"]
    assert duty.task.is_duty
    assert set(duty.shares) == set(works["1.a"].shares) >= {"snv", "vp-ubnd", *DISTRICTS}
    when = duty.deadline
    assert (when.strict, when.act_by, when.overdue_from) == (True, date(2024, 6, 28), date(2024, 6, 30))


def test_the_front_is_asked_and_recurring_work_has_no_share_yet() -> None:
    _, works = demo()
    assert works["IV.7"].task.asked
    assert not works["IV.6"].task.asked
    monthly = works["theo dõi"]
    assert (monthly.task.leads, monthly.shares) == (("vp-ubnd",), {})
    assert monthly.task.frame.recurs == "monthly"


def test_the_real_plan_is_assigned_the_same_way(shared: Path) -> None:
    real = assign(read(shared / "plans" / "2164_kontum.txt"), REGISTER, CALENDAR)
    told = assign(read(DEMO), REGISTER, CALENDAR)
    assert [w.shares for w in real] == [w.shares for w in told]
    assert [w.deadline for w in real] == [w.deadline for w in told]
    for name in ("number", "leads", "coordinators", "monitors", "focus", "is_duty", "asked"):
        assert [getattr(w.task, name) for w in real] == [getattr(w.task, name) for w in told], name
    kinds = [
        [(w.task.frame.kind, w.task.frame.period_end, w.task.frame.recurs) for w in ws] for ws in (real, told)
    ]
    assert kinds[0] == kinds[1]


def test_groups_are_those_of_the_plans_day() -> None:
    merged = date(2025, 6, 30)
    agencies = [
        replace(a, valid_to=merged) if a.level is Level.DISTRICT else a for a in REGISTER.agencies
    ] + [
        Agency("so-moi", "Sở Mới", Level.PROVINCE, Kind.DEPARTMENT, "ubnd-tinh", valid_from=date(2025, 7, 1))
    ]
    register = Register.of(agencies, REGISTER.groups)
    shares = assign(read(DEMO), register, CALENDAR)[7].shares  # 5.a, whose group is expanded here
    assert "so-moi" not in shares
    assert set(DISTRICTS) <= set(shares)


def test_words_that_name_nobody_leave_the_task_to_a_person() -> None:
    draft, _ = demo()
    task = TaskDraft("", "1", "Xây dựng trạm biến áp", "Công ty Điện lực", "", TimeFrame())
    (work,) = assign(PlanDraft(draft.head, (task,)), REGISTER, CALENDAR)
    assert (work.shares, work.task.leads) == ({}, ())
    assert work.task.condition == "Công ty Điện lực"
    assert work.task.monitors == ("vp-ubnd",)


@pytest.mark.parametrize(
    ("condition", "does"),
    [
        ("", False),
        ("các cơ quan liên quan", False),
        ("các cơ quan, đơn vị có liên quan", False),
        ("các cơ quan, đơn vị được giao làm chủ đầu tư", True),
        ("các cơ quan liên quan; các đơn vị có dự án", True),
    ],
)
def test_only_a_criterion_narrows(condition: str, does: bool) -> None:
    assert narrows(condition) is does


def duty(who: str, what: str, asked: bool = False) -> DutyDraft:
    return DutyDraft(who, what, "IV.1", TimeFrame("", TimeFrameKind.UNSPECIFIED), (who,), asked)


def test_the_plans_monitor_is_whose_duty_it_is_to_follow_up() -> None:
    other = duty("stp", "Theo dõi, đôn đốc việc công khai giá")
    plans = duty("stc", "Chủ trì, theo dõi và đôn đốc việc thực hiện Kế hoạch này; báo cáo UBND tỉnh")
    assert plan_monitor([other, plans]) == "stc"
    assert plan_monitor([other]) == "stp"
    assert plan_monitor([duty("mttq", "đôn đốc, giám sát việc thực hiện Kế hoạch", asked=True)]) is None
    assert plan_monitor([duty("stp", "Theo dõi tiến độ. Nơi khác đôn đốc.")]) is None


def test_without_such_a_duty_the_issuer_follows_up() -> None:
    assert issuing_office("UBND tỉnh Kon Tum", REGISTER) == "vp-ubnd"
    assert issuing_office("Sở Tư pháp", REGISTER) == "stp"
    assert issuing_office("", Register.of([])) is None
