"""Days off and days worked that have been announced, each year with its source.

The fixed days are those of Labour Code 2019 art. 112; Tết, the day beside 2 September and the swaps are set
each year by the Government. A day announced but not confirmed stays a working day until an office says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from domain.workdays import DayReason

LAW = "Bộ luật Lao động 2019, Điều 112"
NEW_YEAR, TET, HUNG, VICTORY, LABOUR, NATIONAL, SWAP = (
    "Tết Dương lịch",
    "Tết Nguyên đán",
    "Giỗ Tổ Hùng Vương",
    "Ngày Chiến thắng 30/4",
    "Ngày Quốc tế lao động",
    "Quốc khánh",
    "hoán đổi ngày làm việc",
)

#: year → (reason, (month, day), how many days on end)
_OFF: Mapping[int, tuple[tuple[str, tuple[int, int], int], ...]] = {
    2024: (
        (NEW_YEAR, (1, 1), 1),
        (TET, (2, 8), 7),
        (HUNG, (4, 18), 1),
        (SWAP, (4, 29), 1),
        (VICTORY, (4, 30), 1),
        (LABOUR, (5, 1), 1),
        (NATIONAL, (9, 2), 2),
    ),
    2025: (
        (NEW_YEAR, (1, 1), 1),
        (TET, (1, 27), 5),
        (HUNG, (4, 7), 1),
        (VICTORY, (4, 30), 1),
        (LABOUR, (5, 1), 1),
        (SWAP, (5, 2), 1),
        (NATIONAL, (9, 1), 2),
    ),
    2026: (
        (NEW_YEAR, (1, 1), 1),
        (SWAP, (1, 2), 1),
        (TET, (2, 16), 5),
        (HUNG, (4, 27), 1),
        (VICTORY, (4, 30), 1),
        (LABOUR, (5, 1), 1),
        (SWAP, (8, 31), 1),
        (NATIONAL, (9, 1), 2),
    ),
}

_WORKED: Mapping[date, str] = {
    date(2024, 5, 4): "bù cho 29/4/2024",
    date(2025, 4, 26): "bù cho 2/5/2025",
    date(2026, 1, 10): "bù cho 2/1/2026 (12729/VPCP-KGVX ngày 25/12/2025)",
    date(2026, 8, 22): "bù cho 31/8/2026",
}

ANNOUNCED_YEARS = frozenset(_OFF)


def announced_off() -> dict[date, DayReason]:
    """Every announced day off."""
    days: dict[date, DayReason] = {}
    for year, entries in _OFF.items():
        for reason, (month, first), length in entries:
            for offset in range(length):
                day = date(year, month, first) + timedelta(days=offset)
                days[day] = DayReason(reason, f"{LAW}; lịch nghỉ {year}")
    return days


def announced_worked() -> dict[date, DayReason]:
    """Every weekend day worked in exchange."""
    return {day: DayReason(SWAP, source) for day, source in _WORKED.items()}
