"""A stand-in for the Zalo Bot Platform: ``python -m tests.doubles.zalo --port N``. See docs/doubles.md."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.doubles.server import Control, Server, given_in
from tests.doubles.serving import Cut, serve
from tests.doubles.zalo_calls import METHODS, TOKEN, Refused, checked

#: what nginx in front of the platform answers to polling that is too rapid
TOO_MANY = "<html><head><title>429 Too Many Requests</title></head><body><center>nginx</center></body></html>"
_COUNTED = {"sendMessage", "sendPhoto", "sendSticker"}
_WEBHOOK_TRIES = 3
#: how soon a poll whose caller has hung up ends, seconds
_LOOK = 0.2


class Zalo(Server):
    """The server and its one bot; ``settings`` are what the platform leaves open, chosen by the test."""

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self.limits.on = False  # no rate of sending is published
        self.settings: dict[str, Any] = {
            "quota": 3000, "users": 50, "count_incoming": False, "polls_per_second": 20,
            "loopback": True, "wrapped": True, "codes_as_text": False,
        }  # fmt: skip
        self.people: dict[str, str] = {}  # chat → open, blocked
        self.sent: list[dict[str, Any]] = []
        self.waiting: list[dict[str, Any]] = []
        self.deliveries: list[dict[str, Any]] = []
        self.hook: dict[str, Any] = {"url": "", "secret": "", "updated_at": 0}
        self.used = 0
        self.revoked = False
        self._polls: deque[float] = deque()
        self._numbers = itertools.count(0x2D758CB5E222177A)
        self._tasks: set[asyncio.Task[None]] = set()

    async def call(self, request: Request) -> Any:
        """Answer one call, or fail it as ordered."""
        method, token = request.path_params["method"], TOKEN.fullmatch(request.path_params["token"])
        given = await given_in(request)

        async def act() -> Response:
            try:
                if self.revoked or token is None:
                    raise Refused(401, "Unauthorized")
                if method not in METHODS:
                    raise Refused(404, "Not Found", client=True)
                values = checked(method, given, loopback=self.settings["loopback"])
                return await self._answer(request, method, values, token[1])
            except Refused as refused:
                if refused.client:
                    self.complaints.append(f"{method}: {refused.description}")
                return self._refusal(refused)

        return await self.answered(method, given, act)

    async def _answer(self, request: Request, method: str, values: dict[str, Any], bot: str) -> Any:
        if method == "getUpdates":
            return await self._updates(request, int(values.get("timeout", 30)))
        if method == "sendChatAction":
            self._reach(values["chat_id"])
            return JSONResponse({"ok": True})
        if method in _COUNTED:
            return _fine(self._send(method, values))
        if method == "getMe":
            me = {"id": bot, "account_name": f"bot.{bot}", "account_type": "BASIC", "can_join_groups": False}
            return _fine(me)
        if method == "setWebhook":
            self.hook = {"url": values["url"], "secret": values["secret_token"], "updated_at": _ms()}
            self._bring_what_waits()
        if method == "deleteWebhook":
            self.hook = {"url": "", "secret": "", "updated_at": _ms()}
        return _fine({"url": self.hook["url"], "updated_at": self.hook["updated_at"]})

    def _refusal(self, refused: Refused) -> JSONResponse:
        code = str(refused.code) if self.settings["codes_as_text"] else refused.code
        return JSONResponse({"ok": False, "description": refused.description, "error_code": code})

    async def _updates(self, request: Request, seconds: int) -> Any:
        """One update, taken out for good; 408 in the body when nothing comes in that time."""
        if self.hook["url"]:
            raise Refused(400, "Bad request: getUpdates cannot be used while a webhook is set", client=True)
        now = time.monotonic()
        while self._polls and self._polls[0] + 1 <= now:
            self._polls.popleft()
        if len(self._polls) >= self.settings["polls_per_second"]:
            self.limits.refused += 1
            return HTMLResponse(TOO_MANY, 429)
        self._polls.append(now)
        waiting, ends = self.waiting, now + seconds  # of this test: another begins with a list of its own
        while not waiting and time.monotonic() < ends:
            await self.until(lambda: bool(waiting), min(_LOOK, seconds))
            if await request.is_disconnected():
                return Cut()
        if not waiting:
            raise Refused(408, "Request timeout")
        return _fine(waiting.pop(0))

    def _reach(self, chat: str) -> None:
        if self.people.get(chat) != "open":
            raise Refused(400, "Bad request: chat_id is invalid")

    def _send(self, method: str, values: dict[str, Any]) -> dict[str, Any]:
        self._reach(values["chat_id"])
        if self.used >= self.settings["quota"]:
            self.limits.refused += 1
            raise Refused(429, "Quota exceeded")
        wait = self.limits.wait("bot", values["chat_id"], time.monotonic(), group=False)
        if wait > 0:
            raise Refused(429, "Quota exceeded")
        self.used += 1
        sent = {"message_id": self.number(), "date": _ms()}
        self.sent.append({"method": method} | values | sent)
        return sent

    def number(self) -> str:
        """The next id, as Zalo writes them."""
        return f"{next(self._numbers):016x}"

    def comes(self, event: dict[str, Any]) -> dict[str, Any]:
        """Something for the bot: brought to the webhook, or kept for polling."""
        if self.settings["count_incoming"]:
            self.used += 1
        self.waiting.append(event)
        self._bring_what_waits()
        return event

    def _bring_what_waits(self) -> None:
        if self.hook["url"]:
            while self.waiting:
                task = asyncio.create_task(self._bring(self.waiting.pop(0)))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _bring(self, event: dict[str, Any]) -> None:
        body = {"ok": True, "result": event} if self.settings["wrapped"] else event
        headers = {"X-Bot-Api-Secret-Token": self.hook["secret"], "User-Agent": "Java/1.8.0_192"}
        async with httpx.AsyncClient(timeout=10, trust_env=False, verify=False) as client:
            for tried in range(_WEBHOOK_TRIES):
                try:
                    status = (await client.post(self.hook["url"], json=body, headers=headers)).status_code
                except httpx.HTTPError:
                    status = 0
                number = event.get("message", {}).get("message_id", "")
                self.deliveries.append({"message_id": number, "status": status})
                await self.tell()
                if 200 <= status < 300:
                    return
                await asyncio.sleep(0.05 * (tried + 1))


def _fine(result: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})


def _ms() -> int:
    return int(time.time() * 1000)


class _People:
    """What people do, and what can be looked at."""

    def __init__(self, server: Zalo) -> None:
        self._server = server

    def writes(self, given: dict[str, Any]) -> Any:
        """A person sends something: ``kind`` text, image, sticker, voice or unsupported."""
        server, kind, chat = self._server, given.get("kind", "text"), given["chat"]
        if chat not in server.people and len(server.people) >= server.settings["users"]:
            raise ValueError("a Basic bot has no room for more people")
        server.people.setdefault(chat, "open")
        message = {
            "from": {"id": chat, "display_name": given.get("name", "Lan"), "is_bot": False},
            "chat": {"id": chat, "chat_type": given.get("chat_type", "PRIVATE")},
            "message_id": given.get("message_id") or server.number(), "date": _ms(),
        } | given.get("content", {})  # fmt: skip
        if kind == "text":
            message["text"] = given["text"]
        return server.comes({"event_name": f"message.{kind}.received", "message": message})

    def event(self, given: dict[str, Any]) -> Any:
        """Anything at all."""
        return self._server.comes(given["event"])

    def chats(self, given: dict[str, Any]) -> Any:
        """These chats are open, or blocked."""
        for chat in given["chats"]:
            self._server.people[chat] = given.get("state", "open")
        return True

    def settings(self, given: dict[str, Any]) -> Any:
        """What the platform leaves open."""
        unknown = given.keys() - self._server.settings.keys()
        if unknown:
            raise ValueError(f"no such settings: {sorted(unknown)}")
        self._server.settings |= given
        return self._server.settings

    def revoke(self, given: dict[str, Any]) -> Any:
        """The token is withdrawn."""
        self._server.revoked = given.get("revoked", True)
        return True

    def reset(self, given: dict[str, Any]) -> Any:
        """Forget everything."""
        self._server.reset()
        return True

    def sent(self, asked: dict[str, str]) -> list[Any]:
        """What the bot has sent."""
        chat = asked.get("chat", "")
        return [message for message in self._server.sent if chat in ("", message["chat_id"])]

    def state(self) -> dict[str, Any]:
        """The rest."""
        server = self._server
        return {"hook": server.hook["url"], "secret": server.hook["secret"], "used": server.used,
                "refused_429": server.limits.refused, "complaints": server.complaints}  # fmt: skip


def make_app() -> Starlette:
    """The server's application."""
    server = Zalo()
    people = _People(server)
    acts = {"writes": people.writes, "event": people.event, "chats": people.chats,
            "settings": people.settings, "revoke": people.revoke, "reset": people.reset}  # fmt: skip
    lists = {"sent": people.sent, "deliveries": lambda asked: server.deliveries,
             "pending": lambda asked: server.waiting}  # fmt: skip
    calls = Route("/bot{token}/{method}", server.call, methods=["GET", "POST"])
    return Starlette(routes=[calls, *Control(server, acts, lists, people.state).routes()])


if __name__ == "__main__":
    serve(make_app)
