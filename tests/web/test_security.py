"""What a hostile page, a hostile body or a hostile path cannot do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.office import Office
from web.guard import BODY_LIMIT, UPLOAD_LIMIT
from web.tokens import derive, local_path, same

POSTS = ("/chat/say", "/signout", "/people/invite", "/people/signout", "/drafts/1/reject", "/import")


@pytest.mark.parametrize("path", POSTS)
def test_a_form_of_another_site_does_nothing(office: Office, path: str) -> None:
    browser = office.browser("admin")
    assert browser.post(path, data={"text": "1a xong", "update": "a" * 12}).status_code == 403
    other = office.browser("monitor")
    other.see("/chat")
    stolen = {"form_token": other.form_token, "text": "1a xong", "update": "a" * 12}
    assert browser.post(path, data=stolen).status_code == 403
    browser.see("/chat")
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.post(path, data={"form_token": browser.form_token}, headers=headers)
    assert answer.status_code == 403
    assert "Biểu mẫu đã cũ" in answer.text
    with office.db.begin() as uow:
        assert uow.inbox.count() == 0
        assert uow.sessions.official(browser.cookies["dondoc"], office.town.clock.now())


def test_nobody_is_signed_in_by_another_sites_form(office: Office) -> None:
    code = office.invite("focal")
    victim = office.browser()
    assert victim.post(f"/join/{code}", data={"form_token": "x"}).status_code == 403
    attacker = office.browser()
    attacker.see(f"/join/{code}")
    assert victim.post(f"/join/{code}", data={"form_token": attacker.form_token}).status_code == 403
    assert "dondoc" not in victim.cookies
    victim.see(f"/join/{code}")  # not used up


@pytest.mark.parametrize("path", ["/", "/chat", "/nothing-here", "/static/style.css", "/healthz"])
def test_the_browser_is_told_to_run_nothing_foreign(office: Office, path: str) -> None:
    answer = office.browser("admin").get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/plans/1", "/tasks/1", "/chat", "/drafts/1", "/people", "/import"])
def test_pages_hold_no_inline_script_or_style(office: Office, path: str) -> None:
    page = office.browser("admin").see(path)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_cookies_are_kept_from_scripts_and_other_sites(make_office: Callable[..., Office]) -> None:
    office = make_office(public_url="https://dondoc.example")
    browser = office.browser()
    browser.base_url = "https://testserver"  # type: ignore[assignment]
    code = office.invite("focal")
    browser.see(f"/join/{code}")
    cookie = browser.submit(f"/join/{code}").headers["set-cookie"]
    assert cookie.startswith("__Host-dondoc=")
    for wanted in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert wanted in cookie


def test_what_is_too_large_is_refused_before_it_is_read(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/chat")
    read = 0

    def body():  # type: ignore[no-untyped-def]
        nonlocal read
        for _ in range(200):
            read += 1
            yield b"x" * 65536

    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Form-Token": browser.form_token}
    answer = browser.post("/chat/say", content=body(), headers=headers | {"Content-Length": "99999999999"})
    assert answer.status_code == 413
    assert "Nội dung quá lớn" in answer.text
    answer = browser.post("/chat/say", content=body(), headers=headers)  # a length that lies
    assert answer.status_code == 413


def test_a_document_may_be_larger_than_words_but_not_endless(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/import")
    files = {"file": ("x.txt", b"x" * (BODY_LIMIT + 1000))}
    assert browser.post("/import", data={"form_token": browser.form_token}, files=files).status_code != 413
    files = {"file": ("x.txt", b"x" * (UPLOAD_LIMIT + 1))}
    assert browser.post("/import", data={"form_token": browser.form_token}, files=files).status_code == 413


def test_a_failure_shows_no_traceback_and_keeps_its_headers(office: Office) -> None:
    office.db.engine.dispose()
    browser = office.browser("admin")
    office.context.service.db.begin = None  # type: ignore[method-assign]
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text
    assert "content-security-policy" in answer.headers


def test_words_are_words_and_never_markup(office: Office) -> None:
    browser = office.browser("focal")
    browser.see("/chat")
    browser.submit("/chat/say", text="<script>alert(1)</script>", update="a" * 12)
    page = browser.see("/chat")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&#34;&gt;&lt;b&gt;" in browser.see('/chat?say="><b>')


@given(st.text())
def test_nobody_is_sent_to_another_site(path: str) -> None:
    found = local_path(path)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert "\\" not in found
    assert ":" not in found


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "/%2f", "/a\nb", ""]
)
def test_hostile_ways_back_lead_to_the_board(path: str) -> None:
    assert local_path(path) == "/"


def test_a_token_is_for_one_purpose_and_one_session() -> None:
    assert not same(derive(b"k", "form", "a"), derive(b"k", "form", "b"))
    assert not same(derive(b"k", "form", ""), derive(b"k", "metrics", ""))
    assert same(derive(b"k", "form", "a"), derive(b"k", "form", "a"))
    assert not same("đ", derive(b"k", "form"))
