"""A stand-in for the Telegram Bot API: ``python -m tests.doubles.telegram --port N``. See docs/doubles.md."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from tests.doubles.faults import Fault, Faults
from tests.doubles.limits import Limits
from tests.doubles.serving import Cut, serve
from tests.doubles.telegram_calls import METHODS, TOKEN, Refused, checked
from tests.doubles.telegram_control import control_routes
from tests.doubles.telegram_hook import Deliveries
from tests.doubles.telegram_state import BotState, Hook

#: methods by their lower-case name: the Bot API does not mind the case
_NAMES = {name.lower(): name for name in METHODS}
_SENDS = {"sendMessage", "sendDocument"}


class Telegram:
    """The server: bots, limits, trouble on order, and a record of every call."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self.bots: dict[str, BotState] = {}
        self.limits, self.faults = Limits(), Faults()
        self.calls: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self.deliveries = Deliveries()
        self.pollers: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Condition()

    def bot(self, number: str) -> BotState:
        """The bot, made when it is new."""
        return self.bots.setdefault(number, BotState(number))

    async def tell(self) -> None:
        """Something has changed: whoever waits looks again."""
        async with self.changed:
            self.changed.notify_all()

    async def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait for something to become so."""
        async with self.changed:
            try:
                await asyncio.wait_for(self.changed.wait_for(ready), seconds)
            except TimeoutError:
                return False
        return True

    async def call(self, request: Request) -> Any:
        """Answer one call, or fail it as ordered."""
        token = TOKEN.fullmatch(request.path_params["token"])
        name = _NAMES.get(request.path_params["method"].lower(), "")
        given = await _given(request)
        chat = str(given.get("chat_id", ""))
        record = {"method": name or request.path_params["method"], "given": _shown(given), "status": 0}
        self.calls.append(record)
        await self.tell()
        fault = self.faults.take(record["method"], chat)
        if fault and fault.hang:
            await asyncio.sleep(fault.hang)
        answer: Any
        if fault and (fault.cut or fault.status) and not fault.act:
            answer = None
        elif token is None or not name:
            answer = _refusal(Refused(404, "Not Found", client=True))
        else:
            answer = await self._answer(self.bot(token[1]), name, given)
        if fault and fault.cut:
            answer = Cut()
        elif fault and fault.status:
            answer = _ordered(fault)
        record["status"] = getattr(answer, "status_code", 0)
        await self.tell()
        return answer

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
        name, size = (file.filename, file.size) if isinstance(file, UploadFile) else (str(file), 0)
        if size and size > 50 * 2**20:
            raise Refused(413, "Request Entity Too Large", client=True)
        number = bot.number_of("file")
        ids = {"file_id": f"BQACAgUAAx{number}", "file_unique_id": f"AgAD{number}"}
        content: dict[str, Any] = {"document": ids | {"file_name": name, "file_size": size}}
        if values.get("caption"):
            content |= {"caption": values["caption"], "caption_entities": values.get("caption_entities", [])}
        return bot.say(values, content)

    async def _sendChatAction(self, bot: BotState, values: dict[str, Any]) -> Any:
        bot.reach(values["chat_id"])
        return True

    async def _answerCallbackQuery(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.answer(values["callback_query_id"], values.get("text", ""))

    async def _editMessageReplyMarkup(self, bot: BotState, values: dict[str, Any]) -> Any:
        return bot.edit(values, {})

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


async def _given(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    if "application/json" in request.headers.get("content-type", ""):
        given |= await request.json()
    else:
        given |= dict(await request.form(max_part_size=2**20))
    return given


def _shown(given: dict[str, Any]) -> dict[str, Any]:
    return {k: v.filename if isinstance(v, UploadFile) else v for k, v in given.items()}


def _refusal(refused: Refused) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return JSONResponse(body, refused.status)


def _ordered(fault: Fault) -> JSONResponse | HTMLResponse:
    if isinstance(fault.body, str):
        return HTMLResponse(fault.body, fault.status)
    default = {"ok": False, "error_code": fault.status, "description": "ordered by the test"}
    return JSONResponse(fault.body or default, fault.status)


def make_app() -> Starlette:
    """The server's application."""
    server = Telegram()
    calls = Route("/bot{token}/{method}", server.call, methods=["GET", "POST"])
    return Starlette(routes=[calls, *control_routes(server)])


if __name__ == "__main__":
    serve(make_app)
