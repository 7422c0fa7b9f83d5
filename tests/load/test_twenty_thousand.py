"""One notice to 20 000 people over three bots and two channels: `./run notices`, about seven minutes."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble, ZaloDouble
from tests.load.notice_field import NoticeField

Make = Callable[[int], NoticeField]
#: rows one process may have under way, that no record tells of when it is killed: calls of all bots
UNDER_WAY = 30 + 30 + 16 + 3 * 12


@pytest.fixture
def make(tmp_path: Path, telegram: TelegramDouble, zalo: ZaloDouble) -> Iterator[Make]:
    url = f"sqlite:///{tmp_path / 'province.db'}"
    engine = make_engine(url)
    upgrade(engine)
    made: list[NoticeField] = []

    def build(people: int) -> NoticeField:
        made.append(NoticeField(Database(engine), url, telegram, zalo, people))
        made[0].fill()
        return made[0]

    yield build
    made[0].end()
    engine.dispose()


def run(field: NoticeField, steps: list[tuple[float, str]]) -> None:
    """Send, and at these shares of the way: kill, pause, or have somebody ask."""
    field.send()
    field.start()
    for share, what in steps:
        field.wait_for(int(field.people * share), 600)
        if what == "kill":
            field.kill()
        elif what == "pause":
            field.pause_for(4)
        else:
            for _ in range(5):
                field.ask()
                time.sleep(0.3)
    field.wait_for(field.people, 600)
    time.sleep(2)


def report(field: NoticeField) -> None:
    """The figures; -s shows them."""
    times = field.arrived()
    shares = ", ".join(f"{c} {b}: {s:.1%}" for (c, b), s in field.rates().items())
    sys.stdout.write(
        f"\n{field.people} recipients: {len(times)} reached, {sum(n - 1 for n in times.values())} twice; "
        f"of each bot's ceiling {shares}; {len(field.waits)} answers meanwhile, "
        f"median {statistics.median(field.waits):.2f} s, longest {max(field.waits):.2f} s; "
        f"in the median second {[statistics.median(field.by_second(*bot)) for bot in field.bots]}, "
        f"seconds with less than half of it {[sum(n < rate / 2 for n in field.by_second(*bot)) for bot, rate in field.bots.items()]}; "
        f"refused for being too fast: {field.telegram.state()['refused_429']} and {field.zalo.state()['refused_429']}\n"
    )


@pytest.mark.long
@pytest.mark.timeout(900)
def test_all_are_reached_once_through_kills_and_a_pause(make: Make) -> None:
    field = make(20_000)
    run(field, [(0.1, "ask"), (0.25, "kill"), (0.4, "ask"), (0.5, "pause"), (0.65, "ask"), (0.75, "kill"), (0.9, "ask")])  # fmt: skip
    report(field)
    times = field.arrived()
    assert len(times) == field.people
    assert sum(n - 1 for n in times.values()) <= 2 * UNDER_WAY
    assert max(times.values()) <= 2
    assert min(field.rates().values()) >= 0.95
    assert max(field.waits) < 1.0


@pytest.mark.timeout(120)
def test_a_hundred_in_small(make: Make) -> None:
    field = make(140)
    run(field, [(0.3, "ask")])
    assert set(field.arrived().values()) == {1}
    assert len(field.arrived()) == 140
