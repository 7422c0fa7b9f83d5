"""A clerk goes through a draft: corrects, is shown what came of it, takes it back, confirms; names are remembered."""

from __future__ import annotations

import html
import re

from domain.plans import Task
from tests.web.office import PLAN, Browser, Office
from tests.web.test_drafts import SHORT, bring_in

UNKNOWN = SHORT.replace("Sở Tài chính, Sở Kế hoạch và Đầu tư", "Sở Kế hoạch Tổng hợp tỉnh")

LEAD = "|\nSở Tài chính, Sở Kế hoạch và Đầu tư\n|"
UNKNOWN_LEAD = SHORT.replace(LEAD, "|\nSở Kế hoạch Tổng hợp tỉnh\n|")


def row(browser: Browser, draft: str, words: str) -> str:
    """The address of the row with these words in it."""
    return _address(browser, draft, "rows", words)


def duty(browser: Browser, draft: str, words: str) -> str:
    """The address of the duty with these words in it."""
    return _address(browser, draft, "duties", words)


def _address(browser: Browser, draft: str, kind: str, words: str) -> str:
    page = html.unescape(browser.see(draft))
    for article in re.findall(r"<article.*?</article>", page, re.DOTALL):
        if words in article and (found := re.search(rf'href="(/drafts/\d+/{kind}/\w+)', article)):
            return found[1]
    raise AssertionError(f"no address among the {kind} with {words!r}")


