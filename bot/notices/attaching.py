"""Files that go with a notice: the official letter, a picture. Kept with the service, whole, as they came."""

from __future__ import annotations

from datetime import datetime

from bot.notices.desk import change
from domain.access import Act, require
from domain.errors import BadInput
from domain.notices import Notice
from domain.officials import Official
from domain.phrases import say
from storage.unit_of_work import UnitOfWork

#: what a bot may send anywhere, and fetch again from where it was sent
LARGEST = 20 * 2**20
#: what a file is, told by its first bytes: by name nobody is believed
_KINDS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg")),
    (b"PK\x03\x04", "application/zip", ("docx", "xlsx", "pptx", "zip", "odt", "ods")),
    (b"\xd0\xcf\x11\xe0", "application/msword", ("doc", "xls", "ppt")),
)
_OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def attach(uow: UnitOfWork, who: Official, notice: Notice, name: str, data: bytes, now: datetime) -> Notice:
    """The draft with the file; it replaces one that was there. Raises BadInput for what is no letter or picture."""
    require(who, Act.WRITE_NOTICE)
    kept = uow.files.save(who.id, safe_name(name), media_type(name, data), data, now)
    return change(uow, who, notice, files=(kept,))


def detach(uow: UnitOfWork, who: Official, notice: Notice) -> Notice:
    """The draft without its file."""
    return change(uow, who, notice, files=())


def media_type(name: str, data: bytes) -> str:
    """What the content is. Raises BadInput when it is too large, empty, or not what its name says."""
    if not data:
        raise BadInput(say("The file is empty, so it was not attached."))
    if len(data) > LARGEST:
        raise BadInput(say("A file has at most {most} MB, so it was not attached.", most=LARGEST // 2**20))
    ending = name.rpartition(".")[2].lower()
    for start, kind, endings in _KINDS:
        if data.startswith(start) and ending in endings:
            return _OFFICE.get(ending, kind)
    raise BadInput(
        say("Only PDF, Word, Excel and picture files can go with a notice; this one was not attached.")
    )


def safe_name(name: str) -> str:
    """The last part of a name, without what file systems or headers mistake."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable() and c not in '"<>|:*?')[-120:] or "file"
