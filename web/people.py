"""Who has joined and how; invitations; sessions ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channel_names import channel_name
from bot.rooms import room_words
from domain.access import Act
from domain.agencies import Register
from domain.officials import Address, Official, Role
from domain.phrases import Phrase, say
from domain.reading.fold import plain
from storage.stores.core import LARGEST_ID
from storage.unit_of_work import UnitOfWork
from web.context import WebContext
from web.door import Door, Shown, Visit, go
from web.entry import messengers

#: the chat of our own pages is no brand; messengers go by theirs
ROLES: dict[Role, Phrase] = {
    Role.FOCAL: say("focal person"),
    Role.HEAD: say("head"),
    Role.MONITOR: say("monitor"),
    Role.ADMIN: say("administrator"),
}


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/people", door.page(show, Act.MANAGE_PEOPLE)),
        Route("/people/invite", door.page(invite, Act.MANAGE_PEOPLE), methods=["POST"]),
        Route("/people/signout", door.page(sign_out, Act.MANAGE_PEOPLE), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person, what they are where, and how they are reached."""

    person: Official
    posts: tuple[tuple[str, Phrase], ...]
    channels: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Whether the words, folded, stand in the name, the key or an agency's name."""
        texts = (self.person.name, self.person.key, *(agency for agency, _ in self.posts))
        return any(words in plain(text) for text in texts)


def lines(
    people: Iterable[Official], addresses: dict[int, list[Address]], register: Register
) -> list[PersonLine]:
    """Everybody still in office."""
    return [
        PersonLine(
            person,
            tuple((register.name(post.agency), ROLES[post.role]) for post in person.posts),
            tuple(dict.fromkeys(a.channel for a in addresses.get(person.id, ()))),
        )
        for person in people
        if person.active
    ]


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """Everybody, those not joined first when asked for."""
    people = uow.people.all()
    found = lines(people, uow.people.addresses(p.id for p in people), uow.agencies.register())
    words = visit.request.query_params.get("find", "")[:100]
    if words.strip():
        found = [line for line in found if line.has(plain(words))]
    absent = [line for line in found if not line.channels]
    which = visit.request.query_params.get("show", "")
    return Shown(
        "people.html",
        {
            "lines": absent if which == "absent" else found,
            "all": len(found),
            "absent": len(absent),
            "which": which,
            "find": words,
            "channel_name": channel_name,
        },
    )


def _person(visit: Visit, uow: UnitOfWork) -> Official:
    number = visit.text("who", 10)
    known = uow.people.several([int(number)]) if number.isdecimal() and int(number) <= LARGEST_ID else []
    if not known or not known[0].active:
        raise HTTPException(404)
    return known[0]


def invite(visit: Visit, uow: UnitOfWork) -> Shown:
    """A one-time code. It is shown this once: only its hash is kept."""
    person = _person(visit, uow)
    code = uow.people.new_invite(person.id, visit.now)
    uow.audit.note(visit.now, visit.who.id, "invite", f"official:{person.id}")
    base = public_base(visit.context)
    link = f"{base}/join/{code}"
    return Shown(
        "invitation.html",
        {
            "person": person,
            "code": code,
            "link": link,
            "picture": segno.make(link, micro=False).svg_data_uri(scale=4) if base else "",
            "ways": messengers(visit.context, code),
            "rooms": room_words(uow, visit.context.service),
        },
    )


def public_base(context: WebContext) -> str:
    """Where links lead, as it was set; what a request says of its host is not believed."""
    return context.public_url or context.service.public_url


def sign_out(visit: Visit, uow: UnitOfWork) -> Response:
    """End every session of a person, for instance when a telephone was lost."""
    person = _person(visit, uow)
    uow.sessions.revoke_all(person.id)
    uow.audit.note(visit.now, visit.who.id, "revoke_sessions", f"official:{person.id}")
    return go("/people")
