"""Telegram's channel by itself: an open chat at the stand-in, and what is sent there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest

from bot.channel import Accepted, SendError, Wire
from bot.channels.telegram import TelegramChannel
from bot.incoming import Incoming
from tests.bot.channels import alone
from tests.doubles.clients import TelegramDouble

T = TypeVar("T")
LAN, MINH, GROUP = 5219000111, 6001002003, -4567890
MENU = {"": (("viec", "My tasks"),), "vi": (("viec", "Việc của tôi"),)}
SECRET_PART = TelegramDouble.token.partition(":")[2]


@pytest.fixture
def double(telegram: TelegramDouble) -> Iterator[TelegramDouble]:
    """The stand-in, with an open chat and without rates; a test ends without complaints."""
    telegram.knows(LAN)
    telegram.limits(on=False)
    yield telegram
    assert telegram.complaints() == []


def channel_of(double: TelegramDouble) -> TelegramChannel:
    return TelegramChannel(double.token, api_url=double.url, commands=MENU)


def with_channel(double: TelegramDouble, work: Callable[[TelegramChannel], Awaitable[T]]) -> T:
    """Do something with a fresh channel, and close it."""
    return alone.using(channel_of(double), work)


def send(double: TelegramDouble, wire: Wire, chat: int = LAN) -> str:
    return with_channel(double, lambda channel: channel.send(str(chat), wire))


def refusal(double: TelegramDouble, wire: Wire = Wire("Xin chào"), chat: int = LAN) -> SendError:
    return alone.refused(lambda: send(double, wire, chat), SECRET_PART)


def poll(
    double: TelegramDouble, take: Callable[[Incoming], Awaitable[Accepted]], *, until: int
) -> list[Incoming]:
    """What a fresh channel took, in order, until there were as many."""
    return alone.polled(channel_of(double), take, until=until)
