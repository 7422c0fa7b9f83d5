"""A draft is corrected at a desk, on a telephone, and without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from storage import seed
from tests.browser.conftest import DESK, TELEPHONE, Open

PLAN = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")
NAME = "Sở Kế hoạch Tổng hợp tỉnh"


def bring_in(page: Page, number: str) -> str:
    """Hand in a plan with a name nobody knows and a time nobody can read; the draft's address."""
    text = PLAN.replace("2164/KH-UBND", number)
    text = text.replace("|\nSở Tài chính, Sở Kế hoạch và Đầu tư\n|", f"|\n{NAME}\n|")
    text = text.replace("Hoàn thành trong năm 2024", "Sớm nhất có thể", 1)
    page.get_by_label(re.compile("Tệp")).set_input_files(
        {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    return page.url.partition("?")[0].partition("#")[0]


@pytest.mark.parametrize(
    ("size", "script", "number"),
    [(DESK, True, "3001/KH-UBND"), (TELEPHONE, True, "3002/KH-UBND"), (TELEPHONE, False, "3003/KH-UBND")],
    ids=["desk", "telephone", "without a script"],
)
def test_a_time_is_corrected_and_read_again(
    open_page: Open, size: tuple[int, int], script: bool, number: str
) -> None:
    page = open_page("/import", size=size, script=script)
    draft = bring_in(page, number)
    page.get_by_role("link", name=re.compile("Chỉ xem chỗ cần kiểm tra", re.IGNORECASE)).click()
    expect(page.locator("article.drafted.doubtful")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("link", name="Kiểm tra, sửa").first.click()
    expect(page.locator(".original .here").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_label("Thời gian thực hiện").fill("Trước ngày 15/10/2024")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page).to_have_url(re.compile(rf"{draft}\?show=doubts#r\d+"))
    page.goto(draft)
    expect(page.get_by_text("trước thứ Ba 15/10/2024").first).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("đã hoàn tác")).to_be_visible()
    page.goto(f"{draft}?show=doubts")
    expect(page.locator("article.drafted.doubtful")).to_have_count(2)


def test_a_name_is_chosen_and_not_asked_about_again(open_page: Open) -> None:
    page = open_page("/import")
    draft = bring_in(page, "3004/KH-UBND")
    page.goto(f"{draft}?show=doubts")
    page.locator("article", has_text=NAME).get_by_role("link", name="Kiểm tra, sửa").click()
    page.get_by_role("radio", name="Sở Kế hoạch và Đầu tư").check()
    expect(page.get_by_label("Ghi nhớ tên này")).to_be_checked()
    page.get_by_role("button", name="Đúng là cơ quan này").click()
    page.goto(f"{draft}?show=doubts")
    expect(page.locator("article.doubtful", has_text=NAME)).to_have_count(0)
    page.goto("/import")
    bring_in(page, "3005/KH-UBND")
    expect(page.locator("article.doubtful", has_text=NAME)).to_have_count(0)
    page.goto("/names")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ ghi nhớ").click()
    expect(page.get_by_text("Chưa ghi nhớ tên gọi nào.")).to_be_visible()


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_what_is_written_is_not_lost_by_a_slip(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page("/import", size=size)
    draft = bring_in(page, f"30{size[0]}/KH-UBND")
    page.goto(f"{draft}/rows/r0")
    page.get_by_label("Sản phẩm").press_sequentially("Báo cáo")
    asked: list[str] = []

    def stay(dialog) -> None:  # type: ignore[no-untyped-def]
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto(draft)
    assert asked == ["beforeunload"]
