"""A notice from the first word to the roll-call, as its author, who approves it, and its readers live it."""

from __future__ import annotations

import dataclasses

import pytest
from sqlmodel import select

from domain.officials import Role
from storage.tables.registers import AuditRow
from storage.unit_of_work import Database
from tests.town import Town

PEOPLE: tuple[tuple[str, str, list[tuple[str, Role]]], ...] = (
    ("admin", "Trần Quản Trị", [("vp-ubnd", Role.ADMIN)]),
    ("cvp", "Lê Chánh Văn Phòng", [("vp-ubnd", Role.HEAD)]),
    ("dm-snv", "Đầu mối Nội vụ", [("snv", Role.FOCAL)]),
    ("dm-stc", "Đầu mối Tài chính", [("stc", Role.FOCAL)]),
    ("tt-stc", "Thủ trưởng Tài chính", [("stc", Role.HEAD)]),
    ("dm-syt", "Đầu mối Y tế", [("syt", Role.FOCAL)]),
    ("dm-stp", "Đầu mối Tư pháp", [("stp", Role.FOCAL)]),
)
TEXT = "Họp trực tuyến 14h chiều nay, đính kèm công văn 512."


@pytest.fixture
def town(database: Database) -> Town:
    """Seven people on a Monday morning; a notice to more than two of them needs a second person."""
    town = Town(database, "2026-01-05 08:00")
    town.settle(*PEOPLE)
    service = dataclasses.replace(town.service, notice_approve_above=2)
    town.service = town.runtime.service = service
    return town


def last(town: Town, who: str) -> str:
    return town.wires(who)[-1].text


def compose(town: Town, audience: str, text: str = TEXT) -> None:
    town.says("admin", f"/thongbao {text}")
    assert "Gửi tới những ai?" in last(town, "admin")
    town.says("admin", audience)


def got(town: Town, who: str, text: str = TEXT) -> int:
    return sum(wire.text.startswith("Thông báo\n\n") and text in wire.text for wire in town.wires(who))


def test_a_small_notice_goes_to_exactly_whom_it_names(town: Town) -> None:
    compose(town, "sở nội vụ, sở tài chính")
    card = last(town, "admin")
    assert "Nơi nhận: Sở Nội vụ, Sở Tài chính (đầu mối)" in card
    assert "Số người nhận: 2, thuộc 2 cơ quan" in card
    town.presses("admin", "Danh sách nhận")
    assert "Sở Nội vụ: Đầu mối Nội vụ" in last(town, "admin")
    town.presses("admin", "Gửi thông báo")
    assert "bắt đầu được gửi tới 2 người" in last(town, "admin")
    town.tick()
    assert [got(town, who) for who in ("dm-snv", "dm-stc", "tt-stc", "dm-syt")] == [1, 1, 0, 0]
    town.presses("dm-snv", "Đã nhận")
    assert "Đã ghi nhận anh/chị nhận được" in last(town, "dm-snv")
    town.tick()
    town.tick()
    assert got(town, "dm-snv") == 1
    assert "đã gửi 2/2" in last(town, "admin")


def test_a_wrong_audience_is_caught_in_the_preview(town: Town) -> None:
    compose(town, "các xã, sở nội vụ")
    card = last(town, "admin")
    assert "Cần kiểm tra: “UBND các xã, phường, thị trấn” không có người nhận nào" in card
    town.presses("admin", "Sửa nơi nhận")
    town.says("admin", "các sở, trừ sở y tế")
    assert "Nơi nhận: các sở, trừ Sở Y tế (đầu mối)" in last(town, "admin")
    town.presses("admin", "Danh sách nhận")
    names = last(town, "admin")
    assert "Đầu mối Tư pháp" in names
    assert "Đầu mối Y tế" not in names


def test_unclear_words_are_asked_about_and_nothing_is_guessed(town: Town) -> None:
    compose(town, "sở nội vụ, đội bóng")
    assert "Tôi chưa rõ “đội bóng” là gửi tới ai" in last(town, "admin")
    town.presses("admin", "Bỏ qua phần này")
    assert "Nơi nhận: Sở Nội vụ (đầu mối)" in last(town, "admin")


