"""The demo's bar: one is somebody, and time passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.workdays import WorkCalendar
from tests.town import at
from tests.web.office import Browser, Office
from web.demo import next_morning


class Controls:
    """A demo whose time merely jumps."""

    def __init__(self) -> None:
        self.at = at("2024-06-24 09:00")

    def people(self) -> list[tuple[int, str]]:
        return [(1, "Quản trị"), (3, "Đầu mối Sở Nội vụ")]

    def now(self) -> datetime:
        return self.at

    async def move_to(self, instant: datetime) -> None:
        self.at = instant

    def next_reminder(self) -> datetime | None:
        return at("2024-06-26 07:46")


@pytest.fixture
def controls() -> Controls:
    return Controls()


@pytest.fixture
def visitor(make_office: Callable[..., Office], controls: Controls) -> Browser:
    return make_office(demo=controls).browser()


def test_nobody_signs_in_and_one_begins_as_the_administrator(visitor: Browser) -> None:
    page = visitor.see("/")
    assert '<option value="1" selected>Quản trị' in page
    assert "09:00 thứ Hai 24/6/2024" in page
    visitor.see("/people")


def test_one_becomes_somebody_else_with_their_rights(visitor: Browser) -> None:
    visitor.see("/people")
    answer = visitor.submit("/demo/be", who="3", back="/people")
    assert answer.headers["location"] == "/"  # where everybody may be
    assert "Việc của cơ quan tôi" in visitor.see("/")
    visitor.see("/people", 403)
    assert visitor.submit("/demo/be", who="1", back="/chat").headers["location"] == "/chat"


@pytest.mark.parametrize("who", ["2", "99", "x", ""])
def test_one_can_only_be_who_is_offered(visitor: Browser, who: str) -> None:
    visitor.see("/")
    assert visitor.submit("/demo/be", who=who, back="/").status_code == 400
    visitor.cookies.set("dondoc_as", who, domain="testserver.local")
    assert '<option value="1" selected>' in visitor.see("/")


@pytest.mark.parametrize(
    ("fields", "then"),
    [
        ({"step": "hour"}, "2024-06-24 10:00"),
        ({"step": "morning"}, "2024-06-25 07:46"),
        ({"step": "reminder"}, "2024-06-26 07:46"),
        ({"at": "2024-07-01T08:30"}, "2024-07-01 08:30"),
        ({"at": "2020-01-01T00:00"}, "2024-06-24 09:00"),  # never backwards
    ],
)
def test_time_passes_as_asked(
    visitor: Browser, controls: Controls, fields: dict[str, str], then: str
) -> None:
    visitor.see("/chat")
    answer = visitor.submit("/demo/move", back="/chat", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")
    assert controls.at == at(then)


@pytest.mark.parametrize("when", ["", "tomorrow", "0000-00-00T00:00", "99999-01-01T00:00"])
def test_a_time_that_is_none_is_refused(visitor: Browser, controls: Controls, when: str) -> None:
    visitor.see("/")
    assert visitor.submit("/demo/move", back="/", at=when).status_code == 400
    assert controls.at == at("2024-06-24 09:00")


def test_a_form_of_another_site_moves_nothing(visitor: Browser, controls: Controls) -> None:
    assert visitor.post("/demo/move", data={"step": "hour"}).status_code == 403
    assert controls.at == at("2024-06-24 09:00")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2024-06-24 06:00", "2024-06-24 07:46"),
        ("2024-06-24 07:46", "2024-06-25 07:46"),
        ("2024-06-28 09:00", "2024-07-01 07:46"),
        ("2024-06-29 06:00", "2024-07-01 07:46"),
    ],
)
def test_the_next_morning_is_a_working_one(now: str, then: str) -> None:
    calendar = WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh"))
    found = next_morning(at(now), calendar)
    assert found == at(then)
    assert found - at(now) > timedelta(0)
