"""Notices on the board: composed, looked at, approved, followed and called over."""

from __future__ import annotations

import dataclasses
import io

import pytest
from openpyxl import load_workbook

from domain.officials import Post, Role
from tests.web.office import Browser, Office

TEXT = "Họp trực tuyến 14h <b>chiều nay</b>"


@pytest.fixture
def desk(office: Office) -> Office:
    """An office where everybody reads in the browser, with a head who may approve."""
    now = office.town.clock.now()
    with office.db.begin() as uow:
        uow.people.save("chief", "Chánh Văn phòng", [Post("vp-ubnd", Role.HEAD)])
        for key in ("admin", "focal", "other", "chief"):
            person = uow.people.by_key(key)
            assert person is not None
            uow.people.add_address(person.id, "browser", "web", str(person.id), now)
    return office


def approve_above(office: Office, count: int) -> None:
    service = dataclasses.replace(office.context.service, notice_approve_above=count)
    object.__setattr__(office.context, "service", service)  # an office with another setting


def number(browser: Browser) -> str:
    browser.see("/notices")
    place = browser.submit("/notices").headers["location"]
    browser.see(place)
    return str(place)


def version_in(page: str) -> str:
    """Which version of the notice the page's form would change."""
    return page.split('name="version" value="')[1].split('"')[0]


def save(browser: Browser, place: str, **fields: str) -> str:
    """Fill the composer in; the page after it."""
    page = browser.see(place)
    version = version_in(page)
    values = {"version": version, "text": TEXT, "audience": "sở nội vụ", "wants_ack": "on", "do": "save"}
    answer = browser.submit(place, **{**values, **fields})
    assert answer.status_code == 303, answer.text[-800:]
    return browser.see(place)


def test_a_draft_is_filled_in_and_shown_as_each_channel_will(desk: Office) -> None:
    browser = desk.browser("admin")
    page = save(browser, number(browser), options="Tham dự\nVắng mặt", answer_by="2024-06-25T11:00")
    assert "Sở Nội vụ (đầu mối)" in page
    assert "Hạn trả lời: 11:00 25/6/2024" in page
    assert "Trò chuyện trên trang web: 1 người nhận" in page
    assert "Họp trực tuyến 14h &lt;b&gt;chiều nay&lt;/b&gt;" in page
    assert "<b>chiều nay" not in page
    assert "Đầu mối Sở Nội vụ" in page
    assert "Tham dự</span>" in page


def test_a_wrong_audience_is_seen_before_it_goes(desk: Office) -> None:
    browser = desk.browser("admin")
    place = number(browser)
    page = save(browser, place, audience="sở nội vụ, đội bóng")
    assert "Tôi chưa rõ “đội bóng” là gửi tới ai" in page
    assert "Gửi thông báo</button>" not in page
    version = version_in(page)
    browser.submit(f"{place}/act", do="doubt", option="", version=version)
    assert "Gửi thông báo</button>" in browser.see(place)


def test_of_two_who_edit_the_second_is_told(desk: Office) -> None:
    browser = desk.browser("admin")
    place = number(browser)
    save(browser, place)
    answer = browser.submit(place, version="1", text="khác", do="save")
    assert answer.status_code == 400
    assert "vừa được người khác sửa" in answer.text
    assert TEXT.partition(" <")[0] in browser.see(place)


def test_a_second_person_approves_and_the_roll_is_called(desk: Office) -> None:
    approve_above(desk, 0)
    browser = desk.browser("admin")
    place = number(browser)
    save(browser, place)
    page = save(browser, place, audience="", do="submit")
    assert "chờ duyệt" in page
    chief = desk.browser("chief")
    assert place in chief.see("/notices")
    page = chief.see(place)
    version = version_in(page)
    assert chief.submit(f"{place}/act", do="approve", version="1").status_code == 400
    assert chief.submit(f"{place}/act", do="approve", version=version).status_code == 303
    assert desk.browser("focal").get(place).status_code == 403
    desk.town.tick()
    desk.town.tick()
    page = browser.see(place)
    assert "đã gửi 1/1" in page
    assert "còn thiếu: 1" in page
    focal = desk.person("focal").id
    with desk.db.begin() as uow:
        (notice,) = uow.notices.newest(1)
        uow.notices.acknowledge(notice.id, focal, desk.town.clock.now())
    assert "còn thiếu: 0" in browser.see(place)
    book = browser.get(f"{place}/roll/xlsx")
    assert load_workbook(io.BytesIO(book.content)).worksheets[0].cell(2, 3).value == "Đầu mối Sở Nội vụ"
    assert browser.get(f"{place}/roll/docx").content[:2] == b"PK"


def test_an_author_cannot_approve_and_a_refusal_needs_a_reason(desk: Office) -> None:
    approve_above(desk, 0)
    browser = desk.browser("admin")
    place = number(browser)
    save(browser, place)
    page = save(browser, place, audience="", do="submit")
    version = version_in(page)
    assert "không tự duyệt" in browser.submit(f"{place}/act", do="approve", version=version).text
    chief = desk.browser("chief")
    chief.see(place)
    assert chief.submit(f"{place}/act", do="refuse", version=version, reason=" ").status_code == 400
    assert (
        chief.submit(f"{place}/act", do="refuse", version=version, reason="ghi rõ phòng").status_code == 303
    )
    assert "Bị trả lại: ghi rõ phòng" in browser.see(place)


def test_everybody_wants_the_count_typed(desk: Office) -> None:
    browser = desk.browser("admin")
    place = number(browser)
    page = save(browser, place, audience="tất cả")
    count = page.split("Gửi tới ")[1].split(" ")[0]
    version = version_in(page)
    fields = {"version": version, "text": TEXT, "wants_ack": "on", "do": "submit"}
    assert browser.submit(place, **fields).status_code == 400
    assert browser.submit(place, **fields, count="9999").status_code == 400
    assert browser.submit(place, **fields, count=count).status_code == 303
    assert "chờ gửi" in browser.see(place)


def test_files_are_known_by_their_content(desk: Office) -> None:
    browser = desk.browser("admin")
    place = number(browser)
    page = browser.see(place)
    version = version_in(page)

    def send(name: str, data: bytes) -> int:
        fields = {"form_token": browser.form_token, "version": version}
        return browser.post(f"{place}/file", data=fields, files={"file": (name, data)}).status_code

    assert send("cong-van.pdf", b"MZ not a letter") == 400
    assert send("trang.html", b"%PDF-1.7") == 400
    assert send("../cong-van-512.pdf", b"%PDF-1.7 ...") == 303
    assert "cong-van-512.pdf" in browser.see(place)


def test_readers_open_the_letter_and_nobody_else(desk: Office) -> None:
    browser = desk.browser("admin")
    place = number(browser)
    page = browser.see(place)
    version = version_in(page)
    fields = {"form_token": browser.form_token, "version": version}
    browser.post(f"{place}/file", data=fields, files={"file": ("512.pdf", b"%PDF-1.7 512")})
    save(browser, place)
    focal, other = desk.browser("focal"), desk.browser("other")
    with desk.db.begin() as uow:
        (notice,) = uow.notices.newest(1)
    letter = f"/files/{notice.files[0]}"
    assert focal.get(letter).status_code == 404  # it has not gone out
    save(browser, place, audience="", do="submit")
    desk.town.tick()
    assert focal.get(letter).content == b"%PDF-1.7 512"
    assert other.get(letter).status_code == 404
