"""A notice to 100 000 people into the outbox, beside one SQLModel object added and flushed for each."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import Session

from bot.notice_fan_out import fan_out
from bot.notice_message import notice_message
from bot.services import Service
from domain.lexicon import Lexicon
from domain.messages import Priority
from domain.notices import Notice
from domain.officials import Address
from domain.workdays import WorkCalendar
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.stores.core import chunks, run
from storage.stores.outbox_rows import ToSay, to_values
from storage.tables.registers import AddressRow, OfficialRow
from storage.tables.talk import OutboxRowTable
from storage.unit_of_work import Database

READERS, PEER_READERS, ROUNDS = 100_000, 2_500, 5
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
WORDS = {"vi": "Họp trực tuyến lúc 14 giờ chiều nay, phòng họp số 2.\n- Mang theo số liệu quý II.\n" * 3}


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fill(db: Database) -> Notice:
    with db.begin() as uow:
        for some in chunks(range(1, READERS + 1), 10_000):
            people = [
                {
                    "id": n,
                    "key": f"p{n}",
                    "name": f"P{n}",
                    "locale": "vi",
                    "digest_at": "",
                    "prefers": "",
                    "active": True,
                }
                for n in some
            ]
            run(uow.session, insert(OfficialRow), people)
            homes = [
                {
                    "official": n,
                    "channel": "telegram",
                    "bot": "1",
                    "chat": str(n),
                    "active": True,
                    "since": NOW,
                    "off_reason": "",
                }
                for n in some
            ]
            run(uow.session, insert(AddressRow), homes)
        notice = uow.notices.draft(Notice(0, 1, WORDS), NOW)
        uow.notices.add_readers(notice.id, ((n, "snv") for n in range(1, READERS + 1)))
    return notice


def _some(db: Database, service: Service, notice: Notice, readers: int) -> None:
    done = 0
    while done < readers:
        with db.begin() as uow:
            done += fan_out(uow, service, notice, NOW)


def _one_by_one(db: Database, notice: Notice, turn: int) -> None:
    """The peer: everything made beforehand, then a SQLModel object added and flushed for each reader."""
    message = notice_message(notice, "vi")
    with Session(db.engine) as session, session.begin():
        for n in range(1, PEER_READERS + 1):
            item = ToSay(
                f"peer:{turn}:{n}", Address(n, n, "telegram", "1", str(n)), Priority.NOTICE, "notice", message
            )
            session.add(OutboxRowTable(**to_values(item, NOW)))
            session.flush()


def main() -> None:
    """Print readers a second and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(engine)
        db = Database(engine)
        service = Service(db, WorkCalendar(ZONE), ZONE, Lexicon(), bots=(("telegram", "1"),))
        notice = _fill(db)
        share = READERS // ROUNDS
        peers, ours = [], []
        for turn in range(ROUNDS):  # in turns, because a shared machine is not the same from second to second
            peers.append(_timed(partial(_one_by_one, db, notice, turn)) / PEER_READERS)
            ours.append(_timed(partial(_some, db, service, notice, share)) / share)
        ratios = sorted(peer / our for peer, our in zip(peers, ours, strict=True))
        print(
            f"peer: {1 / median(peers):,.0f} rows a second, one SQLModel insert each, all in one transaction"
        )
        print(
            f"fan-out: {1 / median(ours):,.0f} readers a second over {READERS:,}, addresses chosen; "
            f"{median(ratios):.1f} × the peer ({ratios[0]:.1f}-{ratios[-1]:.1f} over {ROUNDS} rounds)"
        )
        engine.dispose()


if __name__ == "__main__":
    main()
