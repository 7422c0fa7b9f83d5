"""An admin switches a messenger off until further notice: nothing is lost, nothing comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from domain.messages import Priority, text
from domain.officials import Post, Role
from domain.phrases import verbatim
from storage.tables.registers import AuditRow
from storage.unit_of_work import Database
from tests.town import Town, Wireless


@pytest.fixture
def town(database: Database) -> Town:
    """An admin and a clerk with two channels, and a clerk with Telegram alone."""
    made = Town(database, "2026-03-02 08:00", [Wireless("telegram", "1"), Wireless("zalo", "2")])
    now = made.clock.now()
    with database.begin() as uow:
        for key, role, channels in (
            ("admin", Role.ADMIN, ("zalo", "telegram")),
            ("both", Role.FOCAL, ("zalo", "telegram")),
            ("one", Role.FOCAL, ("telegram",)),
        ):
            who = uow.people.save(key, key, [Post("snv", role)])
            for channel in channels:
                uow.people.add_address(who.id, channel, "1" if channel == "telegram" else "2", key, now)
        for key in ("both", "one"):
            person = uow.people.by_key(key)
            assert person is not None
            home = next(a for a in uow.people.addresses([person.id])[person.id] if a.channel == "telegram")
            uow.outbox.put(key=f"n:{key}", address=home, priority=Priority.NOTICE, kind="notice",
                           message=text(verbatim(f"tin cho {key}")), now=now, not_before=now + timedelta(days=1))  # fmt: skip
    return made


def chats(channel: Wireless) -> list[str]:
    return [f"{chat}: {wire.text}" for chat, wire in channel.sent if "tin cho" in wire.text]


def test_off_and_on_again(town: Town) -> None:
    telegram, zalo = town.channels
    town.says("admin", "/kenh")
    assert "Telegram 1: đang dùng; tin đang chờ: 2" in town.hears("admin")[-1]
    town.presses("admin", "Tạm ngừng Telegram 1")
    assert "Tin đang chờ: 2. Chuyển sang kênh khác: 1. Giữ lại đến khi mở lại: 1." in town.hears("admin")[-1]
    town.presses("admin", "Tạm ngừng")
    town.forward("2026-03-03 09:00")
    assert chats(zalo) == ["both: tin cho both"]
    assert chats(telegram) == []
    assert any(
        "Đã tạm ngừng Telegram 1" in wire.text for _, wire in zalo.sent
    )  # the answer, too, goes that way
    town.presses("admin", "Mở lại")
    town.deliver()
    assert any("số tin chờ nay được gửi đi: 1" in said for said in town.hears("admin"))
    assert chats(telegram) == ["one: tin cho one"]
    assert chats(zalo) == ["both: tin cho both"]
    with town.db.begin() as uow:
        acts = uow.session.exec(select(AuditRow.act)).all()
    assert {"switch_off", "switch_on"} <= set(acts)


def test_only_an_admin_may(town: Town) -> None:
    town.says("one", "/kenh")
    assert "không thuộc" in town.hears("one")[-1].lower() or "quản trị" in town.hears("one")[-1].lower()
    with town.db.begin() as uow:
        assert not uow.bots.line("telegram", "1").off
