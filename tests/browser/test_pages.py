"""Pages as people see them: at a desk, on a telephone, by keyboard, without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, NARROW, TELEPHONE, Open

PATHS = (
    "/",
    "/plans/1",
    "/plans/1?show=open",
    "/tasks/1",
    "/tasks/4",
    "/chat",
    "/drafts",
    "/drafts/1",
    "/import",
    "/people",
    "/notices",
    "/join",
    "/dossiers/late",
    "/public/late",
)


@pytest.mark.parametrize("size", [NARROW, TELEPHONE, DESK], ids=["360", "390", "1280"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_sideways(open_page: Open, path: str, size: tuple[int, int]) -> None:
    page = open_page(path, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_from_the_board_to_a_plan_to_a_task_and_back(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page("/", size=size)
    page.get_by_role("link", name="2164/KH-UBND").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2164/KH-UBND")
    page.get_by_role("link", name=re.compile("Hoàn thành đủ các đầu việc CCHC")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.a")
    expect(page.get_by_text("thứ Ba 31/12/2024").first).to_be_visible()
    page.get_by_label("Các trang").get_by_role("link", name="Bảng theo dõi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bảng theo dõi")


def test_on_a_telephone_targets_are_large_enough(open_page: Open) -> None:
    """WCAG 2.2, 2.5.8: at least 24 by 24 pixels for what is pressed."""
    for path in ("/", "/chat", "/people"):
        page = open_page(path, "Đầu mối Sở Tư pháp" if path == "/chat" else "", size=TELEPHONE)
        for button in page.locator("button:visible, nav a:visible, select:visible").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 24
            assert box["width"] >= 24


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(tasks|plans|drafts)/"))


def test_the_bar_moves_the_clock_and_changes_who_one_is(open_page: Open) -> None:
    page = open_page("/")
    before = page.locator(".demo time").get_attribute("datetime")
    page.get_by_role("button", name="+1 giờ").click()
    expect(page.locator(".demo time")).not_to_have_attribute("datetime", before or "")
    page.get_by_role("button", name="sáng kế tiếp").click()
    expect(page.locator(".demo time")).to_contain_text(re.compile("07:4[67]"))
    page.get_by_label("Đóng vai").select_option(label="Đầu mối Sở Y tế")
    expect(page.get_by_role("heading", name="Việc của cơ quan tôi")).to_be_visible()
    expect(page.get_by_role("link", name="Cán bộ")).to_have_count(0)


def test_choosing_by_keyboard_goes_through_the_list_without_leaving_the_page(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_label("Đóng vai").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_label("Đóng vai").evaluate("s => s.selectedOptions[0].textContent.trim()")
    page.keyboard.press("Enter")
    expect(page.locator("#demo-who option[selected]")).to_have_text(chosen)


def test_without_a_script_everything_is_a_form(open_page: Open) -> None:
    page = open_page("/", "Đầu mối Sở Xây dựng", script=False, size=TELEPHONE)
    expect(page.get_by_role("button", name="Thay đổi")).to_be_visible()
    page.get_by_role("link", name="Trao đổi").click()
    page.get_by_label("Tin nhắn của anh/chị").fill("/viec")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/chat#newest")
    expect(page.locator(".own").last).to_contain_text("/viec")
    expect(page.get_by_role("link", name="Xem tin mới")).to_be_visible()
