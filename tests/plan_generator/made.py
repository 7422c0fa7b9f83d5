"""A made-up plan: its tasks first, then a document that says them in one of the layouts offices use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from domain.documents import Cell, Document, Paragraph, Row, Table
from tests.plan_generator import words
from tests.plan_generator.words import Time

LETTERS = "abcdđe"
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT"),
    "title": ("Nội dung", "Nhiệm vụ", "Tên nhiệm vụ", "Nội dung công việc", "Nội dung, nhiệm vụ", "Nhiệm vụ, giải pháp"),
    "leads": ("Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan, đơn vị chủ trì", "Chủ trì", "Đơn vị thực hiện", "Cơ quan chủ trì thực hiện"),
    "coordinators": ("Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp", "Cơ quan phối hợp/theo dõi"),
    "timeframe": ("Thời gian thực hiện", "Thời hạn hoàn thành", "Thời gian hoàn thành", "Thời gian", "Tiến độ", "Hoàn thành"),
    "product": ("Sản phẩm", "Kết quả", "Sản phẩm đầu ra", "Kết quả dự kiến"),
    "note": ("Ghi chú", "Nguồn kinh phí"),
    "source": ("Văn bản giao",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """One task as it must be read."""

    section: str
    number: str
    title: str
    leads: str
    coordinators: str
    time: Time
    product: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A document and the tasks it says. ``layout`` names how."""

    document: Document
    wanted: tuple[Wanted, ...]
    layout: str
    issued: date


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is laid out."""

    columns: tuple[str, ...]
    sections: str  # "merged", "numbered" (in two cells), "none"
    numbering: str  # "restart", "through", "letters"
    spans: bool = False
    tables: int = 1
    two_row_heading: bool = False
    empty: float = 0.1


SHAPES: dict[str, Shape] = {
    "plain": Shape(("number", "title", "leads", "coordinators", "timeframe"), "none", "through"),
    "sections": Shape(("number", "title", "leads", "coordinators", "timeframe"), "merged", "through"),
    "roman": Shape(("number", "title", "leads", "coordinators", "timeframe", "product"), "numbered", "restart"),
    "product first": Shape(("number", "title", "product", "leads", "coordinators", "timeframe"), "numbered", "through"),
    "lead first": Shape(("number", "leads", "title", "timeframe"), "none", "through", empty=1.0),
    "letters": Shape(("title", "leads", "coordinators", "timeframe"), "merged", "letters", empty=0.0),
    "time before lead": Shape(("number", "title", "timeframe", "leads", "coordinators", "note"), "merged", "restart"),
    "overdue": Shape(("number", "title", "source", "leads", "timeframe"), "none", "through", empty=1.0),
    "spans": Shape(("number", "title", "leads", "coordinators", "timeframe", "product"), "numbered", "restart", spans=True, empty=0.0),
    "two tables": Shape(("number", "title", "leads", "coordinators", "timeframe"), "none", "through", tables=2),
    "two-row heading": Shape(("number", "title", "leads", "coordinators", "timeframe"), "merged", "through", two_row_heading=True),
}  # fmt: skip


def make(random: Random, layout: str = "") -> Made:
    """A plan at random; ``layout`` fixes how it is laid out."""
    layout = layout or random.choice([*SHAPES, "labelled prose", "labels in brackets"])
    issued = date(2024, 1, 10) + timedelta(days=random.randint(0, 900))
    number = f"{random.randint(1, 9999)}/KH-UBND"
    build = _prose if layout not in SHAPES else _tables
    body, wanted = build(random, layout, issued)
    letterhead = Table((
        Row((Cell(("ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "-------")), Cell(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "---------------")))),
        Row((Cell((f"Số: {number}",)), Cell((f"Kon Tum, ngày {issued.day:02} tháng {issued.month:02} năm {issued.year}",)))),
    ))  # fmt: skip
    return Made(Document((letterhead, *_opening(random, number), *body)), tuple(wanted), layout, issued)


def _opening(random: Random, number: str) -> Iterator[Paragraph]:
    yield Paragraph("KẾ HOẠCH")
    yield Paragraph(f"THỰC HIỆN {random.choice(words.OBJECTS).upper()} NĂM 2025")
    yield Paragraph("Thực hiện Quyết định số 1234/QĐ-TTg ngày 15 tháng 7 năm 2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:")  # fmt: skip
    yield Paragraph("I. MỤC ĐÍCH, YÊU CẦU")
    yield Paragraph(f"- {random.choice(words.VERBS)} {random.choice(words.OBJECTS)}, phân công rõ trách nhiệm của từng cơ quan, đơn vị.")  # fmt: skip


def _closing(number: str = "") -> tuple[Table, ...]:
    return (Table((Row((Cell(("Nơi nhận:", "- Chủ tịch UBND tỉnh;", "- Các sở, ban, ngành;", "- Lưu: VT, NC.")), Cell(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn A")))),)),)  # fmt: skip


# --- tables


def _tables(random: Random, layout: str, issued: date) -> tuple[list[Paragraph | Table], list[Wanted]]:
    shape = SHAPES[layout]
    body: list[Paragraph | Table] = [*_closing()]
    wanted: list[Wanted] = []
    for index in range(shape.tables):
        body.append(Paragraph("PHỤ LỤC" if shape.tables == 1 else f"PHỤ LỤC {index + 1}"))
        body.append(Paragraph("DANH MỤC NHIỆM VỤ TRỌNG TÂM"))
        rows, tasks = _table(random, shape, issued)
        body.append(Table(tuple(rows)))
        wanted += tasks
    return body, wanted


def _table(random: Random, shape: Shape, issued: date) -> tuple[list[Row], list[Wanted]]:
    rows = [_row([random.choice(HEADINGS[c]) for c in shape.columns])]
    if shape.two_row_heading:
        rows = _two_rows(random, shape.columns)
    wanted: list[Wanted] = []
    count = 0
    sections = random.sample(words.SECTIONS, random.randint(2, 4)) if shape.sections != "none" else [""]
    for place, name in enumerate(sections, 1):
        roman = ("I", "II", "III", "IV")[place - 1]
        label = f"{place}. {name}" if shape.numbering == "letters" else f"{roman}. {name}" if name else ""
        if name:
            rows.append(_section(shape, roman, name, label))
        count = 0 if shape.numbering != "through" else count
        tasks = []
        for at in range(random.randint(1 if name else 6, 6 if name else 14)):
            count += 1
            number = {"letters": f"{place}.{LETTERS[min(at, 5)]}"}.get(shape.numbering, str(count))
            tasks.append(_task(random, shape, issued, label, number))
        if shape.numbering == "letters" and len(tasks) > 6:
            tasks = tasks[:6]
        lines, tasks = _lines(random, shape, tasks)
        rows += lines
        wanted += tasks
    return rows, wanted


def _task(random: Random, shape: Shape, issued: date, section: str, number: str) -> Wanted:
    helpers = words.coordinators(random, empty=shape.empty) if "coordinators" in shape.columns else ""
    made = words.product(random) if "product" in shape.columns else ""
    return Wanted(
        section, number, words.title(random), words.lead(random), helpers, words.time(random, issued), made
    )


def _lines(random: Random, shape: Shape, tasks: list[Wanted]) -> tuple[list[Row], list[Wanted]]:
    """Rows of tasks; with spans some tasks share the number, time and product of the one above."""
    rows, found = [], []
    index = 0
    while index < len(tasks):
        task = tasks[index]
        if shape.spans:  # two tasks that share a number count once
            task = replace(task, number=str(1 + sum(bool(t.number) for t in found)))
        if shape.spans and index + 1 < len(tasks) and random.random() < 0.3:
            below = tasks[index + 1]
            shared = Wanted(
                task.section, "", below.title, below.leads, below.coordinators, task.time, task.product
            )
            tall = [
                Cell((_text(task, c),), rowspan=2 if c in ("number", "timeframe", "product") else 1)
                for c in shape.columns
            ]
            rows.append(Row(tuple(tall)))
            rows.append(
                _row([_text(shared, c) for c in shape.columns if c in ("title", "leads", "coordinators")])
            )
            found += [task, shared]
            index += 2
            continue
        rows.append(_row([_text(task, c) for c in shape.columns]))
        found.append(task)
        index += 1
    return rows, found


def _text(task: Wanted, column: str) -> str:
    if column == "title" and task.number.count(".") and column != "number":
        return f"{task.number.split('.')[1]}) {task.title}"
    if column in ("note", "source"):
        return "" if column == "note" else "Công văn số 45/UBND-KTTH ngày 05/01/2024"
    return task.time.text if column == "timeframe" else str(getattr(task, column))


def _row(texts: Sequence[str]) -> Row:
    return Row(tuple(Cell((text,) if text else ()) for text in texts))


def _section(shape: Shape, roman: str, name: str, label: str) -> Row:
    if shape.sections == "merged":
        return Row((Cell((label,), colspan=len(shape.columns)),))
    return Row((Cell((roman,)), Cell((name,), colspan=len(shape.columns) - 1)))


def _two_rows(random: Random, columns: Sequence[str]) -> list[Row]:
    tops, below = [], []
    for column in columns:
        if column == "leads":
            tops.append(Cell(("Cơ quan thực hiện",), colspan=2))
            below.append(Cell(("Chủ trì",)))
        elif column == "coordinators":
            below.append(Cell(("Phối hợp",)))
        else:
            tops.append(Cell((random.choice(HEADINGS[column]),), rowspan=2))
    return [Row(tuple(tops)), Row(tuple(below))]


# --- prose

_LABELS: dict[str, tuple[str, ...]] = {
    "leads": ("Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan thực hiện", "Đơn vị chủ trì thực hiện"),
    "coordinators": ("Cơ quan phối hợp", "Đơn vị phối hợp"),
    "timeframe": ("Thời gian thực hiện", "Thời hạn hoàn thành", "Thời gian hoàn thành"),
    "product": ("Sản phẩm", "Kết quả"),
}


def _prose(random: Random, layout: str, issued: date) -> tuple[list[Paragraph | Table], list[Wanted]]:
    body: list[Paragraph | Table] = [Paragraph("II. NỘI DUNG THỰC HIỆN")]
    wanted = []
    labels = {name: random.choice(texts) for name, texts in _LABELS.items()}
    write: Callable[[Wanted, dict[str, str]], list[str]] = (
        _lines_of if layout == "labelled prose" else _brackets_of
    )
    for number in range(1, random.randint(4, 12)):
        task = Wanted(
            "II. NỘI DUNG THỰC HIỆN", str(number), words.title(random).rstrip("."), words.lead(random),
            words.coordinators(random, empty=0.2), words.time(random, issued),
        )  # fmt: skip
        wanted.append(task)
        body += [Paragraph(text) for text in write(task, labels)]
    body.append(Paragraph("III. KINH PHÍ"))
    body.append(Paragraph("Kinh phí thực hiện từ nguồn ngân sách nhà nước theo phân cấp hiện hành."))
    return [*body, *_closing()], wanted


def _lines_of(task: Wanted, labels: dict[str, str]) -> list[str]:
    lines = [f"{task.number}. {task.title}", f"- {labels['leads']}: {task.leads}."]
    if task.coordinators:
        lines.append(f"- {labels['coordinators']}: {task.coordinators}.")
    return [*lines, f"- {labels['timeframe']}: {task.time.text}."]


def _brackets_of(task: Wanted, labels: dict[str, str]) -> list[str]:
    parts = [f"{labels['leads']}: {task.leads}"]
    if task.coordinators:
        parts.append(f"{labels['coordinators'].lower()}: {task.coordinators}")
    parts.append(f"{labels['timeframe'].lower()}: {task.time.text}")
    return [f"{task.number}. {task.title} ({'; '.join(parts)})."]
