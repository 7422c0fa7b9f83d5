"""What the command line says, in the office's language, and its progress bars."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import click

from domain.phrases import Phrase
from dondoc.settings import Settings
from locales.speech import Speech, speech_for

T = TypeVar("T")


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def speech() -> Speech:
    """The office's language and zone."""
    return speech_for(settings().locale, settings().zone)


def speak(phrase: Phrase) -> str:
    """A phrase in the office's language."""
    return speech().text(phrase)


def tell(phrase: Phrase, *, err: bool = False) -> None:
    """Print a phrase."""
    click.echo(speak(phrase), err=err)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def progress(items: Iterable[T], phrase: Phrase, *, total: int | None = None) -> Iterator[T]:
    """Show a bar on standard error while going through the items, where a person is watching."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    yield from track(items, description=speak(phrase), total=total, console=console, transient=True)
