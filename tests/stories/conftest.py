"""Towns to tell stories in."""

from pathlib import Path

import pytest

from domain.officials import Role
from storage.unit_of_work import Database
from tests.town import Town

HERE = Path(__file__).parent
PEOPLE = (
    ("quan-tri", "Quản trị", [("vp-ubnd", Role.ADMIN)]),
    ("dm-snv", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]),
    ("dm-stc", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
    ("tt-stc", "Thủ trưởng Sở Tài chính", [("stc", Role.HEAD)]),
    ("dm-stp", "Đầu mối Sở Tư pháp", [("stp", Role.FOCAL)]),
    ("dm-syt", "Đầu mối Sở Y tế", [("syt", Role.FOCAL)]),
)


@pytest.fixture
def town(database: Database) -> Town:
    """Six people on the morning of 5 January 2026, the plan of that day just confirmed."""
    town = Town(database, "2026-01-05 07:30")
    town.settle(*PEOPLE)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    return town
