"""Agencies from a file: by row what is new, what changes, what cannot be taken."""

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records.agencies import plan_agencies, read_agencies
from bot.records.agency_codes import derive_code
from bot.records.agency_columns import COLUMNS
from bot.records.outcome import Imported, What
from bot.records.sheets import Sheets, read_sheets
from domain.agencies import Agency, Kind, Level, Register
from domain.errors import BadInput
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of, sheets

HEADS = [
    "Mã",
    "Tên cơ quan",
    "Cấp",
    "Loại",
    "Trực thuộc",
    "Tên khác",
    "Hiệu lực từ",
    "Hiệu lực đến",
    "Kế thừa",
]
AGENCIES, GROUPS = seed.load_agencies("kontum-2024")
KONTUM = Register.of(AGENCIES, GROUPS)


def plan(found: Sheets, register: Register = KONTUM) -> Imported[Agency]:
    return plan_agencies(read_agencies(found), register)


def rows(*lines: str, register: Register = KONTUM) -> Imported[Agency]:
    """Lines with cells parted by |, under the usual headings, from row 2 on."""
    return plan(sheets(HEADS, *(line.split("|") for line in lines)), register)


def problems(found: Imported[Agency]) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.says.msgid) for p in found.outcome.problems]


def test_the_seed_as_a_file_changes_nothing() -> None:
    lines = [
        [a.code, a.name, a.level.value, a.kind.value, a.parent or "", "; ".join(a.aliases)] for a in AGENCIES
    ]
    assert plan(sheets(HEADS[:6], *lines)).outcome.counts() == {
        "new": 0, "changed": 0, "unchanged": 139, "problems": 0, "not_in_file": 0,
    }  # fmt: skip
    fresh = plan(sheets(HEADS[:6], *lines), Register())
    assert list(fresh.records) == AGENCIES


def test_the_seed_without_codes_gets_them_back() -> None:
    derived = [(a.code, derive_code(a.name, a.level, a.kind, a.parent)) for a in AGENCIES]
    assert [pair for pair in derived if pair[0] != pair[1]] == [
        ("sngv", "snv")
    ]  # Ngoại vụ: its own in the seed
    lines = [["", a.name, a.level.value, a.kind.value, KONTUM.name(a.parent or "")] for a in AGENCIES]
    assert plan(sheets(HEADS[:5], *lines)).outcome.counts()["unchanged"] == 139
    found = plan(sheets(HEADS[:5], *lines), Register())
    assert {a.code for a in found.records} == {a.code for a in AGENCIES} - {"snv", "sngv"}
    assert [(p.says.args["code"].args["text"], p.says.args["rows"]) for p in found.outcome.problems] == [  # type: ignore[union-attr]
        ("snv", "4, 19"),
        ("snv", "4, 19"),
    ]


def test_headings_in_any_order_and_language_with_dirt_around() -> None:
    found = plan(
        sheets(
            ["DANH SÁCH CƠ QUAN", "", ""],
            [],
            ["STT", "Level", "NAME (*)", "Kind", "Ghi chú"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Tỉnh", "Sở  Nội vụ", "SỞ", "x"],
            [],
            ["STT", "Level", "NAME (*)", "Kind", "Ghi chú"],
            ["2", "cấp tỉnh", "Sở Dân tộc và Tôn giáo", "sở", ""],
            ["", "", "Tổng cộng", "", ""],
            ["Tổng số: 2 cơ quan"],
        )
    )
    assert [(c.row, c.key, c.what) for c in found.outcome.changes] == [
        (5, "snv", What.UNCHANGED),
        (8, "sdttg", What.NEW),
    ]
    assert found.outcome.problems == ()


def test_changes_are_listed_old_and_new() -> None:
    found = rows("snv|Sở Nội vụ|||UBND tỉnh|Sở NV; SNV|||", "stc|Sở Tài Chính mới|||||1/3/2025||")
    first, second = found.outcome.changes
    assert [(f.column, f.old, f.new) for f in first.fields] == [("aliases", "SNV", "SNV; Sở NV")]
    assert [(f.column, f.new) for f in second.fields] == [
        ("name", "Sở Tài Chính mới"),
        ("valid_from", "2025-03-01"),
    ]
    assert found.outcome.left == 137


def test_an_empty_cell_keeps_and_a_dash_takes_away() -> None:
    kept, cleared = rows("snv|Sở Nội vụ||||||||"), rows("snv|Sở Nội vụ|||-|-|||")
    assert kept.records == ()
    assert (cleared.records[0].parent, cleared.records[0].aliases) == (None, ())


def test_merging_departments_dates_and_successors() -> None:
    found = rows("sldtbxh|Sở Lao động - Thương binh và Xã hội||||||28/2/2025|Sở Nội vụ")
    assert (found.records[0].valid_to.isoformat(), found.records[0].successors) == ("2025-02-28", ("snv",))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("x|||sở|||||", "Tên cơ quan", "The cell is empty."),
        ("Sở X|Sở X|tỉnh|sở|||||", "Mã", "“{text}” cannot be a code."),
        ("sx|Sở X|vùng|sở|||||", "Cấp", "“{text}” is not known here."),
        ("sx|Sở X|tỉnh|hội|||||", "Loại", "“{text}” is not known here."),
        ("sx|Sở X||sở|||||", "Cấp", "A new agency needs a level and a kind."),
        ("sx|Sở X|tỉnh|sở|Sở Không Có||||", "Trực thuộc", "No agency is known as “{name}”."),
        ("sx|Sở X|tỉnh|sở|Đắk Hà||||", "Trực thuộc", "“{name}” may mean several agencies: {candidates}."),
        ("sx|Sở X|tỉnh|sở|||||sở y", "Kế thừa", "No agency is known as “{name}”."),
        ("sx|Sở X|tỉnh|sở|||31/02/2025||", "Hiệu lực từ", "“{text}” is not a day that can be read."),
        ("sx|Sở X|tỉnh|sở|||1/7/25||", "Hiệu lực từ", "“{text}” is not a day that can be read."),
        ("sx|Sở X|tỉnh|sở|||1/7/2025|30/6/2025|", "Hiệu lực đến", "The last day {end} is before the first day {start}."),
        ("so-nv|Sở Nội vụ|tỉnh|sở|||||", "Mã", "{name} is known already, with the code {code}."),
        ("|Sở Nông vụ|tỉnh|sở|||||", "Mã", "The code made from the name, {code}, belongs to {holder}."),
        ("snv|Sở Nội vụ|||snv||||", "", "{name} would stand above itself, or succeed itself."),
    ],
)  # fmt: skip
def test_a_bad_row_is_left_out_and_the_good_one_taken(line: str, column: str, says: str) -> None:
    found = rows(line, "tt|Trung tâm Phục vụ hành chính công|tỉnh|trung tâm|vp-ubnd||||")
    assert problems(found) == [(2, column, says)]
    assert [a.code for a in found.records] == ["tt"]


