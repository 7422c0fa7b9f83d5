"""What may happen to an outbox, played as a machine that looks at the whole of it after each step.

Workers claim, send, fail, lose their lease, die and come back; people block, chats move, receipts come in any order.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from domain.receipts import Receipt, later
from storage.stores.outbox import OutboxRow, ToSay
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
BOT = ("telegram", "1")
ENDS = {"sent", "dead", "superseded"}
STATES = {"queued", "claimed", "failed"} | ENDS
CHATS = "abc"
WORKERS = ("w1", "w2")
LEASE = timedelta(seconds=30)


class OutboxMachine(RuleBasedStateMachine):
    """The outbox of one bot under everything that may happen to it."""

    database: Database
    examples = 0
    claims = Bundle("claims")

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.kept: dict[int, ToSay] = {}
        self.before: dict[int, OutboxRow] = {}
        self.said: list[int] = []  # what reached the messenger, in order
        self.count = 0
        OutboxMachine.examples += 1  # one database serves every example: each has a bot of its own
        self.bot = ("telegram", str(self.examples))

    def _new(self, chat: str, priority: int, wait: int) -> dict[str, object]:
        self.count += 1
        key = f"{self.bot[1]}:{self.count}"
        address = Address(0, 0, *self.bot, chat)
        return {
            "key": key, "address": address, "priority": priority, "kind": "n", "now": self.now,
            "message": text(verbatim(key)), "not_before": self.now + timedelta(seconds=wait),
        }  # fmt: skip

    @rule(
        chat=st.sampled_from(CHATS),
        priority=st.sampled_from(list(Priority)),
        wait=st.sampled_from((0, 0, 40)),
    )
    def keep(self, chat: str, priority: Priority, wait: int) -> None:
        new = self._new(chat, priority, wait)
        with self.database.begin() as uow:
            row = uow.outbox.put(**new)  # type: ignore[arg-type]
            again = uow.outbox.put(**new)  # type: ignore[arg-type]
        assert row is not None
        assert again is None
        self.kept[row] = ToSay(str(new["key"]), new["address"], priority, "n", new["message"])  # type: ignore[arg-type]

    @rule(target=claims, worker=st.sampled_from(WORKERS), limit=st.integers(1, 3))
    def claim(self, worker: str, limit: int) -> list[OutboxRow]:
        with self.database.begin() as uow:
            rows = uow.outbox.claim(
                worker, [self.bot], self.now, lease_seconds=LEASE.total_seconds(), limit=limit
            )
        assert len({row.chat for row in rows}) == len(rows) <= limit
        assert [row.priority for row in rows] == sorted(row.priority for row in rows)
        for row in rows:
            assert row.not_before <= self.now
            before = self.before[row.id]
            expired = before.state == "claimed"
            assert before.state in ("queued", "failed") or expired
            self._nobody_is_passed(row)
        return rows

    def _nobody_is_passed(self, row: OutboxRow) -> None:
        """No earlier row of the chat and priority is being tried again."""
        for other in self.before.values():
            same = (other.chat, other.priority) == (row.chat, row.priority)
            if same and other.id < row.id:
                assert other.state != "failed", "a part of a conversation passed an earlier one"

    @rule(rows=claims)
    def goes_out(self, rows: list[OutboxRow]) -> None:
        """The messenger took it; the process lives to say so, perhaps after its lease."""
        with self.database.begin() as uow:
            uow.outbox.sent_many(((row.id, f"m{row.id}", "words") for row in rows), self.now)
        self.said += [row.id for row in rows]

    @rule(rows=claims, wait=st.integers(0, 60), counts=st.booleans())
    def fails(self, rows: list[OutboxRow], wait: int, counts: bool) -> None:
        with self.database.begin() as uow:
            for row in rows:
                moved = uow.outbox.retry(
                    row.id, self.now + timedelta(seconds=wait), "network", counts=counts, by=row.claimed_by
                )
                assert moved == (self._is_claim(row)), "only its own claim may be given back"

    def _is_claim(self, row: OutboxRow) -> bool:
        now = self.before[row.id]
        return now.state == "claimed" and now.claimed_by == row.claimed_by

    @rule(rows=claims)
    def is_given_up(self, rows: list[OutboxRow]) -> None:
        with self.database.begin() as uow:
            for row in rows:
                assert uow.outbox.dead(row.id, "rejected", by=row.claimed_by) == self._is_claim(row)

    @rule(rows=claims)
    def is_released(self, rows: list[OutboxRow]) -> None:
        for row in rows:
            with self.database.begin() as uow:
                uow.outbox.release([row.id], row.claimed_by)

    @rule(rows=claims)
    def is_extended(self, rows: list[OutboxRow]) -> None:
        with self.database.begin() as uow:
            for row in rows:
                held = uow.outbox.extend([row.id], row.claimed_by, self.now + LEASE)
                assert (row.id in held) == self._is_claim(row)

    @rule(rows=claims, chat=st.sampled_from(CHATS))
    def goes_elsewhere(self, rows: list[OutboxRow], chat: str) -> None:
        with self.database.begin() as uow:
            for row in rows:
                moved = uow.outbox.readdress(row.id, Address(0, 0, *self.bot, chat), by=row.claimed_by)
                assert moved == self._is_claim(row)

    @rule(old=st.sampled_from(CHATS), new=st.sampled_from(CHATS))
    def a_chat_moves(self, old: str, new: str) -> None:
        with self.database.begin() as uow:
            uow.outbox.move_chat(*self.bot, old, new)

    @rule(seconds=st.sampled_from((1, 20, 45)))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def the_messenger_is_back(self) -> None:
        with self.database.begin() as uow:
            uow.outbox.revive(*self.bot, self.now)

    @rule(data=st.data())
    def is_overtaken(self, data: st.DataObject) -> None:
        if self.kept:
            row = data.draw(st.sampled_from(sorted(self.kept)))
            with self.database.begin() as uow:
                assert uow.outbox.supersede(row, "overtaken") == (self.before[row].state not in ENDS)

    @rule(data=st.data(), news=st.sampled_from(list(Receipt)))
    def a_receipt_comes(self, data: st.DataObject, news: Receipt) -> None:
        if not self.kept:
            return
        row = self.before[data.draw(st.sampled_from(sorted(self.kept)))]
        with self.database.begin() as uow:
            changed = uow.outbox.received_at(*self.bot, row.chat, f"m{row.id}", news, self.now)
            after = uow.outbox.get(row.id)
        assert after is not None
        if row.state == "sent":
            assert row.receipt is not None
            assert after.receipt == later(row.receipt, news)
            assert changed == (after.receipt != row.receipt)
        else:
            assert not changed

    @invariant()
    def nothing_is_lost_or_goes_back(self) -> None:
        if not hasattr(self, "kept"):
            return
        with self.database.begin() as uow:
            rows = {n: uow.outbox.get(n) for n in self.kept}
        for n, row in rows.items():
            assert row is not None, "a message is gone"
            assert row.state in STATES
            assert row.message == self.kept[n].message
            assert row.attempts >= 0
            before = self.before.get(n)
            if before is not None and before.state in ENDS:
                assert (row.state, row.sent_at, row.external_id) == (
                    before.state,
                    before.sent_at,
                    before.external_id,
                ), "an end is an end"
            if n in self.said:
                assert row.state in ENDS, "what was said and recorded waits to be said again"
            assert (row.state == "sent") == (row.receipt is not None)
            self.before[n] = row

    def teardown(self) -> None:
        """Left alone, a single worker brings everything to an end: nothing is stuck."""
        if not hasattr(self, "kept"):
            return
        self.now += timedelta(days=1)
        for _ in range(len(self.kept) + 1):
            with self.database.begin() as uow:
                rows = uow.outbox.claim("last", [self.bot], self.now)
                uow.outbox.sent_many(((row.id, "x", "words") for row in rows), self.now)
        with self.database.begin() as uow:
            for n in self.kept:
                row = uow.outbox.get(n)
                assert row is not None
                assert row.state in ENDS, f"{row} is stuck"
