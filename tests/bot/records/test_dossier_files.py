"""Shapes of a file: headings, sheets, encodings, and what is no export."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.records.dossier_import import Office
from domain.dossiers.dossier import Outcome, State
from domain.errors import BadInput, Refusal
from tests.bot.records.dossier_export import (
    HEADS,
    NOW,
    PERSON,
    bring,
    get,
    line,
    told,
)
from tests.bot.records.files import xlsx


def test_headings_in_two_rows_with_merged_cells_and_a_sheet_for_each_agency(
    office: Office, tmp_path: Path
) -> None:
    upper = ["STT", "Mã hồ sơ", "Đơn vị giải quyết", "Người nộp", "Thời gian", "", "", "Tình trạng hồ sơ"]
    lower = ["", "", "", "", "Tiếp nhận ngày", "Ngày hẹn", "Ngày kết thúc xử lý", ""]
    lower[4] = "Ngày tiếp nhận (dd/mm)"
    rows: list[list[Any]] = [
        ["BÁO CÁO"], upper, lower,
        [1, "H34.16-240603-0001", "Sở Nội vụ", PERSON, date(2024, 6, 3), date(2024, 6, 21), date(2024, 6, 20), "đã trả"],
        [2, "H34.16-240603-0002", "", PERSON, datetime(2024, 6, 3, 8, 30), date(2024, 6, 21), "", "đang xử lý"],
        [3, "H34.16-240603-0003", "Sở Tài chính", PERSON, "3/6/2024", "21/6/2024", "24/06/2024 10:00", "đã trả"],
    ]  # fmt: skip
    other = [upper, lower, [1, "H34.17-240603-0001", "stc", "", "3/6/2024", "21/6/2024", "", "tạm dừng"]]
    notes = [["Ghi chú: số liệu đến ngày 10/7"]]
    outcome = bring(office, tmp_path, xlsx(rows, other, notes, merge="C4:C5"))
    assert (outcome.counts["new"], told(outcome)) == (4, {})
    assert get(office, "H34.16-240603-0002").agency == "snv"  # by the merged cell
    assert get(office, "H34.16-240603-0003").outcome is Outcome.LATE
    assert get(office, "H34.17-240603-0001").outcome is Outcome.STOPPED


def test_windows_text_tabs_and_other_names_of_columns(office: Office, tmp_path: Path) -> None:
    rows = [
        ["Số hồ sơ", "Cơ quan thụ lý", "Thời gian tiếp nhận", "Hạn trả kết quả", "Thời gian có kết quả"],
        ["H34.16-240603-0001", "Sở Nội vụ", "03/06/2024", "21/06/2024", ""],
        ["H34.16-240603-0002", "snv", "03/06/2024", "21/06/2024", "20/06/2024"],
    ]
    text = "\n".join("\t".join(row) for row in rows)
    outcome = bring(office, tmp_path, text.encode("utf-16"))
    assert outcome.counts["new"] == 2
    states = [get(office, f"H34.16-240603-000{n}").state for n in (1, 2)]
    assert states == [State.PROCESSING, State.RESULT]  # without a column of states the days say it
    with pytest.raises(BadInput) as refused:
        bring(office, tmp_path, [["Họ tên", "Địa chỉ"], [PERSON, "Kon Tum"]])
    assert PERSON not in str(refused.value.phrase)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0", b"\x00\x01\x02", b'a,"b\n' * 3, b"a\n" * 9]
)
def test_what_is_no_export_is_refused_and_leaves_a_report(
    office: Office, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(BadInput):
        bring(office, tmp_path, data)
    with office.db.begin() as uow:
        (run,) = uow.dossier_runs.latest()
    assert (run.state, bool(run.report["error"])) == ("failed", True)


def test_one_reading_at_a_time_and_a_dead_one_is_followed(office: Office, tmp_path: Path) -> None:
    with office.db.begin() as uow:
        assert uow.dossier_runs.start("file", "x", None, NOW)
    with pytest.raises(Refusal):
        bring(office, tmp_path, [HEADS, line(1)])
    later = NOW.replace(hour=10)
    assert bring(office, tmp_path, [HEADS, line(1)], later).counts["new"] == 1
    with office.db.begin() as uow:
        assert [run.state for run in uow.dossier_runs.latest()] == ["done", "failed"]
