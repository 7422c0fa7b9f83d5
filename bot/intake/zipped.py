"""Office files are zip archives of XML: look inside without unpacking or expanding more than is allowed."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from bot.intake.format import Limits
from domain.errors import BadInput
from domain.phrases import say

if TYPE_CHECKING:
    from lxml import etree

#: a part of XML larger than this is no document of an office; lxml needs about ten times as much memory
MAX_PART = 30_000_000
# lxml's errors of syntax are Python's own
_DAMAGED = (zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, EOFError, OSError)
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main")  # fmt: skip


def members(data: bytes) -> frozenset[str]:
    """Names in a zip archive; none when it is not one."""
    if data[:4] != b"PK\x03\x04":
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def guard(data: bytes, limits: Limits) -> None:
    """Raise BadInput for an archive that would unpack to more than allowed, or is encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise locked()
    if sum(info.file_size for info in infos) > limits.max_unpacked or len(infos) > 10_000:
        raise bomb()


def parts(data: bytes, names: tuple[str, ...], limits: Limits) -> dict[str, etree._Element]:
    """The XML parts of an archive that are there, by name. Entities are left alone, nothing is fetched.

    Raises BadInput for a bomb, a locked archive, and for XML that cannot be read.
    """
    try:
        guard(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there = set(archive.namelist())
            return {name: _parse(archive, name) for name in names if name in there}
    except _DAMAGED as error:
        raise damaged() from error


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    from lxml import etree  # heavy: not every process that looks into an archive parses a part

    if archive.getinfo(name).file_size > MAX_PART:
        raise bomb()
    text = archive.read(name)
    if b"<!DOCTYPE" in text[:4096] or b"<!ENTITY" in text[:4096]:  # no office writes one
        raise ValueError("a document type in an office file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(text.replace(*_STRICT), parser)


def damaged() -> BadInput:
    """What is said of a file that is broken."""
    return BadInput(say("The file is damaged; nothing was read. Please save it again."), code="damaged")


def bomb() -> BadInput:
    """What is said of a file that unpacks to far too much."""
    return BadInput(say("The file unpacks to far more than a document holds; nothing was read."), code="bomb")


def locked() -> BadInput:
    """What is said of a file with a password."""
    return BadInput(say("The file is locked with a password; please send it unlocked."), code="encrypted")
