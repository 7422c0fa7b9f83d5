"""What the headings of one row name together: words that alone could be anything are told by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading.fold import plain
from domain.reading.prose.labels import role_of
from domain.reading.tables.plan_columns import Column, heading, looks_like_agency, looks_like_number

#: headings that are only believed beside others that are sure; the first that matches decides
_LOOSE = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.COORDINATE, r"^(?:voi ai|ai (?:cung|giup)|cung|ket hop|phoi|cqph|dvph|cong tac$|ho tro|doi tac|giup)\b|giup viec|lien quan|tham gia|phoi hop"),
        (Column.LEAD, r"^(?:ai\b|noi (?!dung)|giao\b|cqct|dvct|cqth|dvth|cq\b|dv\b|bo phan|phong\b|phong/|so,|truong (?:nhom|bo)|dong chi|co quan|don vi|cap \w+ (?:thuc|chu)|chu \w+$|nhan su$|nguoi\b|ban,|nganh)|nhan nhiem vu$|^pic$|^(?:nguoi |can bo )?(?:chi huy|chu cong|dam (?:nhan|nhiem|trach))\b"),
        (Column.TIME, r"\b(?:khi nao|bao gio)\b|^(?:xong|phai (?:xong|hoan thanh)|hoan tat|tght|giai doan|dot$|chu ky|ky\b|moc|hen|thoi|phan ky|khoang|tu ngay|nam (?:thuc|hoan|trien)|qu[iy] (?:thuc|hoan|trien)|thang|tuan|ngay|lich|ke hoach hoan thanh)\b"),
        (Column.PRODUCT, r"^(?:san pham|ket qua|dau ra|ho so|bao cao|minh chung)\b"),
        (Column.TITLE, r"^(?:cac )?(?:lam gi|viec gi|de muc|dien giai|khau|buoc|cong doan|bien phap|chinh sach|su kien|chuong trinh|mo hinh|lop|nghi quyet|van ban|du an|cong trinh|hanh dong|quy trinh|loai (?:viec|cong viec)|cong tac|khuyen nghi|ton tai|han che|kien nghi|cuoc|chi so|cau phan|hop phan|chuyen muc|chi tieu|yeu cau|chu truong|de xuat)\b"),
    )
)  # fmt: skip
#: where two columns could be the same, the one so named is the lesser
_LESSER = {
    Column.LEAD: re.compile(
        r"^(?:(?:cac )?(?:dong chi|can bo|thanh vien|nguoi|lanh dao|chuyen vien|pic)\b|(?:co quan|don vi) (?:trinh|de xuat|dang ky)\b)"
    ),
    Column.TIME: re.compile(r"^tien do\b|\b(?:trinh|bao cao|bat dau|thuc hien|trien khai)\b"),
    Column.TITLE: re.compile(
        r"^(?:linh vuc|nhom|danh muc|tieu chi|muc tieu|chuong trinh|de an|du an|y kien chi dao|van ban|can cu)\b"
    ),
}
#: of several that remain, the first of these words tells the one that is meant
_RANKS = {Column.LEAD: ("chu tri", "thuc hien", "trien khai"), Column.TITLE: ("cu the", "chi tiet")}
_NO_NAME = re.compile(
    r"^(?:chu tri|phan cong|dau moi|trach nhiem|noi dung|nhiem vu|cong viec|viec|hoat dong|giai phap|phan viec|ten )"
)
#: bodies of all kinds, as headings name them
_GENERAL = re.compile(
    r"^(?:(?:cac )?(?:so|phong|ban|nganh)(?:[,/]| ?$| (?:nganh|ban|chu tri|phoi hop|thuc hien|phu trach)\b)"
    r"|(?:cac )?(?:co quan|don vi|to chuc|ca nhan|dia phuong|bo phan|nguoi|chu|lanh dao|luc luong|truong nhom)\b)"
)
_ROLES = (Column.LEAD, Column.COORDINATE, Column.TIME)
#: numbers, items and sentences are no headings
_SAYS = re.compile(r"\d|^[a-z]\s*[.)]|[;:]|\.\s*$")
_SURE = 2
#: letters of a heading that is believed beside others; one for what is to be done may be longer
_SHORT, _LONG, _FEW_WORDS = 45, 70, 4


def named_columns(cells: Sequence[str]) -> list[Column | None]:
    """What each heading names; None for one that says nothing known.

    Of two for who leads or for the time, the lesser is a note: "Đồng chí phụ trách" beside "Bộ phận tham mưu",
    "Thời gian trình" beside "Thời hạn hoàn thành". Between a lead and a time, what nobody knows is what is done.
    """
    columns = [heading(cell) for cell in cells]
    sure = {c for c in columns if c and c is not Column.NOTE}
    if len(sure) >= _SURE:
        for place, cell in enumerate(cells):
            if (
                columns[place] is None
                and (role := role_of(cell))
                and role is not Column.TITLE
                and "tham dinh" not in plain(cell)
                and role not in sure
            ):
                columns[place] = role
    if None in columns and len(sure) >= _SURE and not any(map(is_body, cells, columns)):
        _with_loose(columns, cells)
    for column, lesser in _LESSER.items():
        places = [i for i, c in enumerate(columns) if c is column]
        weak = [i for i in places if lesser.search(plain(cells[i]))]
        if len(places) - len(weak) == 1:
            for i in weak:
                columns[i] = Column.NOTE
    for column, ranks in _RANKS.items():
        places = [i for i, c in enumerate(columns) if c is column]
        if len(places) > 1 and all(
            _GENERAL.match(plain(cells[i])) or _NO_NAME.match(plain(cells[i])) for i in places
        ):
            best = min(
                places,
                key=lambda i: next((n for n, r in enumerate(ranks) if r in plain(cells[i])), len(ranks)),
            )
            for i in places:
                columns[i] = column if i == best else Column.NOTE
    return columns


def loosely_named(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """What the first row of a table names all together, though hardly one of its cells could do so alone: "Ai | Làm gì |
    Khi nào". None unless every cell is a word or two and they name who, what and when."""
    if not all(0 < len(cell.split()) <= _FEW_WORDS and not _SAYS.search(plain(cell)) for cell in cells):
        return None
    columns = [heading(cell) for cell in cells]
    if not any(map(is_body, cells, columns)):
        _with_loose(columns, cells)
    named = [column for column in columns if column]
    whole = len(named) == len(cells) == len(set(named))
    return tuple(named) if whole and {Column.TITLE, Column.LEAD, Column.TIME} <= set(named) else None


