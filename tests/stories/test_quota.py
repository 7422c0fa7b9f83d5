"""A bot whose messages are counted: it is said in time, what can go elsewhere goes, and answers never stop."""

from dataclasses import replace

import pytest

from domain.messages import Priority, text
from domain.phrases import verbatim
from storage.unit_of_work import Database
from tests.stories.conftest import PEOPLE
from tests.town import Town, Wireless, at

MORNING = "2026-01-28 08:00"
ONE, BOTH = "dm-stp", "dm-stc"


@pytest.fixture
def town(database: Database) -> Town:
    """Everybody on a bot with a hundred messages a month; one of them on another bot too."""
    counted, free = Wireless("zalo", "9"), Wireless("telegram", "1")
    counted.traits = replace(counted.traits, buttons=False, month_quota=100, people=6)
    town = Town(database, MORNING, [counted, free])
    town.settle(*PEOPLE)
    with town.db.begin() as uow:
        who = uow.people.by_key(BOTH)
        assert who is not None
        uow.people.add_address(who.id, "telegram", "1", BOTH, at(MORNING))
        uow.people.set_prefers(who.id, "zalo")
    return town


def put(town: Town, who: str, words: str, priority: Priority) -> None:
    with town.db.begin() as uow:
        person = uow.people.by_key(who)
        assert person is not None
        (address,) = [a for a in uow.people.addresses([person.id])[person.id] if a.channel == "zalo"]
        uow.outbox.put(
            key=f"{who}:{words}", address=address, priority=priority, kind="told", now=town.clock.now(),
            message=text(verbatim(words)),
        )  # fmt: skip


def used(town: Town, count: int) -> None:
    with town.db.begin() as uow:
        uow.quotas.add("zalo", "9", town.service.calendar.local_date(town.clock.now()), count, 100)


def reached(town: Town, by: int) -> list[tuple[str, str]]:
    return [(who, wire.text) for who, wire in town.channels[by].sent]


def test_what_goes_out_is_counted(town: Town) -> None:
    put(town, ONE, "Tin một", Priority.REMINDER)
    town.deliver()
    town.says(ONE, "/ngonngu vi")
    with town.db.begin() as uow:
        (quota,) = uow.quotas.latest(at("2026-01-01 00:00").date()).values()
    assert (quota.used, quota.most) == (2, 100)


def test_when_it_gets_tight_digests_of_who_has_another_channel_go_there(town: Town) -> None:
    used(town, 82)
    for who in (ONE, BOTH):
        put(town, who, "Bản tin", Priority.DIGEST)
        put(town, who, "Nhắc việc", Priority.REMINDER)
    town.deliver()
    assert (ONE, "Bản tin") in reached(town, 0)
    assert (BOTH, "Bản tin") in reached(town, 1)
    assert (BOTH, "Nhắc việc") not in reached(town, 1)


def test_the_reserve_is_for_answers_and_the_urgent_until_the_next_month(town: Town) -> None:
    used(town, 92)
    for who in (ONE, BOTH):
        put(town, who, "Nhắc việc", Priority.REMINDER)
    put(town, ONE, "Gấp", Priority.URGENT)
    town.deliver()
    town.says(ONE, "/ngonngu vi")
    assert [words for who, words in reached(town, 0) if who == ONE] == [
        "Gấp",
        "Từ nay tin được gửi bằng tiếng Việt.",
    ]
    assert reached(town, 1) == [(BOTH, "Nhắc việc")]
    town.jump("2026-02-02 08:00")
    town.deliver()
    assert (ONE, "Nhắc việc") in [(who, words.split("\n")[-1]) for who, words in reached(town, 0)]


def test_admins_are_told_once_and_the_list_of_channels_says_it(town: Town) -> None:
    used(town, 85)
    for minute in range(10):
        town.jump(f"2026-01-28 08:{minute:02}")
        town.tick()
    alarms = [words for who, words in reached(town, 0) if who == "quan-tri" and "tin tháng này" in words]
    assert len(alarms) == 1
    town.says("quan-tri", "/kenh")
    assert "tin trong tháng: 86/100, dự báo 95" in reached(town, 0)[-1][1]


def test_a_bot_that_is_full_says_so_and_the_code_stays_good(town: Town) -> None:
    with town.db.begin() as uow:
        code = uow.people.new_invite(uow.people.save("moi", "Người mới", []).id, town.clock.now())
    assert town.says("new", code).outcome == "stranger"
    assert "đã đủ người" in reached(town, 0)[-1][1]
    assert town.says("new", code, by=1).outcome == "done"
