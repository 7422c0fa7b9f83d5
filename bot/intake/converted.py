"""Older files (.doc, .rtf, .odt): LibreOffice, where it is installed, turns them into .docx first.

It runs in a process of its own with a limit on time and memory, a fresh profile that runs no macros and
follows no links, and a directory that is gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from bot.intake.format import Format, Limits
from bot.intake.word_body import read_word
from bot.intake.zipped import damaged, guard, locked, members
from domain.documents import Document
from domain.errors import BadInput
from domain.phrases import say

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECONDS = 60
_MEMORY_KB = 4_000_000  # address space; LibreOffice maps far more than it uses
_ITEM = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{0}" oor:op="fuse"><value>true</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(name) for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent"))
    + "</oor:items>"
)  # fmt: skip


def _extension(data: bytes) -> str:
    """ ".doc", ".rtf", ".odt", or "" for anything else."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_OLE):
        return ".doc"
    return ".odt" if b"opendocument.text" in data[:200] and "content.xml" in members(data) else ""


def _sniff(data: bytes, filename: str) -> bool:
    return bool(_extension(data))


def _read(data: bytes, limits: Limits) -> Document:
    extension = _extension(data)
    if "EncryptedPackage".encode("utf-16-le") in data[:4_000_000]:  # a .docx with a password is an OLE file
        raise locked()
    if extension == ".odt":
        guard(data, limits)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise BadInput(
            say(
                "A file of this older kind ({extension}) cannot be read here. Please save it as .docx and send that.",
                extension=extension,
            ),
            code="needs_libreoffice",
        )
    return read_word(_convert(data, extension, program), limits)


def _convert(data: bytes, extension: str, program: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        source = Path(folder, f"in{extension}")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        command = [
            "sh", "-c", f'ulimit -v {_MEMORY_KB}; exec "$@"', "sh", program, f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        _run(command, folder)
        made = Path(folder, "in.docx")
        if not made.exists():
            raise damaged()
        return made.read_bytes()


def _run(command: list[str], folder: str) -> None:
    """Run to the end or to the limit; then the whole group of processes is gone."""
    child = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, env={"PATH": os.environ.get("PATH", ""), "HOME": folder, "LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        child.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise BadInput(
            say(
                "Reading the file took longer than {seconds} seconds. Please save it as .docx and send that.",
                seconds=_SECONDS,
            ),
            code="too_slow",
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


FORMAT = Format("converted", 30, _sniff, _read)
