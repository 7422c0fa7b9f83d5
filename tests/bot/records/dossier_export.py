"""An export of a dossier system as tests write it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.records.dossier_import import Office, import_file
from bot.records.dossier_problems import DossierOutcome
from domain.dossiers.dossier import Dossier
from tests.bot.records.files import csv_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 7, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
HEADS = (
    "STT", "Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cơ quan xử lý", "Nơi tiếp nhận", "Người nộp", "Số điện thoại",
    "CCCD", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày trả", "Hình thức nộp", "Trạng thái", "Cán bộ xử lý",
    "Lý do trễ",
)  # fmt: skip
PERSON, PHONE, IDENTITY = "Trần Thị Bích Ngọc", "0905123456", "062090001234"
SECRETS = (PERSON, "Bích Ngọc", PHONE, IDENTITY, "Y Nguyên Hạnh", "ngoc@example.com")


def line(
    serial: int,
    *,
    code: str = "",
    agency: str = "Sở Nội vụ",
    received: str = "03/06/2024",
    promised: str = "21/06/2024",
    result: str = "",
    returned: str = "",
    state: str = "Đang xử lý",
    **more: str,
) -> list[str]:
    """A row in order; what is given replaces it."""
    row = dict(zip(HEADS, [""] * len(HEADS), strict=True)) | {
        "STT": str(serial),
        "Mã hồ sơ": code or f"000.00.16.H34-240603-{serial:04}",
        "Mã TTHC": "1.001122.000.00.00.H34",
        "Tên TTHC": "Thi tuyển công chức",
        "Lĩnh vực": "Công chức",
        "Cơ quan xử lý": agency,
        "Nơi tiếp nhận": "Sở Tài chính",
        "Người nộp": PERSON,
        "Số điện thoại": PHONE,
        "CCCD": IDENTITY,
        "Ngày tiếp nhận": received,
        "Ngày hẹn trả": promised,
        "Ngày có kết quả": result,
        "Ngày trả": returned,
        "Hình thức nộp": "Trực tuyến",
        "Trạng thái": state,
        "Cán bộ xử lý": "Lê Văn Cán",
        "Lý do trễ": f"Chờ {PERSON} nộp phí",
    }
    return list((row | {name.replace("_", " "): value for name, value in more.items()}).values())


def bring(
    office: Office, folder: Path, data: bytes | Sequence[Sequence[Any]], now: datetime = NOW
) -> DossierOutcome:
    file = folder / "export"
    file.write_bytes(data if isinstance(data, bytes) else csv_of(data))
    outcome = import_file(office, file, "export.csv", source="file", by=None, now=now)
    assert outcome.adds_up(), outcome.all_counts()
    return outcome


def told(outcome: DossierOutcome) -> dict[int, list[tuple[str, str]]]:
    """Row → (column, what is said)."""
    found: dict[int, list[tuple[str, str]]] = {}
    for problem in outcome.problems:
        found.setdefault(problem.row, []).append((problem.column, problem.says.msgid))
    return found


def get(office: Office, code: str) -> Dossier:
    with office.db.begin() as uow:
        found = uow.dossiers.get(code)
    assert found is not None
    return found


def everything(path: Path) -> bytes:
    """All bytes the database keeps, its log among them."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
