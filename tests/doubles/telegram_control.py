"""The Telegram stand-in's control addresses: what people do, and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.doubles.server import Control

if TYPE_CHECKING:
    from tests.doubles.telegram import Telegram


def control(server: Telegram) -> Control:
    """What can be done to the server, and looked at."""
    people = _People(server)
    acts = {"chats": people.chats, "writes": people.writes, "presses": people.presses,
            "update": people.update, "file": people.file, "revoke": people.revoke,
            "forget": people.forget, "reset": people.reset}  # fmt: skip
    lists = {
        "sent": people.sent,
        "answers": lambda asked: server.bot(asked["bot"]).answers,
        "deliveries": lambda asked: server.deliveries.made,
        "pending": lambda asked: server.bot(asked["bot"]).updates,
    }
    return Control(server, acts, lists, people.state)


class _People:
    def __init__(self, server: Telegram) -> None:
        self._server = server

    def chats(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given.pop("bot"))
        chats = given.pop("chats")
        for chat in chats:
            bot.open(int(chat), **given)
        return len(chats)

    def writes(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given["bot"])
        chat = bot.open(int(given["chat"]))
        return bot.write(chat, given["text"], int(given.get("reply_to") or 0))

    def presses(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given["bot"])
        chat, number, data = bot.open(int(given["chat"])), int(given["message_id"]), given["data"]
        rows = chat.messages.get(number, {}).get("reply_markup", {}).get("inline_keyboard", [])
        shown = [button.get("callback_data") for row in rows for button in row]
        if data not in shown and not given.get("unseen"):
            raise ValueError(f"no such button is shown; there are {shown}")
        return bot.press(chat, number, data)

    def update(self, given: dict[str, Any]) -> Any:
        return self._server.bot(given["bot"]).queue(given["update"])

    def file(self, given: dict[str, Any]) -> Any:
        self._server.files[given["ref"]] = given["data"].encode()
        return True

    def revoke(self, given: dict[str, Any]) -> Any:
        self._server.bot(given["bot"]).revoked = given.get("revoked", True)
        return True

    def forget(self, given: dict[str, Any]) -> Any:
        """No id of a file that was sent up holds any longer."""
        self._server.bot(given["bot"]).documents.clear()
        return True

    def reset(self, given: dict[str, Any]) -> Any:
        for bot in self._server.bots.values():
            bot.hook = type(bot.hook)()  # so that deliveries under way end
        self._server.reset()
        return True

    def state(self) -> dict[str, Any]:
        server = self._server
        bots = {
            number: {"hook": bot.hook.url, "secret": bot.hook.secret, "allowed": bot.hook.allowed,
                     "commands": bot.commands}
            for number, bot in server.bots.items()
        }  # fmt: skip
        return {"bots": bots, "refused_429": server.limits.refused, "complaints": server.complaints}

    def sent(self, asked: dict[str, str]) -> list[Any]:
        chat = asked.get("chat", "")
        messages = self._server.bot(asked["bot"]).sent
        return [m for m in messages if chat in ("", str(m["chat"]["id"]))]
