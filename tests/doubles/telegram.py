"""A stand-in for the Telegram Bot API: ``python -m tests.doubles.telegram --port N``. See docs/doubles.md."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.server import Server, given_in
from tests.doubles.serving import serve
from tests.doubles.telegram_calls import METHODS, TOKEN, Refused, checked
from tests.doubles.telegram_control import control
from tests.doubles.telegram_hook import Deliveries
from tests.doubles.telegram_state import BotState, Hook

#: methods by their lower-case name: the Bot API does not mind the case
_NAMES = {name.lower(): name for name in METHODS}
_SENDS = {"sendMessage", "sendDocument"}


class Telegram(Server):
    """The server: bots, limits, and what is common to stand-ins."""

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self.bots: dict[str, BotState] = {}
        self.deliveries = Deliveries()
        self.pollers: dict[str, asyncio.Event] = {}
        self.files: dict[str, bytes] = {}  # by the id people's messages name

    def bot(self, number: str) -> BotState:
        """The bot, made when it is new."""
        return self.bots.setdefault(number, BotState(number))

    async def call(self, request: Request) -> Any:
        """Answer one call, or fail it as ordered."""
        token = TOKEN.fullmatch(request.path_params["token"])
        method = request.path_params["method"]
        name = _NAMES.get(method.lower(), "")
        try:
            given = await given_in(request)
        except ClientDisconnect:  # its process was ended while it called: nobody is there to be answered
            return Response(status_code=400)

        async def act() -> Response:
            if token is None or not name:
                self.complaints.append(f"{method}: no such method or token")
                return _refusal(Refused(404, "Not Found"))
            return await self._answer(self.bot(token[1]), name, given)

        return await self.answered(name or method, given, act)

    async def _answer(self, bot: BotState, name: str, given: dict[str, Any]) -> JSONResponse:
        try:
            if bot.revoked:
                raise Refused(401, "Unauthorized")
            values = checked(name, given)
            self._limited(bot, name, values)
            result = await getattr(self, f"_{name}")(bot, values)
        except Refused as refused:
            if refused.client:
                self.complaints.append(f"{name}: {refused.description}")
            return _refusal(refused)
        return JSONResponse({"ok": True, "result": result})

    def _limited(self, bot: BotState, name: str, values: dict[str, Any]) -> None:
        if name not in _SENDS:
            return
        chat = values["chat_id"]
        group = isinstance(chat, int) and chat < 0
        wait = self.limits.wait(bot.number, str(chat), time.monotonic(), group=group)
        if wait > 0:
            after = max(1, math.ceil(wait))
            raise Refused(429, f"Too Many Requests: retry after {after}", {"retry_after": after})

    async def _getMe(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.me()

    async def _getUpdates(self, bot: BotState, values: dict[str, Any]) -> Any:
        if bot.hook.url:
            text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refused(409, text)
        if other := self.pollers.get(bot.number):
            other.set()
        mine = self.pollers[bot.number] = asyncio.Event()
        offset = values.get("offset", 0)
        if offset > 0:
            bot.updates[:] = [u for u in bot.updates if u["update_id"] >= offset]
        elif offset < 0:
            del bot.updates[:offset]
        if "allowed_updates" in values:
            bot.hook.allowed = tuple(values["allowed_updates"])
        if not bot.updates and values.get("timeout", 0) > 0:
            await self.until(lambda: bool(bot.updates) or mine.is_set(), min(values["timeout"], 50))
        if mine.is_set():
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refused(409, text)
        if self.pollers.get(bot.number) is mine:
            del self.pollers[bot.number]
        return bot.updates[: values.get("limit", 100)]

    async def _setWebhook(self, bot: BotState, values: dict[str, Any]) -> Any:
        if not values["url"]:
            return await self._deleteWebhook(bot, values)
        secret, allowed = (
            values.get("secret_token", ""),
            tuple(values.get("allowed_updates", bot.hook.allowed)),
        )
        bot.hook = Hook(values["url"], secret, allowed, values.get("max_connections", 40))
        if values.get("drop_pending_updates"):
            bot.updates.clear()
        self.deliveries.start(self, bot)
        return True

    async def _deleteWebhook(self, bot: BotState, values: dict[str, Any]) -> Any:
        bot.hook = Hook(allowed=bot.hook.allowed)
        if values.get("drop_pending_updates"):
            bot.updates.clear()
        return True

    async def _getWebhookInfo(self, bot: BotState, values: dict[str, Any]) -> Any:
        info = {
            "url": bot.hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(bot.updates),
        }
        if bot.hook.last_error:
            info["last_error_message"] = bot.hook.last_error
        return info

    async def _sendMessage(self, bot: BotState, values: dict[str, Any]) -> Any:
        content = {"text": values["text"]}
        if values.get("entities"):
            content["entities"] = values["entities"]
        return bot.say(values, content)

    async def _sendDocument(self, bot: BotState, values: dict[str, Any]) -> Any:
        file = values["document"]
        if isinstance(file, UploadFile):
            if (file.size or 0) > 50 * 2**20:
                raise Refused(413, "Request Entity Too Large", client=True)
            number = bot.number_of("file")
            ids = {"file_id": f"BQACAgUAAx{number}", "file_unique_id": f"AgAD{number}"}
            bot.documents[ids["file_id"]] = ids | {"file_name": file.filename, "file_size": file.size}
            file = ids["file_id"]
        if file not in bot.documents:
            raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        content: dict[str, Any] = {"document": bot.documents[file]}
        if values.get("caption"):
            content |= {"caption": values["caption"], "caption_entities": values.get("caption_entities", [])}
        return bot.say(values, content)

    async def _getFile(self, bot: BotState, values: dict[str, Any]) -> Any:
        data = self.files.get(values["file_id"])
        if data is None:
            raise Refused(400, "Bad Request: invalid file_id")
        known = {"file_id": values["file_id"], "file_unique_id": f"u{values['file_id']}"}
        return known | {"file_size": len(data), "file_path": f"documents/{values['file_id']}"}

    async def download(self, request: Request) -> Any:
        """A file's bytes, at the address getFile names; as a call and for faults its name is ``download``."""
        data = self.files.get(request.path_params["path"].rpartition("/")[2])

        async def act() -> Response:
            return Response(data or b"", 200 if data is not None else 404)

        return await self.answered("download", {}, act)

    async def _sendChatAction(self, bot: BotState, values: dict[str, Any]) -> Any:
        bot.reach(values["chat_id"])
        return True

    async def _answerCallbackQuery(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.answer(values["callback_query_id"], values.get("text", ""))

    async def _editMessageReplyMarkup(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.edit(values, {})

    async def _editMessageCaption(self, bot: BotState, values: dict[str, Any]) -> Any:
        marks = values.get("caption_entities", [])
        return bot.edit(values, {"caption": values.get("caption", ""), "caption_entities": marks})

    async def _editMessageText(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.edit(values, {"text": values["text"], "entities": values.get("entities", [])})

    async def _setMyCommands(self, bot: BotState, values: dict[str, Any]) -> Any:
        bot.commands[_audience(values)] = values["commands"]
        return True

    async def _getMyCommands(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.commands.get(_audience(values), [])

    async def _deleteMyCommands(self, bot: BotState, values: dict[str, Any]) -> Any:
        bot.commands.pop(_audience(values), None)
        return True


def _audience(values: dict[str, Any]) -> str:
    return f"{values.get('scope', {}).get('type', 'default')}:{values.get('language_code', '')}"


def _refusal(refused: Refused) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return JSONResponse(body, refused.status)


def make_app() -> Starlette:
    """The server's application."""
    server = Telegram()
    calls = Route("/bot{token}/{method}", server.call, methods=["GET", "POST"])
    files = Route("/file/bot{token}/{path:path}", server.download)
    return Starlette(routes=[files, calls, *control(server).routes()])


if __name__ == "__main__":
    serve(make_app)
