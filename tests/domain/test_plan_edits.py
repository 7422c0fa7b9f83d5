"""Corrections of a draft, whatever they are and in whatever order."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import read_document
from domain.agencies import Register
from domain.corrections import Act, Edit, doubt_key, is_of_duty
from domain.duty_edits import FIELDS as OF_DUTIES
from domain.plan_drafts import pack, unpack
from domain.plan_edits import apply_edits
from domain.plans import PlanDraft, TaskDraft
from domain.reading.plan import read_plan
from domain.reading.plan_names import find_agency, scan
from domain.reading.plan_reread import FIELDS, Reading, reread, texts_of
from domain.reading.plan_targets import target_lines, targets_of
from domain.reading.plan_taught import bare_name, is_common
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
REGISTER = Register.of(*seed.load_agencies("kontum-2024")).as_of(date(2024, 6, 20))
READING = Reading(REGISTER, CALENDAR, date(2024, 6, 20))
TEXT = (Path(seed.__file__).parent / "demo_plan.txt").read_bytes()


@lru_cache
def read(text: bytes = TEXT) -> PlanDraft:
    document = read_document(text, "plan.txt")
    return read_plan(document, register=REGISTER, calendar=CALENDAR, today=date(2024, 6, 20))


WORDS = st.sampled_from(
    ["", "Sở Nội vụ", "Các sở, ban, ngành", "Trước ngày 15/10/2024", "Hằng quý", "Sở Không Có", "Đạt ≥ 80 %"]
)
PLACES = st.one_of(st.integers(0, 16).map("r{}".format), st.integers(1, 9).map("a{}".format), st.just(""))
DUTIES = st.one_of(st.integers(0, 10).map("d{}".format), st.integers(1, 9).map("b{}".format), st.just("duty"))
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just(Act.SET), PLACES, st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=3)),
        st.tuples(st.just(Act.ADD), PLACES, st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=3)),
        st.tuples(st.sampled_from([Act.DROP, Act.JOIN]), PLACES, st.just({})),
        st.tuples(st.just(Act.MEANT), PLACES, st.just({"name": "Sở Không Có", "agency": "stc"})),
        st.tuples(st.sampled_from(list(Act)), DUTIES, st.dictionaries(st.sampled_from(OF_DUTIES), WORDS)),
    ),
    max_size=9,
).map(lambda items: [Edit(n, *item) for n, item in enumerate(items, 1)])


@settings(max_examples=25, deadline=None)
@given(EDITS)
def test_any_corrections_give_a_whole_draft(edits: list[Edit]) -> None:
    edited = apply_edits(read(), edits, READING)
    keys = [row.key for row in edited.rows]
    assert len(set(keys)) == len(keys), "a key is a row's own"
    assert [row.task for row in edited.rows] == list(edited.draft.tasks)
    assert unpack(pack(edited.draft)) == edited.draft
    effect = [e for e in edits if e.id not in edited.idle]
    for found, before, own in (
        (len(keys), len(read().tasks), False),
        (len(edited.duties), len(read().duties), True),
    ):
        those = [e.act for e in effect if is_of_duty(e.place) is own]
        assert found == before + those.count(Act.ADD) - those.count(Act.DROP) - those.count(Act.JOIN)
    assert [d.duty for d in edited.duties] == list(edited.draft.duties)
    assert apply_edits(read(), effect, READING) == type(edited)(edited.draft, edited.rows, edited.duties), (
        "the idle do nothing"
    )


def test_without_corrections_it_is_what_was_read() -> None:
    assert apply_edits(read(), [], READING).draft == read()


@pytest.mark.parametrize("index", range(len(read().tasks)))
def test_the_same_words_again_say_the_same(index: int) -> None:
    """Where no footnote says who is meant, a row re-read by its own words is what the document's reader made."""
    task = read().tasks[index]
    texts = texts_of(task, REGISTER)
    again = reread(task, {n: t for n, t in texts.items() if n != "monitors"}, READING)
    if "[" not in task.leads + task.coordinators:
        assert again == task
    assert texts_of(again, REGISTER) == texts


def edited(*edits: Edit, text: bytes = TEXT) -> PlanDraft:
    return apply_edits(read(text), edits, READING).draft


def test_a_joined_row_ends_where_the_other_one_did() -> None:
    first, second = read().tasks[:2]
    draft = edited(Edit(1, Act.JOIN, "r1"))
    assert draft.tasks[0].title == f"{first.title} {second.title}"
    assert set(draft.tasks[0].lead_agencies) >= {*first.lead_agencies}
    assert draft.tasks[1:] == read().tasks[2:]


def test_a_settled_doubt_is_gone_and_a_new_one_is_not() -> None:
    text = TEXT.replace("Hoàn thành trong năm 2024".encode(), "Sớm nhất có thể".encode())
    index, task = next((i, t) for i, t in enumerate(read(text).tasks) if t.doubts)
    settle = Edit(1, Act.SETTLE, f"r{index}", {"doubts": [doubt_key(d) for d in task.doubts]})
    assert edited(settle, text=text).tasks[index].doubts == ()
    worse = Edit(2, Act.SET, f"r{index}", {"leads": "Sở Không Có"})
    doubts = edited(settle, worse, text=text).tasks[index].doubts
    assert [(d.field, d.code) for d in doubts] == [("agency", "unknown_agency")]


def test_an_ambiguous_name_means_whom_a_person_said() -> None:
    twins = [a for a in REGISTER.agencies if a.code in ("snv", "stc")]
    register = REGISTER.with_meant({"Sở Nội vụ": "stc"})
    assert [h.agencies[0].code for h in scan("Sở Nội vụ, Sở Tư pháp", register)] == ["stc", "stp"]
    assert find_agency("sở nội  vụ", register).only == next(a for a in twins if a.code == "stc")
    assert find_agency("Sở Nội vụ", REGISTER.with_meant({"Sở Nội vụ": "gone"})).only is not None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Sở Mới theo dõi, đôn đốc", "Sở Mới"),
        ("Giao Ban Quản lý khu du lịch chủ trì, phối hợp", "Ban Quản lý khu du lịch"),
        ("Trung tâm Xúc tiến", "Trung tâm Xúc tiến"),
    ],
)
def test_a_name_is_taken_out_of_its_words(words: str, name: str) -> None:
    assert bare_name(words) == name


def test_what_may_mean_anybody_is_nobodys_name() -> None:
    assert all(is_common(n, REGISTER) for n in ("Sở", "UBND huyện", "các sở, ban, ngành", "đơn vị", "X"))
    assert not any(is_common(n, REGISTER) for n in ("VPUB", "Sở Mới", "BQL KKT"))


def test_targets_are_written_as_they_are_shown() -> None:
    every = [t for task in read().tasks for t in task.targets]
    assert every
    assert targets_of(target_lines(every)) == tuple(every)
    assert targets_of("Tỷ lệ hồ sơ trực tuyến tối thiểu đạt 80%")[0].value == 80
    assert isinstance(read().tasks[0], TaskDraft)