def test_above_the_head_count_a_second_person_approves(town: Town) -> None:
    compose(town, "sở nội vụ, sở tài chính, sở y tế")
    town.presses("admin", "Gửi thông báo")
    assert "chờ Lê Chánh Văn Phòng duyệt" in last(town, "admin")
    town.tick()
    assert got(town, "dm-snv") == 0
    asked = last(town, "cvp")
    assert "Trần Quản Trị trình duyệt thông báo" in asked
    assert TEXT in asked
    assert "Số người nhận: 3" in asked
    town.presses("cvp", "Danh sách nhận")
    assert "Sở Y tế: Đầu mối Y tế" in last(town, "cvp")
    town.presses("cvp", "Về thông báo")
    assert last(town, "cvp") == asked
    town.presses("cvp", "Trả lại")
    town.says("cvp", "Ghi rõ phòng họp")
    assert "trả lại “Họp trực tuyến" in last(town, "admin")
    assert "Ghi rõ phòng họp" in last(town, "admin")
    town.presses("admin", "Mở bản nháp")
    town.presses("admin", "Sửa nội dung")
    town.says("admin", TEXT + " Phòng họp số 2.")
    town.presses("admin", "Gửi thông báo")
    before = len(town.wires("cvp"))
    old = next(b for w in town.wires("cvp") for b in w.buttons if b.label == "Duyệt")
    town._comes_in("cvp", token=old.token)  # the button of what was sent back
    assert "không còn chờ duyệt" in last(town, "cvp")
    assert before < len(town.wires("cvp"))
    town.presses("cvp", "Duyệt")
    town.tick()
    assert [got(town, who) for who in ("dm-snv", "dm-stc", "dm-syt", "dm-stp")] == [1, 1, 1, 0]
    with town.db.begin() as uow:
        acts = [a for a in uow.session.exec(select(AuditRow.act)).all() if a.startswith("notice")]
    assert acts == ["notice_begin", "notice_submit", "notice_refuse", "notice_submit", "notice_approve"]


def test_nobody_approves_their_own(town: Town) -> None:
    compose(town, "sở nội vụ, sở tài chính, sở y tế")
    with town.db.begin() as uow:
        uow.people.save("cvp", "Lê Chánh Văn Phòng", [])
    town.presses("admin", "Gửi thông báo")
    assert "cần người thứ hai duyệt" in last(town, "admin")


def test_everybody_needs_the_number_typed(town: Town) -> None:
    service = dataclasses.replace(town.service, notice_approve_above=100)
    town.service = town.runtime.service = service
    town.runtime.__dict__.pop("inbox", None)
    compose(town, "tất cả")
    town.presses("admin", "Gửi thông báo")
    assert "gõ" in last(town, "admin")
    town.says("admin", "3")
    assert "gõ" in last(town, "admin")
    count = last(town, "admin").rsplit(":", 1)[1].strip(" .")
    town.says("admin", count)
    assert "bắt đầu được gửi" in last(town, "admin")


def test_a_question_is_answered_and_may_be_changed(town: Town) -> None:
    compose(town, "sở nội vụ, sở tài chính")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Thêm câu hỏi lựa chọn")
    town.says("admin", "Tham dự; Vắng mặt")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Hạn trả lời")
    town.says("admin", "11h")
    assert "Hạn trả lời: 11:00 5/1/2026" in last(town, "admin")
    town.presses("admin", "Xem trước")
    assert "[ Tham dự ], [ Vắng mặt ]" in last(town, "admin")
    town.presses("admin", "Về thông báo")
    town.presses("admin", "Gửi thử cho tôi")
    town.presses("admin", "Tham dự")
    assert "gửi thử" in last(town, "admin")
    town.presses("admin", "Về thông báo")
    town.presses("admin", "Gửi thông báo")
    town.tick()
    town.presses("dm-snv", "Tham dự")
    town.presses("dm-snv", "Đổi thành: Vắng mặt")
    with town.db.begin() as uow:
        (notice,) = uow.notices.newest(1)
        roll = {line.name: line.answer for line in uow.notices.roll(notice.id)}
    assert roll == {"Đầu mối Nội vụ": 1, "Đầu mối Tài chính": None}


