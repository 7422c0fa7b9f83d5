"""Web pages (.html): tables with rowspan and colspan, footnotes as pages link them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from bot.intake.format import Format, Limits
from bot.intake.text import decode
from bot.intake.zipped import damaged
from domain.documents import Cell, Document, Origin, Paragraph, Row, Table
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.fold import tidy
from domain.reading.footnotes import split_notes

_SNIFF = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|main|article|section|div|p|h[1-6]|ul|ol)[\s>]",
    re.IGNORECASE,
)
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "dt", "dd", "blockquote", "pre", "section",
    "article", "header", "footer", "center", "main", "body", "ul", "ol", "form", "figure", "aside", "nav", "hr", "address",
})  # fmt: skip
_SKIPPED = frozenset({"script", "style", "head", "noscript", "template", "svg", "object", "embed", "iframe", "select", "nav"})  # fmt: skip
_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|fn|footnote|cite)", re.IGNORECASE)
_BREAK = "\x1e"
_MAX_SPAN = 64
_LETTERS = "abcdefghiklmnopq"
#: an item that shows its own mark: "1. …", "a) …", "- …", "IV. …"
_MARKED = re.compile(r"\s*(?:[-–—+*•●▪]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Za-zđ])\s*[.)/])")


def _sniff(data: bytes, filename: str) -> bool:
    start = data[:8192]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and bool(_SNIFF.search(start)) and b"|---" not in start


def _read(data: bytes, limits: Limits) -> Document:
    text = decode(data)
    if len(data) > limits.max_characters * 3 or (text and len(text) > limits.max_characters * 2):
        raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
        root = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text) if text else data, parser=parser
        )
        _mark_items(root)
        pieces, notes = split_notes(list(_Walker().pieces(root)))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise damaged() from error
    return Document(tuple(pieces), tuple(notes))


def _mark_items(root: etree._Element) -> None:
    """Writes the mark that a browser shows before each item of a list: its number, or a dash."""
    for items in root.iter("ol", "ul"):
        number = int(start) if (start := (items.get("start") or "").strip()).isdecimal() else 1
        for item in items.iterchildren("li"):
            first = next((e for e in item.iter() if isinstance(e.tag, str) and (e.text or "").strip()), None)
            if first is not None and not _MARKED.match(first.text or ""):
                first.text = f"{_mark(items, number)} {(first.text or '').lstrip()}"
            number += 1


def _mark(items: etree._Element, number: int) -> str:
    """The mark of an item: of the kinds of numbers a list may have, letters are told apart; the others are figures."""
    if items.tag == "ul":
        return "-"
    lettered = (items.get("type") or "") == "a" and 0 < number <= len(_LETTERS)
    return f"{_LETTERS[number - 1]})" if lettered else f"{number}."


class _Walker:
    """Goes through a page in reading order and counts its tables."""

    def __init__(self) -> None:
        self._tables = 0

    def pieces(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables under an element; text around blocks is paragraphs of its own."""
        inline: list[str] = [element.text or ""]
        for child in element:
            if (
                not isinstance(child.tag, str)
                or child.tag in _SKIPPED
                or _is_hidden(child)
                or _is_menu(child)
            ):
                pass
            elif child.tag == "table" or _has_blocks(child):
                yield from _paragraphs(inline)
                inline = []
                yield from self._table(child) if child.tag == "table" else self.pieces(child)
            else:
                inline.append(f"{_BREAK}{_inline(child)}{_BREAK}" if child.tag in _BLOCKS else _inline(child))
            inline.append(child.tail or "")
        yield from _paragraphs(inline)

    def _table(self, table: etree._Element) -> Iterator[Paragraph | Table]:
        """A table; one that only lays out other tables is opened."""
        if next(table.iterdescendants("table"), None) is not None:
            for part in table:
                if part.tag in ("tbody", "thead", "tfoot"):
                    yield from self._table_rows(part)
            yield from self._table_rows(table)
            return
        self._tables += 1
        rows = []
        for index, tr in enumerate(table.iterdescendants("tr"), 1):
            cells = [c for c in tr if c.tag in ("td", "th")]
            places = enumerate(cells, 1)
            rows.append(Row(tuple(_cell(c, Origin(0, self._tables, index, n)) for n, c in places)))
        yield Table(tuple(rows), origin=Origin(table=self._tables))

    def _table_rows(self, parent: etree._Element) -> Iterator[Paragraph | Table]:
        for tr in (t for t in parent if t.tag == "tr"):
            for cell in tr:
                yield from self.pieces(cell)


def _has_blocks(element: etree._Element) -> bool:
    return any(d.tag in _BLOCKS or d.tag == "table" for d in element.iterdescendants())


def _is_hidden(element: etree._Element) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _is_menu(element: etree._Element) -> bool:
    """Whether a list leads to other pages only, each item being a link and nothing else: a menu, other news."""
    items = list(element.iterchildren("li")) if element.tag in ("ul", "ol") else []
    return bool(items) and all(_is_link(item) for item in items)


def _is_link(item: etree._Element) -> bool:
    """Whether all that an item shows, besides its mark, is one link."""
    links = [link for link in item.iter("a") if link.get("href")]
    before, _, behind = _inline(item).partition(_inline(links[0])) if len(links) == 1 else ("text", "", "")
    return not before.strip(f" \n-.0123456789{_BREAK}") and not behind.strip(f" \n{_BREAK}")


def _inline(element: etree._Element) -> str:
    """Text of an element without the blocks' breaks; ``<br>`` parts paragraphs, a linked number is a mark."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return ""
    if element.tag == "br":
        return _BREAK
    text = (element.text or "") + "".join(
        (f"{_BREAK}{_inline(c)}{_BREAK}" if c.tag in _BLOCKS else _inline(c)) + (c.tail or "")
        for c in element
    )
    if element.tag == "a" and text.strip().isdigit() and _NOTE_LINK.match(element.get("href") or ""):
        return f"[{text.strip()}]"
    return text


def _paragraphs(parts: list[str]) -> Iterator[Paragraph]:
    for text in "".join(parts).split(_BREAK):
        if shown := tidy(text):
            yield Paragraph(shown)


def _cell(cell: etree._Element, origin: Origin) -> Cell:
    texts = tuple(p.text for p in _paragraphs([_inline(cell)]))
    return Cell(texts, _span(cell, "colspan"), _span(cell, "rowspan"), origin)


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    limit = _MAX_SPAN if name == "colspan" else 1000
    return max(1, min(int(value), limit)) if value.isdecimal() and len(value) < 6 else 1


FORMAT = Format("web_page", 40, _sniff, _read)
