"""Whatever the cells hold, and counts that are the rules' own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.records.dossier_import import Office
from domain.dossiers.counting import Tally
from domain.workdays import WorkCalendar
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.dossier_export import (
    HEADS,
    PERSON,
    TODAY,
    ZONE,
    bring,
    line,
)

_CELLS = st.one_of(
    st.sampled_from(["", "-", "3/6/2024", "21/06/2024", "2024-06-20 08:00", "Sở Nội vụ", "đang xử lý", "đã trả", "rút", PERSON,
                     "000.00.16.H34-240603-0001", "H34.16-240603-0002", "Tổng cộng", "I.", "1", "Mã hồ sơ", "99/99/9999"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip


@pytest.fixture(scope="module")
def any_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    from storage.engine import make_engine
    from storage.migrate import upgrade

    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('any') / 'any.db'}")
    upgrade(engine)
    agencies, _ = seed.load_agencies("kontum-2024")
    with Database(engine).begin() as uow:
        uow.agencies.save_agencies(agencies)
    return Office(Database(engine), WorkCalendar(ZONE))


@bounded(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, max_size=9), max_size=12))
def test_whatever_the_cells_hold_each_row_becomes_something(
    any_office: Office, tmp_path: Path, rows: list[list[str]]
) -> None:
    heads = [
        "Mã hồ sơ",
        "Cơ quan xử lý",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày có kết quả",
        "Trạng thái",
        "Người nộp",
    ]
    outcome = bring(any_office, tmp_path, [heads, *rows])
    assert "other" not in outcome.by_code  # the quick way and the slow way agree
    assert outcome.counts.get("left_out", 0) == len({p.row for p in outcome.problems})
    again = bring(any_office, tmp_path, [heads, *rows])
    assert again.counts["new"] == again.counts["changed"] == 0


@bounded(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_counts_as_the_rules_do(any_office: Office, tmp_path: Path, data: st.DataObject) -> None:
    from domain.dossiers.counting import tally

    with any_office.db.begin() as uow:
        wipe(uow.session)
    days = st.dates(date(2024, 4, 1), date(2024, 7, 9))
    rows = []
    for n in range(data.draw(st.integers(1, 12))):
        first, second, third = sorted(data.draw(st.tuples(days, days, days)))
        state = data.draw(st.sampled_from(["đang xử lý", "tạm dừng", "đã trả", "rút", "chờ tiếp nhận"]))
        over = state == "đã trả"
        promised, result = data.draw(st.sampled_from([(second, third), (third, second)]))
        shown = [f"{d:%d/%m/%Y}" for d in (first, promised, result)]
        rows.append(line(n, agency=data.draw(st.sampled_from(["snv", "stc"])), received=shown[0], promised=shown[1], result=shown[2] if over else "", state=state))  # fmt: skip
    bring(any_office, tmp_path, [HEADS, *rows])
    with any_office.db.begin() as uow:
        every = [d for n in range(len(rows)) if (d := uow.dossiers.get(f"000.00.16.H34-240603-{n:04}"))]
        for month in (202404, 202405, 202406, 202407):
            found = {c.agency: c.tally for c in uow.dossiers.counted(month, TODAY)}
            for agency in ("snv", "stc"):
                expected = tally([d for d in every if d.agency == agency], month, TODAY)
                assert found.get(agency, Tally()) == expected
                late = uow.dossiers.late_in(month, TODAY, [agency])
                assert len(late) == expected.late + expected.overdue
        closed = {(c.agency, c.month): (c.in_time, c.late) for c in uow.dossiers.closed(202404, 202407)}
        for (agency, month), (in_time, late_ones) in closed.items():
            expected = tally([d for d in every if d.agency == agency], month, TODAY)
            assert (expected.in_time, expected.late) == (in_time, late_ones)
        owed = [d for d in every if d.outcome.is_open and d.late_from and d.due_on and d.due_on <= TODAY]
        assert {d.code for d in uow.dossiers.running(TODAY)} == {d.code for d in owed}
        assert sum(sum(days.values()) for days in uow.dossiers.due_days().values()) == sum(
            d.outcome.is_open and d.late_from is not None for d in every
        )


def wipe(session: Any) -> None:
    from sqlalchemy import delete

    from storage.tables.dossiers import DossierPastRow, DossierRow

    session.exec(delete(DossierPastRow))
    session.exec(delete(DossierRow))
