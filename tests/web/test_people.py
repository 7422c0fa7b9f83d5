"""Invitations are shown once and work; sessions can be ended."""

import re
from collections.abc import Callable

from tests.web.office import Office


def test_an_invitation_leads_in(make_office: Callable[..., Office]) -> None:
    office = make_office(public_url="http://dondoc.example")
    browser = office.browser("admin")
    browser.see("/people")
    answer = browser.submit("/people/invite", who=str(office.person("other").id))
    found = re.search(r"http://dondoc\.example/join/([A-Z2-9]{10})", answer.text)
    assert found
    assert "data:image/svg+xml" in answer.text
    stranger = office.browser()
    assert "Đầu mối Sở Tài chính" in stranger.see(f"/join/{found[1]}")


def test_links_never_follow_what_a_request_says_of_its_host(make_office: Callable[..., Office]) -> None:
    office = make_office(public_url="http://dondoc.example")
    browser = office.browser("admin")
    browser.see("/people")
    data = {"form_token": browser.form_token, "who": str(office.person("other").id)}
    answer = browser.post("/people/invite", data=data, headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text


def test_all_sessions_of_a_person_end_at_once(office: Office) -> None:
    telephone, desk = office.browser("focal"), office.browser("focal")
    telephone.see("/")
    admin = office.browser("admin")
    admin.see("/people")
    assert admin.submit("/people/signout", who=str(office.person("focal").id)).status_code == 303
    telephone.see("/", 401)
    desk.see("/", 401)
    admin.see("/people")


def test_people_are_found_without_marks_and_by_agency(office: Office) -> None:
    browser = office.browser("admin")
    page = browser.see("/people?find=so tai chinh")
    assert "Đầu mối Sở Tài chính" in page
    assert "Theo dõi Sở Nội vụ" not in page
    assert "Không tìm thấy ai" in browser.see("/people?find=xyz")


def test_nobody_who_is_not_there_is_invited(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/people")
    for who in ("0", "999", "x", "99999999999", "-1"):
        assert browser.submit("/people/invite", who=who).status_code == 404, who
