"""A sentence marked for translation, not yet translated.

Rules and commands say *what* is to be said; ``locales.Speech`` finds the words when the message is sent,
in the language the reader has chosen by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

#: What a phrase may carry: plain values keep their type, so that each language writes dates its own way.
Arg: TypeAlias = "str | int | float | date | datetime | Phrase | tuple[Phrase, ...]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English message id with named arguments, and an optional plural form chosen by ``count``."""

    msgid: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    plural: str = ""

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted((k, str(v)) for k, v in self.args.items()))))


def say(msgid: str, **args: Arg) -> Phrase:
    """Mark ``msgid`` for translation; placeholders are ``{name}``."""
    return Phrase(msgid, args)


def say_many(singular: str, plural: str, count: int, **args: Arg) -> Phrase:
    """Like :func:`say`, the form chosen by ``count``, which is also available as ``{count}``."""
    return Phrase(singular, {"count": count, **args}, plural)


def verbatim(text: str) -> Phrase:
    """Somebody's own words (a task's title, a note): never translated."""
    return Phrase("{text}", {"text": text})


def to_json(phrase: Phrase) -> dict[str, Any]:
    """A phrase as plain data, to be kept in the outbox; :func:`from_json` is its inverse."""
    data: dict[str, Any] = {"m": phrase.msgid}
    if phrase.args:
        data["a"] = {name: _pack(value) for name, value in phrase.args.items()}
    if phrase.plural:
        data["p"] = phrase.plural
    return data


def from_json(data: Mapping[str, Any]) -> Phrase:
    """Rebuild what :func:`to_json` wrote."""
    args = {name: _unpack(value) for name, value in data.get("a", {}).items()}
    return Phrase(data["m"], args, data.get("p", ""))


def _pack(value: Arg) -> Any:
    if isinstance(value, Phrase):
        return {"$phrase": to_json(value)}
    if isinstance(value, datetime):
        return {"$instant": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, tuple):
        return {"$list": [to_json(item) for item in value]}
    return value


def _unpack(value: Any) -> Arg:
    if isinstance(value, dict):
        if "$phrase" in value:
            return from_json(value["$phrase"])
        if "$instant" in value:
            return datetime.fromisoformat(value["$instant"])
        if "$date" in value:
            return date.fromisoformat(value["$date"])
        return tuple(from_json(item) for item in value["$list"])
    plain: str | int | float = value
    return plain
