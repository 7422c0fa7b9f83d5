"""Bad copies of plans: what is read wrongly says itself that it is doubtful, and what is right does not."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from bot.intake import read_document
from domain.documents import Document
from storage import seed
from tests.fresh.documents import FIRST, load
from tests.plan_generator.honesty import Damaged, doubted, measure_cells, measure_text, read
from tests.plan_generator.made import SHAPES, make
from tests.plan_generator.test_measured import CALENDAR, REGISTER
from tests.plan_generator.writers import word

DEMO = (Path(seed.__file__).parent / "demo_plan.txt").read_text("utf-8")
#: a text that stops between two rows says nothing of the rows behind it, so this is measured apart
SILENT = "cut_off"


def tables() -> list[Document]:
    """Made-up plans in every layout, and the fresh ones that have tables."""
    made = [word.write(make(Random(f"{layout} 7"), layout).document) for layout in SHAPES]
    documents = [read_document(data, "a.docx") for data in made]
    fresh = [load(path) for path in FIRST if ".txt." not in path.name and ".pdf." not in path.name]
    return documents + [read_document(f.data, f"a.{f.form}") for f in fresh]


def together(by: Mapping[str, Damaged]) -> Damaged:
    total = Damaged()
    for name, one in by.items():
        if name != SILENT:
            total.add(one)
    return total


def test_a_whole_plan_gives_no_new_doubts() -> None:
    document = read_document(DEMO.encode(), "plan.txt")
    assert [d for t in read(document, REGISTER, CALENDAR).tasks for d in t.doubts] == []


def test_what_a_bad_copy_does_to_a_row_is_doubted() -> None:
    total = together(measure_text([DEMO], range(3), REGISTER, CALENDAR))
    assert total.wrong > 30, "the damages do damage"
    assert total.honesty >= 0.88, total.unmarked
    assert total.alarms <= 0.03 * total.rows


def test_what_a_bad_table_does_to_a_row_is_doubted() -> None:
    total = together(measure_cells(tables(), range(1), REGISTER, CALENDAR))
    assert total.wrong > 150, "the damages do damage"
    assert total.honesty >= 0.88, total.unmarked


@pytest.mark.long
@pytest.mark.timeout(0)
def test_bad_copies_of_many_plans(shared: Path) -> None:
    """`pytest -m long tests/plan_generator/test_damaged.py -s` prints the shares by damage."""
    names = ("02_dongthap_617_cds_doanh_nghiep", "04_tphcm_2820_csdl_quy_hoach", "2164_kontum")
    texts = [DEMO, *((shared / "plans" / f"{name}.txt").read_text("utf-8") for name in names)]
    texts += [load(path).data.decode() for path in FIRST if "02_huyen" in path.name]
    seeds = range(1000, 1020)  # none that anybody has looked at
    by = measure_text(texts, seeds, REGISTER, CALENDAR), measure_cells(tables(), seeds, REGISTER, CALENDAR)
    for name, one in (*by[0].items(), *by[1].items()):
        sys.stdout.write(
            f"{name:16} wrong {one.wrong:5} marked {one.honesty:.3f} right ones doubted {one.alarms}\n"
        )
    whole = [read(read_document(text.encode(), "a.txt"), REGISTER, CALENDAR) for text in texts]
    whole += [read(document, REGISTER, CALENDAR) for document in tables()]
    tasks = [task for draft in whole for task in draft.tasks]
    sys.stdout.write(f"undamaged: {sum(map(doubted, tasks))} of {len(tasks)} rows doubted\n")
    for one in map(together, by):
        sys.stdout.write(f"together: {one.marked} of {one.wrong} marked: {one.honesty:.4f}\n")
        assert one.honesty >= 0.9
