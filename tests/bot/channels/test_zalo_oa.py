"""An Official Account over real HTTP: what goes out and comes in, the seven days, and tokens through crashes."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import traceback
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import BotRefused, Button, OutOfReach, Rejected, SendError, Unreachable, Wire
from bot.channels.zalo_oa import ZaloOaChannel
from bot.zalo_oa.tokens import LEASE, Credentials, TokenKeeper
from bot.zalo_oa.updates import to_incoming
from domain.assignments import State
from domain.messages import Priority, text
from domain.phrases import verbatim
from domain.receipts import Receipt
from storage.unit_of_work import Database
from tests.bot.channels.alone import using
from tests.bot.channels.office import Office
from tests.bot.channels.settled import Settled
from tests.doubles.clients import ZaloOaDouble
from tests.doubles.zalo_oa import APP, APP_SECRET, FIRST, OA_SECRET
from tests.town import at

T = TypeVar("T")
LAN = "2468458835296117922"
TASK = "Rà soát quy chế quản lý dữ liệu"
MORNING = "2026-01-28 08:00"
SECRETS = (APP_SECRET, OA_SECRET, FIRST, "access-", "refresh-")


def credentials(double: ZaloOaDouble, refresh: str = FIRST) -> Credentials:
    return Credentials(APP, APP_SECRET, refresh, double.url)


def now() -> datetime:
    return at(MORNING)


def channel_of(db: Database, double: ZaloOaDouble, clock: Callable[[], datetime] = now) -> ZaloOaChannel:
    keeper = TokenKeeper(db, credentials(double), clock)
    return ZaloOaChannel(APP, OA_SECRET, keeper, api_url=double.url, business_url=double.url, rate=100)


def run(work: Callable[[], Awaitable[T]]) -> T:
    async def there() -> T:
        return await work()

    return asyncio.run(there())


def sends(db: Database, double: ZaloOaDouble, wire: Wire = Wire("Xin chào")) -> str:
    return using(channel_of(db, double), lambda channel: channel.send(LAN, wire))


@pytest.fixture
def double(zalo_oa: ZaloOaDouble) -> Iterator[ZaloOaDouble]:
    zalo_oa.reach(LAN, state="open")
    yield zalo_oa
    assert zalo_oa.complaints() == []


class TestOut:
    def test_text_and_buttons(self, database: Database, double: ZaloOaDouble) -> None:
        number = sends(database, double, Wire("Đã ghi nhận.", buttons=(Button("Hủy cập nhật", "88:0"),)))
        (sent,) = double.sent(LAN)
        assert sent["message_id"] == number
        assert sent["buttons"] == [{"title": "Hủy cập nhật", "type": "oa.query.hide", "payload": "#88:0"}]

    @pytest.mark.parametrize(("state", "reason"), [("closed", "window"), ("gone", "not_following")])
    def test_who_must_write_first(
        self, database: Database, double: ZaloOaDouble, state: str, reason: str
    ) -> None:
        double.reach(LAN, state=state)
        with pytest.raises(OutOfReach) as caught:
            sends(database, double)
        assert caught.value.reason == reason

    @pytest.mark.parametrize("fault", [{"status": 502, "body": "<html>"}, {"cut": True}])
    def test_trouble_on_the_way(
        self, database: Database, double: ZaloOaDouble, fault: dict[str, Any]
    ) -> None:
        double.fails("message/cs", **fault)
        with pytest.raises(Unreachable) as caught:
            sends(database, double)
        shown = "".join(traceback.format_exception(caught.value))
        assert not [secret for secret in SECRETS if secret in shown]
        assert sends(database, double)

    def test_an_invitation_by_telephone(self, database: Database, double: ZaloOaDouble) -> None:
        assert using(
            channel_of(database, double),
            lambda channel: channel.invite("84905123456", "77001", {"code": "K7MWQ2XA"}, "invite-1"),
        )
        (sent,) = double.listed("templates", 1)
        assert (sent["phone"], sent["template_data"]) == ("84905123456", {"code": "K7MWQ2XA"})

    def test_nothing_is_no_message(self, database: Database, double: ZaloOaDouble) -> None:
        with pytest.raises(Rejected):
            sends(database, double, Wire(" "))


class TestTokens:
    def keeper(self, db: Database, double: ZaloOaDouble, refresh: str = FIRST) -> TokenKeeper:
        return TokenKeeper(db, credentials(double, refresh), now)

    def test_the_pair_is_kept_and_used_by_the_next_process(
        self, database: Database, double: ZaloOaDouble
    ) -> None:
        first = run(self.keeper(database, double).access)
        again = run(self.keeper(database, double).access)
        assert first == again == double.state()["access"]
        assert len(double.calls("access_token")) == 1
        with database.begin() as uow:
            assert uow.oa_tokens.pair(APP, FIRST).refresh == double.state()["refresh"]

    def test_a_token_that_ended_is_renewed_within_the_call(
        self, database: Database, double: ZaloOaDouble
    ) -> None:
        sends(database, double)
        double.expire()
        sends(database, double)
        assert len(double.calls("access_token")) == 2
        assert len(double.sent(LAN)) == 2

    def test_many_at_once_refresh_once(self, database: Database, double: ZaloOaDouble) -> None:
        found: list[str] = []
        threads = [
            threading.Thread(target=lambda: found.append(run(self.keeper(database, double).access)))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(found) == 6
        assert len(set(found)) == 1
        assert len(double.calls("access_token")) == 1

    def test_a_process_that_dies_before_it_called_hands_on(
        self, database: Database, double: ZaloOaDouble
    ) -> None:
        with database.begin() as uow:
            uow.oa_tokens.pair(APP, FIRST)
            assert uow.oa_tokens.take(APP, FIRST, "the dead", now() - LEASE, LEASE)
        assert run(self.keeper(database, double).access) == double.state()["access"]

    def test_a_process_that_dies_with_the_answer_needs_a_person(
        self, database: Database, double: ZaloOaDouble
    ) -> None:
        """Zalo has used the token up and nobody kept the next: it says so, stays so, and a new one mends it."""
        double.fails("access_token", cut=True, act=True)
        with pytest.raises(Unreachable):
            run(self.keeper(database, double).access)
        for _ in range(2):
            with pytest.raises(BotRefused) as caught:
                run(self.keeper(database, double).access)
            assert caught.value.reason == "refresh_token"
        assert len(double.calls("access_token")) == 2
        fresh = double.state()["refresh"]
        assert run(self.keeper(database, double, fresh).access) == double.state()["access"]

    def test_a_gateway_in_between_costs_nothing(self, database: Database, double: ZaloOaDouble) -> None:
        double.fails("access_token", status=502, body="<html>")
        with pytest.raises(SendError):
            run(self.keeper(database, double).access)
        assert run(self.keeper(database, double).access)


class TestIn:
    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["event_name", "sender", "message", "id", "msg_id", "msg_ids", "text", "timestamp", "follower"]), x)))  # fmt: skip
    def test_anything_is_read_without_falling_over(self, event: object) -> None:
        to_incoming(event, APP)

    def test_only_what_is_signed_is_believed(self, sqlite_database: Database) -> None:
        keeper = TokenKeeper(sqlite_database, Credentials(APP, APP_SECRET, FIRST, ""), now)
        channel = ZaloOaChannel(APP, OA_SECRET, keeper)
        body = b'{"event_name":"user_send_text","timestamp":"1769562000000"}'
        whole = APP.encode() + body + b"1769562000000" + OA_SECRET.encode()
        mac = hashlib.sha256(whole).hexdigest()
        assert channel.is_signed({"x-zevent-signature": f"mac={mac}"}, body)
        assert channel.is_signed({"x-zevent-signature": mac}, body)
        for header, changed in (
            (mac[:-1] + ("0" if mac[-1] != "0" else "1"), body),
            (mac, body + b" "),
            (mac, body.replace(b"text", b"gift")),
            ("", body),
            ("ữ", body),
            (mac, b"["),
            (mac, b"[" * 100_000),
        ):
            assert not channel.is_signed({"x-zevent-signature": f"mac={header}"}, changed)


@pytest.fixture
def office(settled: Settled, zalo_oa: ZaloOaDouble) -> Iterator[Office]:
    db = settled(MORNING)
    made = Office(db, zalo_oa, MORNING, channel_of(db, zalo_oa))
    made.told_by_hand = zalo_oa.hook
    yield made
    assert zalo_oa.complaints() == []


def test_an_official_follows_joins_reports_and_presses(office: Office, zalo_oa: ZaloOaDouble) -> None:
    with office.open("called"):
        zalo_oa.writes(LAN, event="follow")
        assert "mã" in zalo_oa.sent(LAN, least=1)[0]["text"]
        zalo_oa.writes(LAN, office.invite("dm-stp"))
        greeting = zalo_oa.sent(LAN, least=2)[1]
        assert [b["title"] for b in greeting["buttons"]] == ["Việc của tôi", "Thời hạn", "Trợ giúp"]
        zalo_oa.writes(LAN, "xong 80%, chờ Sở Tài chính", msg_id="once")
        recorded = zalo_oa.sent(LAN, least=3)[2]
        zalo_oa.writes(LAN, "xong 80%, chờ Sở Tài chính", msg_id="once")
        undo = next(b for b in recorded["buttons"] if b["title"] == "Hủy cập nhật")
        zalo_oa.writes(LAN, undo["payload"])
        zalo_oa.sent(LAN, least=4)
        zalo_oa.writes(LAN, event="user_send_sticker")
        assert "tin nhắn chữ" in zalo_oa.sent(LAN, least=5)[4]["text"]
        zalo_oa.event(
            {"event_name": "user_seen_message", "sender": {"id": LAN}, "timestamp": "1769562000000",
             "message": {"msg_ids": [recorded["message_id"]]}}
        )  # fmt: skip
        zalo_oa.writes(LAN, "được 90%", signature="mac=0000")
        statuses = [d["status"] for d in zalo_oa.deliveries(least=11)]
    assert statuses.count(401) == 4
    assert len(zalo_oa.sent(LAN)) == 5
    with office.town.db.begin() as uow:
        known = (
            uow.session.connection()
            .exec_driver_sql("select receipt from outbox where receipt = 'read'")
            .all()
        )
    assert office.state(TASK, "stp")[0] is not State.IN_PROGRESS
    assert [receipt for (receipt,) in known] == [Receipt.READ.value]


def test_who_has_been_silent_for_a_week_is_reached_elsewhere_without_a_try(
    office: Office, zalo_oa: ZaloOaDouble
) -> None:
    zalo_oa.reach(LAN, state="open")
    address = office.joined("dm-stp", LAN)
    office.joined("dm-stp", address.official, "browser", "web")
    with office.town.db.begin() as uow:
        uow.inbox.first_time("zalo-oa", APP, "1", LAN, at(MORNING) - timedelta(days=8))
        row = uow.outbox.put(
            key="k", address=address, priority=Priority.REMINDER, kind="told", now=at(MORNING),
            message=text(verbatim("Tin một")),
        )  # fmt: skip
        assert row is not None
    with office.open("called"):
        office.wake()
        for _ in range(100):
            with office.town.db.begin() as uow:
                kept = uow.outbox.get(row)
            if kept is not None and kept.channel == "browser":
                break
            threading.Event().wait(0.1)
    assert kept is not None
    assert kept.channel == "browser"
    assert zalo_oa.calls("message/cs") == []
