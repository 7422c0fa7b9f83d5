"""The stand-in's own addresses: what people do, what was sent, trouble on order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.doubles.faults import Fault

if TYPE_CHECKING:
    from tests.doubles.telegram import Telegram


def control_routes(server: Telegram) -> list[Route]:
    """``POST /control/{what}`` acts, ``GET /control/{what}`` tells."""
    control = _Control(server)
    return [
        Route("/control/{what}", control.act, methods=["POST"]),
        Route("/control/{what}", control.tell, methods=["GET"]),
    ]


class _Control:
    def __init__(self, server: Telegram) -> None:
        self._server = server

    async def act(self, request: Request) -> JSONResponse:
        """One thing a person or a test does."""
        what, given = request.path_params["what"], await request.json()
        acts = {
            "chats": self._chats, "writes": self._writes, "presses": self._presses, "update": self._update,
            "revoke": self._revoke, "fault": self._fault, "no_faults": self._no_faults,
            "limits": self._limits, "reset": self._reset,
        }  # fmt: skip
        if what not in acts:
            return JSONResponse({"error": f"unknown: {what}"}, 404)
        try:
            result = acts[what](given)
        except (KeyError, ValueError, TypeError) as error:
            return JSONResponse({"error": repr(error)}, 400)
        await self._server.tell()
        return JSONResponse(result)

    def _chats(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given.pop("bot"))
        chats = given.pop("chats")
        for chat in chats:
            bot.open(int(chat), **given)
        return len(chats)

    def _writes(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given["bot"])
        chat = bot.open(int(given["chat"]))
        return bot.write(chat, given["text"], int(given.get("reply_to") or 0))

    def _presses(self, given: dict[str, Any]) -> Any:
        bot = self._server.bot(given["bot"])
        chat, number, data = bot.open(int(given["chat"])), int(given["message_id"]), given["data"]
        rows = chat.messages.get(number, {}).get("reply_markup", {}).get("inline_keyboard", [])
        shown = [button.get("callback_data") for row in rows for button in row]
        if data not in shown and not given.get("unseen"):
            raise ValueError(f"no such button is shown; there are {shown}")
        return bot.press(chat, number, data)

    def _update(self, given: dict[str, Any]) -> Any:
        return self._server.bot(given["bot"]).queue(given["update"])

    def _revoke(self, given: dict[str, Any]) -> Any:
        self._server.bot(given["bot"]).revoked = given.get("revoked", True)
        return True

    def _fault(self, given: dict[str, Any]) -> Any:
        self._server.faults.waiting.append(Fault(**given))
        return True

    def _no_faults(self, given: dict[str, Any]) -> Any:
        self._server.faults.waiting.clear()
        return True

    def _limits(self, given: dict[str, Any]) -> Any:
        for name, value in given.items():
            setattr(self._server.limits, name, tuple(value) if isinstance(value, list) else value)
        return True

    def _reset(self, given: dict[str, Any]) -> Any:
        for bot in self._server.bots.values():
            bot.hook = type(bot.hook)()
        self._server.reset()
        return True

    async def tell(self, request: Request) -> JSONResponse:
        """A list or a state; ``least`` and ``wait`` wait until the list is that long."""
        what, asked = request.path_params["what"], dict(request.query_params)
        least, wait = int(asked.pop("least", 0)), float(asked.pop("wait", 0))
        if what == "state":
            return JSONResponse(self._state())
        lists = {"sent": self._sent, "calls": self._calls, "answers": self._answers,
                 "deliveries": self._deliveries, "pending": self._pending}  # fmt: skip
        if what not in lists:
            return JSONResponse({"error": f"unknown: {what}"}, 404)
        if least:
            await self._server.until(lambda: len(lists[what](asked)) >= least, wait)
        return JSONResponse(lists[what](asked))

    def _state(self) -> dict[str, Any]:
        server = self._server
        bots = {
            number: {"hook": bot.hook.url, "secret": bot.hook.secret, "allowed": bot.hook.allowed,
                     "commands": bot.commands}
            for number, bot in server.bots.items()
        }  # fmt: skip
        return {"bots": bots, "refused_429": server.limits.refused, "complaints": server.complaints}

    def _sent(self, asked: dict[str, str]) -> list[Any]:
        chat = asked.get("chat", "")
        messages = self._server.bot(asked["bot"]).sent
        return [m for m in messages if chat in ("", str(m["chat"]["id"]))]

    def _calls(self, asked: dict[str, str]) -> list[Any]:
        method = asked.get("method", "")
        return [call for call in self._server.calls if method in ("", call["method"])]

    def _answers(self, asked: dict[str, str]) -> list[Any]:
        return self._server.bot(asked["bot"]).answers

    def _deliveries(self, asked: dict[str, str]) -> list[Any]:
        return self._server.deliveries.made

    def _pending(self, asked: dict[str, str]) -> list[Any]:
        return self._server.bot(asked["bot"]).updates
