"""Plans that nobody tuned the reader on, as different offices write them, read and compared with their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fresh.documents import (
    EIGHTH,
    FIFTH,
    FIRST,
    FOURTH,
    NINTH,
    SECOND,
    SEVENTH,
    SIXTH,
    TENTH,
    THIRD,
    judge,
    load,
)
from tests.plan_generator.test_measured import CALENDAR, REGISTER, needs_font


@pytest.mark.parametrize(
    "path",
    [*FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH, *EIGHTH, *NINTH, *TENTH],
    ids=lambda p: f"{p.parent.name}-{p.name.split('.')[0]}",
)
def test_every_row_is_read_as_a_person_read_it(path: Path) -> None:
    fresh = load(path)
    needs_font(fresh.form)
    register = REGISTER if "kon tum" in path.read_text("utf-8").lower() else None
    found = judge(fresh, fresh.read(register, CALENDAR))
    assert (found.right, found.invented) == (found.rows, 0), "\n".join(found.wrong)
