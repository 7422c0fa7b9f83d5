"""Finds the commands: one file each, one constant ``COMMAND``. Anything amiss stops the start-up."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import lru_cache

import bot.commands
from bot.turn import Command
from domain.reading.fold import plain


@dataclass(frozen=True, slots=True)
class Commands:
    """Commands by name, and by what calls them."""

    by_name: dict[str, Command]
    by_word: dict[str, Command] = field(default_factory=dict)
    by_intent: dict[str, Command] = field(default_factory=dict)
    by_act: dict[str, Command] = field(default_factory=dict)

    def of_word(self, word: str) -> Command | None:
        """The command of a word such as "/viec" or "/việc"."""
        return self.by_word.get(plain(word).lstrip("/").replace(" ", ""))


class RegistryError(Exception):
    """A command file is missing its constant, or two commands claim the same thing."""


@lru_cache
def commands() -> Commands:
    """Every command there is a file for."""
    found: list[Command] = []
    for module in pkgutil.iter_modules(bot.commands.__path__):
        loaded = importlib.import_module(f"bot.commands.{module.name}")
        command = getattr(loaded, "COMMAND", None)
        if not isinstance(command, Command):
            raise RegistryError(f"bot/commands/{module.name}.py has no COMMAND")
        found.append(command)
    return gather(found)


def gather(found: list[Command]) -> Commands:
    """Index commands; two claims to one name, word, intent or act are an error."""
    index = Commands({})
    for command in found:
        _claim(index.by_name, command.name, command)
        for word in command.words:
            _claim(index.by_word, plain(word).replace(" ", ""), command)
        for intent in command.intents:
            _claim(index.by_intent, intent, command)
        for act in command.acts:
            _claim(index.by_act, act, command)
    return index


def _claim(table: dict[str, Command], key: str, command: Command) -> None:
    if key in table and table[key] is not command:
        raise RegistryError(f"{key!r} is claimed by {table[key].name} and {command.name}")
    table[key] = command
