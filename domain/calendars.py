"""Official days off and swapped days that were announced, with the source of each: data, not rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.workdays import DayReason

_LAW = "Bộ luật Lao động 2019, Điều 112"
_SWAP_2026 = "12729/VPCP-KGVX, 25/12/2025"
#: The notices for 2024 and 2025 are known by their content only; no number is invented for them.
_SWAP = "Thông báo hoán đổi ngày làm việc năm {year}"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One dated line of a calendar: a day off or a day worked, and the document that says so."""

    day: date
    worked: bool
    name: str
    source: str
    confirmed: bool = True

    @property
    def reason(self) -> DayReason:
        """The entry without its date."""
        return DayReason(self.name, self.source, self.confirmed)


def _off(year: int, name: str, days: Iterable[tuple[int, int]], source: str = _LAW) -> list[DayEntry]:
    return [DayEntry(date(year, month, day), False, name, source) for day, month in days]


def _worked(year: int, days: Iterable[tuple[int, int]], source: str) -> list[DayEntry]:
    return [DayEntry(date(year, month, day), True, "Làm bù", source) for day, month in days]


_2024 = (
    _off(2024, "Tết Dương lịch", [(1, 1)])
    + _off(2024, "Tết Nguyên đán", [(8, 2), (9, 2), (12, 2), (13, 2), (14, 2)])
    + _off(2024, "Giỗ Tổ Hùng Vương", [(18, 4)])
    + _off(2024, "Nghỉ hoán đổi", [(29, 4)], _SWAP.format(year=2024))
    + _off(2024, "Ngày Chiến thắng", [(30, 4)])
    + _off(2024, "Quốc tế Lao động", [(1, 5)])
    + _off(2024, "Quốc khánh", [(2, 9), (3, 9)])
    + _worked(2024, [(4, 5)], _SWAP.format(year=2024))
)
_2025 = (
    _off(2025, "Tết Dương lịch", [(1, 1)])
    + _off(2025, "Tết Nguyên đán", [(27, 1), (28, 1), (29, 1), (30, 1), (31, 1)])
    + _off(2025, "Giỗ Tổ Hùng Vương", [(7, 4)])
    + _off(2025, "Ngày Chiến thắng", [(30, 4)])
    + _off(2025, "Quốc tế Lao động", [(1, 5)])
    + _off(2025, "Nghỉ hoán đổi", [(2, 5)], _SWAP.format(year=2025))
    + _off(2025, "Quốc khánh", [(1, 9), (2, 9)])
    + _worked(2025, [(26, 4)], _SWAP.format(year=2025))
)
_2026 = (
    _off(2026, "Tết Dương lịch", [(1, 1)])
    + _off(2026, "Nghỉ hoán đổi", [(2, 1)], _SWAP_2026)
    + _off(2026, "Tết Nguyên đán", [(16, 2), (17, 2), (18, 2), (19, 2), (20, 2)])
    + _off(2026, "Giỗ Tổ Hùng Vương", [(27, 4)])
    + _off(2026, "Ngày Chiến thắng", [(30, 4)])
    + _off(2026, "Quốc tế Lao động", [(1, 5)])
    + _off(2026, "Nghỉ hoán đổi", [(31, 8)], _SWAP.format(year=2026))
    + _off(2026, "Quốc khánh", [(1, 9), (2, 9)])
    + _worked(2026, [(10, 1)], _SWAP_2026)
    + _worked(2026, [(22, 8)], _SWAP.format(year=2026))
)

ANNOUNCED: tuple[DayEntry, ...] = (*_2024, *_2025, *_2026)

#: Announced as days off without a law that confirms them. They stay working days until an admin enters the
#: document: a reminder a day early does no harm, a deadline silently moved does.
DOUBTFUL: tuple[DayEntry, ...] = (
    DayEntry(date(2026, 11, 24), False, "Ngày Văn hóa Việt Nam", "Chưa có văn bản xác nhận", confirmed=False),
)

CONFIRMED_YEARS: frozenset[int] = frozenset(entry.day.year for entry in ANNOUNCED)
