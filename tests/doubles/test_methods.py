"""The stand-in's table of methods says what the specification says, where that is at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.telegram_calls import METHODS

#: parameters that the specification at hand keeps for old programs and the Bot API has replaced
REPLACED = {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview"}


def kind(written: str) -> str:
    """A type as the specification writes it → the table's kind."""
    parts = {p.strip().removeprefix("<class '").removesuffix("'>") for p in written.split("|")}
    parts -= {"None", "aiogram.client.default.Default"}
    if parts == {"int", "str"}:
        return "chat"
    if any("InputFile" in part for part in parts):
        return "file"
    if any(part.startswith("list[") for part in parts):
        return "list"
    return parts.pop() if len(parts) == 1 and parts <= {"int", "str", "bool"} else "object"


@pytest.mark.parametrize("method", sorted(METHODS))
def test_same_parameters(method: str, shared: Path) -> None:
    path = shared / "specs" / "bot-api-10.3-methods.json"
    spec: dict[str, Any] = json.loads(path.read_text("utf-8"))["methods"][method]
    assert METHODS[method] == {
        name: kind(facts["type"]) + ("!" if facts["required"] else "")
        for name, facts in spec.items()
        if name not in REPLACED
    }
