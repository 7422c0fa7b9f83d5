"""Exports of a dossier system: every kind of dirt is told by row, nothing is lost, guessed or doubled.

Whatever is about an applicant is gone before anything is kept; the database's own bytes are searched for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records.dossier_columns import PERSONAL
from bot.records.dossier_import import Office, compare_rows, import_file
from bot.records.dossier_problems import DossierOutcome
from bot.records.dossier_rows import open_rows
from domain.dossiers.counting import Tally
from domain.dossiers.dossier import Channel, Dossier, Outcome, Procedure, State
from domain.errors import BadInput, Refusal
from domain.reading.fold import fold
from domain.workdays import WorkCalendar
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of, xlsx

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 7, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
HEADS = (
    "STT", "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cơ quan xử lý", "Nơi tiếp nhận", "Người nộp", "Số điện thoại",
    "CCCD", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày trả", "Hình thức nộp", "Trạng thái", "Cán bộ xử lý",
    "Lý do trễ",
)  # fmt: skip
PERSON, PHONE, IDENTITY = "Trần Thị Bích Ngọc", "0905123456", "062090001234"
SECRETS = (PERSON, "Bích Ngọc", PHONE, IDENTITY, "Y Nguyên Hạnh", "ngoc@example.com")


def line(
    serial: int,
    *,
    code: str = "",
    agency: str = "Sở Nội vụ",
    received: str = "03/06/2024",
    promised: str = "21/06/2024",
    result: str = "",
    returned: str = "",
    state: str = "Đang xử lý",
    **more: str,
) -> list[str]:
    """A row in order; what is given replaces it."""
    row = dict(zip(HEADS, [""] * len(HEADS), strict=True)) | {
        "STT": str(serial),
        "Mã hồ sơ": code or f"000.00.16.H34-240603-{serial:04}",
        "Mã TTHC": "1.001122.000.00.00.H34",
        "Tên TTHC": "Thi tuyển công chức",
        "Lĩnh vực": "Công chức",
        "Cơ quan xử lý": agency,
        "Nơi tiếp nhận": "Sở Tài chính",
        "Người nộp": PERSON,
        "Số điện thoại": PHONE,
        "CCCD": IDENTITY,
        "Ngày tiếp nhận": received,
        "Ngày hẹn trả": promised,
        "Ngày có kết quả": result,
        "Ngày trả": returned,
        "Hình thức nộp": "Trực tuyến",
        "Trạng thái": state,
        "Cán bộ xử lý": "Lê Văn Cán",
        "Lý do trễ": f"Chờ {PERSON} nộp phí",
    }
    return list((row | {name.replace("_", " "): value for name, value in more.items()}).values())


@pytest.fixture
def office(database: Database) -> Office:
    agencies, groups = seed.load_agencies("kontum-2024")
    with database.begin() as uow:
        uow.agencies.save_agencies(
            [
                *agencies,
                replace(agencies[0], code="cu", name="Sở Cũ", aliases=(), valid_to=date(2023, 12, 31)),
            ]
        )
        uow.agencies.save_groups(groups)
    return Office(database, WorkCalendar(ZONE))


@pytest.fixture
def sqlite_office(sqlite_database: Database) -> Office:
    agencies, _ = seed.load_agencies("kontum-2024")
    with sqlite_database.begin() as uow:
        uow.agencies.save_agencies(agencies)
    return Office(sqlite_database, WorkCalendar(ZONE))


def bring(
    office: Office, folder: Path, data: bytes | Sequence[Sequence[Any]], now: datetime = NOW
) -> DossierOutcome:
    file = folder / "export"
    file.write_bytes(data if isinstance(data, bytes) else csv_of(data))
    outcome = import_file(office, file, "export.csv", source="file", by=None, now=now)
    assert outcome.adds_up(), outcome.all_counts()
    return outcome


def told(outcome: DossierOutcome) -> dict[int, list[tuple[str, str]]]:
    """Row → (column, what is said)."""
    found: dict[int, list[tuple[str, str]]] = {}
    for problem in outcome.problems:
        found.setdefault(problem.row, []).append((problem.column, problem.says.msgid))
    return found


def get(office: Office, code: str) -> Dossier:
    with office.db.begin() as uow:
        found = uow.dossiers.get(code)
    assert found is not None
    return found


def everything(path: Path) -> bytes:
    """All bytes the database keeps, its log among them."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# --- dirt

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


