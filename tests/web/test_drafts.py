"""A document comes in by the door, is looked at, and becomes work only by a person's yes."""

from __future__ import annotations

from tests.bot.test_plan_carry import AMENDING
from tests.web.office import PLAN, Browser, Office

SHORT = PLAN.replace("2164/KH-UBND", "3000/KH-UBND")


def bring_in(browser: Browser, words: str, name: str = "plan.txt") -> str:
    browser.see("/import")
    files = {"file": (name, words.encode())}
    answer = browser.post("/import", data={"form_token": browser.form_token}, files=files)
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    return location


def plans(office: Office) -> list[str]:
    with office.db.begin() as uow:
        return [plan.number for plan in uow.plans.all()]


def test_a_document_becomes_a_draft_and_by_a_yes_a_plan(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    page = browser.see(draft)
    assert "Văn bản gốc" in page
    assert "Điểm số và thứ hạng của tỉnh ở ba bộ chỉ số năm 2023" in page  # the original's own text
    assert "Hoàn thành đủ các đầu việc CCHC" in page
    assert plans(office) == ["2164/KH-UBND"]
    answer = browser.submit(f"{draft}/confirm")
    assert answer.headers["location"] == "/plans/2"
    assert plans(office) == ["2164/KH-UBND", "3000/KH-UBND"]
    assert "Dự thảo này đã được xác nhận" in browser.see(draft)


def test_doubts_stand_beside_what_they_are_about(office: Office) -> None:
    browser = office.browser("admin")
    page = browser.see(bring_in(browser, SHORT.replace("Sở Kế hoạch và Đầu tư", "Sở Không Có Thật")))
    assert 'class="doubt"' in page
    assert "doubtful" in page


def test_what_the_document_does_not_say_is_asked_for(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT.replace("Số: 3000/KH-UBND", "").replace("3000/KH-UBND", ""))
    assert 'name="number"' in browser.see(draft)
    assert browser.submit(f"{draft}/confirm").status_code == 400
    assert browser.submit(f"{draft}/confirm", number="77/KH-UBND").status_code == 303
    assert "77/KH-UBND" in plans(office)


def test_a_rejected_draft_stays_rejected(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    browser.see(draft)
    assert browser.submit(f"{draft}/reject").headers["location"] == "/drafts"
    assert browser.submit(f"{draft}/confirm").status_code == 400
    assert plans(office) == ["2164/KH-UBND"]


def test_the_same_document_again_shows_what_would_change(office: Office) -> None:
    browser = office.browser("admin")
    changed = PLAN.replace("Hoàn thành trong năm 2024", "Hoàn thành trước ngày 30 tháng 9 năm 2024", 1)
    assert changed != PLAN
    page = browser.see(bring_in(browser, changed))
    assert "Nếu xác nhận lần này, các điểm sau sẽ thay đổi" in page


def test_a_secret_document_is_refused_and_nothing_of_it_is_shown_or_kept(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/import")
    files = {"file": ("ke-hoach-tac-chien.txt", "TỐI MẬT\n\nKế hoạch tác chiến".encode())}
    answer = browser.post("/import", data={"form_token": browser.form_token}, files=files)
    assert answer.status_code == 400
    assert "tác chiến" not in answer.text
    assert "ke-hoach-tac-chien" not in answer.text
    with office.db.begin() as uow:
        assert len(uow.plans.drafts(open_only=False)) == 1


def test_what_cannot_be_read_says_why(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/import")
    files = {"file": ("x.pdf", b"%PDF-1.4 broken")}
    answer = browser.post("/import", data={"form_token": browser.form_token}, files=files)
    assert answer.status_code == 400
    assert "Không thực hiện được" in answer.text


def test_a_date_that_is_none_is_refused(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, SHORT)
    browser.see(draft)
    assert browser.submit(f"{draft}/confirm", issued_on="32/13/2024").status_code == 400


ROWS = """| 1.a | Hoàn thành đủ các đầu việc CCHC của năm 2024 đã giao tại Quyết định số 617/QĐ-UBND ngày 12 tháng 12 năm 2023 | Các sở, ban ngành, địa phương; các cơ quan liên quan | Trước ngày 30/11/2024 |
| 8 | Công khai kết quả khắc phục trên Cổng thông tin điện tử tỉnh | Sở Nội vụ | Quý IV/2024 |"""


def test_an_amending_document_shows_what_it_changes_and_applies_it(office: Office) -> None:
    browser = office.browser("admin")
    draft = bring_in(browser, AMENDING.format(rows=ROWS), "sua-doi.md")
    page = browser.see(draft)
    assert "Văn bản này sửa đổi, bổ sung" in page
    assert "<del>Năm 2024</del> → <ins>Trước ngày 30/11/2024</ins>" in page
    assert "1 nội dung thay đổi" in page
    assert "1 nội dung mới" in page
    assert browser.submit(f"{draft}/confirm", reach="part").headers["location"] == "/plans/1"
    assert plans(office) == ["2164/KH-UBND"]
    page = browser.see("/plans/1")
    assert "thứ Bảy 30/11/2024" in page
    assert "Công khai kết quả khắc phục" in page
