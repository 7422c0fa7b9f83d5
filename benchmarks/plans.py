"""Reading plans: no more than twice the time that opening the file takes, and bounded for long files.

Opening is what no reader can do without: for Word the package, parsed into python-docx's objects with the text
of each cell; for PDF every page loaded with its text and its objects by pdfium. Both are timed in turn with
our whole way from bytes to draft, agencies of a province resolved; the figure that counts is the ratio.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
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
from tests.plan_generator.writers import cut, pdf, word

ROUNDS, ROWS = 9, 140
ISSUED = date(2024, 6, 20)


def big_plan(rows: int, pages_of_text: int = 0) -> Document:
    """A plan of so many rows in ten sections; ``pages_of_text`` adds about so many pages of prose."""
    random = Random(1)
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


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _compare(name: str, data: bytes, opening: Callable[[bytes], None], register: Register, rows: int) -> None:
    calendar = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]

    def ours() -> None:
        draft = read_plan(read_document(data, name), register=register, calendar=calendar, today=ISSUED)
        assert len(draft.tasks) == rows, len(draft.tasks)

    ours()
    pairs = [(_timed(lambda: opening(data)), _timed(ours)) for _ in range(ROUNDS)]
    least, mine = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(b / a for a, b in pairs)
    print(
        f"{name:22} opening {least * 1000:7.1f} ms   bytes to draft {mine * 1000:7.1f} ms   ratio {ratio:.2f}"
    )


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
    register = Register.of(*seed.load_agencies("kontum-2024"))
    plan = big_plan(ROWS)
    _compare("140 rows.docx", word.write(plan), _open_word, register, ROWS)
    if pdf.font():
        _compare("140 rows.pdf", pdf.write(plan, wide=True), _open_pdf, register, ROWS)
    _compare("140 rows.txt", cut.write(plan), bytes.decode, register, ROWS)  # type: ignore[arg-type]
    _compare(
        "140 rows, no marks.txt", cut.write(plan, marks=False, empty=False), bytes.decode, register, ROWS
    )  # type: ignore[arg-type]
    if pdf.font():
        _long_pdf()
