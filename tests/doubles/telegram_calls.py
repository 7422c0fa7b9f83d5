"""A call to the Bot API, checked against the table of methods, the limits, and the shapes of its objects.

The table (telegram_methods.json) holds the facts of https://core.telegram.org/bots/api for the methods that
dondoc uses: parameter → kind, with "!" where it is required.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

METHODS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("telegram_methods.json").read_text())

#: how a stand-in knows a bot's token from something else in the path
TOKEN = re.compile(r"(\d{6,}):[A-Za-z0-9_-]{30,}")
UPDATE_KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer",
    "my_chat_member", "chat_member", "chat_join_request",
}  # fmt: skip
ENTITIES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
ACTIONS = {"url", "callback_data", "web_app", "login_url", "switch_inline_query",
           "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
           "callback_game", "pay"}  # fmt: skip
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
          "chat_administrators", "chat_member"}  # fmt: skip
LINK_PREVIEW = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
REPLY = {"message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode",
         "quote_entities", "quote_position", "checklist_task_id"}  # fmt: skip


class Refused(Exception):
    """The call is refused. ``client`` says that the caller could have known."""

    def __init__(
        self, status: int, description: str, parameters: dict[str, int] | None = None, *, client: bool = False
    ) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters, self.client = status, description, parameters, client


def wrong(description: str) -> Refused:
    """A mistake of the caller."""
    return Refused(400, f"Bad Request: {description}", client=True)


def checked(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters in their types. Raises Refused."""
    table = METHODS[method]
    for name in given.keys() - table.keys():
        raise wrong(f"unknown parameter {name!r} of {method}")
    for name, kind in table.items():
        if kind.endswith("!") and given.get(name) in (None, ""):
            raise wrong("message text is empty" if name == "text" else f"parameter {name!r} is required")
    values = {name: _typed(name, value, table[name].rstrip("!")) for name, value in given.items()}
    for name, check in _CHECKS.items():
        if name in values:
            check(values)
    return values


def _typed(name: str, value: Any, kind: str) -> Any:
    if kind == "file":
        return value  # an upload, a file id or an address
    if kind == "str":
        if not isinstance(value, str):
            raise wrong(f"{name} must be a string")
        return value
    if kind == "chat":
        if isinstance(value, str) and value.startswith("@"):
            return value
        return _whole(name, value)
    if kind == "int":
        return _whole(name, value)
    if kind == "bool":
        flag = {"true": True, "false": False, "1": True, "0": False}.get(str(value).lower())
        if flag is None:
            raise wrong(f"{name} must be a boolean")
        return flag
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise wrong(f"can't parse {name} JSON object") from None
    if not isinstance(value, list if kind == "list" else dict):
        raise wrong(f"{name} must be {'an array' if kind == 'list' else 'an object'}")
    return value


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,19}", str(value)):
        raise wrong(f"{name} must be an integer")
    return int(value)


def _text(values: dict[str, Any]) -> None:
    text = values["text"]
    if "callback_query_id" in values:
        if len(text) > 200:
            raise wrong("MESSAGE_TOO_LONG")
    elif not text.strip():
        raise wrong("message text is empty")
    elif len(text) > 4096:
        raise wrong("message is too long")


def _caption(values: dict[str, Any]) -> None:
    if len(values["caption"]) > 1024:
        raise wrong("message caption is too long")


def _entities(field: str, name: str) -> Any:
    def check(values: dict[str, Any]) -> None:
        units = len(values.get(field, "").encode("utf-16-le")) // 2
        for entity in values[name]:
            if not isinstance(entity, dict) or entity.get("type") not in ENTITIES:
                raise wrong(f"can't parse entities: unknown type in {entity!r}")
            start, length = entity.get("offset"), entity.get("length")
            if not isinstance(start, int) or not isinstance(length, int):
                raise wrong("can't parse entities: offset and length must be integers")
            if start < 0 or length < 1 or start + length > units:
                raise wrong("ENTITY_BOUNDS_INVALID")

    return check


def _markup(values: dict[str, Any]) -> None:
    markup = values["reply_markup"]
    if "inline_keyboard" not in markup:
        if not markup.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
            raise wrong("object expected as reply markup")
        return
    for row in markup["inline_keyboard"]:
        if not isinstance(row, list) or not row:
            raise wrong("inline keyboard rows must be arrays of buttons")
        for button in row:
            _button(button)


def _button(button: dict[str, Any]) -> None:
    unknown = button.keys() - ACTIONS - {"text", "style", "icon_custom_emoji_id"}
    if unknown:
        raise wrong(f"unknown fields of a button: {sorted(unknown)}")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise wrong("inline keyboard button text must be non-empty")
    if len(button.keys() & ACTIONS) != 1:
        raise wrong("inline keyboard button must have exactly one action")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise wrong("BUTTON_DATA_INVALID")
    if button.get("style", "primary") not in ("danger", "success", "primary"):
        raise wrong("unknown button style")


def _only(name: str, known: set[str]) -> Any:
    def check(values: dict[str, Any]) -> None:
        unknown = values[name].keys() - known
        if unknown:
            raise wrong(f"unknown fields of {name}: {sorted(unknown)}")

    return check


def _parse_mode(values: dict[str, Any]) -> None:
    raise wrong("this stand-in does not parse text: send entities")


def _allowed(values: dict[str, Any]) -> None:
    unknown = set(values["allowed_updates"]) - UPDATE_KINDS
    if unknown:
        raise wrong(f"unknown update types {sorted(unknown)}")


def _commands(values: dict[str, Any]) -> None:
    if len(values["commands"]) > 100:
        raise wrong("BOT_COMMANDS_TOO_MUCH")
    for command in values["commands"]:
        if command.keys() != {"command", "description"}:
            raise wrong("a command is an object of command and description")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise wrong("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise wrong("BOT_COMMAND_DESCRIPTION_INVALID")


def _scope(values: dict[str, Any]) -> None:
    if values["scope"].get("type") not in SCOPES:
        raise wrong("unknown scope of commands")


def _language(values: dict[str, Any]) -> None:
    if not re.fullmatch(r"(?:[a-z]{2})?", values["language_code"]):
        raise wrong("invalid language code specified")


def _secret(values: dict[str, Any]) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", values["secret_token"]):
        raise wrong("secret token contains unallowed characters")


def _url(values: dict[str, Any]) -> None:
    if not values["url"] or "callback_query_id" in values:
        return
    url = urlsplit(values["url"])
    if url.hostname == "127.0.0.1":  # as a Bot API server of one's own allows
        return
    if url.scheme != "https":
        raise wrong("bad webhook: An HTTPS URL must be provided for webhook")
    if (url.port or 443) not in (443, 80, 88, 8443):
        raise wrong("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _limit(values: dict[str, Any]) -> None:
    if not 1 <= values["limit"] <= 100:
        raise wrong("limit must be from 1 to 100")


_CHECKS = {
    "text": _text,
    "caption": _caption,
    "entities": _entities("text", "entities"),
    "caption_entities": _entities("caption", "caption_entities"),
    "reply_markup": _markup,
    "link_preview_options": _only("link_preview_options", LINK_PREVIEW),
    "reply_parameters": _only("reply_parameters", REPLY),
    "parse_mode": _parse_mode,
    "allowed_updates": _allowed,
    "commands": _commands,
    "scope": _scope,
    "language_code": _language,
    "secret_token": _secret,
    "url": _url,
    "limit": _limit,
}
