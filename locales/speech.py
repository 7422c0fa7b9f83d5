"""Phrase → text: the words, dates and numbers of one language, in the province's zone.

Placeholders in message ids may carry a form: ``{due}`` 28/6/2024, ``{due:day}`` 28/6, ``{due:weekday}``
thứ Sáu, ``{due:full}`` thứ Sáu 28/6/2024, ``{at:time}`` 07:45, ``{at}`` 07:45 28/6/2024.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from domain.phrases import Phrase

HERE = Path(__file__).parent
DEFAULT = "vi"
log = logging.getLogger(__name__)


def available() -> tuple[str, ...]:
    """Languages there is a folder for, the default first."""
    found = {p.parent.parent.name for p in HERE.glob("*/LC_MESSAGES/dondoc.po")}
    return (DEFAULT, *sorted(found - {DEFAULT}))


@lru_cache
def catalogue(locale: str) -> Mapping[str, str]:
    """Message id → translation. English needs none: its ids are its words."""
    path = HERE / locale / "LC_MESSAGES" / "dondoc.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=locale)
    words: dict[str, str] = {}
    for message in messages:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for index, msgid in enumerate(ids):
            translated = texts[min(index, len(texts) - 1)]
            if msgid and translated:
                words[msgid] = translated
    return words


class Speech(Formatter):
    """One language at one place. Cheap to make, safe to share."""

    def __init__(self, locale: str, zone: tzinfo) -> None:
        self.locale = locale if locale in available() else DEFAULT
        self.zone = zone
        self._babel = Locale(self.locale)
        self._words = catalogue(self.locale)

    def text(self, phrase: Phrase) -> str:
        """The phrase in this language. An untranslated id is said in English, never dropped."""
        singular = phrase.args.get("count") == 1
        msgid = phrase.plural if phrase.plural and not singular else phrase.msgid
        return self.vformat(self._words.get(msgid, msgid), (), phrase.args)

    def day(self, day: date) -> str:
        """28/6/2024 — as Vietnamese offices write it in running text, no leading zeros."""
        if self.locale == "vi":
            return f"{day.day}/{day.month}/{day.year}"
        return format_date(day, "d MMM y", locale=self._babel)

    def weekday(self, day: date) -> str:
        """thứ Sáu; Chủ nhật (CLDR writes "Thứ Sáu", "Chủ Nhật", as at the start of a line)."""
        name = format_date(day, "EEEE", locale=self._babel)
        if self.locale != "vi":
            return name
        return "Chủ nhật" if day.isoweekday() == 7 else name[0].lower() + name[1:]

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one argument; called by :meth:`string.Formatter.vformat`."""
        if isinstance(value, Phrase):
            return self.text(value)
        if isinstance(value, tuple):
            return ", ".join(self.text(item) for item in value)
        if isinstance(value, datetime):
            return self._instant(value, format_spec)
        if isinstance(value, date):
            return self._day(value, format_spec)
        if isinstance(value, float):
            return str(format_decimal(value, locale=self._babel))
        if isinstance(value, int) and not isinstance(value, bool) and not format_spec:
            return str(format_decimal(value, locale=self._babel))
        return format(value, format_spec)

    def _day(self, day: date, form: str) -> str:
        if form == "day":
            return (
                f"{day.day}/{day.month}"
                if self.locale == "vi"
                else format_date(day, "d MMM", locale=self._babel)
            )
        if form == "weekday":
            return self.weekday(day)
        if form == "full":
            return f"{self.weekday(day)} {self.day(day)}"
        return self.day(day)

    def _instant(self, at: datetime, form: str) -> str:
        local = at.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        return clock if form == "time" else f"{clock} {self._day(local.date(), form)}"


@lru_cache
def speech_for(locale: str, zone: tzinfo) -> Speech:
    """The shared Speech of a language."""
    return Speech(locale, zone)
