"""A bot whose messages are counted: it is said in time, what can go elsewhere goes, and answers never stop."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.channel import QuotaSpent
from bot.rooms import with_room
from domain.health import Level, findings
from domain.messages import Priority, text
from domain.phrases import verbatim
from domain.quotas import Quota, Stage
from storage.stores.health import read_health
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
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
        uow.quotas.add(
            "zalo",
            "9",
            town.service.calendar.local_date(town.clock.now()),
            count,
            100,
            days=town.service.calendar,
        )


def reached(town: Town, by: int) -> list[tuple[str, str]]:
    return [(who, wire.text) for who, wire in town.channels[by].sent]


def test_what_goes_out_is_counted(town: Town) -> None:
    put(town, ONE, "Tin một", Priority.REMINDER)
    town.deliver()
    town.says(ONE, "/ngonngu vi")
    with town.db.begin() as uow:
        (quota,) = uow.quotas.latest(at("2026-01-01 00:00").date(), town.service.calendar).values()
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


def minutes(town: Town, number: int) -> None:
    """The service lives for so many minutes; what one bot hands on, another has to find."""
    for _ in range(number):
        town.clock.set(town.clock.now() + timedelta(minutes=1))
        town.tick()
        town.deliver()


def month(town: Town) -> Quota:
    with town.db.begin() as uow:
        return uow.quotas.latest(at("2026-01-01 00:00").date(), town.service.calendar)["zalo", "9"]


def test_what_waits_for_the_next_month_has_its_reason_and_alarms_nobody(town: Town) -> None:
    used(town, 92)
    put(town, ONE, "Nhắc việc", Priority.REMINDER)
    town.deliver()
    with town.db.begin() as uow:
        (row,) = uow.session.exec(select(OutboxRowTable).where(OutboxRowTable.reason == "quota")).all()
    assert f"{row.not_before.astimezone(town.service.zone):%d/%m %H:%M}" == "02/02 07:30"
    minutes(town, 20)  # longer than a due reminder may wait
    facts = read_health(town.db, town.clock.now(), town.service.calendar)
    assert "queue" not in [f.code for f in findings(facts) if f.level is Level.RED]


def test_admins_hear_once_whom_reminders_do_not_reach(town: Town) -> None:
    used(town, 92)
    minutes(town, 5)
    (said,) = [words for who, words in reached(town, 0) if who == "quan-tri" and "/lienket" in words]
    with town.db.begin() as uow:
        names = {key: person.name for key in (ONE, BOTH) if (person := uow.people.by_key(key))}
    assert names[ONE] in said
    assert names[BOTH] not in said


def test_who_adds_a_channel_gets_what_waited(town: Town) -> None:
    used(town, 92)
    put(town, ONE, "Nhắc việc", Priority.REMINDER)
    town.deliver()
    with town.db.begin() as uow:
        who = uow.people.by_key(ONE)
        assert who is not None
        uow.people.add_address(who.id, "telegram", "1", ONE, town.clock.now())
    minutes(town, 1)
    assert [who for who, words in reached(town, 1) if "Nhắc việc" in words] == [ONE]


def test_each_stage_is_told_once_in_a_month(town: Town) -> None:
    def told() -> list[str]:
        return [w for who, w in reached(town, 0) if who == "quan-tri" and "tin tháng này" in w]

    used(town, 82)
    minutes(town, 5)
    assert len(told()) == 1
    town.jump("2026-01-30 09:00")  # more than a day later
    minutes(town, 5)
    assert len(told()) == 1
    used(town, 10)
    minutes(town, 5)
    assert len(told()) == 2


def test_a_refusal_is_doubted_once_and_believed_twice(town: Town) -> None:
    zalo, telegram = town.channels
    zalo.faults = [QuotaSpent(0.05)]  # the gate holds by the machine's own clock
    put(town, ONE, "Tin một", Priority.REMINDER)
    town.deliver()
    assert (month(town).refusals, month(town).stage) == (1, Stage.FREE)
    put(town, BOTH, "Gấp", Priority.URGENT)
    put(town, BOTH, "Bản tin", Priority.NOTICE)
    town.deliver()
    town.deliver()
    assert reached(town, 1) == [(BOTH, "Gấp")]  # what presses does not wait for the doubt to end
    minutes(town, 2)
    assert {(ONE, "Tin một"), (BOTH, "Bản tin")} <= set(reached(town, 0))
    assert month(town).refusals == 0
    zalo.faults = [QuotaSpent(0.05), QuotaSpent(0.05)]
    put(town, ONE, "Rất gấp", Priority.URGENT)
    minutes(town, 2)
    assert month(town).stage is Stage.SAVING
    put(town, ONE, "Tin hai", Priority.NOTICE)
    town.deliver()
    assert (ONE, "Tin hai") not in reached(town, 0)
    minutes(town, 3)  # a try now and then: one gets through, and what waited follows
    texts = [words for who, words in reached(town, 0) if who == ONE]
    assert "Rất gấp" in texts
    assert any("Tin hai" in words for words in texts)
    assert len([words for _, words in telegram.sent]) == 1


def test_a_full_bot_names_one_with_room(database: Database) -> None:
    counted, other = Wireless("zalo", "9"), Wireless("zalo", "8")
    counted.traits = other.traits = replace(counted.traits, buttons=False, people=6)
    town = Town(database, MORNING, [counted, other])
    town.settle(*PEOPLE)
    with town.db.begin() as uow:
        code = uow.people.new_invite(uow.people.save("moi", "Người mới", []).id, town.clock.now())
        assert [bot for bot, _ in with_room(uow, town.service)] == [("zalo", "8")]
    town.says("new", code)
    assert "Zalo 8: còn nhận thêm được 6 người" in reached(town, 0)[-1][1]


@pytest.mark.parametrize(("count", "rows"), [(0, 1), (85, 0), (95, 0)])
def test_when_it_is_tight_what_is_prompt_waits_for_the_morning(town: Town, count: int, rows: int) -> None:
    """New work is told at once, or with the next morning's reminders, or next month."""
    town.tick()
    used(town, count)
    town.jump("2026-01-28 14:00")
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    town.runtime.run_jobs(town.clock.now())
    with town.db.begin() as uow:
        person = uow.people.by_key(ONE)
        assert person is not None
        prompt = select(OutboxRowTable).where(
            OutboxRowTable.official == person.id, OutboxRowTable.kind == "reminder"
        )
        assert len(uow.session.exec(prompt).all()) == rows
    town.forward("2026-01-29 08:30")
    with town.db.begin() as uow:
        digest = select(OutboxRowTable).where(
            OutboxRowTable.official == person.id, OutboxRowTable.kind == "digest"
        )
        said = [row.state for row in uow.session.exec(digest).all()]
    assert bool(said) == (count == 85)


def test_an_idle_sender_writes_nothing_of_its_quota(town: Town) -> None:
    day = town.service.calendar.local_date(town.clock.now())
    statements: list[str] = []
    with town.db.begin() as uow:
        uow.quotas.add("zalo", "9", day, 3, 100, days=town.service.calendar)
    event.listen(
        town.db.engine, "before_cursor_execute", lambda _c, _k, sql, *_rest: statements.append(str(sql))
    )
    with town.db.begin() as uow:
        assert uow.quotas.add("zalo", "9", day, 0, 100, days=town.service.calendar).used == 3
    assert not [sql for sql in statements if sql.lstrip().upper().startswith(("INSERT", "UPDATE"))]
    with town.db.begin() as uow:
        assert (
            uow.quotas.add("zalo", "9", day, 0, 200, days=town.service.calendar).most == 200
        )  # the settings were changed
