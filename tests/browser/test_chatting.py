"""The chat in a real browser: said, answered, pressed, lost and found again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, TELEPHONE, Open


def say(page: Page, words: str) -> None:
    field = page.get_by_label("Tin nhắn của anh/chị")
    expect(field).to_be_focused()  # one can write at once, and again after sending
    page.keyboard.type(words)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("size", "who"),
    [(TELEPHONE, "Đầu mối Sở Nội vụ"), (DESK, "Đầu mối Sở Tài chính")],
    ids=["telephone", "desk"],
)
def test_a_report_is_answered_and_a_button_pressed(open_page: Open, size: tuple[int, int], who: str) -> None:
    page = open_page("/chat", who, size=size)
    before = page.locator(".said").count()
    say(page, "1a được 80%, chờ Sở Tư pháp")
    expect(page.locator(".own").last).to_contain_text("1a được 80%")
    expect(page.locator(".said")).to_have_count(before + 1)
    answer = page.locator(".said").last
    expect(answer).to_contain_text("80%")
    expect(answer).to_be_in_viewport()
    answer.get_by_role("button", name="Xong hẳn").click()
    expect(page.locator(".own").last).to_contain_text("Xong hẳn")
    expect(page.locator(".said")).to_have_count(before + 2)
    expect(page.locator(".said").last).to_contain_text("1.a")
    page.reload()
    expect(page.locator(".said")).to_have_count(before + 2)  # live and kept are the same
    expect(page.locator(".own").last).to_contain_text("Xong hẳn")


def test_a_second_window_of_the_same_person_sees_it_without_asking(open_page: Open) -> None:
    other = open_page("/chat", "Đầu mối Sở Xây dựng")
    theirs = other.locator(".own").count()  # the demo is everybody's here: what was said before stays
    desk = open_page("/chat", "Đầu mối Sở Y tế")
    telephone = open_page("/chat", "Đầu mối Sở Y tế", size=TELEPHONE)
    before = telephone.locator(".said").count()
    say(desk, "/viec")
    expect(telephone.locator(".said")).to_have_count(before + 1)
    other.reload()
    assert other.locator(".own").count() == theirs


def test_words_that_could_not_be_sent_are_kept_and_sent_again_once(open_page: Open) -> None:
    page = open_page("/chat", "Đầu mối Sở Ngoại vụ")
    before = page.locator(".said").count()

    def lose(route: Route) -> None:
        route.fetch()  # it arrived, and the answer was lost on the way
        route.abort()

    page.route("**/chat/say", lose)
    say(page, "/viec")
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    page.unroute("**/chat/say")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".said")).to_have_count(before + 1)
    page.reload()
    expect(page.locator(".said")).to_have_count(before + 1)
    open_page.troubles.clear()  # type: ignore[attr-defined]  # the browser logs the lost answer


def test_where_streams_do_not_get_through_the_page_asks(open_page: Open) -> None:
    page = open_page("/", "Đầu mối Thanh tra tỉnh")
    page.route("**/chat/stream*", lambda route: route.fulfill(status=503, body=""))
    page.goto("/chat")
    before = page.locator(".said").count()
    say(page, "/viec")
    expect(page.locator(".said")).to_have_count(before + 1)
    expect(page.get_by_role("status")).to_be_hidden()
    open_page.troubles.clear()  # type: ignore[attr-defined]  # the browser logs the refused stream


def test_enter_belongs_to_the_input_method_while_it_composes(open_page: Open) -> None:
    page = open_page("/chat", "Đầu mối Sở Công Thương")
    field = page.get_by_label("Tin nhắn của anh/chị")
    field.fill("được")
    before = page.locator(".own").count()
    field.evaluate(
        "f => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.keyboard.press("Shift+Enter")
    assert page.locator(".own").count() == before
    expect(field).to_have_value("được\n")


def test_the_newest_is_reached_when_one_reads_further_up(open_page: Open) -> None:
    page = open_page("/chat", "Đầu mối Sở Nông nghiệp", size=TELEPHONE)
    for _ in range(3):
        before = page.locator(".said").count()
        say(page, "/viec")
        expect(page.locator(".said")).to_have_count(before + 1)
    page.locator(".scroll").evaluate("s => { s.scrollTop = 0; }")
    other = open_page("/chat", "Đầu mối Sở Nông nghiệp")
    say(other, "/han")
    down = page.get_by_role("button", name="Có tin mới ở dưới")
    expect(down).to_be_visible()
    down.click()
    expect(page.locator(".said").last).to_be_in_viewport()
    expect(down).to_be_hidden()


def test_by_keyboard_a_button_is_reached_and_pressed(open_page: Open) -> None:
    page = open_page("/chat", "Đầu mối Sở Tư pháp")
    before = page.locator(".said").count()
    say(page, "/trogiup")
    expect(page.locator(".said")).to_have_count(before + 1)
    say(page, "1a 40%")
    expect(page.locator(".said")).to_have_count(before + 2)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Xong hẳn":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".own").last).to_contain_text("Xong hẳn")
    expect(page.get_by_label("Tin nhắn của anh/chị")).to_be_focused()


def test_following_up_begins_on_the_task_and_is_sent_from_the_chat(open_page: Open) -> None:
    page = open_page("/tasks/1")
    page.get_by_role("link", name="Đôn đốc trong mục Trao đổi").click()
    field = page.get_by_label("Tin nhắn của anh/chị")
    expect(field).to_have_value("/dondoc")
    expect(field).to_be_focused()  # the page is ready: before that a key would fall beside it
    before = page.locator(".said").count()
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_count(before + 1)
    expect(page.locator(".said").last.get_by_role("button", name=re.compile("Đôn đốc")).first).to_be_visible()
