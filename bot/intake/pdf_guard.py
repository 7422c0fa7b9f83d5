"""What a PDF may not do: unpack to more than there is room for, or have pages that are drawn a million times over.

pdfium takes a page in as a whole, and a thousand bytes can hold a page of a million pieces: forms that draw forms, or
text packed a thousand to one. No plan is like that. A file that could be is opened first by a process of its own, with
little memory and time; only what that survives is opened here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zlib

from bot.intake.format import Limits
from bot.intake.zipped import bomb
from domain.errors import BadInput
from domain.phrases import say

_STREAM = re.compile(rb"stream(?:\r\n|\s)")  # begins with its letters, so that they are found at once
_CHUNK = 1 << 20
_MOST = 1_032  # deflate packs so many bytes into one
_LARGE = 4_000_000  # bytes; what draws a page of an office has thirty thousand
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
_NAME = re.compile(rb"/\w+")
_DRAWS = re.compile(rb"\bDo\b")
_PICTURES = {b"/DCTDecode", b"/CCITTFaxDecode", b"/JBIG2Decode", b"/JPXDecode"}
_PACKED: tuple[list[bytes], ...] = (
    [],
    [b"/FlateDecode"],
    [b"/ASCII85Decode", b"/FlateDecode"],
    [b"/ASCII85Decode"],
)
_MEMORY_KB, _SECONDS = 350_000, 20
_OPEN = """
import sys, pypdfium2
with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as file:
    for number in range(min(len(file), int(sys.argv[1]))):
        page = file[number]
        page.get_textpage().count_chars()
        page.close()
"""


def guard(data: bytes, limits: Limits) -> None:
    """Raise BadInput for a file that unpacks to more than allowed, or that takes too much memory or time to open."""
    total, is_odd = 0, b"/Encrypt" in data
    for found in _STREAM.finditer(data):
        if data.endswith(b"end", 0, found.start()):
            continue
        about = data[max(0, data.rfind(b"obj", 0, found.start())) : found.start()]
        end = data.find(b"endstream", found.end())
        packed = memoryview(data)[found.end() : end if end >= 0 else len(data)]
        total += _unpacked(packed, limits.max_unpacked - total) if _may_exceed(data, limits) else 0
        if total >= limits.max_unpacked:
            raise bomb()
        is_odd = is_odd or _is_odd(about, packed)
    if is_odd:
        _try(data, limits)


def _may_exceed(data: bytes, limits: Limits) -> bool:
    return len(data) * _MOST >= limits.max_unpacked


def _is_odd(about: bytes, packed: memoryview) -> bool:
    """Whether a stream could be the content of more than a page has, by its dictionary and its length."""
    filters = [name for array, one in _FILTER.findall(about) for name in _NAME.findall(array or one)]
    if filters and set(filters) <= _PICTURES:
        return b"/Form" in about
    if b"#" in about or filters not in _PACKED or about.count(b"/Filter") > bool(filters):
        return True
    if filters[-1:] != [b"/FlateDecode"]:
        return len(packed) > _LARGE or (b"/Form" in about and bool(_DRAWS.search(packed)))
    if b"/Form" in about or (len(filters) > 1 and len(packed) * _MOST > 10 * _LARGE):
        return len(filters) > 1 or bool(_DRAWS.search(_beginning(packed)))
    return len(packed) * _MOST > _LARGE and _unpacked(packed, _LARGE) >= _LARGE


def _beginning(packed: memoryview) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _LARGE)
    except zlib.error:
        return b" Do "  # not to be looked into: taken for the worst


def _unpacked(packed: memoryview, most: int) -> int:
    """How long a stream gets, counted up to ``most`` and never kept; 0 for what is not deflated."""
    if len(packed) < 2 or packed[0] & 0x0F != 8 or (packed[0] * 256 + packed[1]) % 31:
        return 0
    inflate = zlib.decompressobj()
    total, given = 0, bytes(packed[:65_536])
    position = len(given)
    try:
        while given and total < most and not inflate.eof:
            total += len(inflate.decompress(given, _CHUNK))
            given = inflate.unconsumed_tail
            if not given:
                given = bytes(packed[position : position + 65_536])
                position += len(given)
    except zlib.error:
        pass
    return total


def _try(data: bytes, limits: Limits) -> None:
    """Open every page in a process of its own. What fails for other reasons fails here again, and is said then."""
    command = ["sh", "-c", f'ulimit -v {_MEMORY_KB}; exec "$@"', "sh", sys.executable, "-I", "-c", _OPEN, str(limits.max_pages)]  # fmt: skip
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise too_slow(_SECONDS) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise bomb()


def too_slow(seconds: int) -> BadInput:
    """The refusal of what takes longer than this to read."""
    return BadInput(
        say(
            "Reading the file took longer than {seconds} seconds. Please save it as .docx and send that.",
            seconds=seconds,
        ),
        code="too_slow",
    )
