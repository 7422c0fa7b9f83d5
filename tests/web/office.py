"""A province with the demo's plan behind the door, and browsers to open it with."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from bot.channels.browser import BrowserChannel
from domain.officials import Official, Role
from storage import seed
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.town import Town
from web.app import make_app
from web.context import DemoControls, WebContext
from web.health import metrics_token

KEY = b"a key of the service"
NOW = "2024-06-24 09:00"
PEOPLE: list[tuple[str, str, list[tuple[str, Role]]]] = [
    ("admin", "Quản trị", [("vp-ubnd", Role.ADMIN)]),
    ("monitor", "Theo dõi Sở Nội vụ", [("snv", Role.MONITOR)]),
    ("focal", "Đầu mối Sở Nội vụ", [("snv", Role.FOCAL)]),
    ("other", "Đầu mối Sở Tài chính", [("stc", Role.FOCAL)]),
    ("idle", "Chưa có việc", []),
]
PLAN = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")


class Office:
    """The door over a town. Browsers come from ``browser``; ``None`` is nobody signed in."""

    def __init__(
        self,
        db: Database,
        *,
        demo: DemoControls | None = None,
        public_url: str = "",
        fresh: bool = False,
        now: str = NOW,
    ) -> None:
        self.db = db
        self.town = Town(db, now, [BrowserChannel()], public_url)  # type: ignore[list-item]  # it has what a town needs
        self.woken = 0
        if fresh:
            self.town.settle(*PEOPLE, joined=False)
            self.town.imports(PLAN)
        self.context = WebContext(
            service=self.town.service,
            inbox=self.town.runtime.inbox,
            channels=self.town.channels,
            now=self.town.clock.now,
            secret_key=KEY,
            wake=self._wake,
            public_url=public_url,
            demo=demo,
        )
        self.app = make_app(self.context)
        self.metrics_token = metrics_token(KEY)

    def _wake(self) -> None:
        self.woken += 1

    def person(self, key: str) -> Official:
        with self.db.begin() as uow:
            found = uow.people.by_key(key)
        assert found is not None
        return found

    def browser(self, key: str | None = None, **options: object) -> Browser:
        """A browser, with a session of this person's."""
        browser = Browser(self, str(options.pop("address", "192.0.2.7")))
        if key is not None:
            who = self.person(key).id
            with self.db.begin() as uow:
                token = uow.sessions.open(who, self.town.clock.now())
            browser.cookies.set("dondoc", token, domain="testserver.local")
        return browser

    def invite(self, key: str, purpose: str = "join") -> str:
        who = self.person(key).id
        with self.db.begin() as uow:
            return uow.people.new_invite(who, self.town.clock.now(), purpose=purpose)

    def deliver(self) -> None:
        self.town.deliver()


class Browser(TestClient):
    """Follows no redirect by itself, and fills in the token of the form it saw last."""

    def __init__(self, office: Office, address: str) -> None:
        super().__init__(
            office.app, follow_redirects=False, raise_server_exceptions=False, client=(address, 50000)
        )
        self.form_token = ""

    def see(self, path: str, status: int = 200) -> str:
        """The page's HTML."""
        answer = self.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
        if found := re.search(r'name="form_token" value="([0-9a-f]+)"', answer.text):
            self.form_token = found[1]
        return answer.text

    def submit(self, path: str, **fields: str):  # type: ignore[no-untyped-def]
        """Post a form of the page seen last."""
        return self.post(path, data={"form_token": self.form_token, **fields})


def seeded(path: Path) -> None:
    """A database file with people and a confirmed plan in it."""
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    Office(Database(engine), fresh=True)
    engine.dispose()
