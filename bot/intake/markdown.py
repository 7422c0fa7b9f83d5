"""Markdown (.md, or pasted into .txt): pipe tables, also with a whole table on one line or cells over several.

Where a table begins and how many columns it has is told by its rule (``|---|---|``); rows are then cut by
counting pipes, and markdown-it takes the cells apart. Prose is read like any plain text, so numbers stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from bot.intake.format import Format, Limits
from bot.intake.text import decode
from domain.documents import Cell, Document, Origin, Paragraph, Row, Table
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.cut_text import paragraphs
from domain.reading.fold import tidy
from domain.reading.footnotes import split_notes

_DASHES = r"[ \t]*(?::-+:?|-{2,}:?|-:)[ \t]*"  # one dash alone is a cell with nothing in it
_RULE = re.compile(rf"\|?{_DASHES}(?:\|{_DASHES}){{1,40}}\|?")
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_FOOTNOTE = re.compile(r"\[\^(\w{1,8})\](:?)")
_TABLES = MarkdownIt("commonmark").enable("table")
_MAX_HEADING = 5_000  # how far before its rule a heading may begin


@dataclass(frozen=True, slots=True)
class _Block:
    """A table found in the text: [start, end) and its rows as the text of their cells."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def _sniff(data: bytes, filename: str) -> bool:
    text = decode(data)
    return text is not None and any(m[0].count("|") > 1 for m in _RULE.finditer(text))


def _read(data: bytes, limits: Limits) -> Document:
    text = (decode(data) or "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.max_characters or text.count("|") > limits.max_pipes:
        raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
    text = _FOOTNOTE.sub(lambda m: f"[{m[1]}]", text)
    body: list[Paragraph | Table] = []
    position = 0
    for number, block in enumerate(_blocks(text), 1):
        body += [Paragraph(p) for p in _prose(text[position : block.start])]
        body.append(_table(block, number))
        position = block.end
    body += [Paragraph(p) for p in _prose(text[position:])]
    pieces, notes = split_notes(body)
    return Document(tuple(pieces), tuple(notes))


def _blocks(text: str) -> Iterator[_Block]:
    position = 0
    for rule in _RULE.finditer(text):
        columns = rule[0].strip("| \t").count("|") + 1
        if rule.start() < position or rule[0].count("|") < 2:
            continue
        heading = _heading(text, max(position, rule.start() - _MAX_HEADING), rule.start(), columns)
        if heading is None:
            continue
        rows = [heading[1]]
        position = rule.end()
        cut = _row if text[heading[0]] == "|" else _bare_row
        while row := cut(text, position, columns):
            position = row[0]
            rows.append(row[1])
        yield _Block(heading[0], position, tuple(rows))


def _heading(text: str, begin: int, end: int, columns: int) -> tuple[int, tuple[str, ...]] | None:
    """(start, cells) of the row before a rule: as many pipes back as the rule has columns."""
    before = text[begin:end].rstrip()
    pipes = [m.start() for m in re.finditer(r"(?<!\\)\|", before)]
    line = before.rfind("\n") + 1
    on_line = [p for p in pipes if p >= line]
    if before and not before.endswith("|") and len(on_line) == columns - 1:  # no pipes at the edges
        return begin + line, _cells("|" + before[line:] + "|")
    if len(pipes) <= columns or not before.endswith("|"):
        return (begin + line, _cells(before[line:])) if before.endswith("|") and len(on_line) > 2 else None
    start = pipes[-1 - columns]
    return begin + start, _cells(before[start:])


def _row(text: str, position: int, columns: int) -> tuple[int, tuple[str, ...]] | None:
    """(end, cells) of the next row; None where the table ends. A blank line ends it."""
    opening = re.compile(r"[ \t]*\n?[ \t]*\|").match(text, position)
    if not opening:
        return None
    pipes = [opening.end() - 1]
    for _ in range(columns):
        following = re.compile(r"(?:[^|\\]|\\.)*?\|", re.DOTALL).match(text, pipes[-1] + 1)
        if not following or "\n\n" in following[0]:
            break
        if "\n" in following[0] and not following[0].strip("| \t\n"):
            break  # a short row: the next line is a row of its own
        pipes.append(following.end() - 1)
    if len(pipes) == 1:
        return None
    end = pipes[-1] + 1
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    if (
        len(pipes) > columns
        and rest.strip()
        and rest.rstrip().endswith("|")
        and not rest.lstrip().startswith("|")
    ):
        return end + len(rest), _cells(text[pipes[0] : end] + rest)  # more cells than the heading has
    return end, _cells(text[pipes[0] : end])


def _bare_row(text: str, position: int, columns: int) -> tuple[int, tuple[str, ...]] | None:
    """A row without pipes at its edges is one line."""
    line = re.compile(r"[ \t]*\n([^\n]*\|[^\n]*)").match(text, position)
    return (line.end(), _cells(f"|{line[1].strip(' |')}|")) if line else None


def _cells(row: str) -> tuple[str, ...]:
    """The cells of one row of pipes."""
    line = " ".join(row.split("\n"))
    count = len(re.findall(r"(?<!\\)\|", line)) - 1
    rule = "|" + "---|" * count
    tokens = _TABLES.parse(f"{line.strip()}\n{rule}\n")
    cells = [t.content for t in tokens if t.type == "inline" and t.level == 4]
    return tuple(cells) if cells else tuple(c.strip() for c in line.strip(" |").split("|"))


def _prose(text: str) -> list[str]:
    text = re.sub(r"(?m)^[ \t]*#{1,6}[ \t]+|^[ \t]*>[ \t]?", "", text)
    shown = [html.unescape(_ESCAPED.sub(r"\1", _TAG.sub("", p))) for p in paragraphs(_BREAK.sub("\n", text))]
    return [p for p in shown if p.strip(" |-")]


def _table(block: _Block, number: int) -> Table:
    rows = (
        Row(tuple(Cell(_texts(c), origin=Origin(0, number, r, n)) for n, c in enumerate(cells, 1)))
        for r, cells in enumerate(block.rows, 1)
    )
    return Table(tuple(rows), origin=Origin(table=number))


def _texts(cell: str) -> tuple[str, ...]:
    parts = (_TAG.sub("", _EMPHASIS.sub("", part)) for part in _BREAK.split(cell))
    return tuple(shown for p in parts if (shown := tidy(html.unescape(_ESCAPED.sub(r"\1", p)))))


FORMAT = Format("markdown", 80, _sniff, _read)
