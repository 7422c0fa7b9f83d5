"""An export handed in by the door: read, told by row, counted; refused where it must be."""

from __future__ import annotations

from tests.web.office import Browser, Office
from web.guard import BODY_LIMIT, DOSSIER_LIMIT, UPLOADS

HEADS = "Mã hồ sơ,Cơ quan xử lý,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Trạng thái,Người nộp"
PERSON = "Trần Thị Bích Ngọc"
ROWS = (
    f"H34.16-240603-0001,Sở Nội vụ,3/6/2024,14/6/2024,13/6/2024,đã trả,{PERSON}",
    f"H34.16-240603-0002,Sở Nội vụ,3/6/2024,14/6/2024,17/6/2024,đã trả,{PERSON}",
    f"H34.16-240603-0003,Sở Tài chính,3/6/2024,21/6/2024,,đang xử lý,{PERSON}",
    f"1.001122,Sở Tài chính,3/6/2024,21/6/2024,,đang xử lý,{PERSON}",
)


def hand_in(browser: Browser, *rows: str, name: str = "thang6.csv") -> str:
    browser.see("/dossiers/imports")
    files = {"file": (name, "\n".join((HEADS, *rows)).encode())}
    answer = browser.post("/dossiers/imports", data={"form_token": browser.form_token}, files=files)
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    return location


def test_an_export_is_read_told_by_row_and_counted(office: Office) -> None:
    browser = office.browser("admin")
    page = browser.see(hand_in(browser, *ROWS))
    assert "Hồ sơ mới: 3," in page
    assert "Đây là mã thủ tục, không phải mã hồ sơ." in page
    assert 'http-equiv="refresh"' not in page
    assert PERSON not in page
    assert "thang6.csv" in browser.see("/dossiers/imports")
    month = office.browser("focal").see("/dossiers?month=6/2024")
    assert "50 %" in month
    assert "chưa giải quyết hồ sơ nào" in month
    assert "Dự báo cả tháng trễ" in month
    assert "/dossiers/imports" not in month
    assert "Chưa phát sinh" in office.browser("focal").see("/dossiers?month=5/2024")
    office.browser("focal").see("/dossiers?month=7/2024", 400)
    office.browser("focal").see("/dossiers?month=x", 400)


def test_what_cannot_be_read_says_why_on_its_own_page(office: Office) -> None:
    browser = office.browser("admin")
    browser.see("/dossiers/imports")
    files = {"file": ("x.xlsx", b"PK\x03\x04 broken")}
    answer = browser.post("/dossiers/imports", data={"form_token": browser.form_token}, files=files)
    assert "Tệp bảng tính bị hỏng" in browser.see(answer.headers["location"])
    assert "Bị ngắt giữa chừng" in browser.see("/dossiers/imports") or "bị ngắt" in browser.see(
        "/dossiers/imports"
    )


def test_progress_is_shown_while_it_is_read_and_a_second_export_waits(office: Office) -> None:
    browser = office.browser("admin")
    now = office.town.clock.now()
    with office.db.begin() as uow:
        number = uow.dossier_runs.start("folder", "lớn.csv", None, now)
        assert number
        uow.dossier_runs.beat(number, {"read": 120_000}, now)
    page = browser.see(f"/dossiers/imports/{number}")
    assert 'http-equiv="refresh"' in page
    assert "số dòng đã đọc: 120.000" in page
    browser.see("/dossiers/imports")
    files = {"file": ("x.csv", HEADS.encode())}
    answer = browser.post("/dossiers/imports", data={"form_token": browser.form_token}, files=files)
    assert answer.status_code == 400
    assert "Đang có một lượt nhập hồ sơ khác" in answer.text


def test_only_this_address_takes_so_much(office: Office) -> None:
    assert (UPLOADS["/dossiers/imports"], BODY_LIMIT) == (DOSSIER_LIMIT, 1024 * 1024)
    browser = office.browser("admin")
    browser.see("/dossiers/imports")
    too_long = {
        "Content-Length": str(DOSSIER_LIMIT + 1),
        "Content-Type": "multipart/form-data; boundary=x",
    }
    assert browser.post("/dossiers/imports", headers=too_long, content=b"x").status_code == 413


def test_a_target_on_dossiers_shows_what_the_dossiers_say(office: Office) -> None:
    with office.db.begin() as uow:
        (task,) = (t for t in uow.plans.tasks() if "không trễ hẹn" in " ".join(x.metric for x in t.targets))
        share = next(a.agency for a in uow.assignments.of_tasks([task.id]) if a.state.is_open)
    browser = office.browser("admin")
    assert "Theo hồ sơ tháng" not in browser.see(f"/tasks/{task.id}")
    hand_in(browser, ROWS[1].replace("Sở Nội vụ", share), ROWS[2].replace("Sở Tài chính", share))
    page = browser.see(f"/tasks/{task.id}")
    assert "Theo hồ sơ tháng 6/2024: 0/1 cơ quan đạt; chưa đạt:" in page
