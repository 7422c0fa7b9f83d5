"""What the monitoring files ask for is what the service exports."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.web.office import Office

FOLDER = Path(__file__).parents[2] / "docs" / "monitoring"
_METRIC = re.compile(r"\bdondoc_[a-z_]+")


def exported(office: Office) -> set[str]:
    """Every metric's name that has a value, of a service that has run, with bots in the database."""
    calendar, now = office.context.service.calendar, office.town.clock.now()
    with office.db.begin() as uow:
        uow.bots.switch("telegram", "1", on=False)
        uow.heartbeats.beat("clock", now)
        uow.quotas.add("zalo", "9", calendar.local_date(now), 40, 100, days=calendar)
    lines = office.browser(address="127.0.0.1").get("/metrics").text.splitlines()
    return {re.split(r"[{ ]", line)[0] for line in lines if not line.startswith("#")}


def test_the_dashboard_draws_only_what_there_is(office: Office) -> None:
    board = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in _METRIC.findall(target["expr"])
    }
    assert asked
    assert asked <= exported(office)
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24


def test_the_alerts_ask_only_for_what_there_is(office: Office) -> None:
    rules = (FOLDER / "alerts.yml").read_text("utf-8").split("- alert: ")[1:]
    assert len(rules) > 5
    for rule in rules:
        expression = re.search(r"^ +expr: (.+)$", rule, re.MULTILINE)
        assert expression is not None
        asked = set(_METRIC.findall(expression[1]))
        assert asked
        assert asked <= exported(office)
        assert re.search(r"severity: (page|ticket)}$", rule, re.MULTILINE)
        assert re.search(r"^ +summary: \S", rule, re.MULTILINE)


def test_labels_that_are_asked_for_are_there(office: Office) -> None:
    """A rule about a code or a priority that nobody exports would never fire."""
    exported(office)
    text = office.browser(address="127.0.0.1").get("/metrics").text
    asked = re.findall(r'(dondoc_\w+)\{(\w+)=~?"([^"]+)"', (FOLDER / "alerts.yml").read_text("utf-8"))
    assert asked
    for metric, label, values in asked:
        for value in values.split("|"):
            if value in ("migrations", "clock jump"):  # said only when amiss
                continue
            assert re.search(rf'{metric}\{{[^}}]*{label}="{value}"', text), (metric, label, value)


def test_a_database_of_another_version_is_a_finding_of_the_metrics(office: Office) -> None:
    with office.db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    text = office.browser(address="127.0.0.1").get("/metrics").text
    assert 'dondoc_finding{code="migrations"} 2' in text
    assert "dondoc_outbox_rows" not in text


def test_the_page_of_the_service_shows_a_months_use_also_when_nothing_is_amiss(office: Office) -> None:
    exported(office)
    page = office.browser("admin").see("/service")
    assert 'max="100" value="40"' in page
    assert "Zalo 9" in page and "Số tin trong tháng" in page
    assert "Cơ sở dữ liệu" in page
    assert "dự kiến" not in office.browser("admin").get("/").text  # nothing is amiss, so the board is silent
    assert 'href="/service"' in office.browser("admin").see("/")
    assert 'href="/service"' not in office.browser("focal").see("/")


def test_the_page_names_every_metric(office: Office) -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    assert exported(office) <= set(_METRIC.findall(page))


def test_the_board_says_it_to_admins_alone_and_only_what_they_were_told(office: Office) -> None:
    now = office.town.clock.now()
    with office.db.begin() as uow:
        uow.incidents.open("disk", now)
    assert "Hệ thống cần kiểm tra" not in office.browser("admin").get("/").text
    with office.db.begin() as uow:
        uow.incidents.tell(uow.incidents.all()["disk"], now)
    assert "Hệ thống cần kiểm tra" in office.browser("admin").get("/").text
    assert "Hệ thống cần kiểm tra" not in office.browser("focal").get("/").text
