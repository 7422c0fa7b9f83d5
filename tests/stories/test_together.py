"""Replies that wait together share a transaction, and nobody notices."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.channel import Accepted
from bot.gathering import Gathering
from bot.incoming import Incoming
from bot.registry import commands
from bot.turn import Reply, Turn
from domain.assignments import State
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
from tests.town import Town

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
SAID = {"quan-tri": "/viec", "dm-stc": "1a xong", "dm-stp": "1b được 80%", "dm-syt": "2a được 45%"}


def comes(town: Town, said: Sequence[tuple[str, str]], first: int = 500) -> list[Incoming]:
    now = town.clock.now()
    return [
        Incoming("telegram", "1", str(first + n), who, now, text=text) for n, (who, text) in enumerate(said)
    ]


@contextmanager
def commits(database: Database) -> Iterator[list[str]]:
    """What was committed meanwhile."""
    seen: list[str] = []

    def one(_connection: object) -> None:
        seen.append("commit")

    event.listen(database.engine, "commit", one)
    try:
        yield seen
    finally:
        event.remove(database.engine, "commit", one)


def stands(town: Town) -> list[tuple[str, str, int | None, str]]:
    with town.db.begin() as uow:
        return sorted((a.agency, a.state.value, a.percent, a.last_note) for a in uow.assignments.all())


def twin(database: Database) -> Town:
    town = Town(database, "2026-01-05 07:30")
    town.settle(*PEOPLE)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    return town


def heard(town: Town) -> dict[str, list[str]]:
    town.deliver()
    return {who: town.hears(who) for who, _, _ in PEOPLE}


def test_together_is_as_one_by_one(database: Database, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'alone.db'}")
    upgrade(engine)
    together, alone = twin(database), twin(Database(engine))
    for town in (together, alone):
        town.tick()
        heard(town)
    with commits(database) as seen:
        taken = together.runtime.inbox.accept_many(comes(together, list(SAID.items())), together.clock.now())
    assert [one.outcome for one in taken if isinstance(one, Accepted)] == ["done"] * 4
    assert len(seen) == 1
    for incoming in comes(alone, list(SAID.items())):
        alone.runtime.inbox.accept(incoming, alone.clock.now())
    assert stands(together) == stands(alone)
    assert heard(together) == heard(alone)
    for town in (together, alone):
        assert town.presses("dm-stp", "Hủy cập nhật").outcome == "done"
    assert heard(together) == heard(alone)


def test_two_of_one_agency_and_one_person_twice_go_on_from_each_other(town: Town) -> None:
    town.tick()
    with town.db.begin() as uow:
        head = uow.people.by_key("tt-stc")
        assert head is not None
        uow.people.add_address(head.id, "telegram", "1", "tt-stc-2", town.clock.now())
    said = [("dm-stc", "1a được 30%"), ("tt-stc", "1a được 40%"), ("tt-stc-2", "1a được 50%")]
    taken = town.runtime.inbox.accept_many(comes(town, said), town.clock.now())
    assert [one.outcome for one in taken if isinstance(one, Accepted)] == ["done"] * 3
    with town.db.begin() as uow:
        work = next(a for a in uow.assignments.of_agencies(["stc"]) if a.percent is not None)
        assert [r.percent for r in uow.assignments.history(work.id)] == [30, 40, 50]
        assert work.percent == 50


def test_what_was_seen_before_and_what_a_stranger_says(town: Town) -> None:
    with town.db.begin() as uow:
        late = uow.people.save("dm-sxd", "Đầu mối Sở Xây dựng", [])
        code = uow.people.new_invite(late.id, town.clock.now())
    first = comes(town, [("dm-syt", "/viec"), ("99", "xin chào"), ("100", code)])
    taken = [*town.runtime.inbox.accept_many(first, town.clock.now())]
    again = [*town.runtime.inbox.accept_many(first, town.clock.now())]
    assert [one.outcome for one in taken if isinstance(one, Accepted)] == ["done", "stranger", "done"]
    assert [one.outcome for one in again if isinstance(one, Accepted)] == ["duplicate"] * 3
    town.deliver()
    assert [len(town.hears(chat)) for chat in ("dm-syt", "99", "100")] == [1, 1, 1]


def test_one_that_fails_does_not_hurt_the_others(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.tick()
    heard(town)
    progress = commands().by_intent["progress"]

    def breaks(turn: Turn) -> Reply:
        if turn.who.key == "dm-stp":
            turn.uow.cases.add("half done", {}, {}, turn.today)
            raise RuntimeError("a mistake of ours")
        return progress.handle(turn)

    changed = type(progress)(progress.name, breaks, intents=progress.intents, acts=progress.acts)
    monkeypatch.setitem(commands().by_intent, "progress", changed)
    taken = town.runtime.inbox.accept_many(comes(town, list(SAID.items())), town.clock.now())
    outcomes = [one.outcome for one in taken if isinstance(one, Accepted)]
    assert outcomes == ["done", "done", "failed", "done"]
    with town.db.begin() as uow:
        assert uow.cases.all() == []
        assert [a.state for a in uow.assignments.of_agencies(["stc"], open_only=False)].count(State.DONE) == 1
    town.deliver()
    assert "chưa ghi nhận gì" in " ".join(town.hears("dm-stp"))
    assert all(len(town.hears(who)) == 1 for who in ("quan-tri", "dm-stc", "dm-syt"))


def test_a_database_that_is_away_is_not_tried_for_each(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def away(*_: object) -> None:
        tries.append(1)
        raise OperationalError("BEGIN", None, Exception("away"))

    monkeypatch.setattr(town.db, "begin", away)
    taken = town.runtime.inbox.accept_many(comes(town, list(SAID.items())), town.clock.now())
    assert all(isinstance(one, OperationalError) for one in taken)
    assert len(tries) == 3


class Slow:
    """An inbox that keeps what it was given together, and takes its time."""

    lanes = 1

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def accept_many(self, several: Sequence[Incoming], now: datetime) -> list[Accepted | Exception]:
        self.batches.append([f"{one.chat}:{one.text}" for one in several])
        if any(one.text == "all" for one in several):
            raise MemoryError
        return [LookupError(one.text) if one.text == "bad" else Accepted(one.text) for one in several]


def gathered(said: Sequence[tuple[str, str]]) -> tuple[list[list[str]], list[object]]:
    slow = Slow()

    async def everything() -> list[object]:
        gathering = Gathering(slow, lambda: NOW)
        several = [Incoming("telegram", "1", str(n), chat, NOW, text=t) for n, (chat, t) in enumerate(said)]
        return [
            one.outcome if isinstance(one, Accepted) else type(one)
            for one in await asyncio.gather(*map(gathering.accept, several), return_exceptions=True)
        ]

    return slow.batches, asyncio.run(everything())


def test_what_waits_goes_together_and_a_chat_keeps_its_order() -> None:
    said = [("a", "1"), ("a", "2"), ("b", "1"), ("a", "3"), ("c", "1"), ("b", "2")]
    batches, taken = gathered(said)
    assert batches == [["a:1"], ["a:2", "b:1", "c:1"], ["a:3", "b:2"]]
    assert taken == [text for _, text in said]


def test_a_crowd_goes_in_parts() -> None:
    batches, taken = gathered([(str(n), "x") for n in range(70)])
    assert [len(batch) for batch in batches] == [1, 32, 32, 5]
    assert taken == ["x"] * 70


def test_who_is_answered_and_writes_again_goes_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gathering.MOMENT", 0.2)
    slow = Slow()

    async def everything() -> None:
        gathering = Gathering(slow, lambda: NOW)

        async def person(chat: str) -> None:
            for n in range(8):
                await gathering.accept(Incoming("telegram", "1", f"{chat}{n}", chat, NOW, text=str(n)))

        await asyncio.gather(*map(person, "abcde"))
        await gathering.accept(
            Incoming("telegram", "1", "z", "z", NOW, text="alone")
        )  # and is not kept waiting

    asyncio.run(everything())
    sizes = [len(batch) for batch in slow.batches]
    assert sum(sizes) == 41
    assert len(sizes) <= 12, sizes  # one and four in turns would be sixteen


def test_each_has_its_own_error_and_nobody_waits_for_ever() -> None:
    _, taken = gathered([("a", "1"), ("b", "bad"), ("c", "1")])
    assert taken == ["1", LookupError, "1"]
    _, taken = gathered([("a", "1"), ("b", "all"), ("c", "1"), ("c", "2")])
    assert taken == ["1", MemoryError, MemoryError, "2"]
