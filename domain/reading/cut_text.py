"""Plain text as legal collections publish it → :class:`Document`.

Lines are wrapped; paragraphs are parted by blank lines or only by how they begin. Table cells are cut by ``|``,
mostly on lines of its own; between two rows there may be an empty cell, or nothing. What the cut cells mean
(which is a heading, where a table begins) is for ``plan_grid`` to find out; here they are only cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from domain.documents import Cell, Document, Origin, Paragraph, Row, Table
from domain.reading.fold import capitals, is_usual, tidy
from domain.reading.footnotes import split_notes
from domain.reading.prose.labels import begins_with_label
from domain.reading.verbs import begins_with_verb

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_STAR = re.compile(r"^(\s*)\*\s+(?=\*{0,3}[^\s*])")  # a bullet, no emphasis
_EMPHASIS = re.compile(r"\*+|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)")
_HASH = re.compile(r"^\s*#{1,6}\s+")
_RULE = re.compile(r"^[\s\-–—_=*]{3,}$")
_STARTS = re.compile(
    r"""^\s*(?:[-–•+*]\s+ | \[\d+\] | \[[A-ZĐ][^\[\]]{3,90}\]\s | \d{1,2}(?:\.\d{1,2})*[.)]\s | [IVXLC]{1,5}\.\s | [a-zđ]\)\s | Điều\s\d
        | PHỤ\sLỤC | Phụ\slục\s\d+$ | Nơi\snhận | \(Kèm\stheo | KẾ\sHOẠCH$ | Số:\s | (?:STT|TT|Stt|Số\s?TT)$ | QUYẾT\sĐỊNH$ | (?:THÁNG|QUÝ)\s[\dIVX]{1,4}\W*$ | TM\. | KT\. )""",
    re.VERBOSE,
)
_DASH = re.compile(r"^\s*[-–]\s")
_DASH_CAPITAL = re.compile(r"^\s*[-–]\s+[A-ZĐƯ\d\"“]")
_MUCH = 0.4
_ENDS = (".", ";", ":", "!", "?", "…")
_BLANK = re.compile(r"\n\s*\n")
_NUMBERED_CELL = re.compile(r"^\s*(?:\d{1,3}(?:\.\d+)*|[IVX]{1,5}|[A-Z])\s*[.)]?\s*\|")


def read_cut_text(text: str) -> Document:
    """Cut text into paragraphs, cells and notes. Total: any text gives a document."""
    lines = _legible(text).split("\n")
    if "|" not in text and sum(line.count("\t") > 1 for line in lines) > 2:  # pasted out of a table
        lines = [" | ".join(line.split("\t")) if line.count("\t") > 1 else line for line in lines]
    piped = [line for line in lines if "|" in line and line.strip() != "|"]
    bare = sum(1 for line in lines if line.strip() == "|")
    body: list[Paragraph | Table] = []
    if piped and len(piped) > bare and _cells_a_line(piped) >= 2:
        body.extend(_rows_of_lines(lines))
    else:
        every = bool(piped) and len(piped) > bare
        body.extend(_cells_of_chunks(_chunks(lines, every=every)))
    kept, notes = split_notes(body)
    return Document(tuple(kept), tuple(notes))


def _legible(text: str) -> str:
    """Composed letters, no invisible ones, one kind of line end."""
    if is_usual(text) and "\r" not in text:
        return text
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def _cells_a_line(piped: list[str]) -> float:
    """How many cells a line with pipes usually has."""
    counts = sorted(line.strip().strip("|").count("|") + 1 for line in piped)
    return counts[len(counts) // 2]


def _cells_of_chunks(chunks: list[str]) -> Iterator[Paragraph | Table]:
    """One cell after another; what follows the last pipe is prose."""
    if len(chunks) > 1:
        yield _cut_table(list(chunks[:-1]))
    for text in paragraphs(chunks[-1]):
        yield Paragraph(text)


def _cut_table(chunks: list[str]) -> Table:
    rows = (Row((Cell(tuple(paragraphs(c)), origin=Origin(row=n)),)) for n, c in enumerate(chunks, 1))
    return Table(tuple(rows), gridded=False)


def _chunks(lines: list[str], *, every: bool) -> list[str]:
    """The text between lines of only ``|`` (``every``: between any two pipes); the last is what follows."""
    if every:
        return "\n".join(lines).split("|")
    chunks: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "|":
            chunks.append([])
        else:
            chunks[-1].append(line)
    return ["\n".join(chunk) for chunk in chunks]


def _rows_of_lines(lines: list[str]) -> Iterator[Paragraph | Table]:
    """A row a line ("1 | Xây dựng … | Sở Nội vụ |"), a cell perhaps over several; rows end with a pipe or the line."""
    piped = [line.strip() for line in lines if "|" in line]
    closing = sum(line.endswith("|") for line in piped) > len(piped) / 2
    if not closing:
        lines = _whole_rows(lines)
    prose: list[str] = []
    cells: list[str] = []
    is_open = False
    for line in lines:
        if "|" not in line and not is_open:
            if cells and line.strip():
                yield _cut_table(cells)
                cells = []
            prose.append(line)
            continue
        if prose and "\n".join(prose).strip():
            yield from (Paragraph(p) for p in paragraphs("\n".join(prose)))
        prose = []
        parts = line.strip().split("|")
        if is_open:
            cells[-1] = f"{cells[-1]}\n{parts.pop(0)}"
        elif not parts[0]:
            parts.pop(0)
        ended = "|" in line and (line.rstrip().endswith("|") or not closing)
        if ended and parts and not parts[-1].strip() and line.rstrip().endswith("|"):
            parts.pop()
        cells += [*parts, ""] if ended else parts
        is_open = not ended
    if cells:
        yield _cut_table(cells)
    yield from (Paragraph(p) for p in paragraphs("\n".join(prose)))


def _whole_rows(lines: list[str]) -> list[str]:
    """Rows that were broken within a cell put together: two lines whose cells are as many as a row usually has."""
    counts = [line.count("|") for line in lines if "|" in line]
    usual = max(set(counts), key=counts.count)
    whole: list[str] = []
    for line in lines:
        short = whole[-1].count("|") if whole else 0
        if (
            0 < short < usual
            and short + line.count("|") == usual
            and not _NUMBERED_CELL.match(line)
            and line.strip()
        ):
            whole[-1] = f"{whole[-1].rstrip()} {line.strip()}"
        else:
            whole.append(line)
    return whole


def paragraphs(chunk: str, *, drawn: bool = False) -> list[str]:
    """Wrapped lines joined again. Blank lines part paragraphs where the text uses them, else beginnings do. ``drawn``:
    the lines are as long as a page let them be, so one that leaves much room ends a paragraph.
    """
    is_plain = is_usual(chunk) and "\r" not in chunk
    text = chunk if is_plain else _legible(chunk)
    shown = _spaced if is_plain else tidy  # of usual characters tidy leaves all but spaces
    is_marked = "*" in text or "_" in text or "#" in text
    if "\n" not in text:
        return [one] if (one := shown(_bare(text, is_marked))) else []
    lines = [line.rstrip() for line in text.split("\n")]
    if is_marked or not all(map(str.isalnum, [line[:1] for line in lines])):
        lines = [_bare(line, is_marked) for line in lines]
    blocks = _BLANK.split("\n".join(lines).strip("\n")) if "" in lines else ["\n".join(lines)]
    return [one for block in blocks for part in _split_block(block, drawn=drawn) if (one := shown(part))]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _bare(line: str, is_marked: bool) -> str:
    """A line without marks of emphasis and headings; nothing where it is only a rule."""
    if is_marked:
        line = _HASH.sub("", _EMPHASIS.sub("", _STAR.sub(r"\1- ", line)))
    line = line.rstrip()
    return "" if not line[:1].isalnum() and _RULE.match(line) else line


def _split_block(block: str, *, drawn: bool) -> Iterator[str]:
    """A block without blank lines: a new paragraph where a line begins like one, or where the line before
    ended a sentence although the next word would still have fitted on it."""
    lines = block.split("\n")
    if not _may_part(lines) and not _is_capitals(lines[0]):
        yield block
        return
    width = max(map(len, lines))
    current: list[str] = []
    for line in lines:
        if current and (_begins_anew(line, current, width) or (drawn and _is_apart(line, current, width))):
            yield " ".join(current)
            current = []
        current.append(line.strip())
    if current:
        yield " ".join(current)


def _may_part(lines: list[str]) -> bool:
    """Whether one of the lines may begin a paragraph: it does not with two small letters, as most that go on do."""
    begins = "".join([line[:2] for line in lines[1:]])
    go_on = begins.islower() and begins.isalpha() and len(begins) == 2 * len(lines) - 2
    return lines[0][:1] == "(" or not go_on


def _is_apart(line: str, current: list[str], width: int) -> bool:
    """Whether a page's line leaves so much room that the next, which begins anew, is no part of its sentence."""
    begins = line[:1].isupper() or line[:1].isdecimal() or line[:1] in "→>"
    capitals = _is_capitals(current[-1])  # the kind of a document over what it is about
    return (
        begins and not capitals and not _is_open(current) and _room(line, current[-1], width) > _MUCH * width
    )


