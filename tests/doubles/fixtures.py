"""The stand-ins as fixtures: one process a test run and worker, forgotten between tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble


@pytest.fixture(scope="session")
def telegram_process() -> Iterator[TelegramDouble]:
    """The stand-in for the Bot API, running."""
    double = TelegramDouble()
    yield double
    double.stop()


@pytest.fixture
def telegram(telegram_process: TelegramDouble) -> TelegramDouble:
    """The stand-in for the Bot API, without a past."""
    telegram_process.reset()
    return telegram_process


@pytest.fixture(scope="session")
def zalo_process() -> Iterator[ZaloDouble]:
    """The stand-in for the Zalo Bot Platform, running."""
    double = ZaloDouble()
    yield double
    double.stop()


@pytest.fixture
def zalo(zalo_process: ZaloDouble) -> ZaloDouble:
    """The stand-in for the Zalo Bot Platform, without a past."""
    zalo_process.reset()
    return zalo_process


@pytest.fixture(scope="session")
def zalo_oa_process() -> Iterator[ZaloOaDouble]:
    """The stand-in for an Official Account, running."""
    double = ZaloOaDouble()
    yield double
    double.stop()


@pytest.fixture
def zalo_oa(zalo_oa_process: ZaloOaDouble) -> ZaloOaDouble:
    """The stand-in for an Official Account, without a past."""
    zalo_oa_process.reset()
    return zalo_oa_process
