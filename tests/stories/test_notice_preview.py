"""What an author sees before a notice goes, and what each channel then really shows: the same words.

The wording is kept in golden/notices.txt and read through by eye (``DONDOC_GOLDEN=write``).
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.browser import BrowserChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.notices.asking import approval
from bot.notices.attaching import attach
from bot.notices.cards import card, names, preview
from bot.notices.desk import address, begin, change, look, submit
from bot.notices.preview import as_shown
from bot.rendering import render
from domain.messages import Message
from domain.notices import Notice
from domain.officials import Official, Post, Role
from storage import seed
from storage.unit_of_work import Database
from tests.town import Town, Wireless

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "notices.txt"
TEXT = """# Họp trực tuyến
**14h chiều nay**
- Thành phần: lãnh đạo sở, đầu mối
- Đường truyền: phòng họp số 2

Đính kèm công văn 512."""
CHANNELS = (TelegramChannel("1:a"), ZaloChannel("2:b"), BrowserChannel())


@pytest.fixture
def town(sqlite_database: Database) -> Town:
    """Three people on three channels, one whom no channel reaches, and an author."""
    channels = [Wireless(c.name, c.bot, c.traits) for c in CHANNELS]
    town = Town(sqlite_database, "2026-01-05 08:00", channels)
    agencies, groups = seed.load_agencies("kontum-2024")
    now = town.clock.now()
    with town.db.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        for key, agency, role, channel in (
            ("Quản trị", "vp-ubnd", Role.ADMIN, channels[0]),
            ("Lan", "snv", Role.FOCAL, channels[0]),
            ("Minh", "stc", Role.FOCAL, channels[1]),
            ("Hoa", "stp", Role.FOCAL, channels[2]),
            ("Bình", "syt", Role.FOCAL, None),
        ):
            person = uow.people.save(key, key, [Post(agency, role)])
            if channel is not None:
                uow.people.add_address(person.id, channel.name, channel.bot, key, now)
    return town


def written(town: Town) -> tuple[Official, Notice]:
    """A notice with everything that can be asked of a reader."""
    now = town.clock.now()
    with town.db.begin() as uow:
        author = uow.people.by_key("Quản trị")
        assert author is not None
        notice = begin(uow, author, TEXT, now)
        options = ("Tham dự", "Vắng mặt")
        notice = change(uow, author, notice, options=options, answer_by=now + timedelta(hours=3))
        notice = attach(uow, author, notice, "512.pdf", b"%PDF-1.7", now)
        return author, address(uow, town.service, author, notice, "các sở, các xã, trừ sở xây dựng", now)


def said(town: Town, message: Message) -> str:
    wires = render(message, town.service.speech("vi"), CHANNELS[0].traits, row=0)
    buttons = "  ".join(f"[{b.label}]" for w in wires for b in w.buttons)
    return "\n\n".join(w.text for w in wires) + f"\n{buttons}"


def test_the_preview_of_each_channel_is_what_it_shows(town: Town) -> None:
    author, notice = written(town)
    now = town.clock.now()
    with town.db.begin() as uow:
        shown = as_shown(uow, town.service, notice, look(uow, town.service, notice, now), now)
        desk = [
            said(town, card(uow, town.service, notice, now)),
            said(town, names(uow, town.service, notice, now, 0)),
            said(town, preview(uow, town.service, notice, now, ())),
        ]
        submit(uow, town.service, author, notice, now)
    town.tick()
    lines = ["════ nháp", *(f"\n──\n{text}" for text in desk)]
    for view in shown:
        channel = next(c for c in town.channels if c.name == view.channel)
        wires = [w for _, w in channel.sent if "Họp trực tuyến" in w.text][: len(view.texts)]
        if view.channel != "browser":  # whose page reads the outbox
            assert tuple(w.text for w in wires) == view.texts
            assert tuple(b.label for w in wires for b in w.buttons) == view.buttons
            assert bool(wires[-1].file) is bool(view.file)
        buttons = "  ".join(f"[{label}]" for label in view.buttons)
        lines.append(f"\n════ {view.channel}\n\n" + "\n\n".join(view.texts) + f"\n{buttons}\n{view.file}")
    text = "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"
    if os.environ.get("DONDOC_GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_what_a_quota_does_not_bear_is_said_before_it_goes(town: Town) -> None:
    counted = replace(town.service.traits["zalo"], month_quota=100)
    town.service = replace(town.service, traits={**town.service.traits, "zalo": counted})
    author, notice = written(town)
    now = town.clock.now()
    foreseen = "Zalo 2: 1 người nhận, nhưng tháng này chỉ còn gửi được 0 tin thông báo"
    with town.db.begin() as uow:
        assert foreseen not in said(town, card(uow, town.service, notice, now))  # ninety are left
        uow.quotas.add(
            "zalo", "2", town.service.calendar.local_date(now), 90, 100, days=town.service.calendar
        )
        assert foreseen in said(town, card(uow, town.service, notice, now))
        assert foreseen in said(town, approval(uow, town.service, notice, now))
        gone = submit(uow, town.service, author, notice, now).notice
        assert gone is not None
    town.tick()
    with town.db.begin() as uow:
        on_its_way = uow.notices.get(notice.id)
        assert on_its_way is not None
        assert foreseen not in said(town, approval(uow, town.service, on_its_way, now))
