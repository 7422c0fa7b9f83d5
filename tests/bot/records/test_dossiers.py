"""Every kind of dirt is told by row, nothing is lost, guessed or doubled; nothing about an applicant is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.records.dossier_columns import PERSONAL
from bot.records.dossier_import import Office
from domain.dossiers.dossier import Channel, Dossier, Outcome, Procedure, State
from domain.reading.fold import fold
from tests.bot.records.dossier_export import (
    HEADS,
    IDENTITY,
    PERSON,
    PHONE,
    SECRETS,
    bring,
    everything,
    get,
    line,
    told,
)
from tests.bot.records.files import csv_of, xlsx

DIRTY = [
    ["SỞ THÔNG TIN", "", ""],
    ["DANH SÁCH HỒ SƠ THÁNG 6/2024"],
    [],
    HEADS,
    [f"({n})" for n in range(1, len(HEADS) + 1)],
    line(1, result="20/06/2024", returned="21/06/2024", state="Đã trả kết quả (trước hạn)"),
    line(2, code="1.001122.000.00.00.H34"),  # 7: a procedure
    line(3, code=" "),  # 8: none
    line(4, code="HS-12"),  # 9: no code
    line(5, code="000.00.16.H34-240631-0005"),  # 10: of a day that is none
    line(6, agency="Sở Không Có"),  # 11: unknown
    line(7, agency=PERSON),  # 12: a person where the agency belongs
    line(8, agency="Đăk Hà"),  # 13: several
    line(9, agency="Sở Cũ"),  # 14: had ended
    line(10, agency=""),  # 15: none
    line(11, received="31/02/2024"),  # 16: no day
    line(12, received=PERSON),  # 17: slipped
    line(13, received=""),  # 18: none
    line(14, received="11/07/2024", promised="21/07/2024"),  # 19: yet to come
    line(15, promised="02/06/2024"),  # 20: before received
    line(16, promised=""),  # 21: none
    line(17, result="02/06/2024", returned="21/06/2024", state="Đã trả"),  # 22: result before received
    line(18, returned="02/06/2024", state="Đã trả"),  # 23: returned before received
    line(19, result="20/06/2024", returned="19/06/2024", state="Đã trả"),  # 24: returned before the result
    line(20, result="20/07/2024", state="Có kết quả"),  # 25: yet to come
    line(21, state="Đã trả"),  # 26: finished without a day
    line(22, result="20/06/2024"),  # 27: open with a result
    line(23, state="Đang bay"),  # 28: unknown state
    line(24, state=""),  # 29: none
    line(25, received="06/24/2024"),  # 30: month and day changed round
    line(26, received="24/06/24"),  # 31: a year in two digits
    line(27),  # 32 and 33: the same twice, differently
    line(27, state="Yêu cầu bổ sung"),
    line(28),  # 34 and 35: the same twice
    line(28),
    [*line(29), "", ""],  # 36: blank cells more
    [*line(30), "0905 123 456"],  # 37: slipped by one cell
    line(31)[:-2],  # 38: cells fewer
    line(32, Mã_TTHC=f"Bà {PERSON}"),  # 39: slipped
    line(33, Tên_TTHC=f"Cấp bản sao, liên hệ {PHONE}"),  # 40: a phone in what is read
    HEADS,  # 41: again on a new page
    line(34, received="24/6/2024 08:30", promised="2024-07-15", state="CHỜ NGHĨA VỤ TÀI CHÍNH"),
    line(35, received="08:30:15 24/06/2024", promised="15-07-2024 17:00:00", agency="SNV", state="Yêu cầu bổ sung"),
    ["II.", "UBND huyện Đăk Hà (2 hồ sơ)"],  # 44: whose rows follow
    line(36, agency=""),
    ["", "Tổng cộng: 3"],  # 46: which is not so
    ["Người lập biểu"],  # 47
    line(37, agency="", code="000.00.16.H34 – 240603 – 0037"),  # 48: whose it is, nobody says any more
]  # fmt: skip
PROBLEMS = {
    7: ("Mã hồ sơ", "This is the code of a procedure, not of a dossier."),
    8: ("Mã hồ sơ", "There is no dossier code."),
    9: ("Mã hồ sơ", "The cell is no dossier code."),
    10: ("Mã hồ sơ", "{text} is no dossier code."),
    11: ("Cơ quan xử lý", "No agency is known as “{name}”."),
    12: ("Cơ quan xử lý", "This cell names no agency that is known."),
    13: ("Cơ quan xử lý", "This cell may mean several agencies: {candidates}."),
    14: ("Cơ quan xử lý", "{name} had ended by then."),
    15: ("Cơ quan xử lý", "The cell is empty."),
    16: ("Ngày tiếp nhận", "{text} is not a day that can be read."),
    17: ("Ngày tiếp nhận", "The cell is not a day that can be read."),
    18: ("Ngày tiếp nhận", "There is no day of receipt."),
    19: ("Ngày tiếp nhận", "It was received on a day yet to come."),
    20: ("Ngày hẹn trả", "The promised day is before the day of receipt."),
    21: ("Ngày hẹn trả", "There is no promised day."),
    22: ("Ngày có kết quả", "The result is older than the day of receipt."),
    23: ("Ngày trả", "It was returned before it was received."),
    24: ("Ngày trả", "It was returned before there was a result."),
    25: ("Ngày có kết quả", "The result is from a day yet to come."),
    26: ("Trạng thái", "It is said to be finished, without a day."),
    27: ("Trạng thái", "It is said to be open, with a day of its result."),
    28: ("Trạng thái", "This state of a dossier is not known."),
    29: ("Trạng thái", "The cell is empty."),
    30: ("Ngày tiếp nhận", "{text} is not a day that can be read."),
    31: ("Ngày tiếp nhận", "{text} is not a day that can be read."),
    32: ("", "Several rows have the code {code} and differ: {rows}."),
    33: ("", "Several rows have the code {code} and differ: {rows}."),
    37: ("", "The row has more cells than there are headings."),
    39: ("Mã TTHC", "The cells of the procedure hold something else; nothing of them was stored."),
    40: ("Mã TTHC", "The cells of the procedure hold something else; nothing of them was stored."),
    48: ("Cơ quan xử lý", "The cell is empty."),
}
TAKEN = {"0001", "0028", "0029", "0031", "0034", "0035", "0036"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "csv-semicolon"])
def test_each_kind_of_dirt_is_told_by_row_and_a_second_run_doubles_nothing(
    office: Office, tmp_path: Path, form: str
) -> None:
    rows = DIRTY if form != "xlsx" else [row[: len(HEADS)] for row in DIRTY]
    data = xlsx(rows) if form == "xlsx" else csv_of(rows, ";" if "semi" in form else ",", "utf-8-sig")
    expected = {row: what for row, what in PROBLEMS.items() if form != "xlsx" or row != 37}
    taken = TAKEN | ({"0030"} if form == "xlsx" else set())  # a sheet has no ragged rows
    first = bring(office, tmp_path, data)
    assert {row: said for row, (said, *more) in told(first).items() if not more} == expected
    assert first.all_counts() == {
        "read": len(expected) + len(taken) + 1 + 5,
        "new": len(taken),
        "changed": 0,
        "unchanged": 0,
        "repeated": 1,
        "left_out": len(expected),
        "passed_over": 5,
    }
    with office.db.begin() as uow:
        kept = {
            d.code[-4:]: d for a in ("snv", "ubnd-dak-ha") for m in (202406,) for d in uow.dossiers.open_of(a)
        }
        assert uow.dossiers.count() == len(taken)
    assert kept.keys() | {"0001"} == taken
    assert kept["0036"].agency == "ubnd-dak-ha"
    assert (kept["0034"].state, kept["0034"].received_on, kept["0034"].promised_on) == (
        State.PAUSED, date(2024, 6, 24), date(2024, 7, 15),
    )  # fmt: skip
    assert kept["0035"].state is State.SUPPLEMENT
    notes = {note.msgid: note.args for note in first.notes}
    figures = notes[
        "Row {row}: the source's figure is {given}, its rows are {counted}. Nothing was put right."
    ]
    assert figures["row"] in ("44", "46")
    assert str(notes["Rows taken for titles and passed over: {rows}."]["rows"]) == "47"
    again = bring(office, tmp_path, data)
    assert again.all_counts() == first.all_counts() | {"new": 0, "unchanged": len(taken)}
    assert told(again) == told(first)


def test_a_dossier_with_everything(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, [HEADS, line(1, result="20/06/2024", returned="21/06/2024", state="Đã trả")])
    assert get(office, "000.00.16.H34-240603-0001") == Dossier(
        "000.00.16.H34-240603-0001",
        "snv",
        State.RETURNED,
        date(2024, 6, 3),
        date(2024, 6, 21),
        receiving="stc",
        procedure=Procedure("1.001122.000.00.00.H34", "Thi tuyển công chức", "Công chức"),
        channel=Channel.ONLINE,
        latest_on=date(2024, 6, 21),
        result_on=date(2024, 6, 20),
        returned_on=date(2024, 6, 21),
        due_on=date(2024, 6, 21),
        late_from=date(2024, 6, 22),
        closed_on=date(2024, 6, 20),
        outcome=Outcome.EARLY,
    )


def test_nothing_about_an_applicant_is_in_the_database_or_in_what_is_said(
    sqlite_office: Office, tmp_path: Path
) -> None:
    rows = [
        *DIRTY,
        line(50, agency="Y Nguyên Hạnh"),
        line(51, state="ngoc@example.com"),
        line(52, code=PHONE),
    ]
    rows += [line(53, promised=IDENTITY), line(54, Nơi_tiếp_nhận="Y Nguyên Hạnh"), line(55, Lĩnh_vực=PHONE)]
    first = bring(sqlite_office, tmp_path, rows)
    spoken = repr(first)
    path = Path(str(sqlite_office.db.engine.url.database))
    kept = everything(path)
    assert "Thi tuyển công chức".encode() in kept  # the search would find what is there
    for secret in SECRETS:
        assert secret not in spoken
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding) not in kept, secret
    assert "Lê Văn Cán".encode() not in kept
    with sqlite_office.db.begin() as uow:
        (run,) = uow.dossier_runs.latest()
    assert not any(secret in repr(run.report) for secret in SECRETS)


@pytest.mark.parametrize(
    "heading",
    ["Người nộp", "Họ và tên", "Họ tên người nộp", "Chủ hồ sơ", "Số điện thoại", "SĐT", "Số CCCD/CMND", "Địa chỉ", "Email",
     "Ngày sinh", "Tên tổ chức", "Người được ủy quyền", "Người yêu cầu", "Mã số thuế"],
)  # fmt: skip
def test_columns_about_people_are_known_as_such(heading: str) -> None:
    assert PERSONAL.search(fold(heading))
