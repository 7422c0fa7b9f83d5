"""The wording, to be read through by eye: what people hear in a few weeks of the demonstration plan.

``DONDOC_GOLDEN=write`` writes the files anew; the difference is then read before it is committed.
"""

import os
from pathlib import Path

import pytest

from domain.officials import Role
from storage import seed
from storage.unit_of_work import Database
from tests.town import ZONE, Town

HERE = Path(__file__).parent
PLAN = Path(seed.__file__).parent / "demo_plan.txt"
PEOPLE = (
    ("quan-tri", "Quản trị hệ thống", [("vp-ubnd", Role.ADMIN), ("vp-ubnd", Role.MONITOR)]),
    ("dm-snv", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]),
    ("dm-stc", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
    ("tt-stc", "Thủ trưởng Sở Tài chính", [("stc", Role.HEAD)]),
    ("dm-ngoc-hoi", "Đầu mối UBND huyện Ngọc Hồi", [("ubnd-ngoc-hoi", Role.FOCAL)]),
)


class Transcript:
    """Who heard what, with the buttons below it."""

    def __init__(self, town: Town) -> None:
        self.town, self.lines = town, []
        self._seen = {key: 0 for key, _, _ in PEOPLE}

    def note(self, what: str) -> None:
        self.lines.append(f"\n════ {what}")
        for key in self._seen:
            fresh = self.town.wires(key)[self._seen[key] :]
            self._seen[key] += len(fresh)
            for wire in fresh:
                now = f"{self.town.clock.now().astimezone(ZONE):%H:%M %d/%m/%Y}"
                buttons = "  ".join(f"[{b.label}]" for b in wire.buttons)
                self.lines.append(f"\n── {key}, {now}\n{wire.text}\n{buttons}".rstrip())

    def forward(self, to: str) -> None:
        self.town.forward(to)
        self.note(f"→ {to}")

    def says(self, who: str, words: str) -> None:
        self.town.says(who, words)
        self.note(f"{who}: {words}")

    def presses(self, who: str, label: str) -> None:
        self.town.presses(who, label)
        self.note(f"{who} [{label}]")


LABELS = {
    "vi": ("Hủy cập nhật", "Đồng ý", "Đôn đốc 2.b"),
    "en": ("Undo", "Agree", "Follow up 2.b"),
}


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_wording(sqlite_database: Database, locale: str) -> None:
    town = Town(sqlite_database, "2024-06-20 07:30")
    town.settle(*PEOPLE)
    with town.db.begin() as uow:
        for person in uow.people.all():
            uow.people.set_locale(person.id, locale)
    town.imports(PLAN.read_text("utf-8"))
    undo, agree, follow_up = LABELS[locale]
    heard = Transcript(town)
    town.tick()
    heard.note("import")
    heard.forward("2024-06-21 07:50")
    heard.says("dm-stc", "/viec")
    heard.says("dm-stc", "/han")
    heard.says("dm-stc", "1")
    heard.says("dm-stc", "xong 80%, chờ Sở Nội vụ")
    heard.presses("dm-stc", undo)
    heard.says("dm-stc", "xin gia hạn đến 5/7")
    heard.says("dm-stc", "vì đang chờ số liệu của các huyện")
    heard.presses("dm-snv", agree)
    heard.says("dm-stc", "gần xong rồi")
    heard.says("dm-stc", "giá vàng lại tăng 3% rồi các bác")
    heard.says("dm-stc", "/trogiup")
    heard.says("quan-tri", "/theodoi")
    heard.presses("quan-tri", follow_up)
    heard.forward("2024-07-12 08:00")
    text = "\n".join(heard.lines).strip() + "\n"
    golden = HERE / "golden" / f"{locale}.txt"
    if os.environ.get("DONDOC_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
