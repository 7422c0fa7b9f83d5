"""Corrections and remembered names, kept and found again on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.agencies import Agency, Kind, Level
from storage.unit_of_work import Database, UnitOfWork

NOW = datetime(2024, 6, 24, 2, 0, tzinfo=UTC)


def a_draft(uow: UnitOfWork) -> int:
    document = uow.plans.save_document(b"x", "plan.txt", "sha", NOW, None)
    return uow.plans.save_draft(document, {"as": "read"}, NOW)


def test_a_correction_comes_back_as_it_was_and_knows_its_state(database: Database) -> None:
    with database.begin() as uow:
        draft = a_draft(uow)
        one = uow.draft_edits.add(draft, "set", "r3", {"title": "Mới"}, {"title": "Cũ"}, NOW, 7)
        two = uow.draft_edits.add(
            draft, "settle", "r1", {"doubts": ["a", "b"]}, {}, NOW, None, undone=True, carried_from=one
        )
    with database.begin() as uow:
        first, second = uow.draft_edits.of(draft)
        assert (first.id, first.act, first.place, first.by, first.undone) == (one, "set", "r3", 7, False)
        assert (first.values, first.before, first.at) == ({"title": "Mới"}, {"title": "Cũ"}, NOW)
        assert (second.id, second.values, second.undone, second.carried_from) == (
            two,
            {"doubts": ["a", "b"]},
            True,
            one,
        )
        assert uow.draft_edits.counts() == {draft: 1}
        assert uow.draft_edits.undo(draft, one, NOW, 7)
        assert not uow.draft_edits.undo(draft, one, NOW, 7)
        assert not uow.draft_edits.undo(draft + 1, two, NOW, 7), "of another draft"
        assert uow.draft_edits.counts() == {}
        assert uow.draft_edits.redo(draft, one)
        assert not uow.draft_edits.redo(draft, one)
        uow.draft_edits.move(one, "r4")
        assert uow.draft_edits.of(draft)[0].place == "r4"


def test_of_two_changes_of_one_version_one_is_kept(database: Database) -> None:
    with database.begin() as uow:
        draft = a_draft(uow)
        assert uow.plans.correct_draft(draft, 0, {"n": 1}, {"as": "read"})
        assert not uow.plans.correct_draft(draft, 0, {"n": 2}, {"as": "read"})
    with database.begin() as uow:
        kept = uow.plans.draft(draft)
        assert kept is not None
        assert (kept.content, kept.as_read, kept.version) == ({"n": 1}, {"as": "read"}, 1)
        assert uow.plans.decide_draft(draft, "confirmed", None, NOW)
        assert not uow.plans.correct_draft(draft, 1, {"n": 3}, {}), "what was decided on stays"


def test_a_name_means_the_agency_chosen_last_until_it_is_taken_back(database: Database) -> None:
    agencies = [Agency(code, f"Sở {code}", Level.PROVINCE, Kind.DEPARTMENT) for code in ("mot", "hai")]
    with database.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.aliases.remember("Sở Mới", "somoi", "mot", NOW, 7, source="1/KH-UBND")
        uow.aliases.remember("Sở mới", "somoi", "hai", NOW, 8)
        uow.aliases.remember("Sở Cũ", "socu", "mot", NOW, 7)
    with database.begin() as uow:
        assert dict(uow.agencies.register().meant) == {"Sở mới": "hai", "Sở Cũ": "mot"}
        newest, before = uow.aliases.all()
        assert (before.name, before.agency, before.by, before.at) == ("Sở mới", "hai", 8, NOW)
        assert uow.aliases.remove(newest.id, NOW, 9)
        assert not uow.aliases.remove(newest.id, NOW, 9)
    with database.begin() as uow:
        assert dict(uow.agencies.register(NOW.date()).meant) == {"Sở mới": "hai"}
        uow.agencies.save_agencies(agencies)
        assert dict(uow.agencies.register().meant) == {"Sở mới": "hai"}, "a new register keeps it"
