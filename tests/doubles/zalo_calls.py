"""A call to the Zalo Bot Platform, checked against what its documentation says.

Facts of docs.zaloplatforms.com/docs/BOT: parameter → kind, "!" where it is required. Method names are
case-sensitive. There is no editing, no keyboard, no sending of files, no answering to a message.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"timeout": "int"},
    "setWebhook": {"url": "str!", "secret_token": "str!"},
    "deleteWebhook": {},
    "getWebhookInfo": {},
    "sendMessage": {"chat_id": "str!", "text": "str!", "parse_mode": "str", "text_styles": "list"},
    "sendPhoto": {"chat_id": "str!", "photo": "str!", "caption": "str"},
    "sendSticker": {"chat_id": "str!", "sticker": "str!"},
    "sendChatAction": {"chat_id": "str!", "action": "str!"},
}
TOKEN = re.compile(r"(\d{6,}):[A-Za-z0-9_-]{6,}")
MAX_TEXT = 2000
STYLES = {
    "b", "i", "u", "s", "f_13", "f_15", "f_18", "f_20", "c_050a19", "c_15a85f", "c_f7b503", "c_f27806",
    "c_db342e", "lst_1", "lst_2", "ind_1", "ind_2", "ind_3", "ind_4", "ind_5",
}  # fmt: skip


class Refused(Exception):
    """The call is refused, with HTTP 200 all the same. ``client``: the caller could have known."""

    def __init__(self, code: int, description: str, *, client: bool = False) -> None:
        super().__init__(description)
        self.code, self.description, self.client = code, description, client


def wrong(description: str) -> Refused:
    """A mistake of the caller."""
    return Refused(400, f"Bad request: {description}", client=True)


def checked(method: str, given: dict[str, Any], *, loopback: bool) -> dict[str, Any]:
    """The parameters. ``loopback`` lets webhooks of this machine in, which Zalo refuses. Raises Refused."""
    table = METHODS[method]
    for name in given.keys() - table.keys():
        raise wrong(f"unknown parameter {name} of {method}")
    for name, kind in table.items():
        if kind.endswith("!") and given.get(name) in (None, ""):
            raise wrong(f"The {name} must not be empty")
    for name, value in given.items():
        _typed(name, value, table[name].rstrip("!"))
    if len(given.get("text", "")) > MAX_TEXT or len(given.get("caption", "")) > MAX_TEXT:
        raise wrong(f"text must be from 1 to {MAX_TEXT} characters")
    if given.get("parse_mode", "html") not in ("html", "markdown"):
        raise wrong("unknown parse_mode")
    if given.get("action", "typing") != "typing":
        raise wrong("unknown action")
    if not given.get("photo", "http://").startswith(("http://", "https://")):
        raise wrong("photo must start with http:// or https://")
    _styles(given)
    if method == "setWebhook":
        _webhook(given, loopback=loopback)
    return given


def _typed(name: str, value: Any, kind: str) -> None:
    if kind == "int" and not re.fullmatch(r"\d{1,4}", str(value)):
        raise wrong(f"{name} must be a number of seconds")
    if kind == "str" and not isinstance(value, str):
        raise wrong(f"{name} must be a string")
    if kind == "list" and not isinstance(value, list):
        raise wrong(f"{name} must be a list")


def _styles(given: dict[str, Any]) -> None:
    units = len(given.get("text", "").encode("utf-16-le")) // 2
    for style in given.get("text_styles", []):
        if not isinstance(style, dict) or style.keys() != {"start", "len", "st"}:
            raise wrong("a style is an object of start, len and st")
        if style["start"] < 0 or style["len"] < 1 or style["start"] + style["len"] > units:
            raise wrong("a style lies outside of the text")
        if not style["st"] or set(style["st"]) - STYLES:
            raise wrong(f"unknown styles {style['st']}")


def _webhook(given: dict[str, Any], *, loopback: bool) -> None:
    if not 8 <= len(given["secret_token"]) <= 256:
        raise wrong("secret_token must be from 8 to 256 characters")
    url = urlsplit(given["url"])
    host = url.hostname or ""
    try:
        private = ipaddress.ip_address(host).is_private
    except ValueError:
        private = host == "localhost"
    if private and loopback and host == "127.0.0.1":
        return
    if url.scheme != "https" or private or not host:
        raise wrong("url must be a public https address")
