"""Notices and their readers on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.audience import Audience, Rule, RuleKind
from domain.notices import Notice, NoticeState
from domain.officials import Post, Role
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
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


def test_readers_are_kept_once_and_taken_in_batches(database: Database) -> None:
    notice = make(database)
    with database.begin() as uow:
        people = uow.people.all()
        uow.notices.add_readers(notice.id, [(people[0].id, "snv")])
        assert uow.notices.counts(notice.id) == {"waiting": 3}
        first = uow.notices.waiting(notice.id, 2)
        assert [r.official.name for r in first] == ["P0", "P1"]
        uow.notices.leave_waiting(notice.id, first[-1].official.id, without=[first[0].official.id])
        assert uow.notices.counts(notice.id) == {"left_out": 1, "queued": 1, "waiting": 1}


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
