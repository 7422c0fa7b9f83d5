"""``dondoc import dossiers``, as it is typed."""

import json
from pathlib import Path

import pytest

from domain.errors import BadInput
from dondoc.compose import open_database
from dondoc.terminal import settings
from tests.dondoc.conftest import Run

GOOD = "H34.16-240603-0001,Sở Nội vụ,3/6/2024,21/6/2024,đang xử lý,Trần Thị Ngọc"
HEADS = "Mã hồ sơ,Cơ quan xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Người nộp"


@pytest.fixture(autouse=True)
def agencies(run: Run) -> None:
    """Those of Kon Tum."""
    run("import", "agencies", "--seed", "kontum-2024")


def count() -> int:
    with open_database(settings()).begin() as uow:
        return uow.dossiers.count()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_goes_round(run: Run, ending: str) -> None:
    name = f"dossiers.{ending}"
    assert run("import", "dossiers", name, "--template").exit_code == 0
    dry = json.loads(run("import", "dossiers", name, "--dry-run", "--json").stdout)
    assert (dry["dry_run"], dry["counts"]["new"], dry["problems"], count()) == (True, 2, [], 0)
    assert json.loads(run("import", "dossiers", name, "--json").stdout)["counts"]["new"] == 2
    assert json.loads(run("import", "dossiers", name, "--json").stdout)["counts"]["unchanged"] == 2
    assert count() == 2
    with pytest.raises(BadInput):
        run("import", "dossiers", name, "--template")


def test_it_is_said_by_row_in_the_offices_language(run: Run) -> None:
    Path("x.csv").write_text(
        f"{HEADS}\n{GOOD}\n1.001122,Sở Nội vụ,3/6/2024,21/6/2024,đang xử lý,A\n", "utf-8"
    )
    said = run("import", "dossiers", "x.csv").stdout
    assert "H34.16-240603-0001  mới" in said
    assert "3  Mã hồ sơ: Đây là mã thủ tục, không phải mã hồ sơ." in said
    assert "cá nhân" in said
    assert "Số dòng đã đọc: 2. Hồ sơ mới: 1," in said
    assert "Ngọc" not in said
    changed = GOOD.replace("đang xử lý", "tạm dừng")
    Path("x.csv").write_text(f"{HEADS}\n{changed}\n", "utf-8")
    assert "Trạng thái: đang giải quyết → tạm dừng" in run("import", "dossiers", "x.csv").stdout


def test_nothing_but_bad_rows_is_a_failure(run: Run) -> None:
    Path("x.csv").write_text(f"{HEADS}\n1.001122,Sở Nội vụ,3/6/2024,21/6/2024,đang xử lý,A\n", "utf-8")
    assert run("import", "dossiers", "x.csv").exit_code == 2
    with pytest.raises(BadInput):
        run("import", "dossiers", "nothing.csv")
