"""What machines are told."""

from __future__ import annotations

from datetime import timedelta

from domain.health import STALE
from domain.messages import text
from domain.officials import Address
from domain.phrases import verbatim
from tests.web.office import Office
from web.health import metrics_token, why_not_ready


def test_the_process_says_it_is_up_even_without_a_database(office: Office) -> None:
    office.context.service.db.begin = None  # type: ignore[method-assign]
    assert office.browser().get("/healthz").text == "ok\n"


def test_readiness_names_what_is_amiss(office: Office) -> None:
    browser = office.browser()
    assert browser.get("/readyz").json() == {"ready": False, "reasons": ["clock", "sender"]}
    now = office.town.clock.now()
    with office.db.begin() as uow:
        uow.heartbeats.beat("clock", now)
        uow.heartbeats.beat("sender", now - STALE - timedelta(seconds=1))
    assert browser.get("/readyz").json()["reasons"] == ["sender"]
    with office.db.begin() as uow:
        uow.heartbeats.beat("sender", now)
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})


def test_a_long_queue_keeps_nobody_out_while_it_moves(office: Office) -> None:
    now = office.town.clock.now()
    with office.db.begin() as uow:
        uow.heartbeats.beat("clock", now)
        uow.heartbeats.beat("sender", now)
        for n, bot in enumerate(("1", "1", "2")):
            row = uow.outbox.put(
                key=str(n), address=Address(0, 1, "telegram", bot, "1"), priority=0, kind="reply",
                message=text(verbatim("x")), now=now - timedelta(minutes=9),
            )  # fmt: skip
            assert row is not None
            if n != 1:
                uow.outbox.sent(row, now - timedelta(seconds=30), str(n), "x")
    browser = office.browser()
    assert browser.get("/readyz").status_code == 200
    with office.db.begin() as uow:  # another bot that has sent nothing for long has something to say, too
        assert uow.outbox.put(key="3", address=Address(0, 1, "zalo", "9", "1"), priority=0, kind="reply", message=text(verbatim("x")), now=now - timedelta(minutes=9))  # fmt: skip
    assert browser.get("/readyz").json()["reasons"] == ["queue"]


def test_an_older_database_is_not_ready_and_a_lost_one_neither(office: Office) -> None:
    with office.db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert why_not_ready(office.context.service, office.town.clock.now()) == ["migrations"]
    with office.db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
        connection.exec_driver_sql("DROP TABLE heartbeat")
    assert office.browser().get("/readyz").status_code == 503


def test_metrics_are_for_this_machine_or_the_token(office: Office) -> None:
    here = office.browser(address="127.0.0.1")
    assert here.get("/metrics").status_code == 200
    assert office.browser(address="::1").get("/metrics").status_code == 200
    # a proxy on this machine speaks for somebody elsewhere
    assert here.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    away = office.browser()
    assert away.get("/metrics").status_code == 403
    assert away.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 403
    wanted = {"Authorization": f"Bearer {office.metrics_token}"}
    assert away.get("/metrics", headers=wanted).status_code == 200
    assert metrics_token(b"another key") != office.metrics_token


def test_the_numbers_are_right(office: Office) -> None:
    now = office.town.clock.now()
    with office.db.begin() as uow:
        for n in range(3):
            row = uow.outbox.put(
                key=str(n), address=Address(0, 1, "browser", "web", "1"), priority=0, kind="reply",
                message=text(verbatim("x")), now=now - timedelta(seconds=90),
            )  # fmt: skip
            assert row is not None
        uow.outbox.dead(row, "x")
        uow.heartbeats.beat("clock", now - timedelta(seconds=7))
    lines = office.browser(address="127.0.0.1").get("/metrics").text.splitlines()
    assert 'dondoc_outbox_rows{state="queued"} 2' in lines
    assert 'dondoc_outbox_rows{state="dead"} 1' in lines
    assert "dondoc_outbox_oldest_due_seconds 90" in lines
    assert 'dondoc_heartbeat_age_seconds{loop="clock"} 7' in lines
