"""From a file to assigned work, on both databases."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.plan_reading import Corrections
from bot.planning import confirm_draft, import_draft, reject_draft
from domain.assignments import Assignment, Progress, State, apply_progress, move_deadline
from domain.errors import BadInput, ClassifiedDocument, Refusal
from domain.officials import Post, Role
from domain.plans import Plan
from domain.workdays import WorkCalendar
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed
from storage.tables.registers import AuditRow
from storage.tables.work import DocumentRow, DraftRow
from storage.unit_of_work import Database, UnitOfWork

NOW = datetime(2024, 6, 21, 1, 0, tzinfo=UTC)
LATER = datetime(2024, 6, 24, 1, 0, tzinfo=UTC)
DEMO = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")


@dataclass(frozen=True)
class Office:
    calendar: WorkCalendar = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]


OFFICE = Office()


def add_agencies(database: Database) -> None:
    agencies, groups = seed.load_agencies("kontum-2024")
    with database.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)


@pytest.fixture
def office(database: Database) -> Database:
    add_agencies(database)
    return database


def confirm(database: Database, text: str = DEMO, now: datetime = NOW) -> Plan:
    with database.begin() as uow:
        imported = import_draft(uow, OFFICE, text.encode(), "plan.txt", by=None, now=now)
        return confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=now)


def shares(uow: UnitOfWork, number: str) -> dict[str, Assignment]:
    tasks = [t.id for t in uow.plans.tasks() if t.number == number and not t.withdrawn]
    return {a.agency: a for a in uow.assignments.of_tasks(tasks)}


def state_of(database: Database) -> list[tuple[int, str, str, int]]:
    with database.begin() as uow:
        return [(a.task, a.agency, a.state.value, a.deadline_version) for a in uow.assignments.all()]


def report(uow: UnitOfWork, assignment: Assignment, percent: int) -> Assignment:
    official = uow.people.save("dm", "Đầu mối", [Post(assignment.agency, Role.FOCAL)])
    progress = Progress(None, percent, f"{percent}%", NOW, date(2024, 6, 21))
    after = apply_progress(assignment, progress)
    uow.assignments.log(assignment, after, official.id, progress)
    return after


def test_nothing_is_assigned_before_a_person_confirms(office: Database) -> None:
    with office.begin() as uow:
        imported = import_draft(uow, OFFICE, DEMO.encode(), "plan.txt", by=None, now=NOW)
        assert (imported.known, imported.plan, imported.differences) == (False, None, ())
        assert len(imported.draft.tasks) == 15
        assert (uow.plans.all(), uow.assignments.all()) == ([], [])
        kept = uow.plans.draft(imported.draft_id)
        assert kept is not None
        assert uow.plans.original(kept.document) == ("plan.txt", DEMO.encode())
    with office.begin() as uow:
        plan = confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=NOW)
        assert (plan.number, plan.issued_on) == ("2164/KH-UBND", date(2024, 6, 20))
        assert len(uow.plans.tasks([plan.id])) == 24
        rows = uow.assignments.all()
        assert len(rows) == 352
        assert {a.assigned_at for a in rows} == {NOW}
        assert shares(uow, "2.b")["stnmt"].state is State.NOT_STARTED
        assert shares(uow, "2.b")["syt"].state is State.CANDIDATE
        acts = [(r.act, r.thing) for r in uow.session.exec(select(AuditRow).order_by(AuditRow.id)).all()]  # type: ignore[arg-type]
        assert acts == [
            ("import_plan", f"draft:{imported.draft_id}"),
            ("confirm_plan", f"plan:{plan.id}"),
        ]


def test_the_same_file_again_and_the_same_confirmation_again_change_nothing(office: Database) -> None:
    plan = confirm(office)
    before = state_of(office)
    with office.begin() as uow:
        again = import_draft(uow, OFFICE, DEMO.encode(), "other-name.txt", by=None, now=LATER)
        assert (again.known, again.differences, again.plan) == (True, (), plan)
        assert confirm_draft(uow, OFFICE, again.draft_id, by=None, now=LATER) == plan
        assert len(uow.session.exec(select(DocumentRow)).all()) == 1
        assert len(uow.session.exec(select(DraftRow)).all()) == 1
    assert state_of(office) == before


def test_other_bytes_with_the_same_words_double_nothing(office: Database) -> None:
    confirm(office)
    before = state_of(office)
    with office.begin() as uow:
        again = import_draft(uow, OFFICE, (DEMO + "\n\n").encode(), "plan.txt", by=None, now=LATER)
        assert (again.known, again.differences) == (False, ())
        confirm_draft(uow, OFFICE, again.draft_id, by=None, now=LATER)
        assert len(uow.plans.all()) == 1
    assert state_of(office) == before


def test_a_newer_text_shows_its_differences_and_moves_what_is_open(office: Database) -> None:
    confirm(office)
    with office.begin() as uow:
        rows = shares(uow, "4.a") | shares(uow, "5.c")
        report(uow, rows["snv"], 40)
        done = replace(report(uow, rows["stp"], 100), state=State.DONE, done_on=date(2024, 6, 21))
        uow.assignments.save(done)
        longer = move_deadline(rows["syt"], date(2025, 3, 31), date(2025, 3, 31), date(2025, 4, 1))
        uow.assignments.save(longer)
    newer = DEMO.replace("|\nHoàn thành trong năm 2024\n", "|\nTrước ngày 15/10/2024\n")
    with office.begin() as uow:
        imported = import_draft(uow, OFFICE, newer.encode(), "plan.txt", by=None, now=LATER)
        changed = [(d.change, d.new.number, d.fields) for d in imported.differences]  # type: ignore[union-attr]
        assert changed == [("changed", n, ("frame",)) for n in ("5.a", "5.c", "7.a", "7.b")]
        confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=LATER)
        after = shares(uow, "5.c")
        assert len(uow.plans.all()) == 1
        assert len(uow.plans.tasks()) == 24
    moved = after["sct"]
    assert (moved.due_on, moved.strict, moved.act_by) == (date(2024, 10, 15), True, date(2024, 10, 14))
    assert (moved.overdue_from, moved.deadline_version) == (date(2024, 10, 15), 2)
    assert after["stp"] == done, "work that is done keeps the day it was done under"
    assert after["syt"] == longer, "a granted extension that reaches further stands"
    assert len(after) == 20


def test_rows_come_and_go_and_no_report_is_lost(office: Database) -> None:
    confirm(office)
    with office.begin() as uow:
        reported = report(uow, shares(uow, "6.b")["stp"], 60)
        gone = {a.id for a in shares(uow, "6.b").values()}
    start = DEMO.index("b) Tăng số hồ sơ trực tuyến")
    end = DEMO.index("7. Kinh\ntế")
    without = DEMO[:start] + DEMO[end:]
    without = without.replace("a) Kết nối cơ sở", "Kết nối cơ sở")
    confirm(office, without, LATER)
    with office.begin() as uow:
        left = uow.assignments.many(gone)
        assert left[reported.id] == reported
        assert {a.state for a in left.values() if a.id != reported.id} == {State.RELEASED}
        assert [t.number for t in uow.plans.tasks() if t.withdrawn] == ["6.b"]
        note = uow.session.exec(select(AuditRow).order_by(AuditRow.id.desc())).first()  # type: ignore[union-attr]
        assert note is not None
        assert note.detail["left"] == [reported.id]
        assert len(note.detail["released"]) == 29
    confirm(office, DEMO + "\n", LATER)
    with office.begin() as uow:
        assert len(shares(uow, "6.b")) == 30
        assert len(uow.plans.all()) == 1


def test_an_agency_that_is_dropped_is_released_and_taken_back_in(office: Database) -> None:
    confirm(office)
    with_one = DEMO.replace("|\nSở Tài chính, Sở Kế hoạch và Đầu tư\n|", "|\nSở Tài chính\n|")
    confirm(office, with_one, LATER)
    with office.begin() as uow:
        assert shares(uow, "5.b")["skhdt"].state is State.RELEASED
        assert shares(uow, "5.b")["stc"].state is State.NOT_STARTED
    confirm(office, DEMO + "\n", LATER)
    with office.begin() as uow:
        assert shares(uow, "5.b")["skhdt"].state is State.NOT_STARTED


def test_a_candidate_named_outright_is_in(office: Database) -> None:
    confirm(office)
    named = DEMO.replace("Các sở, ban, ngành có CSDL chưa kết nối", "Sở Tư pháp")
    confirm(office, named, LATER)
    with office.begin() as uow:
        states = {code: a.state for code, a in shares(uow, "6.a").items()}
    assert states.pop("stp") is State.NOT_STARTED
    assert set(states.values()) == {State.RELEASED}


UNDATED = DEMO.replace("Kon Tum, ngày 20\ntháng 6 năm 2024", "Kon Tum")


def test_a_plan_without_a_date_waits_for_one(office: Database) -> None:
    with office.begin() as uow:
        imported = import_draft(uow, OFFICE, UNDATED.encode(), "plan.txt", by=None, now=NOW)
        with pytest.raises(BadInput, match="issued-on"):
            confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=NOW)
        assert uow.plans.all() == []
        given = Corrections(issued_on=date(2024, 6, 20))
        plan = confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=NOW, corrections=given)
        assert plan.issued_on == date(2024, 6, 20)
        assert len(uow.assignments.all()) == 352


def test_a_plan_without_a_number_waits_for_one(office: Database) -> None:
    text = DEMO.replace("Số: 2164/KH-UBND", "Số:      /KH-UBND").replace(
        "Kế hoạch số 2164/KH-UBND", "Kế hoạch"
    )
    with office.begin() as uow:
        imported = import_draft(uow, OFFICE, text.encode(), "plan.txt", by=None, now=NOW)
        with pytest.raises(BadInput, match="--number"):
            confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=NOW)
        given = Corrections(number="2164/KH-UBND")
        plan = confirm_draft(uow, OFFICE, imported.draft_id, by=None, now=NOW, corrections=given)
        assert plan.number == "2164/KH-UBND"


def test_a_rejected_draft_stays_closed_and_the_file_may_come_again(office: Database) -> None:
    with office.begin() as uow:
        first = import_draft(uow, OFFICE, DEMO.encode(), "plan.txt", by=None, now=NOW)
        reject_draft(uow, first.draft_id, by=None, now=NOW)
        with pytest.raises(Refusal, match="decided"):
            confirm_draft(uow, OFFICE, first.draft_id, by=None, now=NOW)
        with pytest.raises(Refusal, match="decided"):
            reject_draft(uow, first.draft_id, by=None, now=NOW)
        second = import_draft(uow, OFFICE, DEMO.encode(), "plan.txt", by=None, now=NOW)
        assert second.draft_id != first.draft_id
        assert not second.known
        with pytest.raises(BadInput):
            reject_draft(uow, 999, by=None, now=NOW)


def test_a_draft_read_before_there_were_agencies_is_read_again(database: Database) -> None:
    with database.begin() as uow:
        early = import_draft(uow, OFFICE, DEMO.encode(), "plan.txt", by=None, now=NOW)
        assert early.draft.tasks[0].lead_agencies == ()
        with pytest.raises(BadInput, match="agencies"):
            confirm_draft(uow, OFFICE, early.draft_id, by=None, now=NOW)
        agencies, groups = seed.load_agencies("kontum-2024")
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        again = import_draft(uow, OFFICE, DEMO.encode(), "plan.txt", by=None, now=LATER)
        assert (again.known, again.draft_id) == (True, early.draft_id)
        assert len(again.draft.tasks[0].lead_agencies) == 30
        confirm_draft(uow, OFFICE, early.draft_id, by=None, now=LATER)
        assert len(uow.assignments.all()) == 352


def test_nothing_of_a_classified_document_is_kept_or_said(
    office: Database, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = f"TỐI MẬT\n|\n{DEMO}"
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ClassifiedDocument) as refused, office.begin() as uow:
        import_draft(uow, OFFICE, secret.encode(), "ke-hoach-phong-thu.txt", by=None, now=NOW)
    with office.begin() as uow:
        for table in (DocumentRow, DraftRow, AuditRow):
            assert uow.session.exec(select(table)).all() == []
    said = f"{refused.value.phrase} {caplog.text} {''.join(capfd.readouterr())}"
    assert "phong-thu" not in said
    assert "2164" not in said
