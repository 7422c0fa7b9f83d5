"""The demo in a process of its own, and the system's Chromium to look at it with.

A page that logs an error, or is refused something by its own security policy, fails its test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # a machine that runs other tests too is slow, and waiting ends at once
TELEPHONE, DESK, NARROW = (390, 844), (1280, 800), (360, 740)
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium, and one server for all of it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file: while it runs its library holds the thread's event loop, which other files need."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("Chromium is not installed, so no page was looked at: ./run setup installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Where the demo is served, one of its own for each file: what is said in it stays."""
    port = free_port()
    command = [sys.executable, "-m", "dondoc", "demo", "--port", str(port), "--no-open"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DONDOC_LOG_LEVEL": "WARNING"})
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert process.poll() is None, "the demo did not start"
            try:
                httpx.get(f"{base}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def open_page(chromium: Browser, demo: str) -> Iterator[Open]:
    """Open pages as somebody of the demo, by the name in its bar; ``size`` is the window's."""
    contexts, troubles = [], []

    def open_(path: str, who: str = "", *, size: tuple[int, int] = DESK, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, base_url=demo
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        if who:
            become(page, who)
        page.goto(path)
        return page

    open_.troubles = troubles  # type: ignore[attr-defined]
    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


def become(page: Page, who: str) -> None:
    """Pick somebody in the demo's bar, as its form does."""
    page.goto("/")
    number = page.locator("#demo-who option", has_text=who).first.get_attribute("value")
    assert number is not None
    host = page.url.split("/")[2].split(":")[0]
    page.context.add_cookies([{"name": "dondoc_as", "value": number, "domain": host, "path": "/"}])
