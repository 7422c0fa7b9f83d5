"""A stand-in for a Zalo Official Account: ``python -m tests.doubles.zalo_oa --port N``. See docs/doubles.md."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import re
import secrets
import time
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.server import Control, Server, given_in
from tests.doubles.serving import serve

APP, APP_SECRET, OA_SECRET, FIRST = "4300112233", "app-secret-standin", "oa-secret-standin", "refresh-0"
MAX_TEXT, MAX_BUTTONS, MAX_TITLE, MAX_PAYLOAD = 2000, 5, 100, 1000
_BUTTONS = {"oa.query.hide", "oa.query.show"}
_TRIES = 4


class Wrong(Exception):
    """The call is refused; ``client``: the caller could have known."""

    def __init__(self, code: int, message: str, *, client: bool = False) -> None:
        super().__init__(message)
        self.code, self.message, self.client = code, message, client


class Account(Server):
    """One account: its tokens, who has written, and what was sent."""

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self.limits.on = False
        self.refresh, self.access, self.expires_in = FIRST, "", 90000
        self.reach: dict[str, str] = {}  # user → open, closed (the window), gone
        self.sent: list[dict[str, Any]] = []
        self.templates: list[dict[str, Any]] = []
        self.deliveries: list[dict[str, Any]] = []
        self.hook = ""
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def token(self, request: Request) -> Any:
        """``POST /v4/oa/access_token``: the refresh token is good once."""
        given = dict(await request.form())

        async def act() -> Response:
            if request.headers.get("secret_key") != APP_SECRET or given.get("app_id") != APP:
                self.complaints.append("access_token: wrong app or secret")
                return JSONResponse({"error": -14003, "error_name": "Invalid app"})
            if given.get("grant_type") != "refresh_token" or given.get("refresh_token") != self.refresh:
                return JSONResponse({"error": -14014, "error_name": "Invalid refresh token"})
            self.refresh, self.access = f"refresh-{secrets.token_hex(6)}", f"access-{secrets.token_hex(6)}"
            return JSONResponse(
                {
                    "access_token": self.access,
                    "refresh_token": self.refresh,
                    "expires_in": str(self.expires_in),
                }
            )

        return await self.answered("access_token", {}, act)

    async def message(self, request: Request) -> Any:
        """``POST /v3.0/oa/message/cs``."""
        given = await given_in(request)
        return await self.answered("message/cs", given, lambda: self._guarded(request, given, self._send))

    async def template(self, request: Request) -> Any:
        """``POST /message/template``: to a telephone number."""
        given = await given_in(request)
        return await self.answered(
            "message/template", given, lambda: self._guarded(request, given, self._zns)
        )

    async def _guarded(self, request: Request, given: dict[str, Any], act: Any) -> Response:
        try:
            if not self.access or request.headers.get("access_token") != self.access:
                raise Wrong(-216, "Access token is invalid")
            return JSONResponse({"error": 0, "message": "Success", "data": act(given)})
        except Wrong as wrong:
            if wrong.client:
                self.complaints.append(wrong.message)
            return JSONResponse({"error": wrong.code, "message": wrong.message})

    def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        user, message = given.get("recipient", {}).get("user_id"), given.get("message", {})
        if given.keys() != {"recipient", "message"} or message.keys() - {"text", "attachment"}:
            raise Wrong(-201, "params is invalid", client=True)
        text = message.get("text")
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_TEXT:
            raise Wrong(-201, "text must be from 1 to 2000 characters", client=True)
        buttons = message.get("attachment", {}).get("payload", {}).get("buttons", [])
        self._check(message, buttons)
        if self.reach.get(user) != "open":
            raise Wrong(-230 if self.reach.get(user) == "closed" else -213, "the user cannot be reached")
        sent = {"message_id": f"m{next(self._numbers)}", "user_id": user, "text": text, "buttons": buttons}
        self.sent.append(sent)
        return {"message_id": sent["message_id"], "user_id": user}

    def _check(self, message: dict[str, Any], buttons: list[Any]) -> None:
        if "attachment" not in message:
            return
        good = message["attachment"].get("type") == "template" and 1 <= len(buttons) <= MAX_BUTTONS
        for button in buttons:
            title, payload = button.get("title", ""), button.get("payload", "")
            good = good and button.keys() == {"title", "type", "payload"} and button["type"] in _BUTTONS
            good = good and 1 <= len(title) <= MAX_TITLE and 1 <= len(payload) <= MAX_PAYLOAD
        if not good:
            raise Wrong(-201, f"buttons are invalid: {buttons}", client=True)

    def _zns(self, given: dict[str, Any]) -> dict[str, Any]:
        if not re.fullmatch(r"84\d{9}", given.get("phone", "")) or not isinstance(
            given.get("template_data"), dict
        ):
            raise Wrong(-108, "phone number is invalid", client=True)
        self.templates.append(given)
        return {"msg_id": f"z{next(self._numbers)}"}

    def brings(self, event: dict[str, Any], *, signature: str = "") -> None:
        """Call the webhook with an event, again until it answers 2xx."""
        task = asyncio.create_task(self._bring(event, signature))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring(self, event: dict[str, Any], signature: str) -> None:
        body = json.dumps({"app_id": APP, **event}, ensure_ascii=False).encode()
        mac = hashlib.sha256(
            APP.encode() + body + event["timestamp"].encode() + OA_SECRET.encode()
        ).hexdigest()
        headers = {"X-ZEvent-Signature": signature or f"mac={mac}", "Content-Type": "application/json"}
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            for tried in range(_TRIES):
                try:
                    status = (await client.post(self.hook, content=body, headers=headers)).status_code
                except httpx.HTTPError:
                    status = 0
                self.deliveries.append({"event": event["event_name"], "status": status})
                await self.tell()
                if 200 <= status < 300:
                    return
                await asyncio.sleep(0.1 * (tried + 1))


class _People:
    """What people do, and what can be looked at."""

    def __init__(self, server: Account) -> None:
        self._server = server

    def writes(self, given: dict[str, Any]) -> Any:
        """A person writes, presses (``text`` is the payload) or follows: ``event`` says which."""
        server, user = self._server, given["user"]
        server.reach[user] = "open"
        event = given.get("event", "user_send_text")
        who = {"follower" if event == "follow" else "sender": {"id": user}}
        message = {"msg_id": given.get("msg_id") or f"u{secrets.token_hex(6)}", "text": given.get("text", "")}
        whole = {"event_name": event, **who, "timestamp": str(int(time.time() * 1000)), "message": message}
        server.brings(whole, signature=given.get("signature", ""))
        return whole

    def event(self, given: dict[str, Any]) -> Any:
        """Anything at all."""
        self._server.brings(given["event"])
        return True

    def reach(self, given: dict[str, Any]) -> Any:
        """How these people can be written to: open, closed, gone."""
        self._server.reach |= dict.fromkeys(given["users"], given["state"])
        return True

    def hook(self, given: dict[str, Any]) -> Any:
        """Where events are brought, as set in the console."""
        self._server.hook = given["url"]
        return True

    def expire(self, given: dict[str, Any]) -> Any:
        """The access token ends; with ``refresh`` the refresh token too."""
        self._server.access = ""
        if given.get("refresh"):
            self._server.refresh = "refresh-lost"
        return True

    def reset(self, given: dict[str, Any]) -> Any:
        """Forget everything."""
        self._server.reset()
        return True

    def sent(self, asked: dict[str, str]) -> list[Any]:
        """What was sent."""
        user = asked.get("user", "")
        return [message for message in self._server.sent if user in ("", message["user_id"])]


def make_app() -> Starlette:
    """The server's application: the open API, the business API and the authorisation on one port."""
    server = Account()
    people = _People(server)
    acts = {"writes": people.writes, "event": people.event, "reach": people.reach, "hook": people.hook,
            "expire": people.expire, "reset": people.reset}  # fmt: skip
    lists = {
        "sent": people.sent,
        "templates": lambda _asked: server.templates,
        "deliveries": lambda _asked: server.deliveries,
    }
    state = lambda: {"complaints": server.complaints, "refresh": server.refresh, "access": server.access}  # noqa: E731
    api = [
        Route("/v4/oa/access_token", server.token, methods=["POST"]),
        Route("/v3.0/oa/message/cs", server.message, methods=["POST"]),
        Route("/message/template", server.template, methods=["POST"]),
    ]
    return Starlette(routes=[*api, *Control(server, acts, lists, state).routes()])


if __name__ == "__main__":
    serve(make_app)
