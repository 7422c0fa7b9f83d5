"""Reading plans: no more than twice the time that opening the file takes, and bounded for long files.

Opening is what no reader can do without. For Word it is the package, parsed into python-docx's objects with the
text of each cell. For PDF there are two: every page loaded by pdfium with its text and its drawn objects; and
these with their places, by the library's own calls, for what stands in which cell of a table is told by place
alone. Each is timed in turn with our whole way from bytes to draft, agencies of a province resolved; the figure
that counts is the ratio. Every round reads another plan, so that nothing is remembered but what plans share.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import pypdfium2
from docx import Document as open_word

from bot.intake import read_document
from domain.agencies import Register
from domain.documents import Cell, Document, Paragraph, Row, Table
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed
from tests.plan_generator import words
from tests.plan_generator.writers import cut, pdf, printed, web, word

_STYLE = b"<style>table{border-collapse:collapse}td{border:1px solid;vertical-align:top}@page{size:A4 landscape}</style>"
ROUNDS, ROWS = 15, 140
ISSUED = date(2024, 6, 20)


def big_plan(rows: int, pages_of_text: int = 0, seed: int = 1) -> Document:
    """A plan of so many rows in ten sections; ``pages_of_text`` adds about so many pages of prose."""
    random = Random(seed)
    lines = [Row(tuple(Cell((h,)) for h in ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm")))]  # fmt: skip
    for number in range(1, rows + 1):
        if number % (rows // 10) == 1:
            lines.append(
                Row(
                    (
                        Cell(
                            (f"{'I' * (number // (rows // 10) % 3 + 1)}. {random.choice(words.SECTIONS)}",), 6
                        ),
                    )
                )
            )
        texts = (str(number), words.title(random), words.lead(random), words.coordinators(random, empty=0.1), words.time(random, ISSUED).text, words.product(random))  # fmt: skip
        lines.append(Row(tuple(Cell((t,) if t else ()) for t in texts)))
    head = ("ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "Số: 12/KH-UBND", "Kon Tum, ngày 20 tháng 6 năm 2024", "KẾ HOẠCH", "CẢI CÁCH NĂM 2024")  # fmt: skip
    prose = [" ".join(words.title(random) for _ in range(6)) for _ in range(pages_of_text * 6)]
    return Document((*map(Paragraph, (*head, *prose)), Table(tuple(lines))))


def _browser() -> str:
    return next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), "")


def _printed(plan: Document) -> bytes:
    """The plan as a browser prints it: each line of a cell in several pieces, as word processors write them, too."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_bytes(web.write(plan).replace(b"<head>", b"<head>" + _STYLE))
        done = subprocess.run(
            [_browser(), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", str(page)],
            capture_output=True, timeout=120,
        )  # fmt: skip
        assert printed.exists(), done.stderr[-500:]
        return printed.read_bytes()


def _open_word(data: bytes) -> None:
    for table in open_word(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def _open_pdf(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            _ = page.get_textpage().get_text_range()
            _ = list(page.get_objects())


def _open_pdf_with_places(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            text = page.get_textpage()
            for index in range(text.count_rects()):
                _ = text.get_text_bounded(*text.get_rect(index))
            for thing in page.get_objects():
                _ = thing.get_bounds()


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _compare(
    name: str, write: Callable[[Document], bytes], openings: dict[str, Callable[[bytes], object]]
) -> None:
    calendar = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
    register = Register.of(*seed.load_agencies("kontum-2024"))

    def ours(data: bytes) -> None:
        draft = read_plan(read_document(data, name), register=register, calendar=calendar, today=ISSUED)
        assert len(draft.tasks) == ROWS, len(draft.tasks)

    ours(write(big_plan(ROWS, seed=0)))
    rounds: list[list[float]] = []
    for number in range(1, ROUNDS + 1):
        data = write(big_plan(ROWS, seed=number))
        rounds.append([_timed(partial(run, data)) for run in (*openings.values(), ours)])
    mine = statistics.median(r[-1] for r in rounds)
    print(f"{name:28} bytes to draft {mine * 1000:7.1f} ms")
    for index, what in enumerate(openings):
        least = statistics.median(r[index] for r in rounds)
        ratio = statistics.median(r[-1] / r[index] for r in rounds)
        print(f"{'':28} {what + ':':34} {least * 1000:7.1f} ms   ratio {ratio:.2f}")


def _long_pdf() -> None:
    """In a process of its own, so that its memory can be told."""
    data = pdf.write(big_plan(ROWS, 375))
    code = (
        "import sys, time; from bot.intake import read_document; data = sys.stdin.buffer.read();"
        "most = lambda: next(int(x.split()[1]) // 1024 for x in open('/proc/self/status') if x.startswith('VmHWM'));"
        "base = most(); t = time.perf_counter(); d = read_document(data, 'a.pdf');"
        "print(time.perf_counter() - t, base, most())"
    )
    made = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    seconds, base, most = made.stdout.split()
    pages = len(pypdfium2.PdfDocument(data))
    print(
        f"PDF of {pages} pages      read in {float(seconds):.1f} s, {int(most)} MB at most ({int(base)} MB before)"
    )


def main() -> None:
    """Print every figure."""
    _compare("140 rows.docx", word.write, {"opened by python-docx": _open_word})
    if pdf.font():
        ways: dict[str, Callable[[bytes], object]] = {
            "text and objects loaded": _open_pdf,
            "text and objects with their places": _open_pdf_with_places,
        }
        _compare("140 rows.pdf", lambda plan: pdf.write(plan, wide=True), ways)
        if _browser():
            _compare("140 rows, browser.pdf", _printed, ways)
        for program, write in printed.WIDE.items():  # imitated: none of these programs is needed
            _compare(f"140 rows, {program}.pdf", write, ways)
    _compare("140 rows.txt", cut.write, {})
    _compare("140 rows, no marks.txt", lambda plan: cut.write(plan, marks=False, empty=False), {})
    if pdf.font():
        _long_pdf()
