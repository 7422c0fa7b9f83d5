"""The lexicons of all languages, read from ``locales/<code>/lexicon.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from domain.lexicon import Lexicon
from locales.speech import DEFAULT, HERE


@lru_cache(maxsize=1)
def load_all() -> Lexicon:
    """Every language's words in one lexicon, the office's language first; read once."""
    paths = sorted(
        HERE.glob("*/lexicon.toml"), key=lambda path: (path.parent.name != DEFAULT, path.parent.name)
    )
    return Lexicon.of([tomllib.loads(path.read_text("utf-8")) for path in paths])
