"""The whole service in a process of its own, with three messengers' stand-ins, to be treated badly from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from bot.secrecy import hook_secret
from scheduler.clock import SystemClock
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble
from tests.doubles.process import ROOT
from tests.doubles.zalo_oa import APP, APP_SECRET, FIRST, OA_SECRET
from tests.ports import free_port
from tests.stories.conftest import HERE, PEOPLE
from tests.town import Town
from web.tokens import derive

KEY = "the key of a province that is treated badly"
#: of the three messengers: the person who writes to us
PHONE, ZALO_CHAT, OA_USER = 5219000111, "6ede9afa66b88fe6d6a9", "2468458835296117922"
#: and of somebody whom nobody treats badly
QUIET = (5219000999, "0000aaaa1111bbbb2222", "1111222233334444555")


class RunningService:
    """``dondoc run`` on this database; started by entering it, ended by leaving."""

    def __init__(
        self,
        db: Database,
        folder: Path,
        telegram: TelegramDouble,
        zalo: ZaloDouble,
        zalo_oa: ZaloOaDouble,
    ) -> None:
        self.db, self.telegram, self.zalo, self.zalo_oa = db, telegram, zalo, zalo_oa
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "service.log"
        self._settle()

    def _settle(self) -> None:
        """Six people and their plan; one of them is on every channel and signed in."""
        now = SystemClock().now()
        town = Town(self.db, now.strftime("%Y-%m-%d %H:%M"))
        town.settle(*PEOPLE, joined=False)
        town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
        with self.db.begin() as uow:
            who = uow.people.by_key("dm-stp")
            assert who is not None
            friend = uow.people.by_key("dm-syt")
            assert friend is not None
            bots = (("telegram", self.telegram.bot), ("zalo", self.zalo.bot), ("zalo-oa", APP))
            for person, chats in ((who, (PHONE, ZALO_CHAT, OA_USER)), (friend, QUIET)):
                for (name, bot), chat in zip(bots, chats, strict=True):
                    uow.people.add_address(person.id, name, bot, str(chat), now)
            self.session = uow.sessions.open(who.id, now)
            admin = uow.people.by_key("quan-tri")
            assert admin is not None
            self.admin_session = uow.sessions.open(admin.id, now)
            self.invitation = uow.people.new_invite(who.id, now)
        self.form_token = derive(KEY.encode(), "form", self.session)
        self.admin_form_token = derive(KEY.encode(), "form", self.admin_session)
        self.telegram.knows(PHONE, QUIET[0])
        self.telegram.limits(on=False)
        self.zalo.knows(ZALO_CHAT, QUIET[1])
        self.zalo_oa.reach(OA_USER, QUIET[2], state="open")
        self.zalo_oa.hook(f"{self.url}/zalo-oa/{APP}")

    def hook_secret(self, name: str) -> str:
        """What the messenger shows when it calls."""
        return hook_secret(KEY.encode(), name, self.telegram.bot if name == "telegram" else self.zalo.bot)

    def secrets(self) -> dict[str, str]:
        """Everything that may never be read in a log, by what it is."""
        return {
            "telegram token": self.telegram.token.partition(":")[2],
            "zalo token": self.zalo.token.partition(":")[2],
            "telegram webhook": self.hook_secret("telegram"),
            "zalo webhook": self.hook_secret("zalo"),
            "app secret": APP_SECRET,
            "account secret": OA_SECRET,
            "refresh token": FIRST,
            "access token": "access-",
            "service key": KEY,
            "session": self.session,
            "an admin's session": self.admin_session,
            "form token": self.form_token,
            "invitation": self.invitation,
        }

    def __enter__(self) -> RunningService:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DONDOC_DATABASE_URL": self.db.engine.url.render_as_string(hide_password=False),
            "DONDOC_SECRET_KEY": KEY,
            "DONDOC_PUBLIC_URL": self.url,
            "DONDOC_PORT": str(self.port),
            "DONDOC_TELEGRAM_TOKEN": self.telegram.token,
            "DONDOC_TELEGRAM_API_URL": self.telegram.url,
            "DONDOC_ZALO_TOKEN": self.zalo.token,
            "DONDOC_ZALO_API_URL": self.zalo.url,
            "DONDOC_ZALO_OA_APP_ID": APP,
            "DONDOC_ZALO_OA_APP_SECRET": APP_SECRET,
            "DONDOC_ZALO_OA_SECRET": OA_SECRET,
            "DONDOC_ZALO_OA_REFRESH_TOKEN": FIRST,
            "DONDOC_ZALO_OA_API_URL": self.zalo_oa.url,
            "DONDOC_ZALO_OA_BUSINESS_URL": self.zalo_oa.url,
            "DONDOC_ZALO_OA_OAUTH_URL": self.zalo_oa.url,
            "DONDOC_ZALO_RATE": "30",
            "DONDOC_ZALO_OA_RATE": "30",
            "DONDOC_ZALO_MONTHLY_QUOTA": "0",
            "DONDOC_LOG_LEVEL": "DEBUG",
        }
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dondoc", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self.wait(self.is_ready)
        self.wait(lambda: self.zalo.state()["hook"] != "")
        self.wait(lambda: self.telegram.state()["bots"][self.telegram.bot]["hook"] != "")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def is_alive(self) -> bool:
        """Whether the process is the one that was started."""
        return self._process.poll() is None

    def is_ready(self) -> bool:
        """What /readyz says; an answer that does not come is no."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            assert self.is_alive(), self.log()[-3000:]
            return False

    def megabytes(self) -> float:
        """Memory the process holds at the moment."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def descriptors(self) -> int:
        """Files and connections the process holds open."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    def log(self) -> str:
        """What was logged so far."""
        return self._log.read_text("utf-8", "replace")

    def wait(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Until it holds."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"it never came to be\n{self.log()[-3000:]}"
            time.sleep(0.1)
