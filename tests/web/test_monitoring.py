"""What the monitoring files ask for is what the service exports."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.web.office import Office

FOLDER = Path(__file__).parents[2] / "docs" / "monitoring"
_METRIC = re.compile(r"\bdondoc_[a-z_]+")


def exported(office: Office) -> set[str]:
    """Every metric's name, of a service with a bot in the database."""
    with office.db.begin() as uow:
        uow.bots.switch("telegram", "1", on=False)
    lines = office.browser(address="127.0.0.1").get("/metrics").text.splitlines()
    return {line.split()[2] for line in lines if line.startswith("# TYPE")}


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
