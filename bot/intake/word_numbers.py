"""Automatic numbering of Word paragraphs: "1.", "a)" are not in the text but counted from styles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(slots=True)
class Numbering:
    """Counts numbered paragraphs in reading order. ``levels`` is (list, level) → (format, text, start)."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, lists: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """From the roots of a file's numbering and styles parts, if it has them."""
        numbering = cls()
        if lists is not None:
            numbering._read_lists(lists)
        if styles is not None:
            numbering._read_styles(styles)
        return numbering

    def _read_lists(self, root: etree._Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = (abstract.get(f"{W}abstractNumId", ""), int(level.get(f"{W}ilvl", "0")))
                start = int(_value(level, "start") or 1)
                self.levels[key] = (_value(level, "numFmt"), _value(level, "lvlText"), start)
        for num in root.iter(f"{W}num"):
            list_id = num.get(f"{W}numId", "")
            self.lists[list_id] = _value(num, "abstractNumId")
            for override in num.iter(f"{W}lvlOverride"):
                if again := _value(override, "startOverride"):
                    self.restarts[list_id, int(override.get(f"{W}ilvl", "0"))] = int(again)

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.iter(f"{W}style"):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None and _value(found, "numId"):
                level = int(_value(found, "ilvl") or 0)
                self.styles[style.get(f"{W}styleId", "")] = (_value(found, "numId"), level)

    def label(self, paragraph: etree._Element) -> str:
        """The number Word shows before the paragraph, with a space; "" for none and for bullets."""
        where = self._where(paragraph)
        if where is None:
            return ""
        list_id, level = where
        abstract = self.lists.get(list_id, "")
        shape = self.levels.get((abstract, level))
        if shape is None:
            return ""
        counts = self.counts[abstract]
        if (list_id, level) in self.restarts:  # a list that starts again does so once
            counts[level] = self.restarts.pop((list_id, level)) - 1
        counts[level] = counts.get(level, shape[2] - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        if shape[0] in ("bullet", "none"):
            return "- " if shape[0] == "bullet" else ""
        text = shape[1]
        for n in range(level + 1):
            fmt = self.levels.get((abstract, n), ("decimal", "", 1))[0]
            text = text.replace(f"%{n + 1}", _write(counts.get(n, 1), fmt))
        return f"{text} "

    def _where(self, paragraph: etree._Element) -> tuple[str, int] | None:
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is not None:
            list_id = _value(found, "numId")
            return (list_id, int(_value(found, "ilvl") or 0)) if list_id not in ("", "0") else None
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.styles.get(style.get(f"{W}val", "")) if style is not None else None


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _write(number: int, fmt: str) -> str:
    if fmt in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if fmt == "lowerLetter" else letter.upper()
    if fmt in ("lowerRoman", "upperRoman") and 0 < number < 400:
        text = ""
        for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
            while number >= value:
                text, number = text + sign, number - value
        return text if fmt == "upperRoman" else text.lower()
    return str(number)
