"""The published list on a telephone, in both languages: nothing sticks out, and what matters can be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from bot.late_lists import draft, publish
from domain.officials import Post, Role
from storage.engine import make_engine
from storage.unit_of_work import Database
from tests.browser.conftest import DESK, NARROW, TELEPHONE
from tests.web.office import Office, seeded
from tests.web.test_dossiers import hand_in

LONG = "Ban Quản lý Khu kinh tế tỉnh"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A door on loopback behind which a list has been published."""
    path = tmp_path_factory.mktemp("late") / "late.db"
    seeded(path)
    office = Office(Database(make_engine(f"sqlite:///{path}")))
    office.town.clock.set(office.town.clock.now().replace(month=7, day=2))
    rows, number = [], 0
    for agency, resolved, late in (("Sở Nội vụ", 120, 9), ("Sở Y tế", 30, 1), (LONG, 4, 2)):
        for n in range(resolved):
            number += 1
            day = "17/6/2024" if n < late else "13/6/2024"
            rows.append(f"H34.16-240603-{number:04},{agency},3/6/2024,14/6/2024,{day},đã trả,X")
    hand_in(office.browser("admin"), *rows)
    now = office.town.clock.now()
    with office.db.begin() as uow:
        boss = uow.people.save("boss", "Lãnh đạo Văn phòng", [Post("vp-ubnd", Role.HEAD)])
        draft(uow, office.town.service, 202406, now)
    office.town.clock.set(now.replace(day=5))
    office.town.runtime.run_jobs(office.town.clock.now())
    with office.db.begin() as uow:
        lately = uow.late_lists.latest(202406)
        assert lately is not None
        publish(uow, office.town.service, boss, lately, office.town.clock.now())
    server = uvicorn.Server(uvicorn.Config(office.app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


@pytest.mark.parametrize("size", [NARROW, TELEPHONE, DESK], ids=["360", "390", "1280"])
def test_it_is_read_at_any_width(chromium: Browser, address: str, size: tuple[int, int]) -> None:
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=True)
    page, troubles = context.new_page(), list[str]()
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    page.goto(f"{address}/public/late")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cơ quan, đơn vị có hồ sơ trễ hạn")
    expect(page.get_by_text("1. Sở Nội vụ")).to_be_visible()
    expect(page.get_by_role("heading", name="số lượng ít, không xếp thứ tự")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    picture = page.get_by_role("img", name="Số cơ quan, đơn vị: 3")
    assert picture.evaluate("img => img.complete && img.naturalWidth") == 480
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agencies with late dossiers")
    assert context.cookies() == []
    assert troubles == []
    context.close()
