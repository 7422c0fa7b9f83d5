"""Who has not answered a notice yet, who is told of it, and who joins when it has gone out already."""

from __future__ import annotations

import io
from datetime import timedelta

from docx import Document
from openpyxl import load_workbook

from domain.officials import Post, Role
from tests.stories.noticed import MANY, TEXT, ready, town
from tests.town import Town

__all__ = ["town"]  # a fixture


def test_who_is_missing_is_reminded_after_working_hours_then_the_head_is_told(town: Town) -> None:
    ready(town)
    town.tick()
    for n in range(MANY - 1):
        town.presses(f"p{n:02}", "Đã nhận")
    town.hears("p39"), town.hears("p00"), town.hears("head")
    town.jump("2026-01-05 13:45")  # 3.5 h to noon, the break counts for nothing
    town.tick()
    assert town.hears("p39") == []
    town.jump("2026-01-05 14:05")
    town.tick()
    assert any("Nhắc lại" in said for said in town.hears("p39"))
    assert not any("Nhắc lại" in said for said in town.hears("p00"))
    town.tick()
    assert town.hears("p39") == []
    town.jump("2026-01-06 10:00")
    town.tick()
    (told,) = [said for said in town.hears("head") if "chưa trả lời thông báo" in said]
    assert "Chưa trả lời: P39" in told
    town.jump("2026-01-08 10:00")
    town.tick()
    assert not any("chưa trả lời thông báo" in said for said in town.hears("head"))


def test_the_roll_call_names_who_is_missing_and_goes_out_as_files(town: Town) -> None:
    ready(town, options=("Tham dự", "Vắng mặt"))
    town.tick()
    town.tick()
    for n in range(MANY - 2):
        town.presses(f"p{n:02}", "Tham dự" if n else "Vắng mặt")
    town.presses("admin", "Điểm danh")
    said = town.wires("admin")[-1].text
    assert "Tham dự: 37" in said
    assert "Vắng mặt: 1" in said
    assert "Sở Nội vụ: còn thiếu P38, P39" in said
    town.presses("admin", "Danh sách Excel")
    file = town.wires("admin")[-1].file
    assert file is not None
    sheet = load_workbook(io.BytesIO(file.data)).worksheets[0]
    assert sheet.max_row == MANY + 1
    assert [c.value for c in sheet[2]][1:3] == ["Sở Nội vụ", "P00"]
    assert sheet.cell(2, 8).value == "Vắng mặt"
    town.says("admin", "/thongbao")
    town.presses("admin", "Họp trực tuyến 14h chiều nay.")
    town.presses("admin", "Điểm danh")
    town.presses("admin", "Danh sách ký (Word)")
    paper = town.wires("admin")[-1].file
    assert paper is not None
    table = Document(io.BytesIO(paper.data)).tables[-2]
    assert [cell.text for cell in table.rows[0].cells] == [
        "STT",
        "Cơ quan",
        "Họ và tên",
        "Tình trạng nhận",
        "Ký nhận",
    ]
    assert len(table.rows) == MANY + 1
    town.says("admin", "/thongbao")
    town.presses("admin", "Họp trực tuyến 14h chiều nay.")
    town.presses("admin", "Điểm danh")
    town.presses("admin", "Nhắc người còn thiếu")
    assert "Đã gửi nhắc tới 2 người" in town.wires("admin")[-1].text


def test_who_joins_later_gets_what_still_concerns_them(town: Town) -> None:
    with town.db.begin() as uow:
        late = uow.people.save("late", "Late", [Post("snv", Role.FOCAL)])
    notice = ready(town)
    gone = ready(town, answer_by=town.clock.now() + timedelta(hours=1))
    town.tick()
    town.tick()
    with town.db.begin() as uow:
        assert uow.notices.progress(notice.id).left_out == 1
        new = uow.people.save("new", "New", [Post("snv", Role.FOCAL)])
        other = uow.people.save("other", "Other", [Post("syt", Role.FOCAL)])
        town.jump("2026-01-06 09:00")
        codes = [uow.people.new_invite(p.id, town.clock.now()) for p in (late, new, other)]
    for chat, code in zip(("late", "new", "other"), codes, strict=True):
        town.says(chat, "/start", code=code)
    town.tick()
    said = {chat: sum(TEXT in t for t in town.hears(chat)) for chat in ("late", "new", "other")}
    assert said == {"late": 1, "new": 1, "other": 0}
    town.presses("new", "Đã nhận")
    with town.db.begin() as uow:
        assert uow.notices.progress(gone.id).left_out == 1
        assert {e.name for e in uow.notices.roll(notice.id) if e.received_at} == {"New"}
