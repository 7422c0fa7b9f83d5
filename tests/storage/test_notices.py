"""Notices and their readers on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.addressing import ELSEWHERE, PLACES, choose
from bot.services import BROWSER
from domain.audience import Audience, Rule, RuleKind
from domain.messages import Block, Message, Priority
from domain.notices import Notice, NoticeState
from domain.officials import Official, Post, Role
from domain.phrases import verbatim
from storage.stores.notice_filling import Ranking
from storage.tables.registers import AddressRow, OfficialRow
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EVERYBODY = Audience((Rule(RuleKind.ALL),))


def make(database: Database, people: int = 3) -> Notice:
    with database.begin() as uow:
        ids = [uow.people.save(f"p{n}", f"P{n}", [Post("snv", Role.FOCAL)]).id for n in range(people)]
        notice = uow.notices.draft(
            Notice(0, ids[0], {"vi": "Họp 14h"}, EVERYBODY, options=("Có", "Không")), NOW
        )
        uow.notices.add_readers(notice.id, ((one, "snv") for one in ids))
    return notice


def test_a_notice_comes_back_as_it_was_kept(database: Database) -> None:
    notice = make(database)
    with database.begin() as uow:
        assert uow.notices.get(notice.id) == notice
        assert uow.notices.get(notice.id + 1) is None
        assert [n.id for n in uow.notices.newest()] == [notice.id]


def test_of_two_editors_the_second_is_told(database: Database) -> None:
    notice = make(database)
    with database.begin() as uow:
        assert uow.notices.save(replace(notice, versions={"vi": "A"}))
        assert not uow.notices.save(replace(notice, versions={"vi": "B"}))
        kept = uow.notices.get(notice.id)
        assert kept is not None
        assert kept.versions == {"vi": "A"}


def test_only_legal_moves_happen_and_each_once(database: Database) -> None:
    notice = make(database)
    with database.begin() as uow:
        assert not uow.notices.move(notice.id, NoticeState.SENDING)
        assert uow.notices.move(notice.id, NoticeState.READY, head_count=3)
        assert uow.notices.move(notice.id, NoticeState.SENDING, started=NOW)
        assert not uow.notices.move(notice.id, NoticeState.READY)
        assert not uow.notices.save(replace(notice, version=3))  # no draft any more
        assert [n.state for n in uow.notices.due(NOW)] == [NoticeState.SENDING]


def test_readers_are_kept_once_and_filled_in_batches(database: Database) -> None:
    notice = make(database)
    words = {"vi": Message((Block(verbatim("Họp 14h")),))}
    ranking = Ranking([("telegram", "1")], PLACES, ELSEWHERE)
    with database.begin() as uow:
        people = uow.people.all()
        uow.people.add_address(people[1].id, "telegram", "1", "p1", NOW)
        uow.notices.add_readers(notice.id, [(people[0].id, "snv")])
        assert uow.notices.counts(notice.id) == {"waiting": 3}
        last, count, locales = uow.notices.next_readers(notice.id, 2)
        assert (last, count, locales) == (people[1].id, 2, ["vi"])
        uow.notices.fill(notice.id, last, words, Priority.NOTICE, ranking, NOW, LATER)
        assert uow.notices.counts(notice.id) == {"left_out": 1, "queued": 1, "waiting": 1}
        assert uow.notices.next_readers(notice.id, 2) == (people[2].id, 1, ["vi"])
        assert uow.outbox.claim("w", [("telegram", "1")], NOW) == []
        (row,) = uow.outbox.claim("w", [("telegram", "1")], LATER)
    assert (row.key, row.chat, row.kind, row.priority) == (
        f"notice:{notice.id}:{people[1].id}",
        "p1",
        "notice",
        40,
    )
    assert (row.message, row.created, row.not_before) == (words["vi"], NOW, LATER)


CHANNELS = st.sampled_from(["telegram", "zalo", "zalo-oa", "browser", "other"])
HOMES = st.lists(st.tuples(CHANNELS, st.sampled_from(["1", "2", "web"]), st.booleans()), max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    people=st.lists(
        st.tuples(HOMES, st.sampled_from(["", "zalo", "browser"]), st.booleans(), st.sampled_from(["vi", "en"])),
        min_size=1,
        max_size=4,
    ),
    bots=st.frozensets(st.tuples(CHANNELS.filter(lambda c: c != "browser"), st.sampled_from(["1", "2"]))),
)  # fmt: skip
def test_the_database_takes_the_address_that_is_chosen_for_one(
    database: Database,
    people: list[tuple[list[tuple[str, str, bool]], str, bool, str]],
    bots: frozenset[tuple[str, str]],
) -> None:
    """``bot.addressing.choose`` and the statement for a crowd are one rule, and each hears their own language."""
    with database.begin() as uow:
        expected = {}
        ids = []
        for homes, prefers, active, locale in people:
            person = OfficialRow(key=f"q{uuid4()}", name="Q", locale=locale, prefers=prefers, active=active)
            uow.session.add(person)
            uow.session.flush()
            assert person.id
            ids.append(person.id)
            for k, (channel, bot, on) in enumerate(homes):
                where = "web" if channel == "browser" else bot
                home = AddressRow(official=person.id, channel=channel, bot=where, chat=f"{person.id}-{k}", active=on, since=NOW)  # fmt: skip
                uow.session.add(home)
                uow.session.flush()
            who = Official(person.id, "", "Q", (), locale, "", prefers, active)
            best = choose(uow.people.addresses([who.id]).get(who.id, ()), who, bots) if active else None
            if best is not None:
                expected[who.id] = (best.id, best.channel, best.bot, best.chat, locale)
        notice = uow.notices.draft(Notice(0, ids[0], {"vi": "Họp"}, EVERYBODY), NOW)
        uow.notices.add_readers(notice.id, ((one, "snv") for one in ids))
        words = {locale: Message((Block(verbatim(locale)),)) for locale in ("vi", "en")}
        ranking = Ranking({*bots, BROWSER}, PLACES, ELSEWHERE)
        uow.notices.fill(notice.id, ids[-1], words, Priority.NOTICE, ranking, NOW, NOW)
        rows = uow.session.exec(select(OutboxRowTable).where(OutboxRowTable.key.startswith(f"notice:{notice.id}:"))).all()  # type: ignore[attr-defined]  # fmt: skip
        assert {
            r.official: (
                r.address,
                r.channel,
                r.bot,
                r.chat,
                Message.from_json(r.message).blocks[0].phrase.args["text"],
            )
            for r in rows
        } == expected


def test_an_answer_may_change_and_an_acknowledgement_counts_once(database: Database) -> None:
    notice = make(database)
    with database.begin() as uow:
        one = uow.people.all()[0].id
        assert uow.notices.acknowledge(notice.id, one, NOW)
        assert not uow.notices.acknowledge(notice.id, one, NOW)
        assert uow.notices.answer(notice.id, one, 0, NOW)
        assert uow.notices.answer(notice.id, one, 1, NOW)
        assert not uow.notices.answer(notice.id, one + 1000, 1, NOW)


def test_an_audience_is_kept_under_a_name(database: Database) -> None:
    with database.begin() as uow:
        uow.notices.keep_audience("Các sở", EVERYBODY, 1, NOW)
        uow.notices.keep_audience("Các sở", replace(EVERYBODY, but=(Rule(RuleKind.AGENCY, "syt"),)), 1, NOW)
        (kept,) = uow.notices.audiences()
        assert kept.audience.but == (Rule(RuleKind.AGENCY, "syt"),)
        uow.notices.forget_audience(kept.id)
        assert uow.notices.audiences() == []
