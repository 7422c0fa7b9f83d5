"""Lines as most offices write them: an item with a number or a dash, a label with a colon, who and when behind the task.

Offices mark items with codes, circles and boxes, and part a label from what it says by a dash, a question mark or a new
line. Here that becomes the usual way, so that everything else knows one way only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from domain.reading.prose.label_lines import ASSIGNING, read_line
from domain.reading.prose.labels import begins_with_label, role_of
from domain.reading.prose.role_pieces import is_who
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time

_CIRCLED = {mark: f"{number}. " for number, mark in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_CIRCLE = re.compile(rf"^([{''.join(_CIRCLED)}])[.)]?\s*")
#: boxes to tick, and other marks of a list
_BOX = re.compile(r"^(?:[-–+•*]\s*)?(?:\[[ xXvV✓]?\]|[☐☑☒□■✓✔✗✘◦‣◆◇❖✦»⁃∙·➢➤►▶◼♦★☆])\s*(?=\S)")
#: "NV01.", "CV-2:", "[NV 3]"
_CODE = re.compile(r"^\[?([A-ZĐ]{1,4})[-. ]?(\d{1,3})\]?\s*[.):–-]?\s+(?=[^\W\d_])")
_COUNTED = re.compile(
    r"(?:^|(?<=[.;] ))(?=(?:Việc|Nhiệm vụ|Công việc|Phần việc|Đầu việc|Nội dung) (?:số )?(\d{1,2})\s*[:.])"
)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINAL = re.compile(
    r"^[-–+•*\s]*(?:Nhiệm vụ|Việc|Công việc|Đầu việc) thứ (\w{2,4})\s*[:.]\s*(?=\S)", re.IGNORECASE
)
#: "[Sở Y tế] Tập huấn … [30/6]"
_AHEAD = re.compile(
    r"^((?:\d{1,2}(?:\.\d{1,2})*[.)]|[-–+•*])?\s*)\[([^\[\]]{4,160})\]\s*([^\[\]]{9,}?)\s*(?:\[([^\[\]]{3,90})\])?[\s.;]*$"
)
#: "2. Trước 15/7: Sửa trạm bơm (Phòng Kinh tế)"
_WHEN_AHEAD = re.compile(
    r"^((?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+•*])?\s*)([^:;]{4,50}\d[^:;]{0,9}):\s+(\S.{8,})$"
)
#: "Sở Y tế (chủ trì), Sở Tài chính (phối hợp)"
_ROLE_BEHIND = re.compile(
    r"(?<=\w) \((chủ trì|chính|phối hợp|đầu mối|thực hiện|hỗ trợ|tham mưu)\)", re.IGNORECASE
)
_MEANT = {"chính": "chủ trì"}
#: a phrase at the beginning of a line or of a piece, and what stands there for a colon
_NO_COLON = re.compile(
    r"(?P<before>^[-–+•*→(\s]*|[;|.]\s+)(?P<phrase>[^\W\d_][^:;|.?()=\n–→]{1,40}?)\s*(?P<mark>\?+|\s[-–]\s|\s?=\s?|\s?[→⇒]\s?|\.{3,}|…+)\s*(?=\S)"
)
_PIPES = re.compile(r"\s+[|¦·•]\s+(?=\w)")
#: "Nhiệm vụ 3"
_NAMES_ONE = re.compile(r"^(?:nhiệm vụ|công việc|việc|đầu việc|nội dung)(?: số)? \d{1,2}\W*$", re.IGNORECASE)
_MOST_WORDS, _TWICE = 6, 2


def usual(lines: Sequence[str]) -> list[str]:
    """The lines with the marks, labels and places that most documents have; others as they are."""
    marked = [_mark(part) for line in lines for part in _parts(line)]
    codes = Counter(found[1] for line in marked if (found := _CODE.match(line)))
    known = {code for code, times in codes.items() if times >= _TWICE}
    return _put_together([_labels(_place(_numbered(line, known))) for line in marked])


def _parts(line: str) -> list[str]:
    """The tasks of a line that has several, counted: "Việc 1: … Việc 2: …"."""
    places = list(_COUNTED.finditer(line))
    counted = [int(place[1]) for place in places]
    if (
        len(places) < _TWICE
        or places[0].start()
        or counted != list(range(counted[0], counted[0] + len(places)))
    ):
        return [line]
    starts = [place.start() for place in places]
    return [line[a:b].strip() for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def _mark(line: str) -> str:
    if (ordinal := _ORDINAL.match(line)) and ordinal[1].lower() in _ORDINALS:
        line = f"{_ORDINALS.index(ordinal[1].lower()) + 1}. {line[ordinal.end() :]}"
    line = line.replace(" — ", " – ")
    if found := _CIRCLE.match(line):
        return _CIRCLED[found[1]] + line[found.end() :]
    return _BOX.sub("- ", line)


def _numbered(line: str, codes: set[str]) -> str:
    found = _CODE.match(line)
    return f"{int(found[2])}. {line[found.end() :]}" if found and found[1] in codes else line


def _place(line: str) -> str:
    """Who stands in brackets ahead of the task, and when behind it: both behind it, in one bracket."""
    found = _AHEAD.match(line)
    if found and is_who(found[2]):
        when = f"; hạn: {found[4]}" if found[4] else ""
        return f"{found[1]}{found[3]} (chủ trì: {found[2]}{when})"
    roles = [role.lower() for role in _ROLE_BEHIND.findall(line)]
    # one alone may stand in a list of recipients: "Như trên (thực hiện)"
    if len(roles) > 1 or {"chủ trì", "chính"} & set(roles):
        line = _ROLE_BEHIND.sub(lambda role: f" {_MEANT.get(role[1].lower(), role[1])}", line)
    found = _WHEN_AHEAD.match(line)
    if found and looks_like_time(found[2]):
        rest, when = found[3].rstrip(" .;"), f"; hạn: {found[2]}"
        moved = f"{rest[:-1]}{when})" if rest.endswith(")") else rest + when
        if Column.LEAD in dict(read_line(moved).values):
            return found[1] + moved
    return line


def _labels(line: str) -> str:
    """Labels with a colon, and semicolons between them."""
    for found in reversed(list(_NO_COLON.finditer(line))):
        rest = line[found.end() :]
        if _is_label(found["phrase"], rest, asked="?" in found["mark"]):
            line = f"{line[: found.start()]}{found['before']}{found['phrase']}: {rest}"
    if "|" in line or "·" in line or "•" in line:
        pieces = _PIPES.split(line)
        if all(":" in piece for piece in pieces) and any(map(begins_with_label, pieces)):
            line = "; ".join(pieces)
    return line


def _is_label(phrase: str, rest: str, *, asked: bool) -> bool:
    """Whether a phrase names a role, and what follows is somebody or some time, as the role is."""
    role = role_of(phrase)
    if role not in ASSIGNING or len(phrase.split()) > _MOST_WORDS:
        return False
    said = re.split(r"[;|]|\.\s", rest, maxsplit=1)[0].strip()
    if role_of(said):  # "CT – cơ quan chủ trì" tells what a label means
        return False
    return asked or (looks_like_time(said) if role is Column.TIME else looks_like_agency(said))


def _put_together(lines: Sequence[str]) -> list[str]:
    """A label alone on its line, and the line below that says who or when: one line. Only where it stands so again."""
    alone = Counter(line.strip(" -–+•*.") for line in lines if _is_alone(line))
    found: list[str] = []
    open_label = ""
    for line in lines:
        if open_label and _says(role_of(open_label), line):
            found[-1] = f"{found[-1].rstrip(' .')}: {line}"
            open_label = ""
            continue
        bare = line.strip(" -–+•*.")
        open_label = bare if alone.get(bare, 0) >= _TWICE else ""
        found.append(line)
    return found


def _is_alone(line: str) -> bool:
    return (
        0 < len(line.split()) <= _MOST_WORDS
        and ":" not in line
        and not line.isupper()
        and role_of(line.strip(" -–+•*.")) in ASSIGNING
    )


def _says(role: Column | None, line: str) -> bool:
    bare = line.strip(" -–+•*.;")
    return looks_like_time(bare) if role is Column.TIME else is_who(bare)


def labelled_pair(cells: Sequence[str]) -> list[str]:
    """Lines of a row of a table that has a label in every other cell: "Chủ trì | Sở Y tế | Hạn | 30/6"; none of another."""
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    if len(cells) % 2 or not pairs or not all(_NAMES_ONE.match(name) or role_of(name) for name, _ in pairs):
        return []
    return [f"{name.strip(' .:')}: {said}" for name, said in pairs if said.strip()]
