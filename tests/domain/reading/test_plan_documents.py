"""Real plans against keys made by reading, where they are at hand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.intake import read_document
from domain.agencies import Register
from domain.plans import draft_json
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed

NAMES = ("2164_kontum", "02_dongthap_617_cds_doanh_nghiep", "04_tphcm_2820_csdl_quy_hoach", "08_laichau_7360_luat_tieu_chuan_prose")  # fmt: skip
SAME = ("section", "number", "coordinators", "timeframe")


def read(path: Path) -> dict[str, Any]:
    agencies, groups = seed.load_agencies("kontum-2024")
    document = read_document(path.read_bytes(), path.name)
    register = Register.of(agencies, groups) if "kontum" in path.name else None
    calendar = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
    return draft_json(read_plan(document, register=register, calendar=calendar, today=date(2026, 1, 1)))


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_read_as_a_person_read_it(shared: Path, name: str) -> None:
    read_rows = read(shared / "plans" / f"{name}.txt")["tasks"]
    wanted = json.loads((shared / "plans" / f"{name}.json").read_text("utf-8"))["tasks"]
    assert len(read_rows) == len(wanted)
    for row, key in zip(read_rows, wanted, strict=True):
        for field in SAME:
            assert folded(row[field]) == folded(key[field]), field
        assert folded(row["leads"]).startswith(folded(key["leads"]))
        assert row["title"].startswith(key["title_start"])
        assert row["timeframe_kind"] in key["timeframe_kind"]
        assert row["due_on"] == key["due_on"]
        for field in ("period_end", "recurs"):
            assert row[field] == key.get(field, row[field])
        targets = [(t["op"], t["value"], t["unit"]) for t in row["targets"]]
        assert targets == [(t["op"], t["value"], t["unit"]) for t in key.get("targets", [])]


def test_the_kon_tum_plan_in_full(shared: Path) -> None:
    plan = read(shared / "plans" / "2164_kontum.txt")
    tasks = {t["number"]: t for t in plan["tasks"]}
    assert plan["document"]["number"] == "2164/KH-UBND"
    assert plan["document"]["issued_on"] == "2024-06-20"
    assert plan["problems"] == ["appendix_missing: Phụ lục 2"]
    assert tasks["1.b"]["lead_agencies"] == ["snv", "vp-ubnd", "stc", "stp", "skhcn", "stttt", "skhdt"]
    assert tasks["2.b"]["focus_agencies"][:4] == ["stnmt", "ubnd-ngoc-hoi", "ubnd-dak-ha", "ubnd-kon-tum"]
    assert len(tasks["2.b"]["focus_agencies"]) == len(tasks["2.b"]["focus_agencies_named"]) == 10
    assert len(tasks["2.a"]["lead_agencies"]) == 30
    assert tasks["6.a"]["lead_condition"]
    assert tasks["6.a"]["lead_agencies"] == []
    assert tasks["3"]["monitoring_agencies"] == ["snv"]
    assert tasks["4.a"]["monitoring_agencies"] == []


def test_the_kon_tum_plans_duties(shared: Path) -> None:
    duties = read(shared / "plans" / "2164_kontum.txt")["duties"]
    found = {d["where"]: d for d in duties}
    assert [w for w in found if w.startswith("IV.")] == [f"IV.{n}" for n in range(1, 8)]
    assert found["IV.7"]["asked"]
    report = found["closing paragraph"]
    assert (report["due_on"], report["strict"], report["act_by"]) == ("2024-06-30", True, "2024-06-28")
    monthly = found["appendix, 2.b, third column"]
    assert (monthly["agencies"], monthly["recurs"]) == (["vp-ubnd"], "monthly")
