"""The two readers that ``benchmarks.dossiers`` compares, each run in a process of its own.

``python -m benchmarks._dossier_readers ours|peer FILE URL ROWS`` prints rows, seconds and the most memory it held.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 1, 15, 2, tzinfo=UTC)


def _ours(path: Path, url: str, _rows_wanted: int) -> int:
    from bot.records.dossier_import import Office, import_file
    from domain.workdays import WorkCalendar
    from storage.engine import make_engine
    from storage.unit_of_work import Database

    office = Office(Database(make_engine(url)), WorkCalendar(ZONE))
    outcome = import_file(office, path, path.name, source="file", by=None, now=NOW)
    assert outcome.adds_up(), outcome.counts
    return outcome.counts["read"]


def _peer(path: Path, url: str, wanted: int) -> int:
    from sqlmodel import Session, col, select

    from bot.records.agency_names import AgencyNames
    from bot.records.dossier_columns import CHANNELS, STATES
    from domain.dossiers.checks import wrong
    from domain.dossiers.codes import is_dossier_code
    from domain.dossiers.dossier import Deadlines, Dossier, reckoned
    from domain.reading.fold import fold, tidy
    from domain.workdays import WorkCalendar
    from storage.engine import make_engine
    from storage.tables.dossiers import DossierRow, ProcedureRow
    from storage.unit_of_work import Database

    engine = make_engine(url)
    with Database(engine).begin() as uow:
        register = uow.agencies.register()
    names = AgencyNames(register, NOW.date())
    deadlines, today = Deadlines(WorkCalendar(ZONE)), NOW.date()
    procedures: dict[tuple[str, ...], int] = {}
    problems: list[tuple[int, str]] = []

    def day(text: str) -> date | None:
        text = tidy(text)
        return datetime.strptime(text[:10], "%d/%m/%Y").date() if text else None

    def made(session: Session, number: int, row: dict[str, str]) -> DossierRow | None:
        code, named = tidy(row["Mã hồ sơ"]), names.find(tidy(row["Cơ quan xử lý"]))
        state = STATES.get(fold(row["Trạng thái"]))
        if not is_dossier_code(code) or named.agency is None or state is None:
            problems.append((number, "code, agency or state"))
            return None
        days = [day(row[name]) for name in ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày trả")]
        received, promised, result, returned = days
        if found := wrong(state, received, promised, promised, result, returned, today):
            problems.append((number, found.value))
            return None
        key = (tidy(row["Mã TTHC"]), tidy(row["Tên TTHC"]), tidy(row["Lĩnh vực"]))
        if key not in procedures:
            kept = ProcedureRow(code=key[0], name=key[1], field=key[2])
            session.add(kept)
            session.flush()
            procedures[key] = kept.id or 0
        receiving = names.find(tidy(row["Nơi tiếp nhận"]))
        one = reckoned(
            Dossier(code, named.agency.code, state, received, promised, latest_on=promised, result_on=result, returned_on=returned),
            deadlines, today,
        )  # fmt: skip
        return DossierRow(
            code=code, agency=one.agency, receiving=receiving.agency.code if receiving.agency else "",
            procedure=procedures[key], state=state.value, channel=CHANNELS.get(fold(row["Hình thức nộp"]), ""),
            received_on=received, promised_on=promised, latest_on=promised, result_on=result, returned_on=returned,
            due_on=one.due_on, late_from=one.late_from, closed_on=one.closed_on, outcome=one.outcome.value,
            received_month=one.received_month, closed_month=one.closed_month, run=1,
        )  # fmt: skip

    read = 0
    with Session(engine) as session:
        rows = enumerate(_peer_rows(path, wanted), start=2)
        while batch := list(islice(rows, 1000)):
            read += len(batch)
            fresh = {row.code: row for number, cells in batch if (row := made(session, number, cells))}
            query = select(DossierRow).where(col(DossierRow.code).in_(list(fresh)))
            for known in session.exec(query).all():
                for name, value in fresh.pop(known.code).model_dump(exclude={"id"}).items():
                    setattr(known, name, value)
            session.add_all(fresh.values())
            session.commit()
            session.expunge_all()
    return read


def _peer_rows(path: Path, wanted: int) -> Iterable[dict[str, str]]:
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from islice(csv.DictReader(file), wanted)
        return
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    heads = next(rows)
    for cells in islice(rows, wanted):
        yield {str(h): "" if c is None else str(c) for h, c in zip(heads, cells, strict=False)}


def _child(who: str, path: str, url: str, wanted: str) -> None:
    start = perf_counter()
    read = (_ours if who == "ours" else _peer)(Path(path), url, int(wanted))
    seconds = perf_counter() - start
    status = Path("/proc/self/status").read_text()
    most = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
    print(json.dumps({"rows": read, "seconds": seconds, "megabytes": most}))


if __name__ == "__main__":
    _child(*sys.argv[1:])
