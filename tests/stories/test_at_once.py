"""The same thing comes in to several doors at the same moment: it counts once, on either database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlmodel import func, select

from bot.channel import Accepted
from bot.inbox import Inbox
from bot.incoming import Incoming
from domain.messages import Priority
from storage.engine import make_engine
from storage.tables.talk import OutboxRowTable
from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.town import Town

DOORS = 6


@pytest.fixture
def inboxes(town: Town) -> Iterator[list[Inbox]]:
    """As many processes would have: each with connections of its own."""
    url = town.db.engine.url.render_as_string(hide_password=False)
    engines = [make_engine(url) for _ in range(DOORS)]
    yield [Inbox(Town(Database(engine), "2026-01-05 07:30").service) for engine in engines]
    for engine in engines:
        engine.dispose()


def at_once(works: Sequence[Callable[[], Accepted]]) -> Counter[str]:
    """How each of these ended, begun at the same moment."""
    ready, ended = threading.Barrier(len(works)), Counter[str]()
    wrong: list[BaseException] = []

    def one(work: Callable[[], Accepted]) -> None:
        ready.wait(20)
        try:
            outcome = work().outcome
        except BaseException as error:
            wrong.append(error)
            return
        ended[outcome] += 1

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong, wrong
    return ended


def comes(town: Town, number: int, **what: str) -> Incoming:
    return Incoming("telegram", "1", str(900 + number), "dm-stp", town.clock.now(), **what)  # type: ignore[arg-type]


def logged(town: Town) -> list[int | None]:
    with town.db.begin() as uow:
        return sorted(uow.session.exec(select(ProgressRow.percent)).all(), key=lambda p: p or 0)


def answers(town: Town) -> int:
    with town.db.begin() as uow:
        return uow.session.exec(select(func.count()).where(OutboxRowTable.priority == Priority.REPLY)).one()


def test_one_update_brought_to_every_door_at_once(town: Town, inboxes: list[Inbox]) -> None:
    for number in range(5):
        update = comes(town, number, text=f"được {60 + number}%")
        ended = at_once([partial(inbox.accept, update, town.clock.now()) for inbox in inboxes])
        assert ended == {"done": 1, "duplicate": DOORS - 1}
    assert logged(town) == [60, 61, 62, 63, 64]
    assert answers(town) == 5


def test_batches_of_the_same_updates_in_another_order(town: Town, inboxes: list[Inbox]) -> None:
    """Each door writes several in one transaction, the other way round: databases call that a deadlock."""
    people = ("dm-stp", "dm-stc", "dm-syt", "quan-tri")
    now = town.clock.now()
    several = [Incoming("telegram", "1", f"b{n}", who, now, text="/viec") for n, who in enumerate(people)]

    def take(inbox: Inbox, backwards: bool) -> Accepted:
        found = inbox.accept_many(several[::-1] if backwards else several, now)
        outcomes = {one.outcome if isinstance(one, Accepted) else type(one).__name__ for one in found}
        return Accepted("+".join(sorted(outcomes)))

    ended = at_once([partial(take, inbox, n % 2 == 1) for n, inbox in enumerate(inboxes)])
    assert set(ended) <= {"done", "duplicate", "done+duplicate"}
    assert answers(town) == len(people)


def pressed(town: Town, inboxes: list[Inbox], label: str, first: int) -> Counter[str]:
    """Every door hears of another press of the same button."""
    (button,) = [b for b in town.wires("dm-stp")[-1].buttons if b.label == label]
    now = town.clock.now()
    presses = [comes(town, first + n, token=button.token) for n in range(DOORS)]
    return at_once([partial(inbox.accept, p, now) for inbox, p in zip(inboxes, presses, strict=True)])


def test_one_button_pressed_at_every_door_at_once(town: Town, inboxes: list[Inbox]) -> None:
    town.says("dm-stp", "được 60%")
    pressed(town, inboxes, "Xong hẳn", 100)
    assert logged(town) == [None, 60]


def test_a_report_taken_back_at_every_door_at_once(town: Town, inboxes: list[Inbox]) -> None:
    for percent in (40, 50, 60):
        town.says("dm-stp", f"được {percent}%")
    ended = pressed(town, inboxes, "Hủy cập nhật", 200)
    assert ended == {"done": 1, "stale": DOORS - 1}
    with town.db.begin() as uow:
        undone = uow.session.exec(select(ProgressRow.percent).where(ProgressRow.undone_at != None)).all()  # noqa: E711
    assert undone == [60]


def test_a_deadline_moved_meanwhile_stays_moved_when_a_report_is_taken_back(town: Town) -> None:
    town.says("dm-stp", "được 60%")
    with town.db.begin() as uow:
        (mine,) = uow.assignments.of_agencies(["stp"])
        uow.assignments.save(
            replace(mine, act_by=date(2026, 3, 2), due_on=date(2026, 3, 2), deadline_version=2)
        )
    assert town.presses("dm-stp", "Hủy cập nhật").outcome == "done"
    with town.db.begin() as uow:
        after = uow.assignments.get(mine.id)
    assert (after.percent, after.act_by, after.deadline_version) == (None, date(2026, 3, 2), 2)
