"""Dossiers in bulk: reading exports, and the on-time report over a million of them.

The peer cleans and checks the same and stores SQLModel objects: ``csv.DictReader`` or openpyxl's read-only rows,
``strptime``, the domain's own rules, a thousand objects a flush, known codes looked up a thousand at a time. Of
the .csv it reads a part, because a million rows take it minutes (``FULL=1`` gives it all of them); rows a second are
compared. Each reading is a process of its own, whose memory is the most it ever held (VmHWM).

The report is measured against the same SQL on the same rows without the index, round by round.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks._dossier_readers import NOW, ZONE

CSV_ROWS, XLSX_ROWS = 1_000_000, 200_000
PEER_CSV = CSV_ROWS if os.environ.get("FULL") else 100_000
ROUNDS = 5
HEADS = (
    "STT", "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cơ quan xử lý", "Nơi tiếp nhận", "Người nộp", "Số điện thoại",
    "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày trả", "Hình thức nộp", "Trạng thái", "Cán bộ xử lý",
)  # fmt: skip


def _agencies() -> list[Any]:
    from storage import seed

    agencies, _ = seed.load_agencies("kontum-2024")
    return [a for a in agencies if a.level.value in ("province", "district")]


def _rows(total: int) -> Iterator[list[Any]]:
    """An export by agency and day of two years; one dossier in 25 is late, one in 20 open, one row in 200 wrong."""
    rng = random.Random(7)
    fields = ("Đất đai", "Hộ tịch", "Đầu tư", "Xây dựng", "Giao thông", "Y tế", "Giáo dục", "Tư pháp")
    procedures = [
        (f"1.{n:06}.000.00.00.H34", f"Thủ tục cấp giấy chứng nhận loại {n} cho tổ chức, cá nhân theo Nghị định", fields[n % 8])
        for n in range(300)
    ]  # fmt: skip
    agencies = _agencies()
    each, number = total // len(agencies) + 1, 0
    first = date(2024, 1, 2)
    yield list(HEADS)
    for place, agency in enumerate(agencies):
        for n in range(each):
            if number >= total:
                return
            number += 1
            received = first + timedelta(days=n * 730 // each)
            promised = received + timedelta(days=rng.choice((3, 5, 7, 10, 15, 30)))
            spent = rng.randint(0, (promised - received).days)
            result = (
                promised + timedelta(days=rng.randint(1, 9))
                if rng.random() < 0.04
                else received + timedelta(days=spent)
            )
            is_open = result > date(2026, 1, 10) or (n > each * 0.97 and rng.random() < 0.5)
            shown = "" if is_open else f"{result:%d/%m/%Y}"
            code = f"000.00.{place:02}.H34-{received:%y%m%d}-{n % 10_000:04}"
            yield [
                number, "1.001122.000.00.00.H34" if number % 200 == 0 else code, *procedures[rng.randrange(300)], agency.name,
                "Sở Nội vụ", f"Nguyễn Văn {number}", f"09{number:08}", f"{received:%d/%m/%Y} 08:30", f"{promised:%d/%m/%Y}",
                shown, shown, "Trực tuyến" if n % 2 else "Trực tiếp", "Đang xử lý" if is_open else "Đã trả kết quả", "Lê B",
            ]  # fmt: skip


def _write_csv(path: Path, total: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_rows(total))


def _write_xlsx(path: Path, total: int) -> None:
    """As spreadsheets save it: texts shared."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hồ sơ")
    for row in _rows(total):
        sheet.append(row)
    book.save(path)
    _share_texts(path)


