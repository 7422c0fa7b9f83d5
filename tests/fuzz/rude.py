"""Calls that no well-behaved caller makes, as raw bytes: to the webhooks, to the browser chat, to the server itself.

A call has its kind, its bytes, how it ends and which answers it may get (``may_be``); none may be 5xx.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.fuzz.browser_calls import BrowserCalls
from tests.fuzz.hooks import Hooks
from tests.fuzz.raw_calls import Call
from tests.fuzz.server_calls import ServerCalls
from tests.fuzz.service import RunningService
from tests.fuzz.webhook_calls import WebhookCalls


class Rude:
    """Makes the calls, the same for the same seed."""

    def __init__(self, service: RunningService, seed: int) -> None:
        chance = random.Random(seed)
        hooks = Hooks(service, chance)
        self._webhooks = WebhookCalls(hooks, seed)
        self._server = ServerCalls(hooks)
        self._browser = BrowserCalls(service, chance)

    def calls(self, count: int) -> Iterator[Call]:
        """As many calls; each kind in turn, so that a short run has all of them."""
        hook, server, browser = self._webhooks, self._server, self._browser
        kinds: list[Callable[[], Call]] = [
            hook.mutant, hook.mutant, hook.mutant, hook.mutant, hook.mangled, hook.not_utf8, hook.deep, hook.huge,
            hook.forged, hook.lies_about_length, hook.in_chunks, server.header_flood, server.wrong_method,
            server.not_http, browser.says, browser.says, browser.asks, browser.does, browser.looks_in,
            browser.strange_path, server.upgrade,
        ]  # fmt: skip
        for number in range(count):
            yield kinds[number % len(kinds)]()
