"""Errors that carry what the person is told."""

from __future__ import annotations

from domain.phrases import Phrase


class Refusal(Exception):
    """Something asked for cannot be done; nothing was changed. ``phrase`` says why and what to do."""

    def __init__(self, phrase: Phrase, *, code: str = "refused") -> None:
        super().__init__(phrase.msgid.format_map(dict(phrase.args.items())))
        self.phrase = phrase
        self.code = code


class NotAllowed(Refusal):
    """The person may not do this (see ``domain.access``)."""


class BadInput(Refusal):
    """A file, a cell or an option that cannot be read. Exit status 2 on the command line."""


class ClassifiedDocument(BadInput):
    """The document carries a secrecy mark (Law 117/2025/QH15): nothing of it may be kept or echoed."""
