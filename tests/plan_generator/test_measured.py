"""Made-up plans are read back: in every format the same tasks, rows right, wrong ones marked."""

from __future__ import annotations

from random import Random

import pytest

from domain.agencies import Register
from domain.plans import TaskDraft
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed
from tests.plan_generator.made import SHAPES, make
from tests.plan_generator.measure import FORMATS, compare, plan_of, sample
from tests.plan_generator.writers import pdf

REGISTER = Register.of(*seed.load_agencies("kontum-2024"))
CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
LAYOUTS = [*SHAPES, "labelled prose", "labels in brackets"]


def needs_font(form: str) -> None:
    if form.startswith("pdf") and not pdf.font():
        pytest.skip("no font with Vietnamese letters is installed (fonts-noto-core, fonts-dejavu-core)")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_plan_is_read_whole(form: str, layout: str) -> None:
    needs_font(form)
    made = make(Random(f"{layout} 1"), layout)
    extension, write = FORMATS[form]
    draft = plan_of(write(made.document), f"a{extension}", REGISTER, CALENDAR, made)
    score = compare(made, draft, form)
    assert score.wrong == []
    assert (draft.head.issued_on, draft.head.issuer) == (made.issued, "UBND tỉnh Kon Tum")


@pytest.mark.parametrize("layout", ["sections", "roman", "spans", "letters"])
def test_every_format_gives_the_same_tasks(layout: str) -> None:
    made = make(Random(f"{layout} 2"), layout)

    def tasks(form: str) -> list[tuple[object, ...]]:
        extension, write = FORMATS[form]
        return [
            facts(t) for t in plan_of(write(made.document), f"a{extension}", REGISTER, CALENDAR, made).tasks
        ]

    forms = [form for form in FORMATS if not form.startswith("pdf") or pdf.font()]
    first = tasks(forms[0])
    assert len(first) == len(made.wanted)
    for form in forms[1:]:
        assert tasks(form) == first, form


def facts(task: TaskDraft) -> tuple[object, ...]:
    return (
        task.section, task.number, task.title, task.leads, task.coordinators, task.frame, task.product, task.lead_agencies,
        task.coordinating_agencies, task.monitoring_agencies, task.lead_groups, task.lead_condition, task.targets,
    )  # fmt: skip


def test_a_sample_in_all_layouts_formats_and_kinds_of_dirt() -> None:
    total, _ = sample(11, 130, REGISTER, CALENDAR)
    assert total.share >= 0.99, "\n".join(total.wrong)
    assert total.invented <= 0.02 * total.rows
    assert total.doubted <= 0.05 * total.right  # doubts are rare where nothing is wrong


@pytest.mark.long
@pytest.mark.timeout(0)
def test_two_thousand_plans() -> None:
    total, forms = sample(2, 2_000, REGISTER, CALENDAR)
    assert total.share >= 0.995, {form: score.share for form, score in forms.items()}
    assert total.invented <= 0.005 * total.rows
    assert total.honesty >= 0.9 or len(total.wrong) < 20, "\n".join(
        total.wrong
    )  # of a handful no share is told
    assert total.doubted <= 0.03 * total.right
