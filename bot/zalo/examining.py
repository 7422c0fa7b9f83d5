"""How a bot stands at Zalo: whether its token is good, and whether Zalo calls us where we are."""

from __future__ import annotations

from bot.channel import SendError
from bot.json_fields import a_text
from bot.zalo.transport import Transport
from domain.health import Finding, Level
from domain.phrases import say


async def examine(calls: Transport, bot: str, hook_url: str) -> tuple[Finding, ...]:
    """Asks getMe and getWebhookInfo. ``hook_url`` is where Zalo is to call, "" where it is polled."""
    code = f"zalo {bot}"
    try:
        me = await calls.call("getMe")
        hook = await calls.call("getWebhookInfo")
    except SendError as error:
        refused = error.reason == "unauthorized"
        says = (
            say("Zalo refuses the token of bot {bot}. Set DONDOC_ZALO_TOKEN anew.", bot=bot)
            if refused
            else say("Zalo does not answer ({reason}).", reason=error.reason)
        )
        return (Finding(code, Level.RED, says),)
    who = Finding(code, Level.OK, say("The bot is {name}.", name=a_text(me.get("account_name")) or bot))
    return (who, _hook(f"{code} webhook", a_text(hook.get("url")), hook_url))


def _hook(code: str, found: str, wanted: str) -> Finding:
    if found == wanted:
        says = (
            say("The webhook is set to this service's address.")
            if wanted
            else say(
                "No public address: Zalo is polled, and what people write while the service is off is lost."
            )
        )
        return Finding(code, Level.OK if wanted else Level.WARN, says)
    if not wanted:
        says = say("A webhook is set although there is no public address: run dondoc run once to remove it.")
    else:
        says = say("The webhook is not set to this service's address; it is set when the service starts.")
    return Finding(code, Level.WARN, says)
