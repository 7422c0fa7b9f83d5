"""What tests say to a stand-in: people write and press, chats change, and what was sent can be waited for."""

from __future__ import annotations

from typing import Any

from tests.doubles.process import Double

#: how long a test waits for what must come, seconds; reached only when something is broken
PATIENCE = 20.0


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
        return self._list("sent", least, chat=chat)

    def calls(self, method: str = "", least: int = 0) -> list[dict[str, Any]]:
        """Every call: {"method", "given", "status"}."""
        return self._list("calls", least, method=method)

    def answers(self, least: int = 0) -> list[dict[str, Any]]:
        """Presses that were answered: {"id", "text"}."""
        return self._list("answers", least)

    def deliveries(self, least: int = 0) -> list[dict[str, Any]]:
        """Calls of the webhook: {"update_id", "status"}."""
        return self._list("deliveries", least)

    def pending(self) -> list[dict[str, Any]]:
        """Updates that are not confirmed yet."""
        return self._list("pending", 0)

    def state(self) -> dict[str, Any]:
        """{"bots", "refused_429", "complaints"}."""
        return self.tell("state")  # type: ignore[no-any-return]

    def complaints(self) -> list[str]:
        """Calls that no correct program makes; a test ends with none."""
        return self.state()["complaints"]  # type: ignore[no-any-return]

    def _list(self, what: str, least: int, **asked: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.tell(what, bot=self.bot, least=least, wait=PATIENCE, **asked)
        if len(found) < least:
            raise AssertionError(f"{what}: {least} were expected within {PATIENCE:.0f} s, there are {found}")
        return found


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Label → callback data of a sent message's inline keyboard."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
