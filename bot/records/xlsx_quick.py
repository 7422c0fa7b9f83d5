"""The shape in which nearly every program writes cells and shared texts, read by one pattern a row.

expat calls Python five times a cell; a pattern gives a whole row at once. Whatever is of another shape — rich text,
prefixes, cells without a place, comments — goes through expat, row by row or as a whole, so nothing is read
differently. No entity but XML's own five and numbers is ever replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO

from bot.records.xlsx_guard import broken

_CHUNK = 1 << 18
_LONGEST_ROW = 20_000_000  # bytes
_START = re.compile(rb"<sheetData\s*>")
_ENCODING = re.compile(rb'<\?xml[^>]*encoding=["\']([^"\']+)')
_NUMBER = re.compile(rb'\br="(\d{1,8})"')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d{1,8}"((?: [\w:]+="[^"<>]*")*) ?'
    rb'(?:/>|>(?:<f[^<>]*(?:/>|>[^<]*</f>))?'
    rb'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)  # fmt: skip
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

#: column's letters, attributes but for the place, value, inline text
RawCell = tuple[bytes, bytes, bytes, bytes]


def text_of(data: bytes) -> str:
    """Text between tags."""
    text = data.decode("utf-8", "replace")
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _is_plain(head: bytes) -> bool:
    """Whether a part is UTF-8 without a document type."""
    encoding = _ENCODING.search(head[:200])
    return (
        head[:1] in (b"<", b"\xef")
        and b"<!" not in head
        and (not encoding or encoding[1].lower() == b"utf-8")
    )


def quick_rows(
    member: IO[bytes], slow: Callable[[bytes], None]
) -> Iterator[tuple[int, list[RawCell] | None]] | None:
    """Rows of a sheet as (number from 1, raw cells); None for cells where ``slow`` was given the row's own XML.

    None altogether where the part is not of the usual shape; it has to be read from its start then.
    """
    head = member.read(_CHUNK)
    begin = _START.search(head)
    if begin is None or not _is_plain(head[: begin.start()]):
        return None
    return _rows(member, head[begin.end() :], slow)


def _rows(
    member: IO[bytes], rest: bytes, slow: Callable[[bytes], None]
) -> Iterator[tuple[int, list[RawCell] | None]]:
    number = 0
    while True:
        *pieces, rest = rest.split(b"</row>")
        for piece in pieces:
            start = piece.rfind(b"<row")
            opened = piece.find(b">", start)
            if start < 0 or opened < 0:
                raise broken()
            given = _NUMBER.search(piece, start, opened)
            number = int(given[1]) if given else number + piece.count(b"<row")
            body = piece[opened + 1 :]
            cells = _CELL.findall(body)
            if len(cells) == body.count(b"<c ") + body.count(b"<c>") + body.count(b"<c/"):
                yield number, cells
            else:
                slow(b'<row r="%d">%s</row>' % (number, body))
                yield number, None
        if b"</sheetData" in rest:
            return
        chunk = member.read(_CHUNK)
        if not chunk or len(rest) > _LONGEST_ROW:
            raise broken()
        rest += chunk


def quick_texts(member: IO[bytes], add: Callable[[bytes], None], slow: Callable[[bytes], None]) -> bool:
    """Give every shared text to ``add`` as UTF-8, one of another shape to ``slow`` as XML. False where the part is
    not of the usual shape at all; nothing was given then."""
    rest = member.read(_CHUNK)
    if b"<sst" not in rest[:2000] or not _is_plain(rest[: rest.find(b"<sst")]):
        return False
    while True:
        *pieces, rest = rest.split(b"</si>")
        for piece in pieces:
            for _ in range(piece.count(b"<si/>")):
                add(b"")
            start = piece.rfind(b"<si>")
            if start < 0:
                raise broken()
            if found := _TEXT.fullmatch(piece, start):
                add(text_of(found[1]).encode() if b"&" in found[1] else found[1])
            else:
                slow(piece[start:] + b"</si>")
        chunk = member.read(_CHUNK)
        if not chunk:
            if b"</sst" not in rest and b"<sst" not in rest:
                raise broken()
            for _ in range(rest.count(b"<si/>")):
                add(b"")
            return True
        if len(rest) > _LONGEST_ROW:
            raise broken()
        rest += chunk
