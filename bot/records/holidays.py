"""Days off and swapped days from a file; they override every calendar (see also :mod:`deadlines`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.records.outcome import Findings, Imported, Watch, What, unwatched
from bot.records.reader import Reader
from bot.records.sheets import Sheets
from bot.records.table import Column, Record, Table, find_table
from domain.phrases import say, verbatim
from domain.reading.fold import fold
from storage.stores.office import OfficeDay

DAY, UNTIL, WORKS, NAME, SOURCE = "day", "until", "works", "name", "source"
_LONGEST_SPAN = 31
_WORDS = {
    False: ("nghỉ", "nghỉ lễ", "ngày nghỉ", "nghỉ bù", "nghỉ hoán đổi", "nghỉ tết", "off", "day off", "holiday"),
    True: ("làm bù", "làm việc", "đi làm", "ngày làm việc", "làm việc bù", "worked", "work", "working day"),
}  # fmt: skip
WORKED = {fold(w): works for works, words in _WORDS.items() for w in words}
WORKED_WORDS = "nghỉ, làm bù"

COLUMNS = (
    Column(
        DAY,
        ("Ngày", "Từ ngày", "Ngày nghỉ", "Ngày tháng", "Ngày bắt đầu"),
        "Day",
        say("The day, as 2/9/2026. Required."),
        needed=True,
        synonyms=("date", "from"),
    ),
    Column(
        UNTIL,
        ("Đến ngày", "Đến hết ngày", "Ngày kết thúc"),
        "Until",
        say("Last day, where one row stands for several days; else empty."),
        synonyms=("to",),
    ),
    Column(
        WORKS,
        ("Nghỉ/làm bù", "Nghỉ hay làm bù", "Loại", "Loại ngày", "Hình thức"),
        "Off or worked",
        say("One of: {allowed}. Required.", allowed=WORKED_WORDS),
        needed=True,
        synonyms=("kind", "type", "off", "off/worked"),
    ),
    Column(
        NAME,
        ("Tên ngày", "Tên", "Lý do", "Nội dung", "Tên ngày lễ", "Dịp", "Diễn giải"),
        "Name",
        say("What the day is, such as Quốc khánh."),
        synonyms=("reason", "holiday"),
    ),
    Column(
        SOURCE,
        ("Văn bản", "Căn cứ", "Số văn bản", "Văn bản thông báo", "Nguồn", "Số, ký hiệu văn bản"),
        "Source document",
        say("The document that says so, with number and date. Required."),
        needed=True,
        synonyms=("source", "document"),
    ),
)
EXAMPLES = (
    {DAY: "2/1/2026", WORKS: "nghỉ", NAME: "Nghỉ hoán đổi", SOURCE: "12729/VPCP-KGVX, 25/12/2025"},
    {DAY: "10/1/2026", WORKS: "làm bù", NAME: "Làm bù", SOURCE: "12729/VPCP-KGVX, 25/12/2025"},
)


def read_holidays(sheets: Sheets) -> Table:
    """The file's table of days. Raises BadInput when there is none."""
    return find_table(sheets, COLUMNS)


def plan_holidays(
    table: Table, known: Sequence[OfficeDay], watch: Watch[Record] = unwatched
) -> Imported[OfficeDay]:
    """What the file would change in the office's own table."""
    findings = Findings(notes=list(table.notes))
    read: dict[date, list[tuple[int, OfficeDay]]] = {}
    for record in watch(table.records):
        for entry in _days(Reader(table, record, findings)):
            read.setdefault(entry.day, []).append((record.row, entry))
    _leave_out_contradictions(read, findings)
    bad = findings.bad_rows()
    before = {d.day: d for d in known}
    written = []
    for day, rows in read.items():
        kept = [(row, entry) for row, entry in rows if row not in bad]
        if not kept:
            continue
        row, new = kept[0]
        old = before.get(day)
        name = new.reason or new.source
        if (
            findings.compare(row, day.isoformat(), name, _shown(old) if old else None, _shown(new))
            is not What.UNCHANGED
        ):
            written.append(new)
    left = sum(d.day not in read for d in known)
    return Imported(findings.outcome(left), tuple(written))


def _days(read: Reader) -> list[OfficeDay]:
    """The row's days; none once something could not be read."""
    first, last = read.day(DAY), read.day(UNTIL)
    if not read.has(DAY):
        read.bad(DAY, say("The cell is empty."), say("Please write the day as 30/6/2024."))
    works = read.word(WORKS, WORKED, WORKED_WORDS)
    if not read.has(WORKS):
        read.bad(
            WORKS, say("The cell is empty."), say("Please write one of: {allowed}.", allowed=WORKED_WORDS)
        )
    source = read.needed(SOURCE, say("Please name the document that says so: its number and date."))
    name = read.text(NAME)
    if first and last and not 0 <= (last - first).days < _LONGEST_SPAN:
        read.bad(
            UNTIL,
            say(
                "From {first} to {last} is no span of at most {number} days.",
                first=first,
                last=last,
                number=_LONGEST_SPAN,
            ),
            say("Please check both days."),
        )
    if not read.ok or first is None or works is None:
        return []
    span = ((last or first) - first).days + 1
    return [OfficeDay(first + timedelta(days=n), works, name, source) for n in range(span)]


def _leave_out_contradictions(read: dict[date, list[tuple[int, OfficeDay]]], findings: Findings) -> None:
    """A day that one row calls off and another worked, or that two rows explain differently."""
    for day, rows in read.items():
        if len({entry for _, entry in rows}) > 1:
            numbers = ", ".join(str(row) for row, _ in rows)
            for row, _ in rows:
                findings.bad(
                    row,
                    "",
                    say("Rows say different things of {day}: {rows}.", day=day, rows=verbatim(numbers)),
                    say("Please keep one row for the day."),
                )


def _shown(day: OfficeDay) -> dict[str, str]:
    return {WORKS: "worked" if day.works else "off", NAME: day.reason, SOURCE: day.source}


def merged_days(known: Iterable[OfficeDay], new: Iterable[OfficeDay]) -> list[OfficeDay]:
    """The office's table as it is once ``new`` is written."""
    return list(({d.day: d for d in known} | {d.day: d for d in new}).values())
