"""The browser chat as a channel: said once, answered, pressed, in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Block, Choice, Look, Message, text
from domain.officials import Address
from domain.phrases import say, verbatim
from domain.workdays import WorkCalendar
from storage.stores.browser import Written
from storage.stores.outbox_rows import OutboxRow
from tests.web.office import Browser, Office
from web.chat_lines import in_order, parts

JSON = {"Accept": "application/json"}


def chatting(office: Office, key: str = "focal") -> Browser:
    browser = office.browser(key)
    browser.see("/chat")
    return browser


def said(browser: Browser, update: str = "update-0001", **fields: str) -> dict[str, object]:
    data = {"form_token": browser.form_token, "update": update, **fields}
    answer = browser.post("/chat/say", data=data, headers=JSON)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def token(page: str, label: str) -> str:
    before = page[: page.rindex(f">{label}</button>")]
    return before.rsplit('value="', 1)[1].split('"')[0]


def test_a_report_is_understood_and_answered(office: Office) -> None:
    browser = chatting(office)
    assert said(browser, text="1a được 80%, chờ Sở Tài chính")["outcome"] == "done"
    assert office.woken == 1
    office.deliver()
    page = browser.see("/chat")
    assert page.index("1a được 80%, chờ Sở Tài chính</p>") < page.index("Đã ghi nhận")
    with office.db.begin() as uow:
        (reported,) = [a for a in uow.assignments.of_agencies(["snv"]) if a.percent]
    assert (reported.percent, reported.waits_for) == (80, "Sở Tài chính")


def test_the_same_words_sent_again_are_taken_once(office: Office) -> None:
    browser = chatting(office)
    assert said(browser, text="1a được 80%")["outcome"] == "done"
    assert said(browser, text="1a được 80%")["outcome"] == "duplicate"
    other = chatting(office, "other")  # whose own number may be the same
    assert said(other, text="5b được 20%")["outcome"] == "done"


def test_a_button_is_pressed_once_and_stands_in_the_history(office: Office) -> None:
    browser = chatting(office)
    said(browser, text="1a được 80%")
    office.deliver()
    pressed = token(browser.see("/chat"), "Xong hẳn")
    assert said(browser, update="update-0002", token=pressed)["outcome"] == "done"
    office.deliver()
    page = browser.see("/chat")
    assert "<p>Xong hẳn</p>" in page
    with office.db.begin() as uow:
        done = [a for a in uow.assignments.of_agencies(["snv"], open_only=False) if a.done_on]
    assert len(done) == 1


def test_used_up_buttons_are_not_shown_again(office: Office) -> None:
    browser = chatting(office)
    now, who = office.town.clock.now(), office.person("focal").id
    message = Message((Block(verbatim("Hỏi")),), (Choice(say("Done"), "cancel"),))
    with office.db.begin() as uow:
        row = uow.outbox.put(
            key="x", address=Address(0, who, "browser", "web", str(who)), priority=0, kind="reply",
            message=message, now=now,
        )  # fmt: skip
        assert row is not None
    office.deliver()
    assert f'value="{row}:0"' in browser.see("/chat")
    with office.db.begin() as uow:
        uow.outbox.close(row)
    assert f'value="{row}:0"' not in browser.see("/chat")


@pytest.mark.parametrize("token", ["1:0", "999999999:0", "1:999", "9999999999:0"])
def test_nobody_presses_what_was_not_said_to_them(office: Office, token: str) -> None:
    browser = chatting(office)
    said(browser, text="1a được 80%")
    office.deliver()
    other = chatting(office, "other")
    assert said(other, update="update-0003", token=token)["outcome"] == "stale"
    office.deliver()
    assert "Xong hẳn" not in other.see("/chat")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": " \n", "update": "update-0001"},
        {"text": "x", "update": "short"},
        {"text": "x", "update": "no/slash/here"},
        {"token": "1:0; drop", "update": "update-0001"},
        {"text": "x"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(office: Office, fields: dict[str, str]) -> None:
    browser = chatting(office)
    assert browser.submit("/chat/say", **fields).status_code == 400
    with office.db.begin() as uow:
        assert uow.inbox.count() == 0


def test_without_a_script_the_form_leads_back_to_the_chat(office: Office) -> None:
    answer = chatting(office).submit("/chat/say", text="/viec", update="update-0001")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat#newest")


def test_a_database_that_is_away_is_said_so_that_the_page_sends_again(office: Office) -> None:
    browser = chatting(office)

    class OperationalError(Exception):
        """As a driver would raise it."""

    OperationalError.__module__ = "sqlalchemy.exc"

    def away(*_: object) -> None:
        raise OperationalError

    office.context.inbox.accept = away  # type: ignore[method-assign,assignment]
    data = {"form_token": browser.form_token, "text": "1a xong", "update": "update-0001"}
    answer = browser.post("/chat/say", data=data, headers=JSON)
    assert answer.status_code == 500
    assert "Chưa thay đổi gì" in answer.json()["error"]


def test_a_page_asks_for_what_it_has_not_seen(office: Office) -> None:
    browser = chatting(office)
    said(browser, text="/viec")
    office.deliver()
    first = browser.get("/chat/messages?after=0").json()["messages"]
    assert "1.a Hoàn thành đủ các đầu việc" in first[-1]["html"]
    office.town.clock.set(office.town.clock.now() + timedelta(minutes=1))
    said(browser, update="update-0002", text="/han")
    office.deliver()
    office.town.clock.set(office.town.clock.now() + timedelta(minutes=1))
    said(browser, update="update-0003", text="/viec")
    office.deliver()
    then = browser.get("/chat/messages?after=0").json()["messages"]
    rest = browser.get(f"/chat/messages?after={then[1]['cursor']}").json()["messages"]
    assert [m["row"] for m in rest] == [
        m["row"] for m in then[1:]
    ]  # the last seen comes again: by its row it is known


def test_files_are_for_the_one_they_were_made_for(office: Office) -> None:
    who, now = office.person("focal").id, office.town.clock.now()
    with office.db.begin() as uow:
        kept = uow.files.save(who, "Báo cáo “tháng 6”.docx", "application/msword", b"doc", now)
        message = Message((Block(verbatim("Đây")),), file=str(kept))
        address = Address(0, who, "browser", "web", str(who))
        uow.outbox.put(key="f", address=address, priority=0, kind="reply", message=message, now=now)
    office.deliver()
    page = office.browser("focal").see("/chat")
    assert f'href="/files/{kept}"' in page
    answer = office.browser("focal").get(f"/files/{kept}")
    assert answer.content == b"doc"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o")
    assert office.browser("admin").get(f"/files/{kept}").status_code == 404


def test_prefilled_words_are_not_sent_by_looking(office: Office) -> None:
    assert ">/dondoc</textarea>" in office.browser("monitor").see("/chat?say=/dondoc")
    with office.db.begin() as uow:
        assert uow.inbox.count() == 0


# --- the order of lines

CALENDAR = WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh"))
START = datetime(2024, 6, 24, 2, 0, tzinfo=UTC)


def row(number: int, minute: int, answers: str = "") -> OutboxRow:
    at = START + timedelta(minutes=minute)
    return OutboxRow(
        id=number, key=f"reply:browser:web:{answers}" if answers else f"k{number}", official=1, address=1,
        channel="browser", bot="web", chat="1", priority=0, kind="reply", message=text(verbatim("m")),
        reply_to="", late=False, state="sent", created=at, not_before=at, attempts=1, sent_at=at,
        external_id="", final_text="", reason="", closed=False,
    )  # fmt: skip


def written(number: int, minute: int) -> Written:
    return Written(number, START + timedelta(minutes=minute), f"w{number}", f"u{number}")


def test_at_the_same_instant_an_answer_follows_its_question() -> None:
    lines = in_order(
        [written(1, 0), written(2, 0)], [row(1, 0, "u1"), row(2, 0, "u2"), row(3, 0)], CALENDAR, {}
    )
    assert [line.own or line.row for line in lines] == ["w1", 1, "w2", 2, 3]


@given(st.lists(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_nothing_is_lost_and_each_list_keeps_its_order(own: list[int], told: list[int]) -> None:
    mine = [written(n, minute) for n, minute in enumerate(sorted(own), 1)]
    theirs = [row(n, minute) for n, minute in enumerate(sorted(told), 1)]
    lines = in_order(mine, theirs, CALENDAR, {})
    assert [line.own for line in lines if line.own] == [w.text for w in mine]
    assert [line.row for line in lines if line.row] == [r.id for r in theirs]
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_items_that_follow_each_other_are_one_list() -> None:
    blocks = tuple(
        Block(verbatim(t), look)
        for t, look in (("a", Look.HEADING), ("b", Look.ITEM), ("c", Look.ITEM), ("d", Look.TEXT))
    )
    assert [(p.look, len(p.lines)) for p in parts(Message(blocks))] == [
        ("heading", 1),
        ("item", 2),
        ("text", 1),
    ]
