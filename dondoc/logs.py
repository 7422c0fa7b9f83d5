"""Structured logs without tokens, codes or phone numbers.

Every record passes :func:`mask` just before it is written, so that a careless f-string or a library's
exception cannot carry a secret out either.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

# A bot token stands in the path of every call (https://core.telegram.org/bots/api#authorizing-your-bot);
# Zalo's has the same form, and a proxy's error page may echo it with %3A for the colon.
_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{6,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d/-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\d/])")
_CODE_PATH = re.compile(r"(/(?:join|signin|s|f)/)[A-Za-z0-9_.-]+")
#: different words of a minute that are told apart
_DIFFERENT = 1000
_URL_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@\s]+@")


def mask(text: str) -> str:
    """The text without what must not be read in a log."""
    text = _TOKEN.sub("<token>", text)
    text = _CODE_PATH.sub(r"\1<code>", text)
    text = _URL_PASSWORD.sub(r"\1<password>@", text)
    return _PHONE.sub("<phone>", text)


def _masked(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: mask(value) if isinstance(value, str) else value for key, value in event.items()}


class Calm(logging.Filter):
    """Lets the same words through so many times a minute: whoever calls with a wrong secret a thousand times a
    second must not fill the disk. The first of the next minute says how many were left out (``left_out``)."""

    def __init__(
        self, most: int = 60, period: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._most, self._period, self._clock = most, period, clock
        self._seen: dict[tuple[str, str], int] = {}
        self._before: dict[tuple[str, str], int] = {}
        self._until = 0.0
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written. Words with figures in them are told apart by their beginning."""
        if record.levelno < logging.INFO:
            return True
        key = (record.name, str(record.msg)[:40] if len(self._seen) < _DIFFERENT else "")
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._until = now + self._period
                self._before = {k: n - self._most for k, n in self._seen.items() if n > self._most}
                self._seen.clear()
            count = self._seen[key] = self._seen.get(key, 0) + 1
            left_out = self._before.pop(key, 0)
        if left_out:
            record.left_out = left_out
        return count <= self._most


def set_up_logs(*, as_json: bool | None = None) -> None:
    """Route the standard library's logging through structlog: lines for people at a terminal, JSON else."""
    if as_json is None:
        as_json = not sys.stderr.isatty()
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler()
    handler.addFilter(Calm())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _masked,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(os.environ.get("DONDOC_LOG_LEVEL", "INFO"))
    for noisy in ("httpx", "httpcore", "telegram", "apscheduler", "uvicorn.access", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
