"""``dondoc invite KEY --phone``: the code goes out by a template message, and the number is kept nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.doubles.clients import ZaloOaDouble
from tests.doubles.zalo_oa import APP, APP_SECRET, FIRST, OA_SECRET
from tests.web.office import seeded

PHONE = "0905 123 456"


def invite(path: Path, double: ZaloOaDouble, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "DATABASE_URL": f"sqlite:///{path}", "ZALO_OA_APP_ID": APP, "ZALO_OA_APP_SECRET": APP_SECRET,
        "ZALO_OA_SECRET": OA_SECRET, "ZALO_OA_REFRESH_TOKEN": FIRST, "ZALO_OA_INVITE_TEMPLATE": "77001",
        "ZALO_OA_BUSINESS_URL": double.url, "ZALO_OA_OAUTH_URL": double.url, **more,
    }  # fmt: skip
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | {f"DONDOC_{k}": v for k, v in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "dondoc", "invite", *words],
        text=True, capture_output=True, timeout=60, env=env, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_a_code_goes_out_by_telephone_number(tmp_path: Path, zalo_oa: ZaloOaDouble) -> None:
    path = tmp_path / "town.db"
    seeded(path)
    done = invite(path, zalo_oa, "focal", "--phone", PHONE)
    assert done.returncode == 0, done.stderr
    (sent,) = zalo_oa.listed("templates", 1)
    assert (sent["phone"], sent["template_id"]) == ("84905123456", "77001")
    assert sent["template_data"]["code"] in done.stdout
    assert b"905123456" not in path.read_bytes()


def test_what_cannot_be_sent_is_said_and_the_code_is_shown(tmp_path: Path, zalo_oa: ZaloOaDouble) -> None:
    path = tmp_path / "town.db"
    seeded(path)
    zalo_oa.fails("message/template", status=502, body="<html>")
    done = invite(path, zalo_oa, "focal", "--phone", PHONE)
    assert done.returncode == 0
    assert "/join/" in done.stdout
    assert "Chưa gửi được tin" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_number_makes_nothing(tmp_path: Path, zalo_oa: ZaloOaDouble) -> None:
    path = tmp_path / "town.db"
    seeded(path)
    done = invite(path, zalo_oa, "focal", "--phone", "12345")
    assert done.returncode != 0
    assert "/join/" not in done.stdout
    assert zalo_oa.calls() == []
