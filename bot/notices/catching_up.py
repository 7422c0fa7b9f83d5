"""Who joins later gets the notices that still concern them."""

from __future__ import annotations

from datetime import datetime

from bot.notice_fan_out import fan_out
from bot.notices.nudging import still_concerns
from bot.services import Service
from domain.audience import resolve_audience
from domain.notices import LIVE, Notice, NoticeState
from domain.officials import Official
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork

_LOOKED_AT = 100


def catch_up(uow: UnitOfWork, service: Service, who: Official, now: datetime) -> int:
    """Queue them for somebody who has just got an address; how many notices.

    A notice is for them if they were among its readers without a channel, or if its audience takes them in now.
    """
    live = [n for n in uow.notices.newest(_LOOKED_AT, LIVE) if still_concerns(n, now)]
    if not live:
        return 0
    left_out = set(uow.notices.left_out_of(who.id))
    facts = read_audience_facts(uow, service.calendar.local_date(now))
    caught = 0
    for notice in live:
        if notice.id in left_out:
            uow.notices.wait_again(notice.id, who.id)
        elif not uow.notices.reads(notice.id, who.id):
            chosen = [c for c in resolve_audience(notice.audience, facts).people if c.official.id == who.id]
            if not chosen:
                continue
            uow.notices.add_readers(notice.id, [(who.id, chosen[0].agency)])
        else:
            continue
        caught += 1
        _go(uow, service, notice, now)
    return caught


def _go(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> None:
    """A notice that has gone out is sent to the late-comer now; one under way takes them along itself."""
    if notice.state is NoticeState.SENT:
        fan_out(uow, service, notice, now)
