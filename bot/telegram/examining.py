"""How a bot stands at Telegram: whether its token is good, and whether Telegram reaches us."""

from __future__ import annotations

from telegram import WebhookInfo

from bot.channel import SendError
from bot.telegram.transport import Transport
from domain.health import Finding, Level
from domain.phrases import say

#: so many updates that wait for a webhook are more than a busy morning's
_MANY = 100


async def examine(calls: Transport, bot: str, hook_url: str) -> tuple[Finding, ...]:
    """Asks getMe and getWebhookInfo. ``hook_url`` is where Telegram is to call, "" where it is polled."""
    code = f"telegram {bot}"
    try:
        me = await calls.call(calls.api.get_me())
        hook = await calls.call(calls.api.get_webhook_info())
    except SendError as error:
        refused = error.reason == "unauthorized"
        says = (
            say("Telegram refuses the token of bot {bot}. Set DONDOC_TELEGRAM_TOKEN anew.", bot=bot)
            if refused
            else say("Telegram does not answer ({reason}). Is it blocked here?", reason=error.reason)
        )
        return (Finding(code, Level.RED, says),)
    who = Finding(code, Level.OK, say("The bot is @{name}.", name=me.username or ""))
    return (who, _hook(code, hook, hook_url))


def _hook(code: str, hook: WebhookInfo, wanted: str) -> Finding:
    if not wanted:
        if hook.url:
            says = say(
                "A webhook is set although there is no public address: run dondoc run once to remove it."
            )
            return Finding(f"{code} webhook", Level.WARN, says)
        return Finding(f"{code} webhook", Level.OK, say("No public address: Telegram is polled."))
    if hook.url != wanted:
        says = say("The webhook is not set to this service's address; it is set when the service starts.")
        return Finding(f"{code} webhook", Level.WARN, says)
    if hook.last_error_message and hook.pending_update_count:
        says = say(
            "Telegram could not reach this service at {at}; updates waiting: {count}. Check address and certificate.",
            at=hook.last_error_date or 0,
            count=hook.pending_update_count,
        )
        return Finding(f"{code} webhook", Level.RED, says)
    many = hook.pending_update_count > _MANY
    waits = say("The webhook is set; updates waiting: {count}.", count=hook.pending_update_count)
    return Finding(f"{code} webhook", Level.WARN if many else Level.OK, waits)
