"""Templates → pages, in the reader's language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.rendering import pieces
from domain.assignments import Assignment
from domain.phrases import Arg, Phrase, say_many
from domain.wording import progress_words
from locales.speech import Speech

HERE = Path(__file__).parent
STATIC = HERE / "static"


def _speech(context: Context) -> Speech:
    speech: Speech = context["speech"]
    return speech


@pass_context
def _translate(context: Context, msgid: str, **args: Arg) -> str:
    """``_("English {name}", name=…)`` in a template; the answer is escaped like any other text."""
    return _speech(context).text(Phrase(msgid, args))


@pass_context
def _translate_many(context: Context, singular: str, plural: str, count: int, **args: Arg) -> str:
    return _speech(context).text(say_many(singular, plural, count, **args))


@pass_context
def _words(context: Context, phrase: Phrase) -> str:
    return _speech(context).text(phrase)


@pass_context
def _day(context: Context, day: date) -> str:
    return _speech(context).day(day)


@pass_context
def _full(context: Context, day: date) -> str:
    return _speech(context).text(Phrase("{day:full}", {"day": day}))


@pass_context
def _instant(context: Context, at: datetime) -> str:
    return _speech(context).text(Phrase("{at}", {"at": at}))


@pass_context
def _clock(context: Context, at: datetime) -> str:
    return _speech(context).text(Phrase("{at:time}", {"at": at}))


@pass_context
def _progress(context: Context, share: Assignment) -> str:
    return _speech(context).text(progress_words(share))


def _first_up(text: str) -> str:
    """As at the start of a line."""
    return text[:1].upper() + text[1:]


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items)


@lru_cache
def static_url(name: str) -> str:
    """Where a static file is; its content is part of the address, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


class Pages:
    """Renders. A name that a template uses and nobody gave is an error, never an empty place."""

    def __init__(self) -> None:
        self._env = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update({"_": _translate, "say_many": _translate_many, "static": static_url})
        self._env.filters.update(
            {
                "words": _words,
                "pieces": pieces,
                "day": _day,
                "full": _full,
                "instant": _instant,
                "clock": _clock,
                "progress": _progress,
                "first_up": _first_up,
                "listed": _listed,
            }
        )

    def html(self, template: str, speech: Speech, **values: Any) -> str:
        """A page, or a part of one."""
        return self._env.get_template(template).render(speech=speech, **values)
