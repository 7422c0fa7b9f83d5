"""/baocao: the person's own agencies only, one press, a Word file."""

import io
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from bot.commands.report import COMMAND
from bot.incoming import Incoming
from bot.report_docx import MEDIA_TYPE
from bot.services import Service
from bot.turn import Reply, Turn
from domain.conversations import Conversation
from domain.errors import NotAllowed
from domain.officials import Official, Post, Role
from locales.lexicons import load_all
from storage.unit_of_work import Database, UnitOfWork
from tests.bot.test_planning import NOW, OFFICE, add_agencies, confirm

SPEECH_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def press(uow: UnitOfWork, db: Database, who: Official, args: Mapping[str, Any] | None = None) -> Reply:
    service = Service(db, OFFICE.calendar, SPEECH_ZONE, load_all())
    incoming = Incoming("browser", "web", "1", str(who.id), NOW)
    return COMMAND.handle(Turn(uow, service, who, NOW, incoming, Conversation(who.id), args=args or {}))


def said(reply: Reply, db: Database) -> str:
    assert reply.message is not None
    speech = Service(db, OFFICE.calendar, SPEECH_ZONE, load_all()).speech("vi")
    return "\n".join(speech.text(b.phrase) for b in reply.message.blocks)


def test_one_agency_and_one_plan_need_no_question(sqlite_database: Database) -> None:
    add_agencies(sqlite_database)
    confirm(sqlite_database)
    with sqlite_database.begin() as uow:
        who = uow.people.save("dm", "Đầu mối", [Post("snv", Role.FOCAL)])
        answer = press(uow, sqlite_database, who)
        assert answer.message is not None
        assert said(answer, sqlite_database).startswith(
            "Gửi anh/chị dự thảo báo cáo của Sở Nội vụ về 2164/KH-UBND, số liệu tính đến ngày 21/6/2024."
        )
        file = uow.files.get(int(answer.message.file))
        assert file is not None
        assert (file.official, file.media_type) == (who.id, MEDIA_TYPE)
        assert file.name == "bao-cao-snv-2164-KH-UBND.docx"
        assert len(Document(io.BytesIO(file.data)).tables) == 3


def test_who_answers_for_two_agencies_chooses(sqlite_database: Database) -> None:
    add_agencies(sqlite_database)
    plan = confirm(sqlite_database)
    with sqlite_database.begin() as uow:
        who = uow.people.save("dm", "Đầu mối", [Post("snv", Role.FOCAL), Post("stp", Role.HEAD)])
        asked = press(uow, sqlite_database, who).message
        assert asked is not None
        assert [c.args for c in asked.choices] == [
            {"agency": code, "plan": plan.id} for code in ("snv", "stp")
        ]
        picked = press(uow, sqlite_database, who, asked.choices[1].args).message
        assert picked is not None
        assert picked.file


def test_nobody_drafts_for_another_agency(sqlite_database: Database) -> None:
    add_agencies(sqlite_database)
    plan = confirm(sqlite_database)
    with sqlite_database.begin() as uow:
        monitor = uow.people.save("td", "Theo dõi", [Post("snv", Role.MONITOR)])
        with pytest.raises(NotAllowed):
            press(uow, sqlite_database, monitor, {"agency": "snv", "plan": plan.id})
        nothing = press(uow, sqlite_database, monitor)
        assert said(nothing, sqlite_database) == (
            "Cơ quan của anh/chị chưa được giao nhiệm vụ nào nên chưa có nội dung báo cáo."
        )
        gone = press(uow, sqlite_database, monitor, {"agency": "snv", "plan": 99})
        assert "/baocao" in said(gone, sqlite_database)