# --- applicants


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


# --- shapes of a file


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


# --- changes


def test_changes_are_kept_and_the_first_promise_stays(office: Office, tmp_path: Path) -> None:
    code = "000.00.16.H34-240603-0001"
    bring(office, tmp_path, [HEADS, line(1), line(2)])
    moved = [HEADS, line(1, promised="28/06/2024"), line(2)]
    outcome = bring(office, tmp_path, moved)
    assert (outcome.counts["changed"], outcome.counts["unchanged"]) == (1, 1)
    (change,) = outcome.changes
    assert [(f.column, f.old, f.new) for f in change.fields] == [("latest_on", "2024-06-21", "2024-06-28")]
    assert bring(office, tmp_path, moved).counts["unchanged"] == 2
    done = line(1, promised="28/06/2024", result="27/06/2024", state="Có kết quả")
    assert bring(office, tmp_path, [HEADS, done]).counts["changed"] == 1
    now = get(office, code)
    assert (now.promised_on, now.latest_on, now.outcome) == (
        date(2024, 6, 21),
        date(2024, 6, 28),
        Outcome.LATE,
    )
    with office.db.begin() as uow:
        past = uow.dossiers.past(code)
        assert [(p.dossier.state, p.dossier.latest_on, p.dossier.outcome) for p in past] == [
            (State.PROCESSING, date(2024, 6, 28), Outcome.RUNNING),
            (State.PROCESSING, date(2024, 6, 21), Outcome.RUNNING),
        ]
        assert all(p.at is not None for p in past)
    assert bring(office, tmp_path, [HEADS, done]).counts["unchanged"] == 1


def test_a_stop_moves_the_promise_and_an_end_without_a_day_stays_where_it_was_seen(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [HEADS, line(1, state="Yêu cầu bổ sung"), line(2)])
    bring(office, tmp_path, [HEADS, line(1, promised="28/06/2024"), line(2, state="Rút hồ sơ")])
    moved, gone = (get(office, f"000.00.16.H34-240603-000{n}") for n in (1, 2))
    assert (moved.promised_on, moved.due_on) == (date(2024, 6, 28), date(2024, 6, 28))
    assert (gone.outcome, gone.closed_on) == (Outcome.ENDED, TODAY)
    later = NOW.replace(month=8)
    bring(office, tmp_path, [HEADS, line(2, state="Hủy hồ sơ")], later)
    assert get(office, gone.code).closed_on == TODAY


def test_looking_writes_nothing(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, [HEADS, line(1)])
    file = tmp_path / "again.csv"
    file.write_bytes(csv_of([HEADS, line(1, state="Tạm dừng"), line(2, Tên_TTHC="Thủ tục mới")]))
    outcome = compare_rows(office, open_rows(file), now=NOW)
    assert (outcome.counts["new"], outcome.counts["changed"]) == (1, 1)
    with office.db.begin() as uow:
        assert (uow.dossiers.count(), len(uow.dossier_runs.latest()), len(uow.dossiers.procedures())) == (
            1,
            1,
            1,
        )
    assert get(office, "000.00.16.H34-240603-0001").state is State.PROCESSING


def test_an_agency_that_ended_keeps_what_it_decided_and_its_heir_may_answer_for_older_ones(
    office: Office, tmp_path: Path
) -> None:
    agencies, _ = seed.load_agencies("kontum-2024")
    old = next(a for a in agencies if a.code == "skhdt")
    with office.db.begin() as uow:
        uow.agencies.save_agencies(
            [
                replace(old, valid_to=date(2024, 6, 14), successors=("moi",)),
                replace(old, code="moi", name="Sở Mới", aliases=(), valid_from=date(2024, 6, 15)),
            ]
        )
    outcome = bring(
        office,
        tmp_path,
        [
            HEADS,
            line(1, agency="Sở Kế hoạch và Đầu tư", result="12/06/2024", state="Có kết quả"),
            line(2, agency="Sở Mới"),
            line(3, agency="Sở Kế hoạch và Đầu tư", received="20/06/2024"),
            line(4, agency="Sở Mới", result="12/06/2024", state="Có kết quả"),
        ],
    )
    assert set(told(outcome)) == {4, 5}
    assert [get(office, f"000.00.16.H34-240603-000{n}").agency for n in (1, 2)] == ["skhdt", "moi"]


