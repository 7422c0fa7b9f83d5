"""Whose turn it is, and when what has ended is recorded."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import Traits
from domain.messages import Priority
from domain.pacing import Pacer
from scheduler import sending_gate
from scheduler.sending_gate import Gate
from storage.unit_of_work import Database
from tests.scheduler.office import Line, Office, everybody, live


def test_a_queue_of_one_chat_waits_for_the_others_first_messages(database: Database) -> None:
    line = Line(traits=Traits(rate=500, chat_gap=0.05, in_flight=5))
    office = Office(database, line)
    for address in everybody(office, 60):
        office.keep(address, "1", "2", "3")
    assert office.send() == 180
    order = [chat for chat, _ in line.sent]
    assert len(set(order[:60])) >= 50, "the first three fifths are not three messages to each of twenty"
    for n in range(60):
        assert [wire.text for chat, wire in line.sent if chat == str(n)] == ["1", "2", "3"]


def test_what_went_out_is_recorded_while_more_than_enough_is_at_hand(database: Database) -> None:
    line = Line(traits=Traits(in_flight=10))
    office = Office(database, line)
    people = everybody(office, 100)
    line.hanging = {a.chat for a in people[1:]}
    for address in people:
        office.keep(address, "x", priority=Priority.NOTICE)

    async def story(_: asyncio.Event) -> None:
        await line.until(said=1)
        for _ in range(500):
            if office.states()["0:x"] == "sent":
                break
            await asyncio.sleep(0.02)
        assert list(office.states().values()).count("sent") == 1
        line.let_go()
        await line.until(said=100)

    live(office, story)
    assert set(office.states().values()) == {"sent"}


def test_a_call_that_hangs_gives_its_slot_back_and_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's budget is the messenger's, and what hangs has reached it or never will; calls at once are ours."""
    monkeypatch.setattr(sending_gate, "PATIENCE", 0.05)

    async def story() -> list[str]:
        loop, begun = asyncio.get_running_loop(), list[str]()
        gate = Gate(Traits(in_flight=2), Pacer(rate=1000, chat_gap=0.01), loop, good_until=loop.time() + 60)
        answered = asyncio.Event()

        async def call(chat: str, priority: int) -> None:
            async with gate.turn(chat, priority):
                begun.append(chat)
                await answered.wait()

        calls = [asyncio.ensure_future(call(c, Priority.REPLY)) for c in "aab"]
        await asyncio.sleep(0.02)
        assert begun == ["a", "b"], "one call to a chat at a time"
        assert gate.waiting == 1
        await asyncio.sleep(0.2)
        assert begun == ["a", "b"], "two calls hang, and two may be under way"
        answered.set()
        await asyncio.gather(*calls)
        return begun

    assert asyncio.run(story()) == ["a", "b", "a"]


def test_a_second_message_to_a_chat_whose_call_hangs_goes_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending_gate, "PATIENCE", 0.05)

    async def story() -> float:
        loop = asyncio.get_running_loop()
        gate = Gate(Traits(in_flight=10), Pacer(rate=1000, chat_gap=0.1), loop, good_until=loop.time() + 60)
        never, began = asyncio.Event(), loop.time()

        async def hang() -> None:
            async with gate.turn("a", Priority.REPLY):
                await never.wait()

        hanging = asyncio.ensure_future(hang())
        await asyncio.sleep(0)
        async with gate.turn("a", Priority.REPLY):
            waited = loop.time() - began
        never.set()
        await hanging
        return waited

    assert asyncio.run(story()) >= 0.15, "patience, and the chat's gap after it"


def test_whoever_waits_is_turned_away_when_the_right_to_speak_is_lost() -> None:
    async def story() -> list[str]:
        loop = asyncio.get_running_loop()
        gate, told = Gate(Traits(in_flight=2), Pacer(), loop), list[str]()

        async def call(chat: str) -> None:
            try:
                async with gate.turn(chat, Priority.REPLY):
                    told.append(f"{chat} went")
            except sending_gate.Forgone:
                told.append(f"{chat} did not")

        first = asyncio.ensure_future(call("a"))
        await asyncio.sleep(0)
        gate.forgo()
        await first
        gate.renewed(loop.time() + 60)
        await call("b")
        gate.close()
        await call("c")
        return told

    assert asyncio.run(story()) == ["a did not", "b went", "c did not"]
