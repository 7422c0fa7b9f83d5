"""The list of late dossiers by the door: objected to, decided, approved, and read by everybody."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from docx import Document

from bot.late_lists import draft
from domain.officials import Post, Role
from tests.web.office import Office
from tests.web.test_dossiers import PERSON, ROWS, hand_in


@pytest.fixture
def published(office: Office) -> Office:
    """Two agencies have late dossiers; it is 2 July, and one has objected to both of its rows by the door."""
    office.town.clock.set(office.town.clock.now().replace(month=7, day=2))
    with office.db.begin() as uow:
        uow.people.save("boss", "Lãnh đạo Văn phòng", [Post("vp-ubnd", Role.HEAD)])
    more = (
        f"H34.16-240603-1{n:03},Sở Nội vụ,3/6/2024,14/6/2024,13/6/2024,đã trả,{PERSON}" for n in range(24)
    )
    hand_in(office.browser("admin"), *ROWS, *more)
    with office.db.begin() as uow:
        draft(uow, office.town.service, 202406, office.town.clock.now())
    return office


def test_objected_decided_approved_and_read_by_everybody(published: Office) -> None:
    office = published
    assert "Chưa có danh sách" in office.browser().see("/public/late")
    focal, boss = office.browser("focal"), office.browser("boss")
    page = focal.see("/dossiers/late/1")
    assert "H34.16-240603-0002" in page
    assert "H34.16-240603-0003" not in page  # another agency's
    assert "Phê duyệt" not in page
    (row,) = re.findall(r'name="row" value="(\d+)"', page)
    assert focal.submit("/dossiers/late/1/object", row=row, reason=" ").status_code == 400
    assert focal.submit("/dossiers/late/1/object", row=row, reason="<i>đã trả</i>").status_code == 303
    assert "&lt;i&gt;đã trả" in focal.see("/dossiers/late/1")
    other = office.browser("other")
    other.see("/dossiers/late/1")
    assert other.submit("/dossiers/late/1/object", row=row, reason="x").status_code == 403
    assert other.submit("/dossiers/late/1/decide", row=row, decision="out").status_code == 403
    assert other.submit("/dossiers/late/1/approve").status_code == 403
    assert boss.see("/dossiers/late/1").count("<tr>") == 3
    assert boss.submit("/dossiers/late/1/approve").status_code == 400  # agencies still have their time
    office.town.clock.set(office.town.clock.now().replace(day=5))
    office.town.tick()
    assert "Phê duyệt, công khai" in boss.see("/dossiers/late/1")
    assert boss.submit("/dossiers/late/1/approve").status_code == 303
    assert boss.submit("/dossiers/late/1/decide", row=row, decision="out").status_code == 400  # it is out

    stranger = office.browser()
    answer = stranger.get("/public/late")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in answer.headers
    again = stranger.get("/public/late", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    for text in (answer.text, stranger.see("/public/late?month=6/2024&lang=en")):
        assert "H34.16" not in text
        assert PERSON not in text
    assert "Cơ quan, đơn vị có hồ sơ trễ hạn" in answer.text
    assert "Agencies with late dossiers" in stranger.see("/public/late?lang=en")
    for bad in ("month=5/2024", "month=x", "month=13/2024", "month=99999"):
        stranger.see(f"/public/late?{bad}", 404)


def test_every_form_says_the_same(published: Office) -> None:
    office = published
    office.town.clock.set(office.town.clock.now().replace(day=5))
    office.town.tick()
    boss, stranger = office.browser("boss"), office.browser()
    boss.see("/dossiers/late/1")
    boss.submit("/dossiers/late/1/approve")
    data = json.loads(stranger.see("/public/late.json"))
    found = {a["code"]: (a["rank"], a["resolved"], a["late"], a["open_overdue"]) for a in data["agencies"]}
    assert found == {"snv": (1, 26, 1, 0), "stc": (None, 0, 0, 1)}
    assert data["month"] == "2024-06"
    rows = list(csv.reader(io.StringIO(stranger.get("/public/late.csv").content.decode("utf-8-sig"))))
    assert [row[2:6] for row in rows[1:]] == [["Sở Nội vụ", "26", "1", "0"], ["Sở Tài chính", "0", "0", "1"]]
    word = Document(io.BytesIO(stranger.get("/public/late.docx").content))
    assert [[cell.text for cell in t.rows[1].cells][1:5] for t in word.tables] == [
        row[2:6] for row in rows[1:]
    ]
    picture = stranger.get("/public/late.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    texts = [e.text for e in ElementTree.fromstring(picture.text).iter("{http://www.w3.org/2000/svg}text")]
    assert "Sở Nội vụ" in texts
    assert "1 + 0" in texts
    assert "style=" not in picture.text


def test_a_correction_shows_both_versions_and_why(published: Office) -> None:
    office = published
    office.town.clock.set(office.town.clock.now().replace(day=5))
    office.town.tick()
    boss = office.browser("boss")
    boss.see("/dossiers/late/1")
    boss.submit("/dossiers/late/1/approve")
    tag = office.browser().get("/public/late").headers["etag"]
    boss.see("/dossiers/late")
    assert boss.submit("/dossiers/late", month="6/2024").status_code == 400  # why?
    hand_in(
        office.browser("admin"), f"H34.16-240603-0002,Sở Nội vụ,3/6/2024,14/6/2024,14/6/2024,đã trả,{PERSON}"
    )
    boss.see("/dossiers/late")
    made = boss.submit("/dossiers/late", month="6/2024", reason="Hệ thống cập nhật chậm")
    assert made.headers["location"] == "/dossiers/late/2"
    assert "Sở Nội vụ" in office.browser().see("/public/late")
    boss.see("/dossiers/late/2")
    boss.submit("/dossiers/late/2/approve")
    answer = office.browser().get("/public/late")
    assert answer.headers["etag"] != tag
    assert "Sở Nội vụ" not in answer.text
    assert "Bản 2, đính chính: Hệ thống cập nhật chậm" in answer.text
    assert "Bản 1." in answer.text
