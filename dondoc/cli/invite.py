"""One-time join codes, links and QR codes."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

import click
import segno

from bot.channel import SendError
from domain.errors import BadInput
from domain.officials import Official
from domain.phrases import say, verbatim
from dondoc.compose import official_account, open_database
from dondoc.terminal import print_json, settings, tell
from storage.unit_of_work import UnitOfWork


@click.command(name="invite")
@click.argument("people", nargs=-1)
@click.option("--all", "everyone", is_flag=True, help="everybody who has not joined yet")
@click.option("--phone", default="", help="send one person's code there as a template message of Zalo")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(people: tuple[str, ...], everyone: bool, phone: str, as_json: bool) -> None:
    """Make one-time join codes for people (their key), valid for 72 hours.

    A telephone number is used once and kept nowhere.
    """
    if not people and not everyone:
        raise BadInput(say("Name at least one person, or use --all."))
    number = _number(phone) if phone else ""
    if number and (everyone or len(people) != 1):
        raise BadInput(say("A telephone number goes with one person's key; nothing was made."))
    now = datetime.now(UTC)
    with open_database(settings()).begin() as uow:
        chosen = _everyone(uow) if everyone else [_one(uow, key) for key in people]
        invitations = [_invitation(official, uow.people.new_invite(official.id, now)) for official in chosen]
    if number:
        _send(number, invitations[0])
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


def _number(phone: str) -> str:
    """As Zalo wants it: digits, the country's 84 first."""
    digits = re.sub(r"[ .+-]", "", phone)
    digits = "84" + digits[1:] if digits.startswith("0") else digits
    if not re.fullmatch(r"84\d{9}", digits):
        raise BadInput(say("This is no Vietnamese mobile number; nothing was made."))
    if not settings().zalo_oa_invite_template:
        raise BadInput(say("Set DONDOC_ZALO_OA_INVITE_TEMPLATE to the approved template; nothing was made."))
    return digits


def _send(phone: str, invitation: Mapping[str, str]) -> None:
    """By the Official Account; the approved template has the parameters name and code."""

    async def send() -> None:
        accounts = official_account(settings(), open_database(settings()), lambda: datetime.now(UTC))
        if not accounts:
            raise BadInput(say("no Official Account is set up"))
        try:
            await accounts[0].invite(
                phone,
                settings().zalo_oa_invite_template,
                {"name": invitation["name"], "code": invitation["code"]},
                f"invite-{secrets.token_hex(8)}",
            )
        finally:
            await accounts[0].close()

    try:
        asyncio.run(send())
    except (SendError, BadInput) as error:
        why = error.phrase if isinstance(error, BadInput) else verbatim(error.reason)
        tell(say("The message was not sent ({why}); give the code another way.", why=why), err=True)
    else:
        tell(say("Sent by Zalo."), err=True)