def _begins_anew(line: str, current: list[str], width: int) -> bool:
    """Whether a line begins a paragraph, and does not go on with the lines before it."""
    previous = current[-1]
    if (len(previous) < 6 or not previous[-1].isalpha()) and _BARE_NUMBER.match(previous):
        return False
    if current[0][:1] == "(" and previous[-1:] == ")":
        return True
    if len(line) < 8 and _BARE_MARK.match(line):
        return not _NUMBER_INSIDE.search(previous)
    ended = previous[-1:] in _ENDS
    if _is_heading(line, current, width):
        return True
    if width > _UNWRAPPED and len(previous) < _SHORT * width and line[:1].isupper() and not _is_open(current):
        return True  # lines this long are paragraphs
    if width > _UNWRAPPED and ended and previous[-1:] != ":" and line[:1].isupper() and not _is_open(current):
        return True
    labelled = ":" in line and not line[:1].islower() and begins_with_label(line) and not _is_open(current)
    if labelled or _may_start(line):
        begins = labelled or bool(_STARTS.match(line))
        if begins and line.lstrip()[:1].isdecimal():
            begins = not _NUMBER_INSIDE.search(previous) or bool(
                _IN_PARTS.match(line) or _RHYTHM_ENDS.search(previous)
            )  # "ngày" / "15. …"
        is_dashed = begins and not labelled and _DASH.match(line)
        if is_dashed:  # "kinh tế\n- xã hội": a dash may only have been wrapped
            room = _room(line, previous, width)
            again = _DASH.match(current[0]) and _DASH_CAPITAL.match(line) and not _is_open(current)
            told = room > 3 or previous[-1:].isdecimal() or previous[-1:] == ")"
            begins = ended or bool(again and told) or room > 0.2 * width
        if begins:
            return True
    if ":" in current[0] and _LIKE_LABEL.match(line) and begins_with_label(current[0]):
        return True
    if previous[-1:] == ";" and ":" in current[0] and begins_with_label(current[0]):
        return False  # names go on behind a semicolon
    if ended and line[:1].isupper() and _room(line, previous, width) > 0.05 * width and not _is_open(current):
        return True
    return min(len(line), len(previous)) > 8 and _is_capitals(line) != _is_capitals(previous)


