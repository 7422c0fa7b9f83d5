"""The wording of warnings and of the list of late dossiers, to be read through by eye, in both languages.

``DONDOC_GOLDEN=write`` writes the files anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from domain.officials import Role
from storage.unit_of_work import Database
from tests.stories.test_dossier_warnings import bring, dossier
from tests.town import ZONE, Town

HERE = Path(__file__).parent
PEOPLE = (
    ("dm-stnmt", "Đầu mối Sở TN&MT", [("stnmt", Role.FOCAL)]),
    ("gd-stnmt", "Giám đốc Sở TN&MT", [("stnmt", Role.HEAD)]),
    ("cvp", "Chánh Văn phòng UBND tỉnh", [("vp-ubnd", Role.HEAD)]),
)
LABELS = {
    "vi": ("Hồ sơ trễ hạn", "Phản ánh số 1", "Xem ý kiến phản ánh", "Giữ lại", "Phê duyệt, công khai"),
    "en": ("Late dossiers", "Object to 1", "Look at objections", "Keep it", "Approve and publish"),
}
ROWS = [
    *(dossier(f"0{n:03}", "stnmt", "14/6/2024", done="13/6/2024") for n in range(25)),
    dossier("1001", "stnmt", "14/6/2024", done="17/6/2024"),
    dossier("1002", "stnmt", "20/6/2024"),
    dossier("1003", "stnmt", "21/6/2024", letter="20/6/2024", at="stc"),
    dossier("1004", "stnmt", "26/6/2024"),
    dossier("1005", "stnmt", "18/6/2024", state="yêu cầu bổ sung"),
]


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_wording(sqlite_database: Database, tmp_path: Path, locale: str) -> None:
    town = Town(sqlite_database, "2024-06-24 09:00")
    town.settle(*PEOPLE)
    with town.db.begin() as uow:
        for person in uow.people.all():
            uow.people.set_locale(person.id, locale)
    lines: list[str] = []
    seen = {key: 0 for key, _, _ in PEOPLE}

    def note(what: str) -> None:
        lines.append(f"\n════ {what}")
        for key in seen:
            fresh = town.wires(key)[seen[key] :]
            seen[key] += len(fresh)
            for wire in fresh:
                now = f"{town.clock.now().astimezone(ZONE):%H:%M %d/%m/%Y}"
                buttons = "  ".join(f"[{b.label}]" for b in wire.buttons)
                lines.append(f"\n── {key}, {now}\n{wire.text}\n{buttons}".rstrip())

    def forward(day: str) -> None:
        town.forward(day)
        note(f"→ {day}")

    def does(who: str, *, presses: str = "", says: str = "") -> None:
        if presses:
            town.presses(who, presses)
        else:
            town.says(who, says)
        note(f"{who}: {presses or says}")

    late, objects, review, keep, approve = LABELS[locale]
    bring(town, tmp_path, ROWS)
    forward("2024-06-25 08:00")
    does("dm-stnmt", presses=late)
    does("dm-stnmt", says="/hoso")
    does("dm-stnmt", says="/hoso H34.16-240603-1003")
    does("dm-stnmt", says="/hoso H34.16-240603-1005")
    forward("2024-07-01 07:50")
    bring(town, tmp_path, ROWS)
    forward("2024-07-01 09:00")
    does("dm-stnmt", presses=objects)
    does("dm-stnmt", says="đã trả ngày 13/6, hệ thống cập nhật chậm")
    forward("2024-07-04 08:00")
    does("cvp", presses=review)
    does("cvp", presses=keep)
    does("cvp", presses=approve)
    does("dm-stnmt", says="/congkhai")
    text = "\n".join(lines).strip() + "\n"
    file = HERE / "golden" / f"late_{locale}.txt"
    if os.environ.get("DONDOC_GOLDEN") == "write":
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
