"""What a later export changes, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.records.dossier_import import Office, compare_rows
from bot.records.dossier_rows import open_rows
from domain.dossiers.dossier import Outcome, State
from storage import seed
from tests.bot.records.dossier_export import (
    HEADS,
    NOW,
    TODAY,
    bring,
    get,
    line,
    told,
)
from tests.bot.records.files import csv_of


def test_changes_are_kept_and_the_first_promise_stays(office: Office, tmp_path: Path) -> None:
    code = "000.00.16.H34-240603-0001"
    bring(office, tmp_path, [HEADS, line(1), line(2)])
    moved = [HEADS, line(1, promised="28/06/2024"), line(2)]
    outcome = bring(office, tmp_path, moved)
    assert (outcome.counts["changed"], outcome.counts["unchanged"]) == (1, 1)
    (change,) = outcome.changes
    assert [(f.column, f.old, f.new) for f in change.fields] == [("latest_on", "2024-06-21", "2024-06-28")]
    assert bring(office, tmp_path, moved).counts["unchanged"] == 2
    done = line(1, promised="28/06/2024", result="27/06/2024", state="Có kết quả")
    assert bring(office, tmp_path, [HEADS, done]).counts["changed"] == 1
    now = get(office, code)
    assert (now.promised_on, now.latest_on, now.outcome) == (
        date(2024, 6, 21),
        date(2024, 6, 28),
        Outcome.LATE,
    )
    with office.db.begin() as uow:
        past = uow.dossiers.past(code)
        assert [(p.dossier.state, p.dossier.latest_on, p.dossier.outcome) for p in past] == [
            (State.PROCESSING, date(2024, 6, 28), Outcome.RUNNING),
            (State.PROCESSING, date(2024, 6, 21), Outcome.RUNNING),
        ]
        assert all(p.at is not None for p in past)
    assert bring(office, tmp_path, [HEADS, done]).counts["unchanged"] == 1


def test_a_stop_moves_the_promise_and_an_end_without_a_day_stays_where_it_was_seen(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [HEADS, line(1, state="Yêu cầu bổ sung"), line(2)])
    bring(office, tmp_path, [HEADS, line(1, promised="28/06/2024"), line(2, state="Rút hồ sơ")])
    moved, gone = (get(office, f"000.00.16.H34-240603-000{n}") for n in (1, 2))
    assert (moved.promised_on, moved.due_on) == (date(2024, 6, 28), date(2024, 6, 28))
    assert (gone.outcome, gone.closed_on) == (Outcome.ENDED, TODAY)
    later = NOW.replace(month=8)
    bring(office, tmp_path, [HEADS, line(2, state="Hủy hồ sơ")], later)
    assert get(office, gone.code).closed_on == TODAY


def test_looking_writes_nothing(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, [HEADS, line(1)])
    file = tmp_path / "again.csv"
    file.write_bytes(csv_of([HEADS, line(1, state="Tạm dừng"), line(2, Tên_TTHC="Thủ tục mới")]))
    outcome = compare_rows(office, open_rows(file), now=NOW)
    assert (outcome.counts["new"], outcome.counts["changed"]) == (1, 1)
    with office.db.begin() as uow:
        assert (uow.dossiers.count(), len(uow.dossier_runs.latest()), len(uow.dossiers.procedures())) == (
            1,
            1,
            1,
        )
    assert get(office, "000.00.16.H34-240603-0001").state is State.PROCESSING


def test_an_agency_that_ended_keeps_what_it_decided_and_its_heir_may_answer_for_older_ones(
    office: Office, tmp_path: Path
) -> None:
    agencies, _ = seed.load_agencies("kontum-2024")
    old = next(a for a in agencies if a.code == "skhdt")
    with office.db.begin() as uow:
        uow.agencies.save_agencies(
            [
                replace(old, valid_to=date(2024, 6, 14), successors=("moi",)),
                replace(old, code="moi", name="Sở Mới", aliases=(), valid_from=date(2024, 6, 15)),
            ]
        )
    outcome = bring(
        office,
        tmp_path,
        [
            HEADS,
            line(1, agency="Sở Kế hoạch và Đầu tư", result="12/06/2024", state="Có kết quả"),
            line(2, agency="Sở Mới"),
            line(3, agency="Sở Kế hoạch và Đầu tư", received="20/06/2024"),
            line(4, agency="Sở Mới", result="12/06/2024", state="Có kết quả"),
        ],
    )
    assert set(told(outcome)) == {4, 5}
    assert [get(office, f"000.00.16.H34-240603-000{n}").agency for n in (1, 2)] == ["skhdt", "moi"]
