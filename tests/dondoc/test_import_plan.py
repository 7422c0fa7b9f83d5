"""The command line's import of a plan, run as a person runs it, and the reports it can then write."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dondoc.__main__ import main
from dondoc.terminal import settings
from storage import seed

DEMO = Path(seed.__file__).parent / "demo_plan.txt"


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run ``dondoc`` in a folder and on a database of the test's own; nobody is at the keyboard."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    monkeypatch.setattr("dondoc.__main__.set_up_logs", lambda: None)

    def dondoc(*arguments: str | Path) -> Done:
        settings.cache_clear()
        monkeypatch.setattr(sys, "argv", ["dondoc", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return Done(int(left.value.code or 0), out, err)

    yield dondoc
    settings.cache_clear()


def test_a_dry_run_prints_the_draft_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("import", "plan", DEMO, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert printed["document"]["number"] == "2164/KH-UBND"
    assert len(printed["tasks"]) == 15
    assert set(printed) == {"document", "tasks", "duties", "problems"}
    assert list(tmp_path.iterdir()) == []


def test_from_a_draft_to_assignments_and_a_report(run: Run, tmp_path: Path) -> None:
    assert run("import", "agencies", "--seed", "kontum-2024").returncode == 0
    kept = json.loads(run("import", "plan", DEMO, "--json").stdout)
    assert (kept["state"], kept["known"], kept["plan"], kept["assignments"]) == ("open", False, None, 0)
    confirmed = json.loads(run("import", "plan", DEMO, "--json", "--yes").stdout)
    assert (confirmed["state"], confirmed["known"]) == ("confirmed", True)
    assert (confirmed["draft"], confirmed["assignments"]) == (kept["draft"], 352)
    again = json.loads(run("import", "plan", DEMO, "--json", "--yes").stdout)
    assert (again["state"], again["assignments"]) == ("known", 352)
    newer = tmp_path / "newer.txt"
    newer.write_text(DEMO.read_text("utf-8").replace("Hoàn thành trong năm 2024", "Quý III/2024"), "utf-8")
    changed = json.loads(run("import", "plan", newer, "--json").stdout)
    assert changed["state"] == "open"
    assert [d["number"] for d in changed["differences"]] == ["5.a", "5.c", "7.a", "7.b"]

    said = run("import", "plan", newer, "--yes")
    assert said.returncode == 0, said.stderr
    assert "Hoàn thành trong năm 2024 → Quý III/2024" in said.stdout
    report = json.loads(run("report", "agency", "--agency", "snv", "--format", "json").stdout)
    assert report["total"] == 10
    out = tmp_path / "report.docx"
    wrote = run("report", "agency", "--agency", "snv", "--plan", "2164", "--format", "docx", "--out", out)
    assert wrote.returncode == 0, wrote.stderr
    assert out.read_bytes()[:2] == b"PK"


def test_errors_say_what_was_kept_and_what_to_do(run: Run, tmp_path: Path) -> None:
    early = run("import", "plan", DEMO, "--yes", "--json")
    assert early.returncode == 2
    assert json.loads(early.stderr.splitlines()[-1])["error"] == "no_agencies"
    assert run("import", "agencies", "--seed", "kontum-2024").returncode == 0
    undated = tmp_path / "undated.txt"
    undated.write_text(
        DEMO.read_text("utf-8").replace("Kon Tum, ngày 20\ntháng 6 năm 2024", "Kon Tum"), "utf-8"
    )
    refused = run("import", "plan", undated, "--yes", "--json")
    assert refused.returncode == 2
    assert json.loads(refused.stderr.splitlines()[-1])["error"] == "no_date"
    given = run("import", "plan", undated, "--yes", "--json", "--issued-on", "2024-06-20")
    assert json.loads(given.stdout)["assignments"] == 352


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02" * 50, "unknown_format"),
        ("MẬT\n|\nKẾ HOẠCH\n".encode(), "classified"),
    ],
)
def test_bad_files_are_bad_input(run: Run, tmp_path: Path, content: bytes, error: str) -> None:
    file = tmp_path / "phong-thu.bin"
    file.write_bytes(content)
    done = run("import", "plan", file, "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"] == error
    assert "phong-thu" not in done.stdout + done.stderr


def test_reports_are_listed_and_a_wrong_one_is_refused(run: Run) -> None:
    assert "agency" in run("report").stdout
    listed = json.loads(run("report", "--json").stdout)
    assert {"name": "agency", "formats": ["text", "json", "docx"]}.items() <= listed[0].items()
    assert run("report", "nonsense").returncode == 2
    assert run("report", "agency", "--agency", "snv").returncode == 2, "there is no plan yet"
