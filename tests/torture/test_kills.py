"""Nothing is lost and nothing doubled that can be helped, however often the process is killed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from scheduler.sending_bot import in_hand
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble
from tests.torture.battlefield import RATE, Battlefield

#: rows one process holds at once: its calls under way, and those answered or about to begin
IN_HAND = in_hand(TelegramChannel("1:a", rate=RATE).traits)

Field = Callable[..., Battlefield]


@pytest.fixture
def on_sqlite(tmp_path: Path, telegram: TelegramDouble) -> Iterator[Field]:
    url = f"sqlite:///{tmp_path / 'province.db'}"
    engine = make_engine(url)
    upgrade(engine)
    made: list[Battlefield] = []

    def make(**size: int) -> Battlefield:
        made.append(Battlefield(Database(engine), telegram, url, **size))
        made[0].fill()
        return made[0]

    telegram.limits(on=False)
    yield make
    made[0].end()
    engine.dispose()


@pytest.fixture
def on_postgres(postgres_database: Database, telegram: TelegramDouble) -> Iterator[Field]:
    url = postgres_database.engine.url.render_as_string(hide_password=False)
    made: list[Battlefield] = []

    def make(**size: int) -> Battlefield:
        made.append(Battlefield(postgres_database, telegram, url, **size))
        made[0].fill()
        return made[0]

    telegram.limits(on=False)
    yield make
    made[0].end()


ALONE = {"all": "run"}
TWO_WORKERS = {"door": "web", "one": "worker", "other": "worker"}


def held(field: Battlefield, *, doubled: bool) -> None:
    """Everything arrived, every reply is logged once, and only what was under way at a kill came twice."""
    sys.stdout.write(f"\n{field.report()}\n")  # ./run torture shows it
    taken = field.taken()
    assert len(taken) == field.messages
    twice = {number for number, times in taken.items() if times > 1}
    assert twice <= set().union(*field.at_risk), "a message that was not under way at any kill came twice"
    assert sum(times - 1 for times in taken.values()) <= sum(map(len, field.at_risk))
    assert max(map(len, field.at_risk), default=0) <= IN_HAND
    assert doubled or not twice
    logged = field.logged()
    assert len(logged) == field.replies
    assert set(logged.values()) == {1}


def test_killed_five_times(on_sqlite: Field) -> None:
    field = on_sqlite(people=40, messages=120)
    field.fight(5, ALONE, signal.SIGKILL, most=0.6)
    field.settle()
    held(field, doubled=True)


def test_stopped_in_good_order_nothing_is_doubled(on_sqlite: Field) -> None:
    field = on_sqlite(people=40, messages=120)
    field.fight(3, ALONE, signal.SIGTERM, most=0.6)
    field.settle()
    held(field, doubled=False)


@pytest.mark.postgres
def test_two_workers_killed_five_times(on_postgres: Field) -> None:
    field = on_postgres(people=40, messages=120)
    field.fight(5, TWO_WORKERS, signal.SIGKILL, most=0.6)
    field.settle()
    held(field, doubled=True)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_two_thousand_messages_and_fifty_kills(on_sqlite: Field, sign: signal.Signals) -> None:
    field = on_sqlite(people=500, messages=2000)
    field.fight(50, ALONE, sign)
    field.settle()
    held(field, doubled=sign is signal.SIGKILL)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.postgres
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_two_thousand_messages_and_fifty_kills_of_two_workers(
    on_postgres: Field, sign: signal.Signals
) -> None:
    field = on_postgres(people=500, messages=2000)
    field.fight(50, TWO_WORKERS, sign)
    field.settle()
    held(field, doubled=sign is signal.SIGKILL)