def test_each_reads_it_in_their_language(town: Town) -> None:
    with town.db.begin() as uow:
        reader = uow.people.by_key("dm-stc")
        assert reader is not None
        uow.people.set_locale(reader.id, "en")
    compose(town, "sở nội vụ, sở tài chính")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Bản tiếng Anh")
    town.says("admin", "Online meeting at 2 p.m.")
    assert "Ngôn ngữ: vi, en" in last(town, "admin")
    town.presses("admin", "Gửi thông báo")
    town.tick()
    assert last(town, "dm-stc").startswith("Notice\n\nOnline meeting at 2 p.m.")
    assert got(town, "dm-snv") == 1


def test_a_kept_audience_is_offered_the_next_time(town: Town) -> None:
    compose(town, "sở nội vụ, sở tài chính")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Lưu danh sách nhận")
    town.says("admin", "Tổ họp giao ban")
    town.says("admin", "/thongbao Họp giao ban 8h")
    town.presses("admin", "Tổ họp giao ban")
    assert "Nơi nhận: Sở Nội vụ, Sở Tài chính (đầu mối)" in last(town, "admin")


def test_it_goes_at_its_hour(town: Town) -> None:
    compose(town, "sở nội vụ")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Hẹn giờ gửi")
    town.says("admin", "hôm qua")
    assert "chưa đọc được thời điểm" in last(town, "admin")
    town.says("admin", "10h")
    assert "Giờ gửi: 10:00 5/1/2026" in last(town, "admin")
    town.presses("admin", "Gửi thông báo")
    assert "gửi lúc 10:00 5/1/2026" in last(town, "admin")
    town.tick()
    assert got(town, "dm-snv") == 0
    town.jump("2026-01-05 10:00")
    town.tick()
    assert got(town, "dm-snv") == 1


def test_a_draft_survives_a_restart(town: Town) -> None:
    compose(town, "sở nội vụ")
    reborn = Town(town.db, "2026-01-05 08:30", town.channels)
    reborn._updates = town._updates
    reborn.says("admin", "/thongbao")
    reborn.presses("admin", "Bản nháp: Họp trực tuyến 14h chiều nay, đính kèm công văn…")
    assert "Nơi nhận: Sở Nội vụ (đầu mối)" in last(reborn, "admin")


def test_outside_office_hours_it_waits_unless_urgent(town: Town) -> None:
    town.jump("2026-01-05 18:00")
    compose(town, "sở nội vụ")
    town.presses("admin", "Gửi thông báo")
    assert "gửi lúc 07:30 6/1/2026" in last(town, "admin")
    town.tick()
    assert got(town, "dm-snv") == 0
    compose(town, "sở tài chính", "Khẩn: bão số 5")
    town.presses("admin", "Tùy chọn")
    town.presses("admin", "Khẩn: gửi cả ngoài giờ")
    town.presses("admin", "Gửi thông báo")
    town.tick()
    assert got(town, "dm-stc", "bão số 5") == 1
    town.jump("2026-01-06 07:31")
    town.tick()
    assert got(town, "dm-snv") == 1


def test_who_may_not_write_notices_cannot(town: Town) -> None:
    town.says("dm-snv", "/thongbao họp")
    assert "không" in last(town, "dm-snv").lower()
    with town.db.begin() as uow:
        assert uow.notices.newest(1) == []


def test_a_message_answered_with_the_command_becomes_the_notice(town: Town) -> None:
    town._comes_in("admin", text="/thongbao", reply_to="99", quoted=TEXT)
    town.says("admin", "sở nội vụ")
    assert TEXT in last(town, "admin")
