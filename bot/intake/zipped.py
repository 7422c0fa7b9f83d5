"""Office files are zip archives: look inside without unpacking more than is allowed."""

from __future__ import annotations

import io
import zipfile

from bot.intake.format import Limits
from domain.errors import BadInput
from domain.phrases import say


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
        raise BadInput(say("The file is locked with a password; please send it unlocked."), code="encrypted")
    if sum(info.file_size for info in infos) > limits.max_unpacked or len(infos) > 10_000:
        raise BadInput(
            say("The file unpacks to far more than a document holds; nothing was read."), code="bomb"
        )
