"""Lists of late dossiers as they are kept: once a version, and never changed once they are out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.dossiers.counting import Tally
from domain.dossiers.late_list import Doubt, LateList, LateRow, ListState
from storage.unit_of_work import Database

NOW = datetime(2024, 7, 1, 1, tzinfo=UTC)
DAY = date(2024, 7, 1)
ROWS = (LateRow("H34.1-240603-0001", "stc", DAY, None), LateRow("H34.1-240603-0002", "stc", DAY, DAY))
TALLY = Tally(carried=1, received=2, early=3, on_time=4, late=5, ended=6, within=7, overdue=8, stopped=9)
MADE = LateList(0, 202406, 1, ListState.CONTEST, DAY, DAY, None, {"stc": TALLY}, ROWS)


def test_a_version_is_kept_whole_and_once(database: Database) -> None:
    with database.begin() as uow:
        number = uow.late_lists.draft(MADE, NOW)
        assert number is not None
        assert uow.late_lists.draft(replace(MADE, reason="x"), NOW) is None
    with database.begin() as uow:
        kept = uow.late_lists.get(number)
        assert kept is not None
        plain = replace(kept, id=0, drafted_at=None, rows=tuple(replace(r, id=0) for r in kept.rows))
        assert plain == MADE
        assert kept.drafted_at == NOW
        assert uow.late_lists.contestable("H34.1-240603-0001", DAY) == kept.rows[0]
        assert uow.late_lists.contestable("H34.1-240603-0001", date(2024, 7, 2)) is None
        assert uow.late_lists.of_row(kept.rows[1].id) == kept


def test_what_is_out_is_never_changed_and_moves_only_once(database: Database) -> None:
    with database.begin() as uow:
        number = uow.late_lists.draft(MADE, NOW) or 0
        drafted = uow.late_lists.get(number)
        assert drafted is not None
        assert uow.late_lists.move(drafted, ListState.WAITING)
        assert not uow.late_lists.move(drafted, ListState.DROPPED)  # it stands elsewhere by now
        waiting = uow.late_lists.get(number)
        assert waiting is not None
        doubted = replace(waiting.rows[0], doubt=Doubt.KEPT, reason="a")
        assert uow.late_lists.save_row(doubted)
        assert uow.late_lists.move(waiting, ListState.PUBLISHED, approved_at=NOW)
        assert not uow.late_lists.save_row(replace(doubted, doubt=Doubt.ACCEPTED))
    with database.begin() as uow:
        out = uow.late_lists.published()
        assert out is not None
        assert (out.rows[0].doubt, out.approved_at) == (Doubt.KEPT, NOW)
        assert uow.late_lists.published(202405) is None
        assert uow.late_lists.published_months() == [202406]
