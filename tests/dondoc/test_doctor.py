"""What doctor finds, with a real server to ask."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dondoc.cli.doctor import checks
from dondoc.settings import Settings
from storage.engine import make_engine
from storage.migrate import upgrade
from tests.doubles.clients import TelegramDouble

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def found(tmp_path: Path, telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    engine = make_engine(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    engine.dispose()

    def look(**more: str) -> dict[str, tuple[str, str]]:
        settings = Settings(
            _env_file=None, database_url=f"sqlite:///{tmp_path / 'x.db'}", telegram_token=telegram.token,
            telegram_api_url=telegram.url, **more,
        )  # type: ignore[arg-type,call-arg]  # fmt: skip
        return {c.name: (c.color, c.says.msgid) for c in checks(settings, NOW)}

    return look


def test_a_bot_is_asked_who_it_is(found, telegram: TelegramDouble) -> None:  # type: ignore[no-untyped-def]
    looked = found()
    assert looked[f"telegram {telegram.bot}"] == ("green", "The bot is @{name}.")
    assert looked[f"telegram {telegram.bot} webhook"][0] == "green"
    assert looked["clock"][0] == looked["sender"][0] == "red"


def test_a_withdrawn_token_is_named(found, telegram: TelegramDouble) -> None:  # type: ignore[no-untyped-def]
    telegram.revoke()
    color, says = found()[f"telegram {telegram.bot}"]
    assert color == "red"
    assert "DONDOC_TELEGRAM_TOKEN" in says


def test_a_webhook_that_is_not_ours_is_named(found, telegram: TelegramDouble) -> None:  # type: ignore[no-untyped-def]
    looked = found(public_url="https://nhac-viec.example.vn")
    assert looked[f"telegram {telegram.bot} webhook"][0] == "yellow"


def test_a_messenger_that_does_not_answer_is_named(found, telegram: TelegramDouble) -> None:  # type: ignore[no-untyped-def]
    telegram.fails("getMe", status=502, body="<html>", times=None)
    assert found()[f"telegram {telegram.bot}"][0] == "red"


def test_a_database_of_another_version_is_the_last_finding(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'none.db'}")  # type: ignore[arg-type,call-arg]
    assert next(c.name for c in checks(settings, NOW)) == "migrations"
