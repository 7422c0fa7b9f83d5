"""A folder that is watched: a file that has settled is taken in and put away with a report beside it.

``working`` holds what is being read, ``done`` and ``failed`` what was. Taking a file is a rename, so of two processes
one has it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.records.dossier_import import Office, import_rows
from bot.records.dossier_problems import DossierOutcome, more_words, sum_words
from bot.records.dossier_rows import open_rows
from domain.errors import Refusal
from locales.speech import Speech

log = logging.getLogger(__name__)
WORKING, DONE, FAILED = "working", "done", "failed"
ENDINGS = {".xlsx", ".csv"}
_TOLD = 1_000

Signature = tuple[int, int]


@dataclass
class Folder:
    """One watched folder. A file is taken once two looks in a row find it the same."""

    path: Path
    _seen: dict[Path, Signature] = field(default_factory=dict)

    def look(self, office: Office, speech: Speech, now: datetime) -> list[Path]:
        """Take in what has settled; where each file was put."""
        put = []
        seen, self._seen = self._seen, {}
        self._free_orphans(office, now, seen)
        for file in self._files(self.path):
            signature = _signature(file)
            if signature is None:
                continue
            if seen.get(file) != signature:
                self._seen[file] = signature
            elif (taken := self._take(file)) and (done := self._read(office, taken, speech, now)):
                put.append(done)
        return put

    def _files(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        return sorted(
            f for f in folder.iterdir()
            if f.suffix.lower() in ENDINGS and not f.name.startswith((".", "~")) and f.is_file() and not f.is_symlink()
        )  # fmt: skip

    def _take(self, file: Path) -> Path | None:
        """Move it to ``working``; None where another process was quicker."""
        target = self.path / WORKING / file.name
        target.parent.mkdir(exist_ok=True)
        if target.exists():
            return None
        try:
            return file.rename(target)
        except FileNotFoundError:
            return None

    def _free_orphans(self, office: Office, now: datetime, seen: dict[Path, Signature]) -> None:
        """What a process that died was reading is laid back, to be read again."""
        left = self._files(self.path / WORKING)
        if not left:
            return
        with office.db.begin() as uow:
            if any(run.is_alive(now) for run in uow.dossier_runs.latest(5)):
                return
        for file in left:
            signature = _signature(file)
            if signature is not None and seen.get(file) == signature:
                file.rename(self.path / file.name)
            elif signature is not None:
                self._seen[file] = signature

    def _read(self, office: Office, file: Path, speech: Speech, now: datetime) -> Path | None:
        try:
            outcome = import_rows(office, open_rows(file), file.name, source="folder", by=None, now=now)
        except Refusal as error:
            if error.code == "busy":
                file.rename(self.path / file.name)
                return None
            return self._put(file, FAILED, speech.text(error.phrase), now, office)
        except Exception as error:  # one bad file must not stop the folder; it is put aside and raised
            log.exception("a file of dossiers could not be taken in", extra={"file": file.name})
            return self._put(file, FAILED, type(error).__name__, now, office)
        return self._put(file, DONE, report(outcome, speech), now, office)

    def _put(self, file: Path, where: str, words: str, now: datetime, office: Office) -> Path:
        """Move it away under a name with the moment in it, a text with the report beside it."""
        target = self.path / where / f"{now.astimezone(office.calendar.zone):%Y%m%d-%H%M%S}-{file.name}"
        target.parent.mkdir(exist_ok=True)
        target.with_name(f"{target.name}.txt").write_text(f"{words}\n", "utf-8")
        return file.rename(target)


def _signature(file: Path) -> Signature | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return (status.st_size, status.st_mtime_ns)


def report(outcome: DossierOutcome, speech: Speech) -> str:
    """An outcome as a text."""
    lines = [speech.text(sum_words(outcome.counts)), *(f"• {speech.text(note)}" for note in outcome.notes)]
    for problem in outcome.problems[:_TOLD]:
        where = f"{problem.column}: " if problem.column else ""
        lines.append(f"{problem.row:>8}  {where}{speech.text(problem.says)} {speech.text(problem.todo)}")
    left = sum(outcome.by_code.values()) - _TOLD
    return "\n".join([*lines, *([speech.text(more_words(left))] if left > 0 else [])])