def _share_texts(path: Path) -> None:
    """openpyxl writes texts into the cells in this mode; Excel keeps them in one table, and so must the test."""
    import re
    import zipfile

    numbers: dict[bytes, int] = {}
    made = path.with_suffix(".shared")
    pattern = re.compile(rb't="inlineStr"><is><t(?: [^>]*)?>(.*?)</t></is>', re.DOTALL)

    def shared(found: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % numbers.setdefault(found[1], len(numbers))

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {info.filename: old.read(info) for info in old.infolist()}
        name = next(part for part in parts if part.startswith("xl/worksheets/sheet"))
        parts[name] = pattern.sub(shared, parts[name])
        texts = b"".join(b"<si><t>%s</t></si>" % text for text in numbers)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = b'<?xml version="1.0"?><sst xmlns="%s">%s</sst>' % (space, texts)
        link = b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        rels = "xl/_rels/workbook.xml.rels"
        if b"sharedStrings" not in parts[rels]:
            parts[rels] = parts[rels].replace(b"</Relationships>", link)
            kind = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
        for part, data in parts.items():
            new.writestr(part, data)
    made.replace(path)


def _new_database(url: str) -> None:
    from storage.engine import make_engine
    from storage.migrate import upgrade
    from storage.unit_of_work import Database

    engine = make_engine(url)
    upgrade(engine)
    with Database(engine).begin() as uow:
        uow.agencies.save_agencies(_agencies())
    engine.dispose()


def _measured(who: str, path: Path, url: str, wanted: int) -> dict[str, float]:
    words = [sys.executable, "-m", "benchmarks._dossier_readers", who, str(path), url, str(wanted)]
    found: dict[str, float] = json.loads(
        subprocess.run(words, check=True, capture_output=True, text=True).stdout
    )
    return found


# --- what is printed


def _compare(what: str, path: Path, folder: Path, peer_rows: int) -> str:
    """Both read into databases of their own; the url of ours."""
    urls = [f"sqlite:///{folder / f'{who}-{path.suffix[1:]}.db'}" for who in ("ours", "peer")]
    for url in urls:
        _new_database(url)
    ours, peer = _measured("ours", path, urls[0], 0), _measured("peer", path, urls[1], peer_rows)
    speed = [one["rows"] / one["seconds"] for one in (ours, peer)]
    again = _measured("ours", path, urls[0], 0)
    print(
        f"{what}: {ours['rows']:,.0f} rows in {ours['seconds']:.1f} s, {speed[0]:,.0f} rows/s, {ours['megabytes']:.0f} MB; "
        f"peer {speed[1]:,.0f} rows/s over {peer['rows']:,.0f} rows, {peer['megabytes']:.0f} MB; "
        f"{speed[0] / speed[1]:.1f} × as fast; the same file again {again['seconds']:.1f} s"
    )
    return urls[0]


def _report(url: str) -> None:
    from sqlalchemy import text

    from bot.on_time import gather_on_time
    from domain.workdays import WorkCalendar
    from storage.engine import make_engine
    from storage.unit_of_work import Database

    path = Path(url.removeprefix("sqlite:///"))
    bare = path.with_name("without-index.db")
    bare.write_bytes(path.read_bytes())
    engines = [make_engine(url), make_engine(f"sqlite:///{bare}")]
    with engines[1].begin() as connection:
        connection.execute(text("DROP INDEX dossier_counted"))
    for engine in engines:
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    today, calendar = NOW.date(), WorkCalendar(ZONE)
    works: dict[str, Callable[[Any], Any]] = {
        "rates of all agencies and months": lambda uow: uow.dossiers.closed(202401, 202601),
        "a month's counts by agency and field, the last whole one": lambda uow: uow.dossiers.counted(
            202512, today
        ),
        "the same, the first of all": lambda uow: uow.dossiers.counted(202401, today),
        "what a month's report asks, all of it": _questions,
        "the whole report with its forecast": lambda uow: gather_on_time(uow, calendar, 202601, today),
    }
    for what, work in works.items():
        taken: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for engine, times in zip(engines, taken, strict=True):
                with Database(engine).begin() as uow:
                    start = perf_counter()
                    work(uow)
                    times.append(perf_counter() - start)
        with_index, without = map(median, taken)
        print(
            f"{what}: {with_index:.3f} s; without the index {without:.3f} s; {with_index / without:.2f} of it"
        )
    for engine in engines:
        engine.dispose()


def _questions(uow: Any) -> None:
    """The queries of the on-time report of the running month."""
    uow.dossiers.counted(202601, NOW.date())
    agencies = {one.agency for one in uow.dossiers.closed(202501, 202512)} | uow.dossiers.debtors()
    uow.dossiers.overdue_at_ends(202501, 202512, 202601, agencies)
    uow.dossiers.due_days()


def main() -> None:
    """Make the files, read them, print it all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_xlsx(folder / "export.xlsx", XLSX_ROWS)
        _compare(f".xlsx, {XLSX_ROWS:,}", folder / "export.xlsx", folder, XLSX_ROWS)
        _write_csv(folder / "export.csv", CSV_ROWS)
        url = _compare(f".csv, {CSV_ROWS:,}", folder / "export.csv", folder, PEER_CSV)
        _report(url)


if __name__ == "__main__":
    main()
