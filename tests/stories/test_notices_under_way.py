"""A notice on its way: paused, resumed, cancelled, withdrawn, failing, called over, and late-comers."""

from __future__ import annotations

import dataclasses
import io
from datetime import timedelta

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.channel import Rejected, Traits
from bot.notices import sending
from bot.notices.desk import address, again, begin, cancel, change, pause, resume, submit, withdraw
from domain.errors import BadInput
from domain.notices import Notice, NoticeState
from domain.officials import Official, Post, Role
from storage import seed
from storage.unit_of_work import Database
from tests.town import Town, Wireless

TEXT = "Họp trực tuyến 14h chiều nay."
MANY = 40


@pytest.fixture
def town(database: Database) -> Town:
    """An admin, forty focal persons of Sở Nội vụ, and their head; nobody need approve."""
    return settled(database, MANY)


@pytest.fixture
def few(sqlite_database: Database) -> Town:
    """The same with three focal persons."""
    return settled(sqlite_database, 3)


def settled(database: Database, many: int) -> Town:
    town = Town(database, "2026-01-05 08:00", [Wireless(traits=Traits(replaces=True))])
    agencies, groups = seed.load_agencies("kontum-2024")
    now = town.clock.now()
    with database.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        people = [("admin", "vp-ubnd", Role.ADMIN), ("head", "snv", Role.HEAD)]
        people += [(f"p{n:02}", "snv", Role.FOCAL) for n in range(many)]
        for key, agency, role in people:
            person = uow.people.save(key, key.title(), [Post(agency, role)])
            uow.people.add_address(person.id, "telegram", "1", key, now)
    service = dataclasses.replace(town.service, notice_approve_above=1000)
    town.service = town.runtime.service = service
    return town


def the(town: Town, key: str) -> Official:
    with town.db.begin() as uow:
        person = uow.people.by_key(key)
    assert person is not None
    return person


def ready(town: Town, audience: str = "sở nội vụ", **changes: object) -> Notice:
    """A submitted notice."""
    author, now = the(town, "admin"), town.clock.now()
    with town.db.begin() as uow:
        notice = address(uow, town.service, author, begin(uow, author, TEXT, now), audience, now)
        if changes:
            notice = change(uow, author, notice, **changes)
        return submit(uow, town.service, author, notice, now).notice


def got(town: Town) -> int:
    return sum(w.text.startswith("Thông báo\n\n") for _, w in town.channels[0].sent)


def now_is(town: Town, notice: Notice) -> Notice:
    with town.db.begin() as uow:
        found = uow.notices.get(notice.id)
    assert found is not None
    return found


def plan_only(town: Town) -> None:
    town.runtime.run_jobs(town.clock.now())


def test_a_pause_takes_back_what_has_not_gone_and_resuming_sends_it_once(town: Town) -> None:
    notice, author = ready(town), the(town, "admin")
    plan_only(town)
    with town.db.begin() as uow:
        assert uow.notices.progress(notice.id).queued == MANY
        paused = pause(uow, author, again(uow, notice), town.clock.now())
        assert uow.notices.progress(notice.id).waiting == MANY
    town.tick()
    assert got(town) == 0
    with town.db.begin() as uow:
        resume(uow, author, paused, town.clock.now())
    town.tick()
    town.tick()
    assert got(town) == MANY
    assert now_is(town, notice).state is NoticeState.SENT


def test_what_is_cancelled_before_it_goes_does_not_go(town: Town) -> None:
    notice, author = ready(town), the(town, "admin")
    plan_only(town)
    with town.db.begin() as uow:
        cancel(uow, author, again(uow, notice), town.clock.now())
    town.tick()
    assert got(town) == 0
    with town.db.begin() as uow:
        assert uow.notices.progress(notice.id).stopped == MANY


def test_what_has_gone_is_struck_through_where_it_stands(town: Town) -> None:
    notice = ready(town)
    town.tick()
    first = {str(n): chat for n, (chat, w) in enumerate(town.channels[0].sent, 1) if "Họp" in w.text}
    town.tick()
    author = the(town, "admin")
    with town.db.begin() as uow:
        withdraw(uow, author, again(uow, notice), "hoãn họp", town.clock.now())
    town.tick()
    taken = [(chat, w) for chat, w in town.channels[0].sent if w.replaces]
    assert {w.replaces: chat for chat, w in taken} == {k: v for k, v in first.items() if v.startswith("p")}
    text = taken[0][1].text
    assert text.startswith("Thông báo này đã được thu hồi")
    assert "Lý do: hoãn họp" in text
    struck = [text[s.start : s.start + s.length] for s in taken[0][1].spans if s.style == "strikethrough"]
    assert TEXT in struck
    before = len(town.channels[0].sent)
    town.tick()
    assert len(town.channels[0].sent) == before


def test_where_nothing_can_be_replaced_a_word_follows(town: Town) -> None:
    town.channels[0].traits = Traits(replaces=False)
    notice = ready(town)
    town.tick()
    town.tick()
    author = the(town, "admin")
    with town.db.begin() as uow:
        withdraw(uow, author, again(uow, notice), "", town.clock.now())
    town.tick()
    told = [w for _, w in town.channels[0].sent if w.text.startswith("Thông báo này đã được thu hồi")]
    assert len(told) == MANY
    assert all(w.reply_to and not w.replaces for w in told)


def test_too_many_failures_pause_it_and_tell_its_author(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AHEAD", 24)
    town.channels[0].faults = [Rejected("bad_request") if n % 2 else None for n in range(24)]
    notice = ready(town)
    town.tick()
    town.tick()
    assert now_is(town, notice).state is NoticeState.PAUSED
    assert any("tạm dừng: nhiều tin không gửi được" in said for said in town.hears("admin"))
    assert got(town) == 12
    town.presses("admin", "Gửi tiếp")  # the author knows, and lets it go on
    town.tick()
    town.tick()
    assert now_is(town, notice).state is NoticeState.SENT
    assert got(town) == 28


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


MOVES = ["plan", "send", "pause", "resume", "cancel", "withdraw", "restart"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(MOVES), max_size=10))
def test_whatever_is_done_with_it_nobody_gets_it_twice_and_nothing_goes_after_an_end(
    few: Town, moves: list[str]
) -> None:
    town, author = few, the(few, "admin")
    channel = town.channels[0]
    notice, before = ready(town), len(channel.sent)
    ended = False
    for move in moves:
        if move == "plan":
            plan_only(town)
        elif move == "send":
            town.deliver()
        elif move == "restart":
            town.runtime.__dict__.pop("sender", None)
        else:
            step = {"pause": pause, "resume": resume, "cancel": cancel}.get(move)
            try:
                with town.db.begin() as uow:
                    if step:
                        step(uow, author, again(uow, notice), town.clock.now())
                    else:
                        withdraw(uow, author, again(uow, notice), "", town.clock.now())
            except BadInput:
                continue  # not legal as it stands
            ended = ended or move in ("cancel", "withdraw")
        got_it = [chat for chat, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
        assert len(got_it) == len(set(got_it))
        if ended:
            last = len(got_it)
            plan_only(town)
            town.deliver()
            after = [c for c, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
            assert len(after) == last
    if not ended:
        with town.db.begin() as uow:
            if again(uow, notice).state is NoticeState.PAUSED:
                resume(uow, author, again(uow, notice), town.clock.now())
        town.tick()
        town.tick()
        after = [c for c, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
        assert sorted(after) == ["p00", "p01", "p02"]
