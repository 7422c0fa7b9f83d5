"""The composer's form: its fields as changes of a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.notices.desk import address, change
from domain.errors import BadInput
from domain.notices import LONGEST, Notice
from domain.phrases import say
from storage.unit_of_work import UnitOfWork
from web.door import Visit


def changed(visit: Visit, uow: UnitOfWork, notice: Notice) -> Notice:
    """The draft with what the form says. Raises BadInput where it was changed since the form was shown."""
    version = visit.text("version", 12)
    notice = replace(notice, version=int(version) if version.isdecimal() else 0)
    versions = {"vi": visit.text("text", LONGEST + 1).strip()}
    if english := visit.text("english", LONGEST + 1).strip():
        versions["en"] = english
    options = [line.strip() for line in re.split(r"[;\n]", visit.text("options", 1000)) if line.strip()]
    values: dict[str, Any] = {
        "versions": {code: text.replace("\r\n", "\n") for code, text in versions.items() if text},
        "options": tuple(dict.fromkeys(options)),
        "wants_ack": visit.text("wants_ack", 3) == "on",
        "urgent": visit.text("urgent", 3) == "on",
        "answer_by": _instant(visit, "answer_by"),
        "send_at": _instant(visit, "send_at"),
    }
    notice = change(uow, visit.who, notice, **values)
    if words := visit.text("audience", 2000).strip():
        notice = address(uow, visit.context.service, visit.who, notice, words, visit.now)
    return notice


def _instant(visit: Visit, name: str) -> datetime | None:
    """A day and hour of the province, as a browser's own field sends it."""
    text = visit.text(name, 16)
    if not text:
        return None
    try:
        local = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007  the province's zone is put on below
    except ValueError:
        raise BadInput(say("{text} is not a date; nothing was changed.", text=text)) from None
    return visit.context.service.calendar.at(local.date(), local.time())


def field_of(visit: Visit, at: datetime | None) -> str:
    """An instant as such a field shows it."""
    return at.astimezone(visit.context.service.zone).strftime("%Y-%m-%dT%H:%M") if at else ""


def typed_count(visit: Visit) -> int | None:
    """The head-count that was typed; None for none."""
    digits = visit.text("count", 12).replace(".", "").replace(" ", "")
    return int(digits) if digits.isdecimal() else None