def is_body(cell: str, column: Column | None) -> bool:
    """An ordinal or somebody's name, which no heading is."""
    words = plain(cell)
    named = column is None and looks_like_agency(cell) and not _GENERAL.match(words) and not cell.isupper()
    return looks_like_number(cell) or named


def _with_loose(columns: list[Column | None], cells: Sequence[str]) -> None:
    for place, cell in enumerate(cells):
        words = plain(cell).strip(" .:*")
        if columns[place] is None and words and len(words) <= _LONG and not _SAYS.search(words):
            found = next((column for column, pattern in _LOOSE if pattern.search(words)), None)
            if len(words) > _SHORT and found is not Column.TITLE:
                continue
            taken = [cells[i] for i, c in enumerate(columns) if c is found]
            lesser = _LESSER.get(found) if found else None
            columns[place] = found if all(lesser and lesser.search(plain(one)) for one in taken) else None
    roles = sum(role in columns for role in _ROLES)
    nameless = [
        i
        for i, c in enumerate(columns)
        if c is None and 2 < len(cells[i].strip()) <= _SHORT and not _SAYS.search(plain(cells[i]))
    ]
    if Column.TITLE not in columns and Column.PRODUCT not in columns and roles >= _SURE and nameless:
        columns[nameless[0]] = Column.TITLE
