"""What tests say to a stand-in: people write and press, chats change, and what was sent can be waited for."""

from __future__ import annotations

from typing import Any

from tests.doubles.process import Double


class TelegramDouble(Double):
    """The Telegram stand-in and one bot of it."""

    module = "tests.doubles.telegram"
    bot = "700700700"
    token = "700700700:AAstandinstandinstandinstandinstandi"

    def writes(self, chat: int, text: str, reply_to: int = 0) -> dict[str, Any]:
        """A person writes; the update."""
        return self.act("writes", bot=self.bot, chat=chat, text=text, reply_to=reply_to)  # type: ignore[no-any-return]

    def presses(self, chat: int, message_id: int, data: str, *, unseen: bool = False) -> dict[str, Any]:
        """A person presses a button that is shown (or, ``unseen``, one that an old screen still shows)."""
        return self.act(  # type: ignore[no-any-return]
            "presses", bot=self.bot, chat=chat, message_id=message_id, data=data, unseen=unseen
        )

    def update(self, update: dict[str, Any]) -> dict[str, Any]:
        """Any update at all; one with an update_id keeps it."""
        return self.act("update", bot=self.bot, update=update)  # type: ignore[no-any-return]

    def knows(self, *chats: int, **changes: Any) -> None:
        """These chats are open (or as ``state``, ``moved_to``, ``language`` say)."""
        self.act("chats", bot=self.bot, chats=list(chats), **changes)

    def limits(self, **changes: Any) -> None:
        """Change the limits: ``on``, ``scale``, ``bot``, ``chat``, ``group``."""
        self.act("limits", **changes)

    def revoke(self, *, revoked: bool = True) -> None:
        """The token is withdrawn."""
        self.act("revoke", bot=self.bot, revoked=revoked)

    def sent(self, chat: int | str = "", least: int = 0) -> list[dict[str, Any]]:
        """What the bot has sent (to a chat), as official Message objects; waits until it is ``least``."""
        return self.listed("sent", least, bot=self.bot, chat=chat)

    def answers(self, least: int = 0) -> list[dict[str, Any]]:
        """Presses that were answered: {"id", "text"}."""
        return self.listed("answers", least, bot=self.bot)

    def deliveries(self, least: int = 0) -> list[dict[str, Any]]:
        """Calls of the webhook: {"update_id", "status"}."""
        return self.listed("deliveries", least, bot=self.bot)

    def pending(self) -> list[dict[str, Any]]:
        """Updates that are not confirmed yet."""
        return self.listed("pending", 0, bot=self.bot)


class ZaloDouble(Double):
    """The stand-in for the Zalo Bot Platform and its bot."""

    module = "tests.doubles.zalo"
    bot = "12345689"
    token = "12345689:standin-standin"

    def writes(self, chat: str, text: str = "", **more: Any) -> dict[str, Any]:
        """A person writes (or sends a ``kind`` with its ``content``); the event."""
        return self.act("writes", chat=chat, text=text, **more)  # type: ignore[no-any-return]

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        """Any event at all."""
        return self.act("event", event=event)  # type: ignore[no-any-return]

    def knows(self, *chats: str, state: str = "open") -> None:
        """These chats are open, or blocked."""
        self.act("chats", chats=list(chats), state=state)

    def set(self, **settings: Any) -> None:
        """What the platform leaves open: quota, users, wrapped, codes_as_text, polls_per_second …"""
        self.act("settings", **settings)

    def revoke(self, *, revoked: bool = True) -> None:
        """The token is withdrawn."""
        self.act("revoke", revoked=revoked)

    def sent(self, chat: str = "", least: int = 0) -> list[dict[str, Any]]:
        """What the bot has sent (to a chat): parameters, message_id, date; waits until it is ``least``."""
        return self.listed("sent", least, chat=chat)

    def deliveries(self, least: int = 0) -> list[dict[str, Any]]:
        """Calls of the webhook: {"message_id", "status"}."""
        return self.listed("deliveries", least)

    def pending(self) -> list[dict[str, Any]]:
        """Events nobody has fetched yet."""
        return self.listed("pending", 0)


class ZaloOaDouble(Double):
    """The stand-in for a Zalo Official Account."""

    module = "tests.doubles.zalo_oa"
    bot = "4300112233"

    def writes(self, user: str, text: str = "", **more: Any) -> dict[str, Any]:
        """A person writes, presses or follows; the event."""
        return self.act("writes", user=user, text=text, **more)  # type: ignore[no-any-return]

    def event(self, event: dict[str, Any]) -> None:
        """Any event at all."""
        self.act("event", event=event)

    def reach(self, *users: str, state: str) -> None:
        """How these people can be written to: open, closed (outside the window), gone."""
        self.act("reach", users=list(users), state=state)

    def hook(self, url: str) -> None:
        """Where events are brought."""
        self.act("hook", url=url)

    def expire(self, *, refresh: bool = False) -> None:
        """The access token ends; the refresh token too."""
        self.act("expire", refresh=refresh)

    def sent(self, user: str = "", least: int = 0) -> list[dict[str, Any]]:
        """What was sent (to somebody): message_id, user_id, text, buttons; waits until it is ``least``."""
        return self.listed("sent", least, user=user)

    def deliveries(self, least: int = 0) -> list[dict[str, Any]]:
        """Calls of the webhook: {"event", "status"}."""
        return self.listed("deliveries", least)


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Label → callback data of a sent message's inline keyboard."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
