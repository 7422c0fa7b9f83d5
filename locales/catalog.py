"""Keeps the catalogues in step with the code: ``python -m locales.catalog update|check``.

Every ``say("…")``, ``say_many("…", "…", n)`` and template ``_("…")`` is a message id. ``update`` writes the
ids into each language's dondoc.po, keeping what is translated and taking in ``parts/*.po``; ``check`` fails
when an id is missing, untranslated, fuzzy or no longer used, or when placeholders differ.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDERS = ("domain", "storage", "locales", "bot", "scheduler", "web", "dondoc")
KEYWORDS = {"say": None, "say_many": (1, 2), "_": None}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACEHOLDER = re.compile(r"\{[a-z_]+(?::[a-z]+)?\}")


def wanted() -> Catalog:
    """Every message id the code uses, with the files that use it."""
    catalog = Catalog(charset="utf-8")
    for folder in FOLDERS:
        found = extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS, options_map={})
        for filename, _line, message, comments, _context in found:
            catalog.add(message, locations=[(f"{folder}/{filename}", 0)], auto_comments=comments)
    return catalog


def _path(locale: str) -> Path:
    return ROOT / "locales" / locale / "LC_MESSAGES" / "dondoc.po"


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, charset="utf-8")


def update(locale: str) -> None:
    """Bring one language's catalogue to the ids in use; parts are merged in and removed."""
    current = _read(_path(locale), locale) if _path(locale).exists() else Catalog(locale=locale)
    parts = sorted((ROOT / "locales" / locale / "parts").glob("*.po"))
    for part in parts:
        for message in _read(part, locale):
            if message.id and message.string:
                current.delete(message.id)  # a known id would keep its own string
                current.add(message.id, message.string)
    fresh = Catalog(locale=locale, charset="utf-8", fuzzy=False)
    for message in wanted():
        if not message.id:
            continue
        known = current.get(message.id if isinstance(message.id, str) else message.id[0])
        string = known.string if known else ""
        if isinstance(message.id, tuple | list) and isinstance(string, str):
            string = (string,) * fresh.num_plurals
        fresh.add(message.id, string, locations=message.locations)
    with _path(locale).open("wb") as file:
        write_po(file, fresh, width=100, sort_output=True, omit_header=False, include_lineno=False)
    for part in parts:
        part.unlink()


def _texts(message: Message) -> tuple[str, ...]:
    string = message.string
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def problems(locale: str) -> Iterator[str]:
    """What keeps a catalogue from being complete and fresh, one line each."""
    catalog = _read(_path(locale), locale)
    have = {m.id[0] if isinstance(m.id, tuple | list) else m.id: m for m in catalog if m.id}
    use = {m.id[0] if isinstance(m.id, tuple | list) else m.id: m for m in wanted() if m.id}
    for msgid in use.keys() - have.keys():
        yield f"missing: {msgid}"
    for msgid in have.keys() - use.keys():
        yield f"no longer used: {msgid}"
    for msgid in use.keys() & have.keys():
        message = have[msgid]
        texts = _texts(message)
        if message.fuzzy or not all(texts):
            yield f"untranslated: {msgid}"
        elif {p.split(":")[0].strip("{}") for t in texts for p in PLACEHOLDER.findall(t)} - {
            p.split(":")[0].strip("{}") for p in PLACEHOLDER.findall(msgid)
        }:
            yield f"placeholders differ: {msgid}"


def main(argv: list[str]) -> int:
    """Exit 0 when every catalogue is complete, 1 with the list otherwise."""
    if argv == ["update"]:
        update("vi")
        return 0
    found = list(problems("vi"))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
