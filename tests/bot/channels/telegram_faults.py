"""Telegram under its faults: the office that is on it, and what is put into its chats and found there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.channels.telegram import TelegramChannel
from bot.telegram import polling, transport
from tests.bot.channels.faults import MORNING, ON_THE_WAY, Faults, TroubledOffice
from tests.bot.channels.settled import Settled
from tests.doubles.clients import TelegramDouble

CHAT, ADMIN, SUPERGROUP = 5219000333, 5219000444, -1001987654399
PASSING: Faults = ON_THE_WAY | {
    "a firewall's page": ({"status": 403, "body": "<html>Forbidden: bot was blocked by the user</html>"}, 1),
    "a gateway asks to wait": ({"status": 429, "body": "<html>Too Many Requests</html>"}, 1),
    "asked to wait": ({"status": 429, "body": {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}}, 1),
}  # fmt: skip
REFUSED = {"status": 401, "body": {"ok": False, "error_code": 401, "description": "Unauthorized"}}


@pytest.fixture
def office(
    settled: Settled, telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TroubledOffice]:
    """One person and one admin on Telegram; a call is given up after half a second."""
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    monkeypatch.setattr(transport, "HASTE", 1)
    monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.2)
    telegram.limits(on=False)
    telegram.knows(CHAT, ADMIN)
    channel = TelegramChannel(telegram.token, api_url=telegram.url)
    channel.traits = replace(channel.traits, chat_gap=0.05)  # the stand-in's limits are off
    made = TroubledOffice(settled(MORNING), telegram, MORNING, channel)
    made.joined("dm-stp", CHAT)
    made.joined("quan-tri", ADMIN)
    yield made
    assert telegram.complaints() == []