def test_two_rows_with_one_code_are_left_out_unless_they_say_the_same() -> None:
    found = rows(
        "sx|Sở X|tỉnh|sở|||||", "sx|Sở Y|tỉnh|sở|||||", "sz|Sở Z|tỉnh|sở|||||", "sz|Sở Z|tỉnh|sở|||||"
    )
    assert {p.row for p in found.outcome.problems} == {2, 3}
    assert [a.code for a in found.records] == ["sz"]


def test_what_names_a_row_left_out_is_left_out_too_and_circles_are_found() -> None:
    found = rows(
        "a|Sở A|tỉnh|sở|Sở Không Có||||", "b|Sở B|tỉnh|sở|Sở A||||", "c|Sở C|tỉnh|sở|b||||",
        "d|Sở D|tỉnh|sở|e||||", "e|Sở E|tỉnh|sở|d||||", "f|Sở F|tỉnh|sở|e||||", "g|Sở G|tỉnh|sở|snv||||",
    )  # fmt: skip
    assert {p.row for p in found.outcome.problems} == {2, 3, 4, 5, 6, 7}
    assert [a.code for a in found.records] == ["g"]


def test_two_headings_with_one_meaning_are_refused() -> None:
    for heads in (["Mã", "Tên", "Tên cơ quan"], ["Cấp", "Loại"], ["x"]):
        with pytest.raises(BadInput):
            plan(sheets(heads, ["a", "b", "c"]))


def test_a_second_import_changes_nothing(database: Database) -> None:
    data = sheets(HEADS, *(line.split("|") for line in (
        "|Sở Nội vụ|tỉnh|sở|UBND tỉnh|SNV|1/1/2020||", "|UBND tỉnh Kon Tum|tỉnh|UBND||UBND tỉnh|||",
        "|UBND huyện Đắk Hà|huyện|UBND|UBND tỉnh||||", "|UBND xã Đắk Hà|xã|UBND|UBND huyện Đắk Hà||||",
    )))  # fmt: skip
    for counts in ((4, 0), (0, 4)):
        with database.begin() as uow:
            found = plan(data, uow.agencies.register())
            uow.agencies.save_agencies(found.records)
        assert (found.outcome.count(What.NEW), found.outcome.count(What.UNCHANGED)) == counts
    with database.begin() as uow:
        saved = {a.code: a.parent for a in uow.agencies.all()}
        known = uow.agencies.register().by_code["ubnd-tinh"]
    assert saved == {
        "snv": "ubnd-tinh", "ubnd-tinh": None, "ubnd-dak-ha": "ubnd-tinh", "xa-dak-ha-dak-ha": "ubnd-dak-ha",
    }  # fmt: skip
    assert (known.level, known.kind) == (Level.PROVINCE, Kind.PROVINCE_COMMITTEE)


WORDS = st.sampled_from(
    ["", "-", "snv", "Sở Nội vụ", "tỉnh", "sở", "UBND", "Đắk Hà", "1/7/2025", "30/6/2025", "stc; x", "=1", "xã", "2024-13-01", "tổng"]
) | st.text(max_size=12)  # fmt: skip


@bounded(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=10), max_size=8))
def test_any_grid_is_taken_or_explained(grid: list[list[str]]) -> None:
    data = csv_of([[c.headings[0] for c in COLUMNS], *grid])

    try:
        found = plan(read_sheets(data))
    except BadInput:
        return
    named = {c.row for c in found.outcome.changes} | {p.row for p in found.outcome.problems}
    table = read_agencies(read_sheets(data))
    repeated = len(table.records) - len(named)
    assert repeated >= 0  # a row that repeats another word for word is told once
    assert len({a.code for a in found.records}) == len(found.records)
    again = Register.of({a.code: a for a in (*AGENCIES, *found.records)}.values())
    assert plan(read_sheets(data), again).records == ()
