"""The composer and the roll-call in a real browser: at a desk, on a telephone, without a script."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, TELEPHONE, Open

ADMIN = "Quản trị"
READER = "Đầu mối Sở Nội vụ"


def compose(page: Page, words: str, audience: str) -> None:
    page.get_by_role("button", name="Thông báo mới").click()
    page.get_by_label("Nội dung").fill(words)
    page.get_by_label("Nơi nhận", exact=True).fill(audience)
    page.get_by_role("button", name="Lưu và xem trước").click()


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (TELEPHONE, True), (TELEPHONE, False)])
def test_from_the_composer_to_the_roll_call(open_page: Open, size: tuple[int, int], script: bool) -> None:
    words = f"Họp trực tuyến {uuid.uuid4().hex[:6]}"
    page = open_page("/notices", ADMIN, size=size, script=script)
    compose(page, words, "sở nội vụ, đội bóng")
    expect(page.get_by_text("Tôi chưa rõ “đội bóng” là gửi tới ai")).to_be_visible()
    page.get_by_label("Bỏ qua phần này").check()
    page.get_by_role("button", name="Chọn").click()
    preview = page.get_by_role("article", name="Trò chuyện trên trang web")
    expect(preview).to_contain_text(words)
    expect(preview).to_contain_text("Đã nhận")
    page.locator("summary", has_text="Danh sách nhận").click()
    expect(page.get_by_text("Sở Nội vụ: Đầu mối")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Gửi thông báo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    place = page.url
    reader = open_page("/chat", READER, size=size)
    bubble = reader.locator("li, article, div").filter(has_text=words).last
    expect(bubble).to_be_visible(timeout=30_000)
    reader.get_by_role("button", name="Đã nhận").last.click()
    expect(reader.get_by_text(re.compile("Đã ghi nhận anh/chị nhận được")).last).to_be_visible()
    page.goto(place)
    expect(page.get_by_text("đã xác nhận: 1")).to_be_visible()
    page.locator("summary", has_text="Sở Nội vụ").click()
    expect(page.locator("details[open] li").last).to_contain_text("Đầu mối Sở Nội vụ: đã xác nhận")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size == DESK:
        with page.expect_download() as file:
            page.get_by_role("link", name="Danh sách Excel").click()
        assert file.value.suggested_filename.endswith(".xlsx")


def test_a_dropped_draft_asks_first(open_page: Open) -> None:
    page = open_page("/notices", ADMIN)
    compose(page, "Bản nháp bỏ đi", "sở nội vụ")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page).to_have_url(re.compile("/notices$"))