def _is_heading(line: str, current: list[str], width: int) -> bool:
    """Whether a numbered line leaves much of the width, and the next tells somebody something, or what is to be done."""
    numbered = len(current) == 1 and bool(_STARTS.match(current[0])) and not _IS_OPEN.search(current[0])
    does = current[0][:1].isdecimal() and line[:1].isupper() and begins_with_verb(line)
    return numbered and _room(line, current[0], width) > _MUCH * width and (does or bool(_TELLS.match(line)))


def _may_start(line: str) -> bool:
    """False for what can be no beginning of a paragraph at first sight: a small letter without a parenthesis behind."""
    return not (line[:1].islower() and line[1:2].isalpha())


def _room(line: str, previous: str, width: int) -> int:
    """What was left of the line before, had the first word of this one been written on it."""
    return width - len(previous) - 1 - len(line.strip().split(" ", 1)[0])


def _is_open(parts: list[str]) -> bool:
    """Whether a parenthesis is still open."""
    return sum(p.count("(") - p.count(")") for p in parts) > 0


#: no text is wrapped at so many letters; of such a text a line much shorter than others is whole
_UNWRAPPED, _SHORT = 250, 0.5
#: a line that tells somebody something; one that a name would go on with
_TELLS = re.compile(
    r"(?:Giao|Cử|Yêu cầu|Đề nghị|Phân công|UBND|Ủy ban|Sở|Phòng|Ban|Cục|Chi cục|Công an|Trung tâm|Văn phòng|Thanh tra|Các|Đồng chí|Ông|Bà|Khoa|Hội|Trường|Trạm|Giám đốc|Trưởng|Chủ tịch) \S+ \S"
)
_IS_OPEN = re.compile(
    r"(?:,|(?<!\w)(?:của|với|và|cho|tại|ở|do|về|đến|gửi|trình|cùng|các|trên|trong|theo|từ|là|giữa|bởi|ban hành|đề nghị|giao|chỉ đạo|chủ tịch|giám đốc|trưởng|lãnh đạo|thường trực|bí thư|đại diện|viên))$",
    re.IGNORECASE,
)
_BARE_MARK = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-Ha-zđ])[.)]\s*$")
_BARE_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-Ha-zđ])\s*[.)]?\s*$")
_NUMBER_INSIDE = re.compile(
    r"(?:ngày|tháng|năm|số|khoản|Điều|điểm|hạng|mục|phụ lục|quý|cấp|lần|nhóm|lớp|tuyến|đợt|,)\s*$",
    re.IGNORECASE,
)
#: below a label: another, of words nobody knows
_LIKE_LABEL = re.compile(r"\s*[A-ZĐƯ][^\d:.;,()]{1,28}:\s+\S")
_IN_PARTS = re.compile(r"\s*\d{1,2}\.\d{1,2}[.)]\s+[A-ZĐ]")
#: "hằng quý" ends a value, and the number on the next line begins an item
_RHYTHM_ENDS = re.compile(r"(?:h[ằà]ng|mỗi|trong|cuối|đầu) (?:ngày|tuần|tháng|quý|năm)\s*$", re.IGNORECASE)


@lru_cache(maxsize=16)  # of every two lines in turn
def _is_capitals(line: str) -> bool:
    letters, large = capitals(line)
    return letters > 5 and large > 0.85 * letters
