"""Brings updates to a bot's webhook: one at a time, with the secret header, again and again until a 2xx."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.doubles.telegram import Telegram
    from tests.doubles.telegram_state import BotState

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0


class Deliveries:
    """What was brought, and how it was answered: ``{"update_id", "status"}`` each."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, server: Telegram, bot: BotState) -> None:
        """Go on until the webhook is changed or removed."""
        task = asyncio.create_task(self._run(server, bot))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, server: Telegram, bot: BotState) -> None:
        hook, pause = bot.hook, _FIRST_PAUSE
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        async with httpx.AsyncClient(timeout=10, trust_env=False, verify=False) as client:
            while bot.hook is hook:
                if not bot.updates:
                    await server.until(lambda: bool(bot.updates) or bot.hook is not hook, 3600)
                    continue
                update = bot.updates[0]
                try:
                    answer = await client.post(hook.url, json=update, headers=headers)
                    status = answer.status_code
                except httpx.HTTPError as error:
                    status, hook.last_error = 0, type(error).__name__
                self.made.append({"update_id": update["update_id"], "status": status})
                if 200 <= status < 300:
                    bot.updates[:] = [u for u in bot.updates if u is not update]
                    pause = _FIRST_PAUSE
                else:
                    hook.last_error = hook.last_error or f"Wrong response from the webhook: {status}"
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
                await server.tell()
