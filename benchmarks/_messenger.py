"""A light Bot API for benchmarks: answers ``sendMessage`` after a while and keeps Telegram's window strictly.

``python -m benchmarks._messenger PORT ANSWER_SECONDS PER_SECOND`` (0: no limits). GET /figures tells what came.
Written over bare asyncio, so that it is never what is measured; the tests' stand-in checks more and is slower.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from urllib.parse import parse_qs


class Window:
    """At most ``limit`` calls in any second for the bot, one a second for a chat; counted as they arrive."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._recent: deque[float] = deque()
        self._chats: dict[str, float] = defaultdict(lambda: -9.0)
        self.refused = 0

    def takes(self, chat: str, now: float) -> float:
        """0 when the call is taken, else the seconds to wait."""
        if not self.limit:
            return 0.0
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self.limit or now - self._chats[chat] < 1:
            self.refused += 1
            return 1.0
        self._recent.append(now)
        self._chats[chat] = now
        return 0.0


class Messenger:
    """What came, and when."""

    def __init__(self, answer_after: float, limit: int) -> None:
        self.answer_after, self.window = answer_after, Window(limit)
        self.times: list[float] = []
        self.texts: list[str] = []
        self.waiting: list[dict[str, object]] = []  # updates nobody has confirmed
        self.confirmed_at = 0.0  # when the last of them was

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One kept-alive connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *headers = head.decode().split("\r\n")
                length = next(
                    (int(h.split(":")[1]) for h in headers if h.lower().startswith("content-length:")), 0
                )
                body = await reader.readexactly(length)
                kind = next((h for h in headers if h.lower().startswith("content-type:")), "")
                answer = await self._answer(line.split()[1], kind, body)
                data = json.dumps(answer).encode()
                status = "429 Too Many Requests" if answer.get("error_code") == 429 else "200 OK"
                writer.write(
                    f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n\r\n".encode()
                    + data
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, path: str, kind: str, body: bytes) -> dict[str, object]:
        if path == "/figures":
            times = {"times": self.times, "waiting": len(self.waiting), "confirmed_at": self.confirmed_at}
            return {**times, "refused": self.window.refused, "texts": len(set(self.texts))}
        if path == "/bring":
            self.waiting += json.loads(body)
            return {"at": time.monotonic()}
        if path == "/forget":
            self.times, self.texts, self.window = [], [], Window(self.window.limit)
            return {}
        path, _, query = path.partition("?")
        body = body or query.encode()  # a GET has its fields in the address
        given = json.loads(body) if "json" in kind else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        if path.lower().endswith("/getupdates"):
            return await self._updates(int(given.get("offset", 0)))
        if not path.lower().endswith("/sendmessage"):
            me = {"id": 1, "is_bot": True, "first_name": "b", "username": "b_bot"}
            return {"ok": True, "result": me if path.lower().endswith("/getme") else True}
        chat, now = str(given["chat_id"]), time.monotonic()
        wait = self.window.takes(chat, now)
        if self.answer_after:
            await asyncio.sleep(self.answer_after)
        if wait:
            return {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {wait:.0f}",
                "parameters": {"retry_after": int(wait)},
            }
        self.times.append(now)
        self.texts.append(str(given["text"]))
        place = {"id": int(chat), "type": "private", "first_name": "x"}
        return {
            "ok": True,
            "result": {
                "message_id": len(self.times),
                "date": int(time.time()),
                "chat": place,
                "text": given["text"],
            },
        }

    async def _updates(self, offset: int) -> dict[str, object]:
        """Up to a hundred that wait; those before ``offset`` are confirmed and forgotten."""
        left = [u for u in self.waiting if int(str(u["update_id"])) >= offset]
        if len(left) < len(self.waiting):
            self.waiting, self.confirmed_at = left, time.monotonic()
        if not left:
            await asyncio.sleep(0.05)
        return {"ok": True, "result": left[:100]}


async def main(port: int, answer_after: float, limit: int) -> None:
    """Serve until killed."""
    messenger = Messenger(answer_after, limit)
    server = await asyncio.start_server(messenger.serve, "127.0.0.1", port, limit=2**20)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
