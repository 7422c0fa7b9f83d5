"""People from a file: posts by row, agencies in any spelling, personal data left at the door."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records.outcome import Imported, What
from bot.records.people import plan_people, read_people
from bot.records.people_columns import COLUMNS
from bot.records.sheets import Sheets, read_sheets
from domain.agencies import Register
from domain.errors import BadInput
from domain.officials import Official, Post, Role
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.files import csv_of, sheets

TODAY = date(2024, 6, 25)
AGENCIES, GROUPS = seed.load_agencies("kontum-2024")
KONTUM = Register.of(AGENCIES, GROUPS)
HEADS = [
    "Mã cán bộ",
    "Họ và tên",
    "Cơ quan",
    "Cấp",
    "Vai trò",
    "Ngôn ngữ",
    "Giờ nhận tin",
    "Kênh",
    "Trạng thái",
]
AN = Official(7, "an", "Nguyễn An", (Post("snv", Role.FOCAL), Post("stc", Role.HEAD)), digest_at="07:30")


def plan(found: Sheets, known: Sequence[Official] = (), register: Register = KONTUM) -> Imported[Official]:
    return plan_people(read_people(found), register, known, TODAY)


def rows(*lines: str, known: Sequence[Official] = (), register: Register = KONTUM) -> Imported[Official]:
    """Lines with cells parted by |, under the usual headings, from row 2 on."""
    return plan(sheets(HEADS, *(line.split("|") for line in lines)), known, register)


def problems(found: Imported[Official]) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.says.msgid) for p in found.outcome.problems]


def notes(found: Imported[Official]) -> list[str]:
    return [note.msgid for note in found.outcome.notes]


def test_a_person_with_everything_and_one_with_little() -> None:
    found = rows(
        "an|Nguyễn An|SNV||đầu mối; Đôn đốc|tiếng Anh|7h30|trình duyệt|đang làm việc",
        "ba|Lê Ba|stc||Lãnh đạo",
    )
    assert found.records == (
        Official(
            0, "an", "Nguyễn An", (Post("snv", Role.FOCAL), Post("snv", Role.MONITOR)), "en", "07:30", "browser"
        ),
        Official(0, "ba", "Lê Ba", (Post("stc", Role.HEAD),)),
    )  # fmt: skip


def test_several_rows_are_several_posts_of_one_person() -> None:
    found = rows("an|Nguyễn An|SNV||đầu mối", "an|NGUYỄN AN|Sở Tài chính||thủ trưởng", known=[AN])
    assert found.outcome.counts() == {"new": 0, "changed": 0, "unchanged": 1, "problems": 0, "not_in_file": 0}
    found = rows("an|Nguyễn An|Sở Tài chính||thủ trưởng||-||nghỉ", known=[AN, replace(AN, id=8, key="ba")])
    (change,) = found.outcome.changes
    assert [(f.column, f.old, f.new) for f in change.fields] == [
        ("posts", "snv:focal, stc:head", "stc:head"), ("digest_at", "07:30", ""), ("active", "1", "0"),
    ]  # fmt: skip
    assert found.outcome.left == 1


@pytest.mark.parametrize(
    ("agency", "level", "code"),
    [
        ("snv", "", "snv"),
        ("SỞ NỘI VỤ", "", "snv"),
        ("Sở Nội vụ tỉnh Kon Tum", "", "snv"),
        ("Sở KH&ĐT", "", "skhdt"),
        ("huyện Ngọc Hồi", "", "ubnd-ngoc-hoi"),
        ("Ủy ban nhân dân huyện Đăk Hà", "", "ubnd-dak-ha"),
        ("Đắk Hà", "huyện", "ubnd-dak-ha"),
        ("Đắk Hà", "", None),
        ("Sở Không Có", "", None),
        ("", "", None),
    ],
)
def test_agencies_are_found_by_any_spelling_and_asked_about_when_in_doubt(
    agency: str, level: str, code: str | None
) -> None:
    found = rows(f"an|Nguyễn An|{agency}|{level}|đầu mối")
    assert [o.posts[0].agency for o in found.records] == ([code] if code else [])
    assert [p.column for p in found.outcome.problems] == ([] if code else ["Cơ quan"])


def test_doubtful_agencies_name_their_candidates() -> None:
    (problem,) = rows("an|Nguyễn An|Đắk Hà||đầu mối").outcome.problems
    assert "UBND huyện Đắk Hà (ubnd-dak-ha)" in str(problem.says.args["candidates"])
    ended = Register.of(
        [
            replace(a, valid_to=date(2024, 6, 1), successors=("stc",)) if a.code == "skhdt" else a
            for a in AGENCIES
        ]
    )
    (problem,) = rows("an|Nguyễn An|SKHĐT||đầu mối", register=ended).outcome.problems
    assert problem.says.msgid == "{name} ended on {day}."
    assert "Sở Tài chính (stc)" in str(problem.todo.args["heirs"])


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("x||snv||đầu mối", "Họ và tên", "The cell is empty."),
        ("x|An|snv||", "Vai trò", "The cell is empty."),
        ("x|An|snv||sếp", "Vai trò", "“{text}” is not known here."),
        ("x|An|snv||đầu mối, sếp", "Vai trò", "“{text}” is not known here."),
        ("x|An|snv||đầu mối|tiếng Lào", "Ngôn ngữ", "“{text}” is not known here."),
        ("x|An|snv||đầu mối||25:00", "Giờ nhận tin", "“{text}” is not a time of day."),
        ("x|An|snv||đầu mối|||fax", "Kênh", "“{text}” is not known here."),
        ("x|An|snv||đầu mối||||có lẽ", "Trạng thái", "“{text}” is not known here."),
        ("x y|An|snv||đầu mối", "Mã cán bộ", "“{text}” cannot be a key."),
        ("0905 123 456|An|snv||đầu mối", "Mã cán bộ", "The cell holds a phone number, an address or an identity number; it was not stored."),
        ("x|An - 0905.123.456|snv||đầu mối", "Họ và tên", "The cell holds a phone number, an address or an identity number; it was not stored."),
        ("an@kontum.gov.vn|An|snv||đầu mối", "Mã cán bộ", "The cell holds a phone number, an address or an identity number; it was not stored."),
    ],
)  # fmt: skip
def test_a_bad_row_is_left_out_and_the_good_one_taken(line: str, column: str, says: str) -> None:
    found = rows(line, "ba|Lê Ba|stc||thủ trưởng")
    assert problems(found) == [(2, column, says)]
    assert [o.key for o in found.records] == ["ba"]
    assert not any("0905" in str(p.says.args) + str(p.todo.args) for p in found.outcome.problems)


def test_posts_are_not_taken_away_on_the_word_of_a_file_with_a_bad_row() -> None:
    found = rows("an|Nguyễn An|SNV||đầu mối, theo dõi", "an|Nguyễn An|Sở Ma||thủ trưởng", known=[AN])
    (an,) = found.records
    assert set(an.posts) == {Post("snv", Role.FOCAL), Post("snv", Role.MONITOR), Post("stc", Role.HEAD)}
    assert "{name} keeps the posts held so far, because a row could not be read." in notes(found)


def test_rows_of_one_key_must_agree() -> None:
    found = rows("an|Nguyễn An|SNV||đầu mối", "an|Trần Bình|STC||đầu mối", "ba|Lê Ba|stc||thủ trưởng")
    assert {p.row for p in found.outcome.problems} == {2, 3}
    assert [o.key for o in found.records] == ["ba"]


def test_without_keys_known_people_are_found_and_new_ones_get_a_key() -> None:
    data = sheets(
        ["Họ tên", "Đơn vị", "Vai trò"], ["Nguyễn  An", "SNV", "đầu mối"], ["Đỗ Ý", "STC", "đầu mối"]
    )
    found = plan(data, [AN])
    assert [o.key for o in found.records] == ["an", "do-y-stc"]
    assert "Rows without a key were given one made from name and agency." in notes(found)
    assert plan(data, found.records).records == ()


def test_personal_data_is_left_at_the_door_and_said() -> None:
    data = sheets(
        ["Họ tên", "Đơn vị", "Vai trò", "Số điện thoại", "Số CCCD", "E-mail", "Ngày sinh", "Chức vụ", "TT"],
        ["Nguyễn An", "SNV", "đầu mối", "0905123456", "062085001234", "a@x.vn", "1/1/1985", "CV", "1"],
    )
    table = read_people(data)
    assert not any(x in str(table) for x in ("0905123456", "062085001234", "a@x.vn", "1985"))
    shown = {str(note.args["columns"].args["text"]) for note in table.notes}  # type: ignore[union-attr]
    assert shown == {"Số điện thoại, Số CCCD, E-mail, Ngày sinh", "Chức vụ"}


def test_the_last_administrator_does_not_go_unnoticed() -> None:
    admin = Official(1, "qt", "Quản trị", (Post("snv", Role.ADMIN),))
    warning = "After this nobody is an administrator any more. Please name one."
    assert warning in notes(rows("qt|Quản trị|snv||đầu mối", known=[admin]))
    assert warning not in notes(rows("an|Nguyễn An|snv||đầu mối", known=[admin]))


def test_a_second_import_changes_nothing_and_nobody_is_lost(database: Database) -> None:
    data = sheets(HEADS, *(line.split("|") for line in (
        "an|Nguyễn An|SNV||đầu mối|||zalo|", "an|Nguyễn An|STC||thủ trưởng||||", "ba|Lê Ba|Ngọc Hồi|huyện|quản trị||08:00||không",
    )))  # fmt: skip
    with database.begin() as uow:
        uow.agencies.save_agencies(AGENCIES)
        uow.people.save("cu", "Người Cũ", [Post("snv", Role.HEAD)])
        uow.people.save("an", "Nguyen An", [Post("syt", Role.FOCAL)])
    for counts in ((1, 1, 0), (0, 0, 2)):
        with database.begin() as uow:
            found = plan_people(read_people(data), uow.agencies.register(), uow.people.all(), TODAY)
            uow.people.save_all(found.records)
        assert tuple(found.outcome.count(w) for w in What) == counts
        assert found.outcome.left == 1
    with database.begin() as uow:
        people = {o.key: replace(o, id=0) for o in uow.people.all()}
    assert people == {
        "cu": Official(0, "cu", "Người Cũ", (Post("snv", Role.HEAD),)),
        "an": Official(
            0, "an", "Nguyễn An", (Post("snv", Role.FOCAL), Post("stc", Role.HEAD)), prefers="zalo"
        ),
        "ba": Official(
            0, "ba", "Lê Ba", (Post("ubnd-ngoc-hoi", Role.ADMIN),), digest_at="08:00", active=False
        ),
    }


def test_many_people_are_kept_in_batches(database: Database) -> None:
    many = [Official(0, f"k{n}", f"Người {n}", (Post("snv", Role.FOCAL),)) for n in range(2000)]
    for _ in range(2):
        with database.begin() as uow:
            uow.people.save_all(many)
    with database.begin() as uow:
        assert [replace(o, id=0) for o in uow.people.all()] == many


WORDS = st.sampled_from(
    ["", "-", "an", "snv", "Sở Nội vụ", "Đắk Hà", "huyện", "đầu mối", "đầu mối; theo dõi", "7:30", "zalo", "không", "=1", "Nguyễn An"]
) | st.text(max_size=12)  # fmt: skip


@bounded(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=9), max_size=8))
def test_any_grid_is_taken_or_explained(grid: list[list[str]]) -> None:
    data = csv_of([[c.headings[0] for c in COLUMNS], *grid])
    try:
        found = plan(read_sheets(data), [AN])
    except BadInput:
        return
    table = read_people(read_sheets(data))
    named = {c.row for c in found.outcome.changes} | {p.row for p in found.outcome.problems}
    assert named <= {r.row for r in table.records}
    assert bool(named) == bool(table.records)
    known = {o.key: o for o in (AN, *found.records)}
    assert plan(read_sheets(data), list(known.values())).records == ()
