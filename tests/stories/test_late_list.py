"""From an export to the published list: warned, contested, decided, approved, corrected; in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.late_lists import draft
from domain.dossiers.late_list import ListState
from domain.errors import BadInput
from domain.officials import Role
from storage.unit_of_work import Database
from tests.stories.test_dossier_warnings import bring, dossier
from tests.town import Town


@pytest.fixture
def town(database: Database) -> Town:
    made = Town(database, "2024-06-24 09:00")
    made.settle(
        ("tn", "Đầu mối Sở TN&MT", [("stnmt", Role.FOCAL)]),
        ("tc", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
        ("nv", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]),
        ("vp", "Lãnh đạo Văn phòng", [("vp-ubnd", Role.HEAD)]),
        ("dmvp", "Đầu mối Văn phòng", [("vp-ubnd", Role.FOCAL)]),
    )
    return made


LATE = [
    *(dossier(f"0{n:03}", "stnmt", "14/6/2024", done="13/6/2024") for n in range(25)),
    dossier("1001", "stnmt", "14/6/2024", done="17/6/2024"),
    dossier("1002", "stnmt", "20/6/2024"),
    dossier("2001", "stc", "14/6/2024", done="18/6/2024"),
    dossier("3001", "snv", "14/6/2024", done="13/6/2024"),
]


def test_warned_contested_approved_published_corrected(town: Town, tmp_path: Path) -> None:
    bring(town, tmp_path, LATE)
    town.forward("2024-06-25 08:00")
    assert "1002" in town.hears("tn")[0]
    town.forward("2024-07-01 08:00")
    assert [w for w in town.hears("tn") if "Dự thảo" in w] == []  # the dossiers were read in June
    bring(town, tmp_path, LATE)
    town.forward("2024-07-02 08:00")
    (draft,) = town.hears("tn")
    assert draft.splitlines() == [
        "Dự thảo danh sách hồ sơ trễ hạn tháng 6/2024",
        "",
        "Sở Tài nguyên và Môi trường: đã giải quyết 26, trễ hạn 1; đang giải quyết quá hạn 1",
        "",
        "1. H34.16-240603-1001: hẹn trả 14/6/2024, có kết quả 17/6/2024",
        "2. H34.16-240603-1002: hẹn trả 20/6/2024, chưa có kết quả",
        "",
        "Đề nghị anh/chị rà soát. Hồ sơ nào chưa đúng, anh/chị phản ánh kèm lý do trước hết thứ Năm 4/7/2024; "
        "sau đó danh sách được trình Văn phòng UBND tỉnh.",
        "",
        "Hồ sơ khác trong danh sách: gửi /hoso kèm mã hồ sơ.",
    ]
    assert len(town.hears("tc")) == 1
    assert town.hears("nv") == []
    town.presses("tn", "Phản ánh số 1")
    town.says("tn", "đã trả ngày 13/6, hệ thống cập nhật chậm")
    assert "Đã ghi nhận ý kiến phản ánh" in town.hears("tn")[-1]
    town.says("tc", "/hoso H34.16-240603-2001")
    town.presses("tc", "Phản ánh hồ sơ này")
    town.says("tc", "hồ sơ của đơn vị khác")
    town.says("nv", "/hoso H34.16-240603-2001")
    assert "không tìm thấy" in town.hears("nv")[-1]
    town.forward("2024-07-04 08:00")
    assert town.hears("vp") == []
    town.forward("2024-07-05 08:00")
    (asked,) = town.hears("vp")
    assert "trình phê duyệt" in asked
    assert "Ý kiến phản ánh chưa xử lý: 2." in asked
    assert town.hears("dmvp") == []
    town.presses("vp", "Xem ý kiến phản ánh")
    assert "hồ sơ của đơn vị khác" in town.hears("vp")[0]
    town.presses("vp", "Giữ lại")
    assert "hệ thống cập nhật chậm" in town.hears("vp")[0]
    assert "không chấp nhận phản ánh, giữ trong danh sách" in town.hears("tc")[-1]
    with town.db.begin() as uow:
        assert uow.late_lists.published() is None
    town.says("vp", "/congkhai")
    town.presses("vp", "Phê duyệt, công khai")
    assert "/public/late?month=6/2024" in town.hears("vp")[-1]
    assert "trễ hạn 1; đang giải quyết quá hạn 1 (đang có ý kiến: 1)" in town.hears("tn")[-1]
    assert "Sở Tài chính: đã giải quyết 1, trễ hạn 1; đang giải quyết quá hạn 0" in town.hears("tc")[-1]
    town.presses("vp", "Phê duyệt, công khai")
    assert "nút này đã cũ" in town.hears("vp")[-1].lower()
    with town.db.begin() as uow:
        out = uow.late_lists.published()
        assert out is not None
        assert (out.month, out.version, len(out.contested)) == (202406, 1, 1)


def test_a_correction_is_a_new_version_and_replaces_the_one_before(town: Town, tmp_path: Path) -> None:
    town.jump("2024-07-01 08:00")
    bring(town, tmp_path, LATE)
    town.tick()
    town.forward("2024-07-04 08:00")
    town.presses("vp", "Phê duyệt, công khai")
    bring(town, tmp_path, [dossier("2001", "stc", "14/6/2024", done="14/6/2024")])
    with town.db.begin() as uow, pytest.raises(BadInput):
        draft(uow, town.service, 202406, town.clock.now())
    with town.db.begin() as uow:
        draft(uow, town.service, 202406, town.clock.now(), reason="Sở Tài chính đã trả đúng hạn")
    town.deliver()
    assert "Bản 2, đính chính: Sở Tài chính đã trả đúng hạn" in town.hears("vp")[-1]
    with town.db.begin() as uow:
        out = uow.late_lists.published()
        assert out is not None
        assert out.version == 1
    town.presses("vp", "Phê duyệt, công khai")
    with town.db.begin() as uow:
        states = {v.version: v.state for v in uow.late_lists.versions(202406)}
    assert states == {1: ListState.REPLACED, 2: ListState.PUBLISHED}


def test_in_english(town: Town, tmp_path: Path) -> None:
    with town.db.begin() as uow:
        for person in uow.people.all():
            uow.people.set_locale(person.id, "en")
    town.jump("2024-07-01 08:00")
    bring(town, tmp_path, LATE)
    town.tick()
    said = "\n".join(town.hears("tn"))
    assert "Draft list of late dossiers, month 6/2024" in said
    town.presses("tn", "Object to 1")
    town.says("tn", "returned in time")
    town.forward("2024-07-04 08:00")
    town.presses("vp", "Look at objections")
    town.presses("vp", "Keep it")
    town.presses("vp", "Approve and publish")
    assert "Published: agencies with late dossiers, month 6/2024" in town.hears("tn")[-1]


def test_nobody_objects_too_late_or_approves_without_the_right(town: Town, tmp_path: Path) -> None:
    town.jump("2024-07-01 08:00")
    bring(town, tmp_path, LATE)
    town.tick()
    town.forward("2024-07-04 08:00")
    town.presses("tn", "Phản ánh số 1")
    town.says("tn", "muộn")
    assert "Đã hết thời hạn phản ánh (ngày 3/7/2024)" in town.hears("tn")[-1]
    town.says("tn", "/congkhai")
    assert town.hears("tn") == ["Chưa có danh sách hồ sơ trễ hạn nào được công khai."]
