"""What a file format is: how to tell it by content, and how to read it within limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.documents import Document


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold; past that it is refused with a sentence, before it is read in full."""

    max_bytes: int = 30_000_000
    max_unpacked: int = 300_000_000
    max_characters: int = 5_000_000
    max_pages: int = 1_000
    max_pipes: int = 60_000  # cells of a plain text; a plan of 140 rows has two thousand


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. ``sniff`` sees the whole file and its name; content decides, the name only helps."""

    name: str
    order: int
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, Limits], Document]
