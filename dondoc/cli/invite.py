"""One-time join codes, links and QR codes."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import segno

from domain.errors import BadInput
from domain.officials import Official
from domain.phrases import say
from dondoc.compose import open_database
from dondoc.terminal import print_json, settings, tell
from storage.unit_of_work import UnitOfWork


@click.command(name="invite")
@click.argument("people", nargs=-1)
@click.option("--all", "everyone", is_flag=True, help="everybody who has not joined yet")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(people: tuple[str, ...], everyone: bool, as_json: bool) -> None:
    """Make one-time join codes for people (their key), valid for 72 hours."""
    if not people and not everyone:
        raise BadInput(say("Name at least one person, or use --all."))
    now = datetime.now(UTC)
    with open_database(settings()).begin() as uow:
        chosen = _everyone(uow) if everyone else [_one(uow, key) for key in people]
        invitations = [_invitation(official, uow.people.new_invite(official.id, now)) for official in chosen]
    if as_json:
        print_json(invitations)
        return
    for invitation in invitations:
        click.echo(f"{invitation['name']}: {invitation['code']}\n  {invitation['link']}")
        if len(invitations) == 1:
            segno.make(invitation["link"]).terminal(compact=True)
    if not invitations:
        tell(say("Everybody has joined already."))


def _everyone(uow: UnitOfWork) -> list[Official]:
    joined = uow.people.joined()
    return [o for o in uow.people.all() if o.active and o.id not in joined]


def _one(uow: UnitOfWork, key: str) -> Official:
    official = uow.people.by_key(key)
    if official is None:
        raise BadInput(say("There is no person with the key {key}; nothing was made.", key=key))
    return official


def _invitation(official: Official, code: str) -> dict[str, str]:
    base = settings().public_url or f"http://{settings().host}:{settings().port}"
    return {"key": official.key, "name": official.name, "code": code, "link": f"{base}/join/{code}"}
