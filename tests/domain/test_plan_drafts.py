"""Drafts are kept and opened again without a loss."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Origin
from domain.plan_drafts import pack, unpack
from domain.plans import DocumentHead, Doubt, DutyDraft, PlanDraft, Target, TaskDraft
from domain.timeframes import TimeFrame, TimeFrameKind

words = st.text(max_size=20)
lists = st.lists(words, max_size=3).map(tuple)
days = st.none() | st.dates()
doubts = st.lists(st.builds(Doubt, words, words, words, st.floats(0, 1)), max_size=2).map(tuple)
frames = st.builds(
    TimeFrame, words, st.sampled_from(TimeFrameKind), days, st.booleans(), days, days, st.none() | words, lists, lists
)  # fmt: skip
targets = st.lists(st.builds(Target, words, words, st.floats(0, 1e9), words, words), max_size=2).map(tuple)
tasks = st.builds(
    TaskDraft, words, words, words, words, words, frames, lists, lists, lists, lists, lists, lists, words, words,
    targets, doubts, st.builds(Origin, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
)  # fmt: skip
duties = st.builds(DutyDraft, words, words, words, frames, lists, st.booleans(), doubts)
heads = st.builds(DocumentHead, words, days, words, words, lists, lists, words, words)
drafts = st.builds(
    PlanDraft, heads, st.lists(tasks, max_size=3).map(tuple), st.lists(duties, max_size=2).map(tuple), doubts
)


@given(drafts)
def test_nothing_is_lost_on_the_way_through_json(draft: PlanDraft) -> None:
    assert unpack(json.loads(json.dumps(pack(draft)))) == draft


def test_a_draft_kept_before_a_field_was_added_still_opens() -> None:
    kept = pack(PlanDraft(DocumentHead("1/KH-UBND", date(2024, 6, 20), amends="2/KH-UBND")))
    del kept["head"]["amends"]
    assert unpack(kept).head == DocumentHead("1/KH-UBND", date(2024, 6, 20))
