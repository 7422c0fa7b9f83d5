"""Every fault of the messenger at every step, over real HTTP: what must hold is one figure each.

docs/delivery.md has the same table for people.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram import TelegramChannel
from dondoc import serve
from tests.bot.channels.faults import PUBLIC_URL, TroubledOffice
from tests.bot.channels.telegram_faults import ADMIN, CHAT, PASSING, SUPERGROUP, office
from tests.doubles.clients import buttons

__all__ = ["office"]  # a fixture


@pytest.mark.parametrize("fault", PASSING)
def test_a_reminder_arrives(office: TroubledOffice, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    office.put("Tin một")
    office.put("Tin hai")
    with office.open("polled"):
        office.until(office.ended)
    assert 1 <= office.arrived("Tin một", CHAT) <= most
    assert office.arrived("Tin hai", CHAT) == 1


@pytest.mark.parametrize("fault", PASSING)
def test_an_answer_arrives_and_the_report_is_logged_once(office: TroubledOffice, fault: str) -> None:
    order, most = PASSING[fault]
    office.double.fails("sendMessage", **order)
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        office.until(lambda: office.arrived("60%", CHAT) and office.ended())
    assert 1 <= office.arrived("60%", CHAT) <= most
    assert office.percents() == [60]


@pytest.mark.parametrize("fault", PASSING)
def test_a_press_counts_once_though_its_spinner_may_not_end(office: TroubledOffice, fault: str) -> None:
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        (answer,) = office.double.sent(CHAT, least=1)
        office.double.fails("answerCallbackQuery", **PASSING[fault][0])
        office.double.fails("editMessageReplyMarkup", **PASSING[fault][0])
        office.double.presses(CHAT, answer["message_id"], buttons(answer)["Xong hẳn"])
        office.double.sent(CHAT, least=2)
        office.until(office.ended)
    assert office.percents() == [60, None]  # done, which states no figure


@pytest.mark.parametrize("fault", PASSING)
def test_what_is_fetched_is_taken_in_once(office: TroubledOffice, fault: str) -> None:
    for _ in range(2):
        office.double.fails("getUpdates", **PASSING[fault][0])
    with office.open("polled"):
        office.double.writes(CHAT, "được 60%")
        office.double.writes(CHAT, "được 70%")
        office.double.sent(CHAT, least=2)
        office.until(office.ended)
    assert office.percents() == [60, 70]


@pytest.mark.parametrize("fault", PASSING)
def test_the_webhook_is_registered_in_the_end(
    office: TroubledOffice, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    for method in ("getMe", "setWebhook", "setMyCommands"):
        office.double.fails(method, **PASSING[fault][0])
    assert registered(office) == f"{PUBLIC_URL}/telegram/{office.double.bot}"


def test_the_webhook_is_registered_once_the_token_is_good_again(
    office: TroubledOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    office.double.revoke()
    assert registered(office, mended_after=3) == f"{PUBLIC_URL}/telegram/{office.double.bot}"
    # pauses of 0.1, 0.2 and 0.4 seconds between, not one after the other
    assert 4 <= len(office.double.calls("getMe")) <= 6


def registered(office: TroubledOffice, mended_after: int = 0) -> str:
    """The webhook that stands in the end; a withdrawn token is good again after so many calls."""

    def bot() -> dict[str, Any]:
        return office.double.state()["bots"][office.double.bot]  # type: ignore[no-any-return]

    def stands() -> bool:
        if mended_after and len(office.double.calls("getMe")) >= mended_after:
            office.double.revoke(revoked=False)
        return bool(bot()["hook"] and bot()["commands"])

    office.announces(TelegramChannel(office.double.token, api_url=office.double.url), stands)
    return str(bot()["hook"])


def test_who_has_blocked_the_bot_is_reached_elsewhere_and_admins_hear_of_nothing_lost(
    office: TroubledOffice,
) -> None:
    office.has_browser("dm-stp", "stp")
    office.double.knows(CHAT, state="blocked")
    office.put("Tin một")
    office.put("Tin hai")
    with office.open("polled"):
        office.until(office.ended)
    assert [words for words in office.heard_in_browser() if "Tin" in words] == ["Tin một", "Tin hai"]
    assert office.why_off(CHAT) == ["blocked"]
    assert len(office.double.sent(ADMIN)) == 1


def test_who_has_blocked_the_bot_and_is_nowhere_else_is_told_to_admins_once(office: TroubledOffice) -> None:
    office.double.knows(CHAT, state="deactivated")
    for n in range(3):
        office.put(f"Tin số {n}")
    with office.open("polled"):
        office.until(office.ended)
    assert len(office.double.sent(ADMIN)) == 1


def test_a_chat_that_moved_gets_it_at_its_new_id(office: TroubledOffice) -> None:
    office.double.knows(SUPERGROUP)
    office.double.knows(CHAT, moved_to=SUPERGROUP)
    office.put("Tin một")
    with office.open("polled"):
        office.until(office.ended)
    assert office.arrived("Tin một", SUPERGROUP) == 1
    with office.town.db.begin() as uow:
        assert uow.people.official_at("telegram", office.double.bot, str(SUPERGROUP)) is not None


def test_a_token_that_is_refused_keeps_everything_until_it_is_good_again(office: TroubledOffice) -> None:
    with office.open("polled"):
        office.double.revoke()
        office.put("Tin một")
        office.wake()
        office.until(lambda: office.why_away() == "unauthorized")
        assert not office.ended()
        office.double.revoke(revoked=False)
        office.until(office.ended)
    assert office.arrived("Tin một", CHAT) == 1
