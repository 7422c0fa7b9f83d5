"""``dondoc chat``: the real command, typed lines in, answers out, and nobody reached there afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from storage.engine import make_engine
from storage.unit_of_work import Database
from tests.web.office import seeded


def chat(path: Path, key: str, words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DONDOC_DATABASE_URL": f"sqlite:///{path}", "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "dondoc", "chat", "--as", key],
        input=words, text=True, capture_output=True, timeout=60, env=env, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_report_is_typed_and_answered(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    seeded(path)
    done = chat(path, "focal", "1a được 80%, chờ Sở Tài chính\n\n1\n")
    assert done.returncode == 0, done.stderr
    hello, recorded, *_ = done.stdout.split("Kính chào")[1].split("Đã ghi nhận")
    assert "Sở Nội vụ" in hello
    assert "80%" in recorded
    engine = make_engine(f"sqlite:///{path}")
    with Database(engine).begin() as uow:
        who = uow.people.by_key("focal")
        assert who is not None
        assert uow.people.addresses([who.id]) == {}
    engine.dispose()


def test_nobody_has_that_key(tmp_path: Path) -> None:
    path = tmp_path / "town.db"
    seeded(path)
    done = chat(path, "nobody", "alo\n")
    assert done.returncode == 2 or done.returncode == 1
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr
