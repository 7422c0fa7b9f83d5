"""A real HTTP server on this machine that answers like a dossier system's interface, and badly when told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class System:
    """What the server holds, and what it was asked. ``faults`` are given instead of answers, the next first."""

    pages: list[list[dict[str, Any]]] = field(default_factory=list)
    token: str = ""
    etag: str = '"v1"'
    style: str = "next"  # next, link, number, list
    faults: list[Any] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""
    next_override: str = ""

    def answer(self, page: int) -> tuple[bytes, dict[str, str]]:
        """The body and headers of a page, from 1."""
        items = self.pages[page - 1] if page <= len(self.pages) else []
        more = page < len(self.pages)
        following = self.next_override or f"/hoso?page={page + 1}"
        headers = {"ETag": self.etag}
        if self.style == "list":
            return json.dumps(items).encode(), headers
        if self.style == "link":
            return json.dumps(items).encode(), headers | (
                {"Link": f'<{following}>; rel="next"'} if more else {}
            )
        body: dict[str, Any] = {"items": items}
        if more:
            body["next"] = page + 1 if self.style == "number" else following
        return json.dumps(body).encode(), headers


def _handler(system: System) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            system.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            fault = system.faults.pop(0) if system.faults else None
            if fault == "cut":
                self.close_connection = True
                return
            if isinstance(fault, tuple):
                self._send(fault[0], fault[1], fault[2] if len(fault) > 2 else {})
                return
            if system.token and self.headers.get("Authorization") != f"Bearer {system.token}":
                self._send(401, b"{}", {})
                return
            if self.headers.get("If-None-Match") == system.etag:
                self._send(304, b"", {})
                return
            page = int(parse_qs(urlsplit(self.path).query).get("page", ["1"])[0])
            body, headers = system.answer(page)
            self._send(200, body, headers)

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    return Handler


@contextmanager
def serving(system: System) -> Iterator[System]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(system))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    system.url = f"http://127.0.0.1:{server.server_address[1]}/hoso"
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
