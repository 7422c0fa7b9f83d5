"""Who gets in where: every address, for everybody."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from tests.web.office import Office

#: address → what each gets, in the order of WHO; a POST is sent with the person's own form token
WHO = (None, "idle", "focal", "monitor", "admin")
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/healthz"): (200, 200, 200, 200, 200),
    ("GET", "/readyz"): (503, 503, 503, 503, 503),  # no worker has run
    ("GET", "/metrics"): (403, 403, 403, 403, 403),  # not this machine, no token
    ("GET", "/join"): (200, 200, 200, 200, 200),
    ("POST", "/join"): (404, 404, 404, 404, 404),  # no code
    ("GET", "/f/1.9999999999.0"): (404, 404, 404, 404, 404),
    ("GET", "/join/NOSUCHCODE"): (404, 404, 404, 404, 404),
    ("GET", "/signin/NOSUCHCODE"): (404, 404, 404, 404, 404),
    ("POST", "/join/NOSUCHCODE"): (404, 404, 404, 404, 404),
    ("POST", "/signin/NOSUCHCODE"): (404, 404, 404, 404, 404),
    ("POST", "/signout"): (401, 403, 303, 303, 303),
    ("GET", "/"): (401, 403, 200, 200, 200),
    ("GET", "/plans/1"): (401, 403, 200, 200, 200),
    ("GET", "/tasks/1"): (401, 403, 200, 200, 200),
    ("GET", "/plans/99"): (401, 403, 404, 404, 404),
    ("GET", "/tasks/99999999999999999999"): (401, 403, 404, 404, 404),
    ("GET", "/chat"): (401, 403, 200, 200, 200),
    ("POST", "/chat/say"): (401, 403, 400, 400, 400),  # nothing said
    ("GET", "/chat/messages"): (401, 403, 200, 200, 200),
    ("GET", "/files/1"): (401, 403, 404, 404, 404),
    ("GET", "/drafts"): (401, 403, 403, 403, 200),
    ("GET", "/drafts/1"): (401, 403, 403, 403, 200),
    ("POST", "/drafts/1/confirm"): (401, 403, 403, 403, 303),  # confirmed already: there it is
    ("POST", "/drafts/1/reject"): (401, 403, 403, 403, 400),  # decided already
    ("GET", "/drafts/1/rows/r0"): (401, 403, 403, 403, 404),  # decided already
    ("POST", "/drafts/1/rows/r0"): (401, 403, 403, 403, 400),
    ("GET", "/drafts/1/duties/d0"): (401, 403, 403, 403, 404),  # decided already
    ("POST", "/drafts/1/duties/d0"): (401, 403, 403, 403, 400),
    ("POST", "/drafts/1/undo"): (401, 403, 403, 403, 400),
    ("GET", "/names"): (401, 403, 403, 403, 200),
    ("POST", "/names/forget"): (401, 403, 403, 403, 400),  # nothing named
    ("GET", "/import"): (401, 403, 403, 403, 200),
    ("POST", "/import"): (401, 403, 403, 403, 400),  # no file
    ("GET", "/people"): (401, 403, 403, 403, 200),
    ("POST", "/people/invite"): (401, 403, 403, 403, 404),  # nobody named
    ("POST", "/people/signout"): (401, 403, 403, 403, 404),
    ("GET", "/service"): (401, 403, 403, 403, 200),
    ("GET", "/dossiers"): (401, 403, 200, 200, 200),
    ("GET", "/dossiers/imports"): (401, 403, 403, 403, 200),
    ("POST", "/dossiers/imports"): (401, 403, 403, 403, 400),  # no file
    ("GET", "/dossiers/imports/99"): (401, 403, 403, 403, 404),
    ("GET", "/dossiers/late"): (401, 403, 200, 200, 200),
    ("POST", "/dossiers/late"): (401, 403, 403, 403, 403),  # the office's head or monitor
    ("GET", "/dossiers/late/99"): (401, 403, 404, 404, 404),
    ("POST", "/dossiers/late/99/object"): (401, 403, 404, 404, 404),
    ("POST", "/dossiers/late/99/decide"): (401, 403, 404, 404, 404),
    ("POST", "/dossiers/late/99/approve"): (401, 403, 404, 404, 404),
    ("GET", "/public/late"): (200, 200, 200, 200, 200),
    ("GET", "/public/late.json"): (404, 404, 404, 404, 404),  # nothing is out yet
    ("GET", "/public/late.csv"): (404, 404, 404, 404, 404),
    ("GET", "/public/late.svg"): (404, 404, 404, 404, 404),
    ("GET", "/public/late.docx"): (404, 404, 404, 404, 404),
    ("GET", "/notices"): (401, 403, 403, 403, 200),
    ("POST", "/notices"): (401, 403, 403, 403, 303),
    ("GET", "/notices/99"): (401, 403, 404, 404, 404),
    ("POST", "/notices/99"): (401, 403, 403, 403, 404),
    ("POST", "/notices/99/act"): (401, 403, 400, 400, 400),  # nothing chosen
    ("POST", "/notices/99/file"): (401, 403, 403, 403, 400),  # no file
    ("GET", "/notices/99/roll/xlsx"): (401, 403, 404, 404, 404),
    ("POST", "/demo/be"): (404, 404, 404, 404, 404),
    ("POST", "/demo/move"): (404, 404, 404, 404, 404),
    ("GET", "/static/style.css"): (200, 200, 200, 200, 200),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "path"), TABLE, ids=lambda x: x)
def test_everybody_gets_what_is_theirs(office: Office, who: str | None, method: str, path: str) -> None:
    browser = office.browser(who)
    if method == "POST":
        browser.see(
            "/chat" if who and who != "idle" and not path.startswith(("/join", "/signin")) else "/join"
        )
        answer = browser.submit(path)
    else:
        answer = browser.get(path)
    assert answer.status_code == TABLE[method, path][WHO.index(who)], answer.text[:300]


def test_no_address_is_missing_from_the_table(office: Office) -> None:
    streams = {("GET", "/chat/stream")}  # tests/web/test_live.py
    known = {(m, p.split("/")[1], p.count("/")) for m, p in TABLE.keys() | streams}
    for route in office.app.routes:
        if isinstance(route, Mount):
            continue
        assert isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}:
            assert (method, route.path.split("/")[1], route.path.count("/")) in known, route.path


def test_whoever_left_the_office_is_signed_out(office: Office) -> None:
    browser = office.browser("focal")
    browser.see("/")
    posts = office.person("focal").posts
    with office.db.begin() as uow:
        uow.people.save("focal", "Đầu mối Sở Nội vụ", posts, active=False)
    browser.see("/", 401)


def test_a_stranger_learns_nothing_but_how_to_get_in(office: Office) -> None:
    page = office.browser().see("/tasks/1", 401)
    assert "Anh/chị chưa đăng nhập" in page
    assert "CCHC" not in page
    assert "/people" not in page


def test_notes_are_shown_to_those_they_concern(office: Office) -> None:
    who = office.person("focal").id
    with office.db.begin() as uow:
        uow.people.add_address(who, "browser", "web", "focal", office.town.clock.now())
    office.town.says("focal", "1a được 80%, chờ Sở Tài chính duyệt kinh phí")
    for key in ("focal", "monitor", "admin"):
        assert "duyệt kinh phí" in office.browser(key).see("/tasks/1"), key
    page = office.browser("other").see("/tasks/1")
    assert "duyệt kinh phí" not in page
    assert "80%" in page
