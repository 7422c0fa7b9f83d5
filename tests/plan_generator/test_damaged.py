"""Bad copies of real plans: what is read wrongly is said to be doubtful, and what is right is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from storage import seed
from tests.plan_generator.damage import DAMAGES, measure, read
from tests.plan_generator.test_measured import CALENDAR, REGISTER

DEMO = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")
#: a text that stops between two rows says nothing of the rows behind it, so this is measured apart
SILENT = ("cut_off",)


def test_a_whole_plan_gives_no_new_doubts() -> None:
    assert [d for t in read(DEMO, REGISTER, CALENDAR).tasks for d in t.doubts] == []


def test_what_a_bad_copy_does_to_a_row_is_doubted() -> None:
    _, by = measure([DEMO], range(3), REGISTER, CALENDAR)
    seen = [d for name, d in by.items() if name not in SILENT]
    wrong, marked = sum(d.wrong for d in seen), sum(d.marked for d in seen)
    assert wrong > 30, "the damages do damage"
    assert marked >= 0.85 * wrong, [u for d in seen for u in d.unmarked]
    assert sum(d.alarms for d in seen) <= 0.02 * sum(d.rows for d in seen)


@pytest.mark.long
def test_bad_copies_of_the_real_plans(shared: Path) -> None:
    """`pytest -m long tests/plan_generator/test_damaged.py -s` prints the shares by damage."""
    names = ("02_dongthap_617_cds_doanh_nghiep", "04_tphcm_2820_csdl_quy_hoach", "2164_kontum")
    texts = [DEMO, *((shared / "plans" / f"{name}.txt").read_text("utf-8") for name in names)]
    total, by = measure(texts, range(20), REGISTER, CALENDAR)
    for damage in DAMAGES:
        one = by[damage.__name__]
        sys.stdout.write(
            f"{damage.__name__:16} wrong {one.wrong:5} marked {one.honesty:.3f} alarms {one.alarms}\n"
        )
    seen = [d for name, d in by.items() if name not in SILENT]
    assert sum(d.marked for d in seen) >= 0.8 * sum(d.wrong for d in seen)
    assert total.alarms <= 0.02 * total.rows
