"""``dondoc import agencies|people|holidays``, ``backup`` and ``restore``, as they are typed."""

import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from domain.errors import BadInput, Refusal
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from dondoc.compose import open_database
from dondoc.terminal import settings
from storage.unit_of_work import Database, UnitOfWork
from tests.dondoc.conftest import Run

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def written(text: str, name: str = "bang.csv") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def office() -> Database:
    return open_database(settings())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_goes_round(run: Run, ending: str) -> None:
    for kind in ("agencies", "people", "holidays"):
        assert run("import", kind, f"{kind}.{ending}", "--template").exit_code == 0
        dry = document(run("import", kind, f"{kind}.{ending}", "--dry-run", "--json"))
        assert (dry["dry_run"], dry["counts"]["new"], dry["problems"]) == (True, 2, [])
        assert document(run("import", kind, f"{kind}.{ending}", "--json"))["counts"]["new"] == 2
        again = document(run("import", kind, f"{kind}.{ending}", "--json"))
        assert (again["counts"]["new"], again["counts"]["unchanged"]) == (0, 2)
        with pytest.raises(BadInput):
            run("import", kind, f"{kind}.{ending}", "--template")


def test_a_dry_run_makes_nothing_not_even_a_database(run: Run) -> None:
    run("import", "agencies", "a.xlsx", "--template")
    run("import", "holidays", "h.csv", "--template")
    assert "Chạy thử" in run("import", "agencies", "a.xlsx", "--dry-run").stdout
    assert run("import", "holidays", "h.csv", "--dry-run").exit_code == 0
    assert run("import", "people", "--seed", "kontum-2024", "--dry-run").exit_code == 0
    assert sorted(p.name for p in Path().iterdir()) == ["a.xlsx", "h.csv"]


def test_seeds_go_on_working(run: Run) -> None:
    assert "139" in run("import", "agencies", "--seed", "kontum-2024").stdout
    assert document(run("import", "people", "--seed", "kontum-2024", "--json"))["people"] == 78
    with office().begin() as uow:
        assert (len(uow.agencies.register().groups), len(uow.people.all())) == (5, 78)


def test_good_rows_are_taken_bad_ones_listed_and_nobody_else_touched(run: Run) -> None:
    run("import", "agencies", "--seed", "kontum-2024")
    run("import", "people", "--seed", "kontum-2024")
    file = written(
        "DANH SÁCH\n\nMã;Họ tên;Cơ quan;Vai trò;SĐT\ndm-snv;Đầu mối mới;SNV;đầu mối;0905123456\nx;Ai;Đắk Hà;đầu mối;\n"
    )
    result = run("import", "people", file)
    assert result.exit_code == 0
    for words in (
        "Đầu mối Sở Nội vụ → Đầu mối mới",
        "xa-dak-ha-tu-mo-rong",
        "không lưu: SĐT",
        "được giữ nguyên",
    ):
        assert words in result.stdout
    found = document(run("import", "people", file, "--json"))
    assert found["counts"] == {"new": 0, "changed": 0, "unchanged": 1, "problems": 1, "not_in_file": 77}
    assert [(p["row"], p["column"]) for p in found["problems"]] == [(5, "Cơ quan")]
    with office().begin() as uow:
        assert len(uow.people.all()) == 78


def test_where_no_row_can_be_taken_the_status_says_so(run: Run) -> None:
    file = written("Mã,Tên cơ quan,Cấp,Loại\nx,Sở X,vùng,sở\n")
    assert run("import", "agencies", file, "--json").exit_code == 2
    for words in (("agencies", "khong-co.csv"), ("agencies",), ("people", written("a,b\n1,2\n", "b.csv"))):
        with pytest.raises(BadInput):
            run("import", *words)


def plan_due(uow: UnitOfWork, due: date) -> None:
    kept = uow.plans.save_document(b"x", "x.txt", "0" * 64, NOW, None)
    plan = uow.plans.add_plan(kept, DocumentHead("1/KH", date(2026, 5, 20), "UBND", "T"), Ladder(), NOW)
    task = uow.plans.add_task(
        Task(0, plan.id, "1.a", "1", "Việc", TimeFrame("x", TimeFrameKind.FIXED_DATE, due))
    )
    row = {"task": task.id, "agency": "snv", "state": "not_started", "assigned_at": NOW, "due_on": due}
    uow.assignments.add_many([row | {"act_by": due, "overdue_from": date(2026, 6, 11)}])


def test_a_new_day_off_moves_deadlines_and_tells_who_is_concerned(run: Run) -> None:
    with office().begin() as uow:
        plan_due(uow, date(2026, 6, 10))
        official = uow.people.save("dm", "Đầu mối", [Post("snv", Role.FOCAL)])
        uow.people.add_address(official.id, "browser", "web", "dm", NOW)
        uow.people.save("chua-vao", "Chưa vào", [Post("snv", Role.FOCAL)])
    file = written("Ngày,Loại,Tên,Văn bản\n10/6/2026,nghỉ,Bão,Công điện 1\n")
    dry = document(run("import", "holidays", file, "--dry-run", "--json"))
    moved = [
        {
            "assignment": 1,
            "agency": "snv",
            "task_number": "1.a",
            "act_by": {"old": "2026-06-10", "new": "2026-06-09"},
        }
    ]
    assert (dry["moved"], dry["told"]) == (moved, 0)
    with office().begin() as uow:
        assert (uow.calendar.overrides(), uow.outbox.count_by_state()) == ([], {})
    done = document(run("import", "holidays", file, "--json"))
    assert (done["moved"], done["told"]) == (moved, 1)
    assert document(run("import", "holidays", file, "--json"))["moved"] == []
    with office().begin() as uow:
        assert uow.assignments.get(1).act_by == date(2026, 6, 9)
        assert uow.outbox.count_by_state() == {"queued": 1}
        row = uow.outbox.get(1)
    assert row is not None
    assert (row.kind, row.chat, row.message.blocks[1].about) == ("deadline_moved", "dm", "assignment:1@2")


def test_backup_and_restore(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput):
        run("backup", "kept.zip")
    run("import", "agencies", "--seed", "kontum-2024")
    assert "144" in run("backup", "kept.zip").stdout  # 139 agencies and 5 groups
    assert stat.S_IMODE(Path("kept.zip").stat().st_mode) == 0o600
    with pytest.raises(Refusal):
        run("restore", "kept.zip")
    assert run("restore", "kept.zip", "--force").exit_code == 0
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    settings.cache_clear()
    assert "144" in run("restore", "kept.zip").stdout
    with office().begin() as uow:
        assert len(uow.agencies.all()) == 139
