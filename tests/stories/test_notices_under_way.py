"""A notice on its way: paused, resumed, cancelled, withdrawn, failing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel import Rejected, Traits
from bot.notices import sending
from bot.notices.desk import again, cancel, pause, resume, withdraw
from domain.errors import BadInput
from domain.notices import NoticeState
from tests.stories.noticed import MANY, TEXT, few, got, now_is, plan_only, ready, the, town
from tests.town import Town

__all__ = ["few", "town"]  # fixtures


def test_a_pause_takes_back_what_has_not_gone_and_resuming_sends_it_once(town: Town) -> None:
    notice, author = ready(town), the(town, "admin")
    plan_only(town)
    with town.db.begin() as uow:
        assert uow.notices.progress(notice.id).queued == MANY
        paused = pause(uow, author, again(uow, notice), town.clock.now())
        assert uow.notices.progress(notice.id).waiting == MANY
    town.tick()
    assert got(town) == 0
    with town.db.begin() as uow:
        resume(uow, author, paused, town.clock.now())
    town.tick()
    town.tick()
    assert got(town) == MANY
    assert now_is(town, notice).state is NoticeState.SENT


def test_what_is_cancelled_before_it_goes_does_not_go(town: Town) -> None:
    notice, author = ready(town), the(town, "admin")
    plan_only(town)
    with town.db.begin() as uow:
        cancel(uow, author, again(uow, notice), town.clock.now())
    town.tick()
    assert got(town) == 0
    with town.db.begin() as uow:
        assert uow.notices.progress(notice.id).stopped == MANY


def test_what_has_gone_is_struck_through_where_it_stands(town: Town) -> None:
    notice = ready(town)
    town.tick()
    first = {str(n): chat for n, (chat, w) in enumerate(town.channels[0].sent, 1) if "Họp" in w.text}
    town.tick()
    author = the(town, "admin")
    with town.db.begin() as uow:
        withdraw(uow, author, again(uow, notice), "hoãn họp", town.clock.now())
    town.tick()
    taken = [(chat, w) for chat, w in town.channels[0].sent if w.replaces]
    assert {w.replaces: chat for chat, w in taken} == {k: v for k, v in first.items() if v.startswith("p")}
    text = taken[0][1].text
    assert text.startswith("Thông báo này đã được thu hồi")
    assert "Lý do: hoãn họp" in text
    struck = [text[s.start : s.start + s.length] for s in taken[0][1].spans if s.style == "strikethrough"]
    assert TEXT in struck
    before = len(town.channels[0].sent)
    town.tick()
    assert len(town.channels[0].sent) == before


def test_where_nothing_can_be_replaced_a_word_follows(town: Town) -> None:
    town.channels[0].traits = Traits(replaces=False)
    notice = ready(town)
    town.tick()
    town.tick()
    author = the(town, "admin")
    with town.db.begin() as uow:
        withdraw(uow, author, again(uow, notice), "", town.clock.now())
    town.tick()
    told = [w for _, w in town.channels[0].sent if w.text.startswith("Thông báo này đã được thu hồi")]
    assert len(told) == MANY
    assert all(w.reply_to and not w.replaces for w in told)


def test_too_many_failures_pause_it_and_tell_its_author(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AHEAD", 24)
    town.channels[0].faults = [Rejected("bad_request") if n % 2 else None for n in range(24)]
    notice = ready(town)
    town.tick()
    town.tick()
    assert now_is(town, notice).state is NoticeState.PAUSED
    assert any("tạm dừng: nhiều tin không gửi được" in said for said in town.hears("admin"))
    assert got(town) == 12
    town.presses("admin", "Gửi tiếp")  # the author knows, and lets it go on
    town.tick()
    town.tick()
    assert now_is(town, notice).state is NoticeState.SENT
    assert got(town) == 28


MOVES = ["plan", "send", "pause", "resume", "cancel", "withdraw", "restart"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(MOVES), max_size=10))
def test_whatever_is_done_with_it_nobody_gets_it_twice_and_nothing_goes_after_an_end(
    few: Town, moves: list[str]
) -> None:
    town, author = few, the(few, "admin")
    channel = town.channels[0]
    notice, before = ready(town), len(channel.sent)
    ended = False
    for move in moves:
        if move == "plan":
            plan_only(town)
        elif move == "send":
            town.deliver()
        elif move == "restart":
            town.runtime.__dict__.pop("sender", None)
        else:
            step = {"pause": pause, "resume": resume, "cancel": cancel}.get(move)
            try:
                with town.db.begin() as uow:
                    if step:
                        step(uow, author, again(uow, notice), town.clock.now())
                    else:
                        withdraw(uow, author, again(uow, notice), "", town.clock.now())
            except BadInput:
                continue  # not legal as it stands
            ended = ended or move in ("cancel", "withdraw")
        got_it = [chat for chat, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
        assert len(got_it) == len(set(got_it))
        if ended:
            last = len(got_it)
            plan_only(town)
            town.deliver()
            after = [c for c, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
            assert len(after) == last
    if not ended:
        with town.db.begin() as uow:
            if again(uow, notice).state is NoticeState.PAUSED:
                resume(uow, author, again(uow, notice), town.clock.now())
        town.tick()
        town.tick()
        after = [c for c, w in channel.sent[before:] if w.text.startswith("Thông báo\n\n")]
        assert sorted(after) == ["p00", "p01", "p02"]