def fields(page: str) -> dict[str, str]:
    """What the form of a row holds."""
    form = re.search(r'<form class="correct".*?</form>', page, re.DOTALL)
    assert form
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL)
    inputs = re.findall(r'<input[^>]*? name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(text) for name, text in (*texts, *inputs) if name != "form_token"}


def save(browser: Browser, address: str, do: str = "save", status: int = 303, **changed: str) -> str:
    """Open the row, change some fields, press a button; where that leads, or the page that says why not."""
    given = fields(browser.see(address)) | changed
    answer = browser.submit(address, do=do, **given)
    assert answer.status_code == status, answer.text
    return str(answer.headers.get("location", answer.text))


def tasks(office: Office, number: str = "3000/KH-UBND") -> list[Task]:
    with office.db.begin() as uow:
        return [
            t for p in uow.plans.all() if p.number == number for t in uow.plans.tasks([p.id]) if not t.is_duty
        ]


def test_a_cell_is_corrected_shown_back_and_used(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    address = row(browser, draft, "Hoàn thành đủ các đầu việc CCHC")
    there = save(browser, address, timeframe="Trước ngày 15/10/2024")
    assert there == f"{draft}#{address.rsplit('/', 1)[1]}"
    page = html.unescape(browser.see(draft))
    assert "thứ Ba 15/10/2024" in page
    assert "thứ Hai 14/10/2024" in page, "the last working day follows from the words"
    assert "“Trước ngày 15/10/2024”" in page, "the correction is listed"
    assert "Quản trị" in page
    assert fields(browser.see(address))["timeframe"] == "Trước ngày 15/10/2024", (
        "read again, it is still there"
    )
    browser.submit(f"{draft}/confirm")
    (task,) = [t for t in tasks(office) if t.title.startswith("Hoàn thành đủ các đầu việc CCHC")]
    assert task.frame.due_on is not None
    assert task.frame.due_on.isoformat() == "2024-10-15"
    assert task.frame.strict


def test_a_correction_is_taken_back_and_made_again(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    address = row(browser, draft, "Hoàn thành đủ các đầu việc CCHC")
    save(browser, address, title="Tên khác hẳn cho nhiệm vụ này", number="9.z")
    page = browser.see(draft)
    assert "Tên khác hẳn cho nhiệm vụ này" in page.split('id="corrections"')[0]
    (edit,) = re.findall(r'name="edit" value="(\d+)"', page)
    browser.submit(f"{draft}/undo", edit=edit, do="undo")
    page = browser.see(draft)
    assert "Tên khác hẳn" not in page.split('id="corrections"')[0]
    assert "Tên khác hẳn" in page, "what was undone stays in the list"
    assert browser.submit(f"{draft}/undo", edit=edit, do="undo").status_code == 400
    browser.submit(f"{draft}/undo", edit=edit, do="redo")
    assert "Tên khác hẳn" in browser.see(draft).split('id="corrections"')[0]


def test_of_two_who_change_one_row_the_second_is_told(office: Office) -> None:
    one, two = office.browser("admin"), office.browser("admin")
    draft = bring_in(one, SHORT)
    address = row(one, draft, "Hoàn thành đủ các đầu việc CCHC")
    other = row(one, draft, "Kết nối cơ sở")
    seen = fields(two.see(address))
    seen_other = fields(two.see(other))
    save(one, address, product="Báo cáo tháng")
    answer = two.submit(address, do="save", **(seen | {"product": "Quyết định"}))
    assert answer.status_code == 400
    assert "vừa thay đổi" in answer.text
    assert two.submit(other, do="save", **(seen_other | {"product": "Quyết định"})).status_code == 303
    page = one.see(draft)
    assert "Báo cáo tháng" in page


def test_rows_are_dropped_joined_and_added(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    before = browser.see(draft).count("<article")
    address = row(browser, draft, "Hoàn thành đủ các đầu việc CCHC")
    new = f"{draft}/rows/new?below={address.rsplit('/', 1)[1]}"
    given = fields(browser.see(new)) | {
        "title": "Báo cáo kết quả thực hiện hằng quý",
        "leads": "Sở Nội vụ",
        "timeframe": "Hằng quý",
    }
    there = browser.submit(f"{draft}/rows/new", do="add", **given)
    assert there.status_code == 303, there.text
    added = there.headers["location"].split("#")[1]
    page = html.unescape(browser.see(draft))
    assert page.count("<article") == before + 1
    assert page.index("Hoàn thành đủ các đầu việc") < page.index(f'id="{added}"')
    save(browser, f"{draft}/rows/{added}", do="join")
    page = html.unescape(browser.see(draft))
    assert page.count("<article") == before
    assert "Báo cáo kết quả thực hiện hằng quý" in page.split('id="corrections"')[0]
    save(browser, address, do="drop")
    assert browser.see(draft).count("<article") == before - 1
    browser.submit(f"{draft}/confirm")
    assert not [t for t in tasks(office) if "đầu việc CCHC" in t.title]


def test_an_unknown_name_is_chosen_once_and_known_ever_after(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, UNKNOWN)
    page = html.unescape(browser.see(f"{draft}?show=doubts"))
    assert "Sở Kế hoạch Tổng hợp tỉnh" in page
    address = row(browser, f"{draft}?show=doubts", "Sở Kế hoạch Tổng hợp tỉnh")
    page = browser.see(address)
    (mark,) = set(re.findall(r'name="mark" value="(\w+)"', page))
    assert 'name="remember" value="yes" checked' in page
    chosen = {"name": "Sở Kế hoạch Tổng hợp tỉnh", "other": "so ke hoach va dau tu", "remember": "yes"}
    answer = browser.submit(address, do="name", mark=mark, **chosen)
    assert answer.status_code == 303, answer.text
    assert (
        "Sở Kế hoạch Tổng hợp tỉnh”" not in browser.see(f"{draft}?show=doubts").split('id="corrections"')[0]
    )
    browser.submit(f"{draft}/confirm")
    led = [t for t in tasks(office) if t.extra["leads"] == "Sở Kế hoạch Tổng hợp tỉnh"]
    assert led
    with office.db.begin() as uow:
        assert {a.agency for a in uow.assignments.of_tasks([t.id for t in led])} == {"skhdt"}
    following = bring_in(browser, UNKNOWN.replace("3000/KH-UBND", "3001/KH-UBND"))
    page = html.unescape(browser.see(following))
    assert "Không tìm thấy đơn vị nào" not in page
    assert page.count("Sở Kế hoạch Tổng hợp tỉnh") >= 2
    names = browser.see("/names")
    assert "Sở Kế hoạch Tổng hợp tỉnh" in names
    assert "3000/KH-UBND" in names
    (alias,) = re.findall(r'name="alias" value="(\d+)"', names)
    browser.submit("/names/forget", alias=alias)
    assert "Sở Kế hoạch Tổng hợp tỉnh" not in browser.see("/names")
    again = bring_in(browser, UNKNOWN.replace("3000/KH-UBND", "3002/KH-UBND"))
    assert "Sở Kế hoạch Tổng hợp tỉnh”" in html.unescape(browser.see(f"{again}?show=doubts"))


def test_a_name_may_hold_for_one_row_only(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, UNKNOWN_LEAD)
    address = row(browser, f"{draft}?show=doubts", "Sở Kế hoạch Tổng hợp tỉnh")
    (mark,) = set(re.findall(r'name="mark" value="(\w+)"', browser.see(address)))
    chosen = {"name": "Sở Kế hoạch Tổng hợp tỉnh", "other": "Sở Kế hoạch và Đầu tư"}
    assert browser.submit(address, do="name", mark=mark, **chosen).status_code == 303
    assert "Sở Kế hoạch Tổng hợp tỉnh" not in browser.see("/names")
    browser.submit(f"{draft}/confirm")
    led = [t for t in tasks(office) if t.extra["leads"] == "Sở Kế hoạch Tổng hợp tỉnh"]
    assert {code for t in led for code in t.leads} == {"skhdt"}


def test_what_names_nobody_is_refused_and_nothing_changes(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, UNKNOWN_LEAD)
    address = row(browser, f"{draft}?show=doubts", "Sở Kế hoạch Tổng hợp tỉnh")
    (mark,) = set(re.findall(r'name="mark" value="(\w+)"', browser.see(address)))
    for chosen in (
        {"name": "Sở Kế hoạch Tổng hợp tỉnh", "other": "Sở Không Có Thật"},
        {"name": "Tên không có trong dòng", "other": "Sở Tài chính"},
        {"name": "Sở", "other": "Sở Tài chính", "remember": "yes"},
    ):
        assert browser.submit(address, do="name", mark=mark, **chosen).status_code == 400, chosen
    assert 'id="corrections"' not in browser.see(draft)
    with office.db.begin() as uow:
        assert uow.aliases.all() == []


def test_a_row_that_is_right_is_said_to_be_and_counts_no_more(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, UNKNOWN_LEAD)
    address = row(browser, f"{draft}?show=doubts", "Sở Kế hoạch Tổng hợp tỉnh")
    count = int(re.findall(r"chỉ xem chỗ cần kiểm tra (\d+)", browser.see(draft))[0])
    save(browser, address, do="settle")
    assert int(re.findall(r"chỉ xem chỗ cần kiểm tra (\d+)", browser.see(draft))[0]) == count - 1


def test_a_decided_draft_cannot_be_changed(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    address = row(browser, draft, "Hoàn thành đủ các đầu việc CCHC")
    seen = fields(browser.see(address))
    browser.submit(f"{draft}/confirm")
    browser.see(address, 404)
    assert browser.submit(address, do="save", **(seen | {"title": "Một tên khác"})).status_code == 400
    assert PLAN.count("CCHC")


def test_a_few_words_are_enough_to_find_the_agency(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, UNKNOWN_LEAD)
    address = row(browser, f"{draft}?show=doubts", "Sở Kế hoạch Tổng hợp tỉnh")
    page = browser.see(address)
    assert 'value="skhdt"' in page, "a name much like it is offered"
    (mark,) = set(re.findall(r'name="mark" value="(\w+)"', page))
    asked = {"name": "Sở Kế hoạch Tổng hợp tỉnh", "mark": mark}
    assert browser.submit(address, do="name", other="dac to xa khong co", **asked).status_code == 400
    offered = browser.submit(address, do="name", other="so va thong", **asked).headers["location"]
    page = browser.see(offered)
    assert 'value="skhcn"' not in page
    assert 'value="stttt"' in page
    assert browser.submit(address, do="name", other="ke hoach dau tu", **asked).status_code == 303
    assert "<article" not in browser.see(f"{draft}?show=doubts")


def test_a_duty_of_the_prose_is_corrected_taken_out_and_added(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    address = duty(browser, draft, "gửi báo cáo kết quả bước đầu")
    page = html.unescape(browser.see(address))
    assert "trước ngày 30 tháng 6 năm 2024" in page.split('id="words"')[0], "its sentence stands beside it"
    there = save(browser, address, who="Sở Tài chính", timeframe="Định kỳ trước ngày 20 hằng tháng")
    assert there == f"{draft}#{address.rsplit('/', 1)[1]}"
    page = html.unescape(browser.see(draft))
    assert "lặp lại hằng tháng" in page
    assert "“Định kỳ trước ngày 20 hằng tháng”" in page.split('id="corrections"')[1]
    (edit,) = re.findall(r'name="edit" value="(\d+)"', page)
    browser.submit(f"{draft}/undo", edit=edit, do="undo")
    assert fields(browser.see(address))["timeframe"] == "trước ngày 30 tháng 6 năm 2024"
    browser.submit(f"{draft}/undo", edit=edit, do="redo")
    save(browser, duty(browser, draft, "Thanh tra tỉnh"), do="drop")
    given = fields(browser.see(f"{draft}/duties/new"))
    given |= {"who": "Sở Nội vụ", "what": "Công bố bảng điểm", "timeframe": "Hằng quý"}
    assert browser.submit(f"{draft}/duties/new", do="add", **(given | {"who": " "})).status_code == 400
    assert browser.submit(f"{draft}/duties/new", do="add", **given).status_code == 303
    browser.submit(f"{draft}/confirm")
    with office.db.begin() as uow:
        plan = next(p for p in uow.plans.all() if p.number == "3000/KH-UBND")
        duties = [t for t in uow.plans.tasks([plan.id]) if t.is_duty]
    (report,) = [t for t in duties if "kết quả bước đầu" in t.title]
    assert (report.leads, report.frame.recurs, report.frame.recurs_on) == (("stc",), "monthly", ("20",))
    assert [t.frame.recurs for t in duties if t.title == "Công bố bảng điểm"] == ["quarterly"]
    assert not [t for t in duties if t.leads == ("ttr",)]


def test_a_name_in_a_duty_is_said_once_and_remembered(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    address = duty(browser, draft, "gửi báo cáo kết quả bước đầu")
    save(browser, address, who="Sở Kế hoạch Tổng hợp tỉnh")
    assert "Sở Kế hoạch Tổng hợp tỉnh" in browser.see(f"{draft}?show=doubts")
    save(browser, address, do="name", name="Sở Kế hoạch Tổng hợp tỉnh", agency="skhdt", remember="yes")
    assert not re.search(r'class="doubt"', browser.see(address))
    assert "Sở Kế hoạch Tổng hợp tỉnh" in html.unescape(browser.see("/names"))
    assert browser.submit(address, do="join").status_code == 400
