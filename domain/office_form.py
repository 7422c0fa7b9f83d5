"""The form of an administrative paper (Decree 30/2020/NĐ-CP, appendix I): fixed words, posts, dates, symbols.

These are the words the form prescribes, in Vietnamese whatever language the reader uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.agencies import Agency, Kind, Register

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_SIGNERS = {
    Kind.COMMITTEE: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    Kind.PROVINCE_COMMITTEE: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    Kind.DEPARTMENT: ("GIÁM ĐỐC",),
    Kind.CENTRE: ("GIÁM ĐỐC",),
    Kind.OFFICE: ("CHÁNH VĂN PHÒNG",),
    Kind.INSPECTORATE: ("CHÁNH THANH TRA",),
    Kind.BOARD: ("TRƯỞNG BAN",),
    Kind.MANAGEMENT_BOARD: ("TRƯỞNG BAN",),
}
_DOCUMENTS = {
    "KH": "Kế hoạch",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "NQ": "Nghị quyết",
    "TB": "Thông báo",
}
#: the kinds of unit an office's own place is named after
_UNITS = ("tỉnh", "thành phố", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of an agency's paper; lines are parted by "\\n".

    ``superior`` is empty for people's committees.
    """

    superior: str
    own: str
    symbol: str
    place: str
    signer: tuple[str, ...]


def letterhead(agency: Agency, register: Register, kind: str = "BC") -> Letterhead:
    """The head of an agency's paper of a kind (BC: báo cáo). What the register does not say stays open."""
    parent = register.by_code.get(agency.parent or "")
    is_committee = agency.kind in (Kind.COMMITTEE, Kind.PROVINCE_COMMITTEE)
    superior = "" if is_committee or parent is None else _in_capitals(parent.name)
    short = "UBND" if is_committee else _abbreviation(agency)
    return Letterhead(
        superior=superior,
        own=_in_capitals(agency.name),
        symbol=f"/{kind}-{short}" if short else f"/{kind}",
        place=_place(agency, register),
        signer=_SIGNERS.get(agency.kind, ("THỦ TRƯỞNG",)),
    )


def _in_capitals(name: str) -> str:
    """The form parts "ỦY BAN NHÂN DÂN" from the place below it."""
    return in_full(name).upper().replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n")


def in_full(name: str) -> str:
    """ "UBND huyện X" → "Ủy ban nhân dân huyện X"."""
    return f"Ủy ban nhân dân {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name


def dated(place: str, day: date) -> str:
    """ "Kon Tum, ngày 05 tháng 02 năm 2024": two digits for days below 10 and for months 1 and 2."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    words = f"ngày {day.day:02} tháng {month} năm {day.year}"
    return f"{place}, {words}" if place else words[0].upper() + words[1:]


def document(number: str) -> str:
    """ "Kế hoạch số 2164/KH-UBND", by the kind in its symbol; "Văn bản số …" for a kind that is not known."""
    kind = number.partition("/")[2].partition("-")[0]
    return f"{_DOCUMENTS.get(kind, 'Văn bản')} số {number}"


def _abbreviation(agency: Agency) -> str:
    """The abbreviation the register knows; none is invented."""
    return next((a for a in agency.aliases if a.isupper() and a.isalpha() and len(a) > 1), "")


def _place(agency: Agency, register: Register) -> str:
    """The seat as an agency's papers name it: the unit of its committee, else that of its parent."""
    at: Agency | None = agency
    while at is not None and at.kind not in (Kind.COMMITTEE, Kind.PROVINCE_COMMITTEE):
        at = register.by_code.get(at.parent or "")
    if at is None:
        return ""
    name = at.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    unit = next((u for u in _UNITS if name.lower().startswith(f"{u} ")), "")
    return name[len(unit) :].strip()
