"""Getting in: codes work once, are shown by a GET and used by a POST, and guessing is limited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.requests import Request

from tests.web.office import Office
from web.entry import MAX_WRONG, network


def test_an_invitation_is_shown_then_used_once(office: Office) -> None:
    code, browser = office.invite("focal"), office.browser()
    for _ in range(3):  # messengers fetch links before people press them
        page = browser.see(f"/join/{code}")
    assert "Lời mời dành cho Đầu mối Sở Nội vụ" in page
    assert "Anh/chị phụ trách: Sở Nội vụ" in page
    answer = browser.submit(f"/join/{code}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    assert office.woken == 1
    office.deliver()
    assert "Kính chào Đầu mối Sở Nội vụ" in browser.see("/chat")
    again = office.browser()
    again.see(f"/join/{code}", 404)
    assert again.submit(f"/join/{code}").status_code == 403  # there was no form to post


def test_joining_makes_the_browser_an_address_and_signing_in_does_too(office: Office) -> None:
    for key, purpose, path in (("focal", "join", "/join"), ("other", "signin", "/signin")):
        code, browser = office.invite(key, purpose), office.browser()
        browser.see(f"{path}/{code}")
        assert browser.submit(f"{path}/{code}").status_code == 303
        chat = str(office.person(key).id)
        with office.db.begin() as uow:
            who = uow.people.official_at("browser", "web", chat)
        assert who is not None
        assert who.key == key


def test_the_link_of_the_chat_command_signs_in(office: Office) -> None:
    who = office.person("focal").id
    with office.db.begin() as uow:
        code = uow.sessions.link(who, office.town.clock.now())
    browser = office.browser()
    assert "Đăng nhập với tên Đầu mối Sở Nội vụ" in browser.see(f"/signin/{code}")
    assert browser.submit(f"/signin/{code}").headers["location"] == "/"
    assert "Việc của cơ quan tôi" in browser.see("/")
    office.browser().see(f"/signin/{code}", 404)


def test_a_code_of_one_purpose_is_worth_nothing_for_the_other(office: Office) -> None:
    office.browser().see(f"/signin/{office.invite('focal')}", 404)
    office.browser().see(f"/join/{office.invite('focal', 'signin')}", 404)


@pytest.mark.parametrize("code", ["expired", "KHONGCO234", "0000000000", "x" * 500, "%00", "ABCDEFGH"])
def test_wrong_and_expired_codes_get_a_polite_page(office: Office, code: str) -> None:
    if code == "expired":
        code = office.invite("focal")
        office.town.clock.set(office.town.clock.now() + timedelta(hours=73))
    page = office.browser().see(f"/join/{code}", 404)
    assert "Mã này không dùng được" in page
    assert "Chưa thay đổi gì" in page


def test_guessing_is_limited_by_address_and_others_are_not_hindered(office: Office) -> None:
    code, guesser = office.invite("focal"), office.browser(address="203.0.113.9")
    guesser.see(f"/join/{code}")
    for _ in range(MAX_WRONG):
        guesser.see("/join/KHONGCO234", 404)
    page = guesser.see(f"/join/{code}", 429)
    assert "Nhập sai mã quá nhiều lần" in page
    assert "vẫn còn hiệu lực" in page
    assert guesser.submit(f"/join/{code}").status_code == 429
    office.browser(address="203.0.113.10").see(f"/join/{code}")
    office.town.clock.set(office.town.clock.now() + timedelta(hours=1, minutes=1))
    guesser.see(f"/join/{code}")


def test_posting_wrong_codes_counts_too(office: Office) -> None:
    browser = office.browser()
    browser.see("/join")
    for _ in range(MAX_WRONG):
        assert browser.submit("/join/KHONGCO234").status_code == 404
    assert browser.submit("/join/KHONGCO234").status_code == 429


def test_a_code_on_paper_is_typed_in_any_case(office: Office) -> None:
    code, browser = office.invite("focal"), office.browser()
    browser.see("/join")
    assert browser.submit("/join", code=f" {code.lower()} ").headers["location"] == f"/join/{code}"


def test_whoever_is_signed_in_is_named_and_replaced(office: Office) -> None:
    browser, code = office.browser("admin"), office.invite("focal")
    old = browser.cookies["dondoc"]
    assert "đang đăng nhập bằng tài khoản Quản trị" in browser.see(f"/join/{code}")
    browser.submit(f"/join/{code}")
    with office.db.begin() as uow:
        assert uow.sessions.official(old, office.town.clock.now()) is None
        now = uow.sessions.official(browser.cookies["dondoc"], office.town.clock.now())
    assert now is not None
    assert now.key == "focal"


def test_signing_out_ends_the_session_itself(office: Office) -> None:
    browser = office.browser("focal")
    token = browser.cookies["dondoc"]
    browser.see("/")
    assert browser.submit("/signout").status_code == 303
    with office.db.begin() as uow:
        assert uow.sessions.official(token, office.town.clock.now()) is None
    browser.see("/", 401)


def test_a_messenger_that_takes_codes_in_links_is_offered(make_office: Callable[..., Office]) -> None:
    class Starts:
        name = "telegram"

        def join_link(self, code: str) -> str:
            return f"https://t.me/dondoc_bot?start={code}"

    office = make_office()
    office.town.channels.append(Starts())  # type: ignore[arg-type]
    code = office.invite("focal")
    page = office.browser().see(f"/join/{code}")
    assert f'<a href="https://t.me/dondoc_bot?start={code}" rel="noreferrer">Mở Telegram</a>' in page


@pytest.mark.parametrize(
    ("host", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("unix", "unix"), (None, "")],
)
def test_an_ipv6_customer_is_one_address(host: str | None, counted: str) -> None:
    scope = {"type": "http", "client": (host, 1) if host else None, "headers": []}
    assert network(Request(scope)) == counted
