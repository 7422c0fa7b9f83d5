"""Days off that are announced while the service runs are kept from the next planning on, without a restart."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.saying import tell_admins
from domain.messages import text
from domain.phrases import verbatim
from dondoc import serve
from scheduler import office_days
from storage.stores.office import OfficeDay
from storage.stores.outbox_moves import OutboxMoves
from storage.unit_of_work import Database
from tests.stories.conftest import PEOPLE
from tests.town import Town

#: an ordinary Wednesday, and a Saturday that is off
WEDNESDAY, SATURDAY = date(2026, 1, 7), date(2026, 1, 17)
EVERYBODY = [key for key, *_ in PEOPLE]


def announce(db: Database, day: date, *, works: bool) -> None:
    """Another process brings it in, as ``dondoc import holidays`` does."""
    with db.begin() as uow:
        uow.calendar.save_overrides([OfficeDay(day, works, "Nghỉ bù", "12/TB-UBND")])


def heard(town: Town) -> dict[str, list[str]]:
    """Who heard what since this was last asked."""
    return {who: said for who in EVERYBODY if (said := town.hears(who))}


def test_a_day_off_announced_the_evening_before(town: Town) -> None:
    town.forward("2026-01-06 18:00")
    with town.db.begin() as uow:
        message = text(verbatim("Có việc cần xem."))
        tell_admins(uow, town.service, message, town.clock.now(), kind="alarm", key="alarm:1")
    heard(town)
    announce(town.db, WEDNESDAY, works=False)
    for moment in ("2026-01-06 18:01", "2026-01-07 07:31", "2026-01-07 07:46", "2026-01-07 16:00"):
        town.jump(moment)
        town.tick()
        assert heard(town) == {}
    assert not town.service.calendar.is_workday(WEDNESDAY)
    town.jump("2026-01-08 07:30")
    town.tick()
    assert heard(town)["quan-tri"] == ["Có việc cần xem."]


def test_a_saturday_that_is_worked_after_all(town: Town) -> None:
    town.forward("2026-01-15 18:00")
    announce(town.db, SATURDAY, works=True)
    heard(town)
    town.jump("2026-01-16 07:46")
    town.tick()
    heard(town)
    town.jump("2026-01-17 07:46")
    town.tick()
    (said,) = heard(town)["dm-stc"]
    assert said.startswith("Nhắc việc thứ Bảy 17/1/2026")
    town.jump("2026-01-17 07:50")
    town.tick()
    assert heard(town) == {}


def test_a_failure_on_the_way_is_made_good_at_the_next_look(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(town.db, WEDNESDAY, works=False)
    with monkeypatch.context() as broken:
        broken.setattr(OutboxMoves, "moments_ahead", lambda self, now: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            office_days.follow(town.service, town.clock.now())
    assert town.service.calendar.is_workday(WEDNESDAY)
    assert office_days.follow(town.service, town.clock.now())
    assert not town.service.calendar.is_workday(WEDNESDAY)
    assert not office_days.follow(town.service, town.clock.now())


def test_a_door_alone_takes_them_up_and_outlives_a_database_that_is_away(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "DAYS_LOOKED_AT", 0.02)
    looked: list[int] = []
    real = serve.follow

    def follow(*given: object) -> bool:
        looked.append(1)
        if len(looked) < 3:
            raise ConnectionError("the database is away")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(serve, "follow", follow)

    async def run() -> None:
        watching = asyncio.ensure_future(serve._follow_days(town.runtime))
        announce(town.db, WEDNESDAY, works=False)
        for _ in range(200):
            await asyncio.sleep(0.02)
            if not town.service.calendar.is_workday(WEDNESDAY):
                break
        town.runtime.stopping.set()
        await watching

    asyncio.run(run())
    assert not town.service.calendar.is_workday(WEDNESDAY)
