"""Every fault of the messenger at every step, over real HTTP: what must hold is one figure each.

docs/delivery.md has the same table for people.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram import TelegramChannel
from dondoc import serve
from tests.bot.channels.faults import (
    PUBLIC_URL,
    announced,
    arrived,
    ended,
    has_browser,
    heard_in_browser,
    percents,
    put,
    until,
    why_away,
    why_off,
)
from tests.bot.channels.office import Office
from tests.bot.channels.telegram_faults import ADMIN, CHAT, PASSING, SUPERGROUP, office
from tests.doubles.clients import buttons

__all__ = ["office"]  # a fixture


@pytest.mark.parametrize("fault", PASSING)
def test_a_reminder_arrives(office: Office, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    put(office, "Tin một")
    put(office, "Tin hai")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert 1 <= arrived(office, "Tin một", CHAT) <= most
    assert arrived(office, "Tin hai", CHAT) == 1


@pytest.mark.parametrize("fault", PASSING)
def test_an_answer_arrives_and_the_report_is_logged_once(office: Office, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        until(lambda: arrived(office, "60%", CHAT) and ended(office), office)
    assert 1 <= arrived(office, "60%", CHAT) <= most
    assert percents(office) == [60]


@pytest.mark.parametrize("fault", PASSING)
def test_a_press_counts_once_though_its_spinner_may_not_end(office: Office, fault: str) -> None:
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        (answer,) = office.double.sent(CHAT, least=1)
        office.double.fails("answerCallbackQuery", **PASSING[fault][0])
        office.double.fails("editMessageReplyMarkup", **PASSING[fault][0])
        office.double.presses(CHAT, answer["message_id"], buttons(answer)["Xong hẳn"])
        office.double.sent(CHAT, least=2)
        until(lambda: ended(office), office)
    assert percents(office) == [60, None]  # done, which states no figure


@pytest.mark.parametrize("fault", PASSING)
def test_what_is_fetched_is_taken_in_once(office: Office, fault: str) -> None:
    for _ in range(2):
        office.double.fails("getUpdates", **PASSING[fault][0])
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        office.double.writes(CHAT, "được 70%")
        office.double.sent(CHAT, least=2)
        until(lambda: ended(office), office)
    assert percents(office) == [60, 70]


@pytest.mark.parametrize("fault", PASSING)
def test_the_webhook_is_registered_in_the_end(
    office: Office, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    for method in ("getMe", "setWebhook", "setMyCommands"):
        office.double.fails(method, **PASSING[fault][0])
    assert registered(office) == f"{PUBLIC_URL}/telegram/{office.double.bot}"


def test_the_webhook_is_registered_once_the_token_is_good_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    office.double.revoke()
    assert registered(office, mended_after=3) == f"{PUBLIC_URL}/telegram/{office.double.bot}"
    # pauses of 0.1, 0.2 and 0.4 seconds between, not one after the other
    assert 4 <= len(office.double.calls("getMe")) <= 6


def registered(office: Office, mended_after: int = 0) -> str:
    """The webhook that stands in the end; a withdrawn token is good again after so many calls."""

    def bot() -> dict[str, Any]:
        return office.double.state()["bots"][office.double.bot]  # type: ignore[no-any-return]

    def stands() -> bool:
        if mended_after and len(office.double.calls("getMe")) >= mended_after:
            office.double.revoke(revoked=False)
        return bool(bot()["hook"] and bot()["commands"])

    announced(office, TelegramChannel(office.double.token, api_url=office.double.url), stands)
    return str(bot()["hook"])


def test_who_has_blocked_the_bot_is_reached_elsewhere_and_admins_hear_of_nothing_lost(office: Office) -> None:
    has_browser(office, "dm-stp", "stp")
    office.double.knows(CHAT, state="blocked")
    put(office, "Tin một")
    put(office, "Tin hai")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert [words for words in heard_in_browser(office) if "Tin" in words] == ["Tin một", "Tin hai"]
    assert why_off(office, CHAT) == ["blocked"]
    assert len(office.double.sent(ADMIN)) == 1


def test_who_has_blocked_the_bot_and_is_nowhere_else_is_told_to_admins_once(office: Office) -> None:
    office.double.knows(CHAT, state="deactivated")
    for n in range(3):
        put(office, f"Tin số {n}")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert len(office.double.sent(ADMIN)) == 1


def test_a_chat_that_moved_gets_it_at_its_new_id(office: Office) -> None:
    office.double.knows(SUPERGROUP)
    office.double.knows(CHAT, moved_to=SUPERGROUP)
    put(office, "Tin một")
    with office.open("polled"):
        until(lambda: ended(office), office)
    assert arrived(office, "Tin một", SUPERGROUP) == 1
    with office.town.db.begin() as uow:
        assert uow.people.official_at("telegram", office.double.bot, str(SUPERGROUP)) is not None


def test_a_token_that_is_refused_keeps_everything_until_it_is_good_again(office: Office) -> None:
    with office.open("polled"):
        office.double.revoke()
        put(office, "Tin một")
        office.wake()
        until(lambda: why_away(office) == "unauthorized", office)
        assert not ended(office)
        office.double.revoke(revoked=False)
        until(lambda: ended(office), office)
    assert arrived(office, "Tin một", CHAT) == 1
