"""Dossiers are read, people are warned in the morning, and ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.records.dossier_import import Office, import_file
from domain.officials import Role
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of
from tests.town import Town

HEADS = ["Mã hồ sơ", "Tên thủ tục", "Cơ quan xử lý", "Nơi tiếp nhận", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày gửi thư xin lỗi", "Trạng thái"]  # fmt: skip


def dossier(
    code: str, agency: str, promised: str, *, done: str = "", letter: str = "", state: str = "", at: str = ""
) -> list[str]:
    """A row received on 3 June 2024."""
    state = state or ("đã trả kết quả" if done else "đang xử lý")
    return [f"H34.16-240603-{code}", "Cấp giấy phép", agency, at, "3/6/2024", promised, done, letter, state]


def bring(town: Town, folder: Path, rows: Sequence[Sequence[str]]) -> None:
    """An export is read now."""
    file = folder / "export.csv"
    file.write_bytes(csv_of([HEADS, *rows]))
    done = import_file(
        Office.of(town.service), file, "export.csv", source="file", by=None, now=town.clock.now()
    )
    assert sum(done.counts[name] for name in ("new", "changed", "unchanged")) == len(rows), done.counts


@pytest.fixture
def town(database: Database) -> Town:
    made = Town(database, "2024-06-24 09:00")  # a Monday
    made.settle(
        ("tn", "Đầu mối Sở TN&MT", [("stnmt", Role.FOCAL)]),
        ("ttn", "Giám đốc Sở TN&MT", [("stnmt", Role.HEAD)]),
        ("tc", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
    )
    made.tick()
    return made


def test_a_list_a_morning_the_worst_first_and_nothing_twice(town: Town, tmp_path: Path) -> None:
    bring(
        town,
        tmp_path,
        [
            dossier("0001", "stnmt", "28/6/2024"),  # four days to go
            dossier("0002", "stnmt", "27/6/2024", at="stc"),  # two on Tuesday
            dossier("0003", "stnmt", "26/6/2024"),  # one
            dossier("0004", "stnmt", "20/6/2024", letter="19/6/2024"),
            dossier("0005", "stnmt", "21/6/2024"),
            dossier("0006", "stnmt", "18/6/2024"),
            dossier("0007", "stnmt", "18/6/2024", state="yêu cầu bổ sung"),  # the clock stands
            dossier("0008", "stnmt", "18/6/2024", done="17/6/2024"),
        ],
    )
    town.tick()
    assert town.hears("tn") == []  # the morning is over
    town.forward("2024-06-25 08:00")
    (said,) = town.hears("tn")
    assert said.splitlines() == [
        "Hồ sơ thủ tục hành chính, thứ Ba 25/6/2024",
        "",
        "Quá hạn, chưa có thư xin lỗi: 2 hồ sơ",
        "",
        "• H34.16-240603-0006 Cấp giấy phép — hẹn trả 18/6/2024, trễ 5 ngày làm việc",
        "• H34.16-240603-0005 Cấp giấy phép — hẹn trả 21/6/2024, trễ 2 ngày làm việc",
        "",
        "Quá hạn, đã có thư xin lỗi: 1 hồ sơ",
        "",
        "• H34.16-240603-0004 Cấp giấy phép — hẹn trả 20/6/2024, trễ 3 ngày làm việc",
        "",
        "Sắp đến hạn trả kết quả: 2 hồ sơ",
        "",
        "• H34.16-240603-0003 Cấp giấy phép — hẹn trả 26/6/2024, còn 1 ngày làm việc",
        "• H34.16-240603-0002 Cấp giấy phép (nơi tiếp nhận: Sở Tài chính) — hẹn trả 27/6/2024, còn 2 ngày làm việc",
        "",
        "Hồ sơ không kịp trả đúng hẹn cần có thư xin lỗi và hẹn lại ngày trả, gửi trước ngày đã hẹn.",
        "",
        "Anh/chị nhận tin này vì là đầu mối hoặc thủ trưởng của Sở Tài nguyên và Môi trường.",
    ]
    assert town.hears("tc") == []  # receiving is not answering for the time
    town.tick()
    assert town.hears("tn") == []
    town.forward("2024-06-26 08:00")
    (said,) = town.hears("tn")
    assert "0001" in said and "0002" in said
    assert "0003" not in said and "0006" not in said
    assert "Ngoài ra còn 3 hồ sơ quá hạn đã báo trước đó." in said
    bring(town, tmp_path, [dossier("0002", "stnmt", "27/6/2024", done="26/6/2024")])
    town.forward("2024-06-28 08:00")
    (thursday,) = town.hears("tn")  # on Friday there is no news
    assert "0003" in thursday and "0001" in thursday and "0002" not in thursday


def test_a_morning_nobody_worked_is_made_good_once(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path, [dossier("0001", "stc", "26/6/2024")])
    town.jump("2024-06-27 15:00")
    town.tick()
    (said,) = town.hears("tc")
    assert "trễ 1 ngày làm việc" in said
    town.forward("2024-06-28 08:00")
    assert town.hears("tc") == []


def test_a_day_that_was_moved_by_a_stop_is_news(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path, [dossier("0001", "stc", "26/6/2024")])
    town.forward("2024-06-25 08:00")
    assert len(town.hears("tc")) == 1
    bring(town, tmp_path, [dossier("0001", "stc", "26/6/2024", state="yêu cầu bổ sung")])
    town.forward("2024-06-28 08:00")
    assert town.hears("tc") == []


def test_what_closed_while_a_list_waited_is_left_out_of_it(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path, [dossier(f"000{n}", "stc", "20/6/2024") for n in range(1, 4)])
    bring(town, tmp_path, [dossier("0004", "stnmt", "20/6/2024")])
    town.jump("2024-06-25 08:00")
    town.runtime.run_jobs(town.clock.now())  # planned, not yet sent
    bring(town, tmp_path, [dossier("0001", "stc", "20/6/2024", done="24/6/2024")])
    bring(town, tmp_path, [dossier("0004", "stnmt", "20/6/2024", state="yêu cầu bổ sung")])
    town.deliver()
    (said,) = town.hears("tc")
    assert "Quá hạn, chưa có thư xin lỗi: 2 hồ sơ" in said
    assert "0001" not in said
    assert "0002" in said
    assert town.hears("tn") == []


def test_a_head_stands_in_while_no_focal_person_has_joined(town: Town, tmp_path: Path) -> None:
    town.settle(("gsnv", "Giám đốc Sở Nội vụ", [("snv", Role.HEAD)]))
    town.settle(("nv", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]), joined=False)
    bring(town, tmp_path, [dossier("0001", "snv", "26/6/2024"), dossier("0002", "snv", "28/6/2024")])
    town.forward("2024-06-25 08:00")
    assert any("0001" in text for text in town.hears("gsnv"))
    town.settle(("nv", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]))
    town.forward("2024-06-26 08:00")
    assert not any("0002" in text for text in town.hears("gsnv"))
    assert any("0001" in text and "0002" in text for text in town.hears("nv"))


def test_a_head_hears_once_that_the_month_is_at_risk(town: Town, tmp_path: Path) -> None:
    rows = [dossier(f"{n:04}", "stnmt", "14/6/2024", done="13/6/2024") for n in range(20)]
    rows += [dossier(f"1{n:03}", "stnmt", "14/6/2024", done="17/6/2024") for n in range(3)]
    rows += [dossier(f"2{n:03}", "stc", "14/6/2024", done="13/6/2024") for n in range(40)]
    bring(town, tmp_path, rows)
    town.forward("2024-06-27 08:00")
    (said,) = town.hears("ttn")
    assert "Báo cáo thủ trưởng cơ quan" in said
    assert "tháng 6/2024: tỷ lệ đúng hạn có thể dưới 95 %" in said
    assert town.hears("tn") == []


def test_who_took_over_hears_of_what_an_agency_that_has_ended_left_open(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path, [dossier("0001", "stnmt", "26/6/2024")])
    with town.db.begin() as uow:
        register = uow.agencies.register()
        ended = replace(register.by_code["stnmt"], valid_to=date(2024, 6, 24), successors=("stc",))
        uow.agencies.save_agencies([ended if a.code == "stnmt" else a for a in register.agencies])
    town.forward("2024-06-25 08:00")
    (said,) = town.hears("tc")
    assert "H34.16-240603-0001" in said
    town.says("tc", "/hoso H34.16-240603-0001")
    assert "Sở Tài nguyên và Môi trường" in town.hears("tc")[-1]
    town.jump("2024-07-01 08:00")
    bring(town, tmp_path, [dossier("0001", "stnmt", "26/6/2024")])
    town.tick()
    assert any("Dự thảo danh sách hồ sơ trễ hạn" in text for text in town.hears("tc"))
    town.presses("tc", "Phản ánh số 1")
    town.says("tc", "chưa nhận bàn giao")
    assert "Đã ghi nhận" in town.hears("tc")[-1]


def test_people_ask_for_their_own_only(town: Town, tmp_path: Path) -> None:
    bring(
        town,
        tmp_path,
        [
            dossier("0001", "stnmt", "20/6/2024"),
            dossier("0002", "stnmt", "25/6/2024"),
            dossier("0003", "stnmt", "14/6/2024", done="13/6/2024"),
        ],
    )
    town.says("tn", "/hoso")
    (said,) = town.hears("tn")
    assert (
        "Sở Tài nguyên và Môi trường: đúng hạn 100 %; đã giải quyết 1, trễ 0; đang giải quyết 2, quá hạn 1"
        in said
    )
    assert "0002" in said
    town.presses("tn", "Hồ sơ trễ hạn")
    assert "H34.16-240603-0001" in town.hears("tn")[0]
    town.says("tn", "/hồ sơ h34.16-240603-0001")
    town.says("tn", "/hoso h34.16-240603-0001")
    assert "chưa có thư xin lỗi" in town.hears("tn")[-1]
    town.says("tc", "/hoso H34.16-240603-0001")
    assert "không tìm thấy" in town.hears("tc")[0]
    town.says("tc", "/hoso trễ")
    assert town.hears("tc") == ["Cơ quan của anh/chị không có hồ sơ quá hạn."]
