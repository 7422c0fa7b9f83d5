"""Dossiers from a watched folder and from an address: taken once, put away, asked again, never half."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.records.dossier_folder import Folder
from bot.records.dossier_import import Office
from bot.records.dossier_pull import is_due, pull, source_key
from bot.records.dossier_sources import Sources
from domain.errors import BadInput, Refusal
from locales.speech import speech_for
from tests.bot.records.dossier_server import System, serving

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 7, 10, 9, 0, tzinfo=ZONE)
SPEECH = speech_for("vi", ZONE)
PERSON = "Trần Thị Bích Ngọc"
EXPORT = (
    "Mã hồ sơ,Cơ quan xử lý,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Người nộp\n"
    f"H34.16-240603-0001,Sở Nội vụ,3/6/2024,21/6/2024,đang xử lý,{PERSON}\n"
    f"1.001122,Sở Nội vụ,3/6/2024,21/6/2024,đang xử lý,{PERSON}\n"
)


@pytest.fixture
def office(sqlite_office: Office) -> Office:
    return sqlite_office


def count(office: Office) -> int:
    with office.db.begin() as uow:
        return uow.dossiers.count()


# --- a folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "in").mkdir()
    return Folder(tmp_path / "in")


def look(folder: Folder, office: Office, now: datetime = NOW) -> list[str]:
    return [put.relative_to(folder.path).as_posix() for put in folder.look(office, SPEECH, now)]


def test_a_file_is_taken_when_it_has_settled_and_put_away_with_its_report(
    folder: Folder, office: Office
) -> None:
    file = folder.path / "thang6.csv"
    file.write_text(EXPORT[:80], "utf-8")
    assert look(folder, office) == []
    file.write_text(EXPORT, "utf-8")  # it was still being written
    assert look(folder, office) == []
    assert look(folder, office) == ["done/20240710-090000-thang6.csv"]
    assert sorted(p.name for p in folder.path.iterdir()) == ["done", "working"]
    report = (folder.path / "done/20240710-090000-thang6.csv.txt").read_text("utf-8")
    assert "Hồ sơ mới: 1," in report
    assert "3  Mã hồ sơ: Đây là mã thủ tục" in report
    assert PERSON not in report
    assert count(office) == 1
    assert look(folder, office) == []


def test_what_cannot_be_read_is_put_aside_and_the_next_is_taken(folder: Folder, office: Office) -> None:
    (folder.path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder.path / "b.csv").write_text(EXPORT, "utf-8")
    for name in (".hidden.csv", "~$a.xlsx", "readme.txt", "c.csv.part"):
        (folder.path / name).write_text(EXPORT, "utf-8")
    (folder.path / "link.csv").symlink_to(folder.path / "readme.txt")
    look(folder, office)
    assert look(folder, office) == ["failed/20240710-090000-a.xlsx", "done/20240710-090000-b.csv"]
    assert "Tệp bảng tính bị hỏng" in (folder.path / "failed/20240710-090000-a.xlsx.txt").read_text("utf-8")
    assert len(list(folder.path.glob("*.*"))) == 5


def test_a_busy_office_takes_it_later_and_what_a_dead_process_held_is_read_again(
    folder: Folder, office: Office
) -> None:
    (folder.path / "a.csv").write_text(EXPORT, "utf-8")
    look(folder, office)
    with office.db.begin() as uow:
        assert uow.dossier_runs.start("upload", "x", None, NOW)
    assert look(folder, office) == []
    assert (folder.path / "a.csv").exists()
    os.rename(folder.path / "a.csv", folder.path / "working/a.csv")  # as a process that was killed leaves it
    assert look(folder, office) == []
    assert (folder.path / "working/a.csv").exists()  # the other may be reading it
    later = NOW + timedelta(minutes=10)
    for _ in range(2):
        assert look(folder, office, later) == []
    assert look(folder, office, later) == ["done/20240710-091000-a.csv"]
    assert count(office) == 1


# --- an address


def item(serial: int, **more: Any) -> dict[str, Any]:
    return {
        "maHoSo": f"H34.16-240603-{serial:04}",
        "coQuanXuLy": "Sở Nội vụ",
        "ngayTiepNhan": "2024-06-03T08:30:00",
        "ngayHenTra": "2024-06-21",
        "trangThai": "đang xử lý",
        "nguoiNop": {"hoTen": PERSON},
        "soDienThoai": "0905123456",
    } | more


@pytest.fixture
def system() -> Iterator[System]:
    with serving(System([[item(1), item(2)], [item(3, trangThai=None)], [item(4)]], token="tk-9")) as made:
        yield made


def ask(office: Office, system: System, now: datetime = NOW, **more: Any) -> Any:
    waits: list[float] = []
    sources = Sources(url=system.url, token="tk-9", **more)
    outcome = pull(office, sources, now, sleep=waits.append)
    return outcome, waits


@pytest.mark.parametrize("style", ["next", "link", "number"])
def test_pages_are_gone_through_and_nothing_about_applicants_is_kept(
    office: Office, system: System, style: str
) -> None:
    system.style = style
    outcome, waits = ask(office, system)
    assert outcome.all_counts() | {"read": 0} == {
        "read": 0, "new": 3, "changed": 0, "unchanged": 0, "repeated": 0, "left_out": 1, "passed_over": 0,
    }  # fmt: skip
    assert [(p.row, p.column) for p in outcome.problems] == [(3, "trang Thai")]
    assert waits == []
    assert [path for path, _ in system.asked] == ["/hoso", "/hoso?page=2", "/hoso?page=3"]
    assert all(headers["authorization"] == "Bearer tk-9" for _, headers in system.asked)
    path = Path(str(office.db.engine.url.database))
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    for secret in (PERSON, "0905123456", "tk-9", "/hoso"):
        assert secret.encode() not in kept


def test_what_has_not_changed_is_not_read_again(office: Office, system: System) -> None:
    assert ask(office, system)[0].counts["new"] == 3
    again = ask(office, system, NOW + timedelta(hours=2))
    assert again == (None, [])
    assert system.asked[-1][1]["if-none-match"] == '"v1"'
    system.etag, system.pages = '"v2"', [[item(1, trangThai="tạm dừng"), item(2)]]
    outcome, _ = ask(office, system, NOW + timedelta(hours=3))
    assert (outcome.counts["changed"], outcome.counts["unchanged"]) == (1, 1)


def test_faults_that_pass_are_waited_for(office: Office, system: System) -> None:
    system.faults = ["cut", (503, b""), (429, b"", {"Retry-After": "7"}), None, (502, b"")]
    outcome, waits = ask(office, system)
    assert outcome.counts["new"] == 3
    assert waits == [1, 2, 7, 1]


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ([(503, b"")] * 4, "http_503"),
        (["cut"] * 4, "unreachable"),
        ([(401, b"")], "token"),
        ([(404, b"")], "http_404"),
        ([(302, b"", {"Location": "http://127.0.0.1:9/"})], "http_302"),
        ([(200, b"<html>")], "no_list"),
        ([(200, b'{"items": [1]}')], "no_list"),
        ([(200, b"[" * 100_000)], "no_list"),
        ([None, (500, b"")] + [(500, b"")] * 3, "http_500"),
    ],
)
def test_faults_that_stay_take_nothing_and_are_kept_beside_the_address(
    office: Office, system: System, faults: list[Any], code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    system.faults = faults
    with pytest.raises(Refusal) as refused:
        ask(office, system)
    assert refused.value.code == code
    assert "tk-9" not in caplog.text + str(refused.value)
    assert count(office) == 0
    with office.db.begin() as uow:
        asked = uow.dossier_runs.asked(source_key(system.url))
    assert asked is not None
    assert (asked.reason, asked.failures, asked.etag) == (code, 1, "")


def test_it_is_asked_when_it_is_time_and_a_failing_one_less_often(office: Office, system: System) -> None:
    sources = Sources(url=system.url, token="tk-9", every=timedelta(minutes=30))
    assert not is_due(office, Sources(), NOW)
    assert is_due(office, sources, NOW)
    ask(office, system)
    assert not is_due(office, sources, NOW + timedelta(minutes=29))
    assert is_due(office, sources, NOW + timedelta(minutes=30))
    system.faults = [(404, b"")]
    with pytest.raises(Refusal):
        ask(office, system, NOW + timedelta(minutes=30))
    assert not is_due(office, sources, NOW + timedelta(minutes=61))
    assert is_due(office, sources, NOW + timedelta(minutes=91))


def test_the_token_goes_to_its_own_server_alone(office: Office, system: System) -> None:
    with serving(System([[item(9)]])) as elsewhere:
        system.next_override = f"{elsewhere.url}?page=2"
        with pytest.raises(BadInput):
            ask(office, system)
        assert elsewhere.asked == []
    assert count(office) == 0
    system.next_override = "/hoso"
    with pytest.raises(BadInput) as refused:  # a page that leads back to the first
        ask(office, system)
    assert refused.value.code == "circle"
    for url, code in (
        ("http://example.com/x", "insecure"),
        ("file:///etc/passwd", "bad_url"),
        ("x", "bad_url"),
    ):
        with pytest.raises(Refusal) as refused:
            pull(office, Sources(url=url, token="t"), NOW)
        assert refused.value.code == code
    assert "tk-9" not in repr(replace(Sources(), token="tk-9"))