# --- any cells at all

_CELLS = st.one_of(
    st.sampled_from(["", "-", "3/6/2024", "21/06/2024", "2024-06-20 08:00", "Sở Nội vụ", "đang xử lý", "đã trả", "rút", PERSON,
                     "000.00.16.H34-240603-0001", "H34.16-240603-0002", "Tổng cộng", "I.", "1", "Mã hồ sơ", "99/99/9999"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip


@pytest.fixture(scope="module")
def any_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    from storage.engine import make_engine
    from storage.migrate import upgrade

    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('any') / 'any.db'}")
    upgrade(engine)
    agencies, _ = seed.load_agencies("kontum-2024")
    with Database(engine).begin() as uow:
        uow.agencies.save_agencies(agencies)
    return Office(Database(engine), WorkCalendar(ZONE))


@bounded(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, max_size=9), max_size=12))
def test_whatever_the_cells_hold_each_row_becomes_something(
    any_office: Office, tmp_path: Path, rows: list[list[str]]
) -> None:
    heads = [
        "Mã hồ sơ",
        "Cơ quan xử lý",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày có kết quả",
        "Trạng thái",
        "Người nộp",
    ]
    outcome = bring(any_office, tmp_path, [heads, *rows])
    assert "other" not in outcome.by_code  # the quick way and the slow way agree
    assert outcome.counts.get("left_out", 0) == len({p.row for p in outcome.problems})
    again = bring(any_office, tmp_path, [heads, *rows])
    assert again.counts["new"] == again.counts["changed"] == 0


# --- counts from the database are the domain's own


@bounded(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_counts_as_the_rules_do(any_office: Office, tmp_path: Path, data: st.DataObject) -> None:
    from domain.dossiers.counting import tally

    with any_office.db.begin() as uow:
        wipe(uow.session)
    days = st.dates(date(2024, 4, 1), date(2024, 7, 9))
    rows = []
    for n in range(data.draw(st.integers(1, 12))):
        first, second, third = sorted(data.draw(st.tuples(days, days, days)))
        state = data.draw(st.sampled_from(["đang xử lý", "tạm dừng", "đã trả", "rút", "chờ tiếp nhận"]))
        over = state == "đã trả"
        promised, result = data.draw(st.sampled_from([(second, third), (third, second)]))
        shown = [f"{d:%d/%m/%Y}" for d in (first, promised, result)]
        rows.append(line(n, agency=data.draw(st.sampled_from(["snv", "stc"])), received=shown[0], promised=shown[1], result=shown[2] if over else "", state=state))  # fmt: skip
    bring(any_office, tmp_path, [HEADS, *rows])
    with any_office.db.begin() as uow:
        every = [d for n in range(len(rows)) if (d := uow.dossiers.get(f"000.00.16.H34-240603-{n:04}"))]
        for month in (202404, 202405, 202406, 202407):
            found = {c.agency: c.tally for c in uow.dossiers.counted(month, TODAY)}
            for agency in ("snv", "stc"):
                expected = tally([d for d in every if d.agency == agency], month, TODAY)
                assert found.get(agency, Tally()) == expected
                late = uow.dossiers.late_in(month, TODAY, [agency])
                assert len(late) == expected.late + expected.overdue
        closed = {(c.agency, c.month): (c.in_time, c.late) for c in uow.dossiers.closed(202404, 202407)}
        for (agency, month), (in_time, late_ones) in closed.items():
            expected = tally([d for d in every if d.agency == agency], month, TODAY)
            assert (expected.in_time, expected.late) == (in_time, late_ones)
        owed = [d for d in every if d.outcome.is_open and d.late_from and d.due_on and d.due_on <= TODAY]
        assert {d.code for d in uow.dossiers.running(TODAY)} == {d.code for d in owed}
        assert sum(sum(days.values()) for days in uow.dossiers.due_days().values()) == sum(
            d.outcome.is_open and d.late_from is not None for d in every
        )


def wipe(session: Any) -> None:
    from sqlalchemy import delete

    from storage.tables.dossiers import DossierPastRow, DossierRow

    session.exec(delete(DossierPastRow))
    session.exec(delete(DossierRow))
