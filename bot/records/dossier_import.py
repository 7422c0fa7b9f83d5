"""One reading of a source of dossiers, from its rows to its report. One at a time, and safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from bot.records.dossier_problems import DossierFindings, DossierOutcome, place_of
from bot.records.dossier_reader import DossierReader
from bot.records.dossier_rows import Opened, open_rows
from bot.records.outcome import Change, FieldChange, What
from domain.dossiers.dossier import Deadlines
from domain.errors import BadInput, Refusal
from domain.phrases import say, to_json, verbatim
from domain.workdays import WorkCalendar
from storage.stores.dossier_intake import FACTS, Staging, staging
from storage.stores.dossier_settling import Changed, settle
from storage.unit_of_work import Database

if TYPE_CHECKING:
    from bot.services import Service

_SHOWN = 100  # new dossiers named in a report
_ROWS_TOLD = 12  # of rows with one code
_EVERY = 1.0  # seconds between two signs of life
#: hears (what is being done, rows so far)
Watch = Callable[[str, int], None]
Source = AbstractContextManager[Opened]


@dataclass(frozen=True, slots=True)
class Office:
    """What a reading needs to know of the office."""

    db: Database
    calendar: WorkCalendar
    rolls: bool = True

    @classmethod
    def of(cls, service: Service) -> Office:
        """As a running service has it."""
        return cls(service.db, service.calendar, service.dossiers.rolls)


@dataclass
class _Reading:
    """A reading at work: its number, and a clock that runs on from where the caller's stood."""

    office: Office
    number: int
    began: datetime
    _started: float = field(default_factory=monotonic)
    _beaten: float = 0.0

    @property
    def now(self) -> datetime:
        """The caller's instant and what has gone by since."""
        return self.began + timedelta(seconds=monotonic() - self._started)

    def beat(self, counts: dict[str, int]) -> None:
        """Show that it is alive and how far it is, not more than once a second."""
        if monotonic() - self._beaten < _EVERY:
            return
        self._beaten = monotonic()
        with self.office.db.begin() as uow:
            uow.dossier_runs.beat(self.number, counts, self.now)


def import_file(
    office: Office,
    path: Path,
    name: str,
    *,
    source: str,
    by: int | None,
    now: datetime,
    watch: Watch = lambda *_: None,
) -> DossierOutcome:
    """Take in a file; see :func:`import_rows`."""
    return import_rows(office, open_rows(path), name, source=source, by=by, now=now, watch=watch)


def begin_reading(office: Office, source: str, name: str, by: int | None, now: datetime) -> int:
    """Its number. Raises Refusal while another reading is at work."""
    with office.db.begin() as uow:
        number = uow.dossier_runs.start(source, name[-120:], by, now)
    if number is None:
        raise Refusal(
            say("Another import of dossiers is at work; nothing was read. Please try again when it is done."),
            code="busy",
        )
    return number


def import_rows(
    office: Office,
    rows: Source,
    name: str,
    *,
    source: str,
    by: int | None,
    now: datetime,
    number: int | None = None,
    watch: Watch = lambda *_: None,
) -> DossierOutcome:
    """Read a source into the register of dossiers and keep a report of it.

    ``source`` is file, upload, folder or pull; ``number`` one of :func:`begin_reading`'s. Raises BadInput for what
    cannot be read, Refusal while another reading is at work; then the report says failed.
    """
    if number is None:
        number = begin_reading(office, source, name, by, now)
    reading = _Reading(office, number, now)
    findings = DossierFindings()
    try:
        with staging(office.db.engine) as staged:
            outcome = _read(office, staged, rows, findings, reading, watch)
    except BaseException as error:
        phrase = (
            error.phrase
            if isinstance(error, Refusal)
            else say("The reading broke off; what was read before is kept.")
        )
        with office.db.begin() as uow:
            uow.dossier_runs.end(number, "failed", findings.counts, {"error": to_json(phrase)}, reading.now)
        raise
    with office.db.begin() as uow:
        counts = outcome.all_counts()
        uow.dossier_runs.end(number, "done", counts, outcome.report(), reading.now)
        uow.audit.note(now, by, "import_dossiers", f"run:{number}", {"source": source, **counts})
    return outcome


def compare_rows(
    office: Office, rows: Source, *, now: datetime, watch: Watch = lambda *_: None
) -> DossierOutcome:
    """What :func:`import_rows` would do; nothing is written."""
    with staging(office.db.engine, is_dry=True) as staged:
        return _read(office, staged, rows, DossierFindings(), _Reading(office, 0, now), watch)


def _read(
    office: Office, staged: Staging, rows: Source, findings: DossierFindings, reading: _Reading, watch: Watch
) -> DossierOutcome:
    today = office.calendar.local_date(reading.began)
    deadlines = Deadlines(office.calendar, office.rolls)

    def progress(what: str) -> Callable[[int], None]:
        def told(done: int) -> None:
            watch(what, done)
            if not staged.is_dry:
                reading.beat({what: done})

        return told

    with office.db.begin() as uow:
        register = uow.agencies.register()
    if not register.agencies:
        raise BadInput(
            say("There are no agencies in the register yet. Import the agencies first, then the dossiers."),
            code="no_agencies",
        )
    reader = DossierReader(register, deadlines, today, staged.procedure, findings)
    with rows as opened:
        staged.add(reader.read(opened), progress("read"))
    _leave_out_doubles(staged, findings)
    settled = settle(
        staged,
        reading.number,
        deadlines,
        today,
        show_new=_SHOWN,
        changed=lambda change: findings.changed(_change(change)),
        watch=progress("written"),
    )
    for place, code in settled.first_new:
        findings.changed(Change(place % place_of(1, 0), code, "", What.NEW))
    findings.counts.update(
        new=settled.new, changed=settled.changed, unchanged=settled.unchanged, repeated=staged.repeated
    )
    return findings.outcome()


def _leave_out_doubles(staged: Staging, findings: DossierFindings) -> None:
    """Rows of one code that contradict each other are all left out."""
    for doubled in staged.doubles():
        numbers = [str(place % place_of(1, 0)) for place in doubled.rows]
        more = ["…"] if len(numbers) > _ROWS_TOLD else []
        says = say(
            "Several rows have the code {code} and differ: {rows}.",
            code=verbatim(doubled.code),
            rows=", ".join(numbers[:_ROWS_TOLD] + more),
        )
        findings.counts["left_out"] += len(doubled.rows)
        for place in doubled.rows:
            findings.bad(place, "doubled", "", says, say("Please keep the row that is right."))


def _change(change: Changed) -> Change:
    """What changed in one dossier, as a person writes it."""
    fields = []
    for name in FACTS:
        if name == "procedure":
            continue
        old, new = getattr(change.before, name), getattr(change.after, name)
        if old != new:
            fields.append(FieldChange(name, _text(old), _text(new)))
    if change.procedures[0] != change.procedures[1]:
        fields.append(FieldChange("procedure", "", ""))
    return Change(change.row % place_of(1, 0), change.after.code, "", What.CHANGED, tuple(fields))


def _text(value: object) -> str:
    return "" if value is None else str(value)
