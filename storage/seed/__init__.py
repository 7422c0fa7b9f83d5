"""Provinces the project brings along, for trying things and for its tests.

Administrative units are facts of their day; officials are plainly invented posts, not people.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from domain.agencies import Agency, Group, Kind, Level
from domain.errors import BadInput
from domain.officials import Post, Role
from domain.phrases import say

HERE = Path(__file__).parent
NAMES = {"kontum-2024": "kontum_2024"}


def _load(name: str, suffix: str = "") -> Any:
    if name not in NAMES:
        raise BadInput(
            say("There is no seed named {name}. Known: {known}.", name=name, known=", ".join(NAMES))
        )
    return json.loads((HERE / f"{NAMES[name]}{suffix}.json").read_text("utf-8"))


def load_agencies(name: str) -> tuple[list[Agency], list[Group]]:
    """Agencies and groups of a seed."""
    data = _load(name)
    agencies = [
        Agency(a["code"], a["name"], Level(a["level"]), Kind(a["kind"]), a["parent"], tuple(a["aliases"]))
        for a in data["agencies"]
    ]
    return agencies, [_group(g) for g in data["groups"]]


def _group(data: dict[str, Any]) -> Group:
    until = data.get("valid_to")
    return Group(
        code=data["code"],
        names=tuple(data["names"]),
        levels=frozenset(Level(x) for x in data["levels"]),
        kinds=frozenset(Kind(x) for x in data["kinds"]),
        valid_to=date.fromisoformat(until) if until else None,
    )


def load_people(name: str) -> list[tuple[str, str, list[Post]]]:
    """(key, name, posts) of a seed's invented officials."""
    people = _load(name, "_people")
    return [(p["key"], p["name"], [Post(agency, Role(role)) for agency, role in p["posts"]]) for p in people]
