"""People, their posts and addresses, and the codes that invite them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, false, func, insert, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select

from domain.officials import Address, Official, Post, Role
from storage.stores.arrivals import IN_USE
from storage.stores.core import CHUNK, chunks, run
from storage.tables.registers import AddressRow, InviteRow, JoinAttemptRow, OfficialRow, PostRow

#: letters and digits that are not taken for one another when read aloud or copied by hand
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10
MAX_ATTEMPTS = 5  # wrong codes an hour and chat


def hash_code(code: str) -> str:
    """Codes and tokens are random and long, so a plain SHA-256 protects them at rest."""
    return hashlib.sha256(code.encode()).hexdigest()


class People:
    """Officials by id, key or address."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Official]:
        """Everybody, in the order they were entered. Two queries."""
        rows = self._session.exec(select(OfficialRow).order_by(col(OfficialRow.id))).all()
        return self._with_posts(rows)

    def get(self, official_id: int) -> Official:
        """The person; raises when there is none."""
        return self._with_posts([self._session.get_one(OfficialRow, official_id)])[0]

    def several(self, ids: Iterable[int]) -> list[Official]:
        """These people, in no order."""
        found: list[Official] = []
        for some in chunks(ids):
            rows = self._session.exec(select(OfficialRow).where(col(OfficialRow.id).in_(some))).all()
            found += self._with_posts(rows)
        return found

    def by_key(self, key: str) -> Official | None:
        """The person with the office's own key."""
        row = self._session.exec(select(OfficialRow).where(OfficialRow.key == key)).first()
        return self._with_posts([row])[0] if row else None

    def save(
        self, key: str, name: str, posts: Iterable[Post], *, locale: str = "vi", active: bool = True
    ) -> Official:
        """Insert or replace by key; posts are replaced as a whole."""
        row = self._session.exec(select(OfficialRow).where(OfficialRow.key == key)).first()
        row = row or OfficialRow(key=key, name=name, locale=locale)
        row.name, row.active = name, active
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        self._session.exec(delete(PostRow).where(col(PostRow.official) == row.id))
        for post in dict.fromkeys(posts):
            self._session.add(PostRow(official=row.id, agency=post.agency, role=post.role.value))
        self._session.flush()
        return self.get(row.id)

    def digest_hours(self) -> set[str]:
        """The hours active people want their digest at, each once; "" is the service's. One cheap query."""
        query = select(OfficialRow.digest_at).where(col(OfficialRow.active)).distinct()
        return set(self._session.exec(query).all())

    def admins(self) -> list[Official]:
        """Active people with the administrator's post anywhere."""
        return [person for person in self.all() if person.active and person.holds(Role.ADMIN)]

    def save_all(self, officials: Iterable[Official]) -> None:
        """Insert or replace many by key, posts and wishes included; the nouns' own ids are not looked at."""
        for some in chunks(officials):
            keys = [o.key for o in some]
            query = select(OfficialRow).where(col(OfficialRow.key).in_(keys))
            rows = {row.key: row for row in self._session.exec(query).all()}
            for o in some:
                if row := rows.get(o.key):
                    row.name, row.active, row.locale = o.name, o.active, o.locale
                    row.digest_at, row.prefers = o.digest_at, o.prefers
            fresh = [_values(o) for o in some if o.key not in rows]
            if fresh:
                run(self._session, insert(OfficialRow), fresh)
            ids = dict(self._session.exec(select(OfficialRow.key, OfficialRow.id).where(col(OfficialRow.key).in_(keys))).all())  # fmt: skip
            self._session.exec(delete(PostRow).where(col(PostRow.official).in_(ids.values())))
            posts = [
                {"official": ids[o.key], "agency": p.agency, "role": p.role.value}
                for o in some
                for p in dict.fromkeys(o.posts)
            ]
            if posts:
                run(self._session, insert(PostRow), posts)

    def set_locale(self, official_id: int, locale: str) -> None:
        """The language the person reads."""
        self._session.get_one(OfficialRow, official_id).locale = locale

    def set_prefers(self, official_id: int, channel: str) -> None:
        """The channel the person wants to be reached by before every other."""
        self._session.get_one(OfficialRow, official_id).prefers = channel

    def _with_posts(self, rows: Sequence[OfficialRow]) -> list[Official]:
        ids = [row.id for row in rows if row.id is not None]
        query = select(PostRow)
        if len(ids) <= CHUNK:
            query = query.where(col(PostRow.official).in_(ids))
        posts: dict[int, list[Post]] = {}
        for post in self._session.exec(query.order_by(PostRow.agency, PostRow.role)).all():
            posts.setdefault(post.official, []).append(Post(post.agency, Role(post.role)))
        return [
            Official(
                id=row.id or 0,
                key=row.key,
                name=row.name,
                posts=tuple(posts.get(row.id or 0, ())),
                locale=row.locale,
                digest_at=row.digest_at,
                prefers=row.prefers,
                active=row.active,
            )
            for row in rows
        ]

    # --- addresses

    def official_at(self, channel: str, bot: str, chat: str) -> Official | None:
        """Who is reached there."""
        row = self._in_use(channel, bot, chat)
        return self.get(row.official) if row else None

    def _in_use(self, channel: str, bot: str, chat: str) -> AddressRow | None:
        query = select(AddressRow).where(
            AddressRow.channel == channel,
            AddressRow.bot == bot,
            AddressRow.chat == chat,
            IN_USE,
        )
        return self._session.exec(query).first()

    def add_address(self, official: int, channel: str, bot: str, chat: str, now: datetime) -> Address:
        """Reach the person there from now on; a chat belongs to one person, the last who joined in it."""
        row = self._in_use(channel, bot, chat)
        if row and row.official != official:
            row.active, row.off_reason, row.off_at = False, "taken_over", now
            self._session.add(row)
            self._session.flush()
            row = None
        if row is None:
            row = AddressRow(official=official, channel=channel, bot=bot, chat=chat, since=now)
            self._session.add(row)
            self._session.flush()
        return _address(row)

    def addresses(self, officials: Iterable[int]) -> dict[int, list[Address]]:
        """Active addresses by person, the newest first."""
        found: dict[int, list[Address]] = {}
        for some in chunks(set(officials)):
            columns = [col(getattr(AddressRow, f.name)) for f in fields(Address)]
            query: Any = (
                sql_select(*columns)
                .where(col(AddressRow.active), col(AddressRow.official).in_(some))
                .order_by(col(AddressRow.id).desc())
            )
            self._session.flush()
            for row in self._session.connection().execute(query):
                found.setdefault(row.official, []).append(Address(*row))
        return found

    def switch_off(self, address_id: int, reason: str, now: datetime) -> None:
        """Do not use the address any more (blocked, deactivated)."""
        row = self._session.get_one(AddressRow, address_id)
        row.active, row.off_reason, row.off_at = False, reason, now

    def move_address(self, address_id: int, chat: str) -> None:
        """The chat has a new id (a group became a supergroup)."""
        self._session.get_one(AddressRow, address_id).chat = chat

    def count_at(self, channel: str, bot: str) -> int:
        """How many active addresses a bot has."""
        here = (AddressRow.channel == channel, AddressRow.bot == bot, col(AddressRow.active))
        return self._session.exec(select(func.count()).select_from(AddressRow).where(*here)).one()

    def count_by_bot(self) -> dict[tuple[str, str], int]:
        """How many active addresses each bot has."""
        query = select(AddressRow.channel, AddressRow.bot, func.count()).where(col(AddressRow.active))
        rows = self._session.exec(query.group_by(AddressRow.channel, AddressRow.bot)).all()
        return {(channel, bot): number for channel, bot, number in rows}

    def names_only_at(self, bot: tuple[str, str], elsewhere: Collection[tuple[str, str]]) -> list[str]:
        """Active people a bot reaches whom none of the bots ``elsewhere`` does, by name."""
        there = or_(false(), *(_at(other) for other in elsewhere))
        others = select(AddressRow.official).where(col(AddressRow.active), there)
        query = select(OfficialRow.name).join(AddressRow, col(AddressRow.official) == OfficialRow.id)
        query = query.where(col(AddressRow.active), _at(bot), col(OfficialRow.active))
        return sorted(set(self._session.exec(query.where(col(OfficialRow.id).not_in(others))).all()))

    def joined(self) -> set[int]:
        """Ids of people with an active address."""
        return set(
            self._session.exec(select(AddressRow.official).where(col(AddressRow.active)).distinct()).all()
        )

    # --- codes

    def new_invite(self, official_id: int, now: datetime, *, hours: float = 72, purpose: str = "join") -> str:
        """A one-time code. Only its hash is kept, so it can be shown this once."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        row = InviteRow(
            code_hash=hash_code(code),
            purpose=purpose,
            official=official_id,
            expires=now + timedelta(hours=hours),
        )
        self._session.add(row)
        self._session.flush()
        return code

    def peek_invite(self, code: str, now: datetime, *, purpose: str = "join") -> Official | None:
        """Whom a code is for, without using it."""
        row = self._session.get(InviteRow, hash_code(code.strip().upper()))
        if row is None or row.used_at or row.expires <= now or row.purpose != purpose:
            return None
        return self.get(row.official)

    def redeem(self, code: str, now: datetime, *, purpose: str = "join") -> Official | None:
        """Use a code: once, and before it expires. The conditional update decides between two users."""
        hashed = hash_code(code.strip().upper())
        used = run(
            self._session,
            update(InviteRow)
            .where(
                col(InviteRow.code_hash) == hashed,
                col(InviteRow.purpose) == purpose,
                col(InviteRow.used_at).is_(None),
                col(InviteRow.expires) > now,
            )
            .values(used_at=now),
        )
        if used.rowcount != 1:
            return None
        return self.get(self._session.get_one(InviteRow, hashed).official)

    def note_failed_join(self, channel: str, chat: str, now: datetime) -> int:
        """Count a wrong code; the number within the last hour."""
        self._session.add(JoinAttemptRow(channel=channel, chat=chat, at=now))
        self._session.flush()
        return self.failed_joins(channel, chat, now)

    def failed_joins(self, channel: str, chat: str, now: datetime) -> int:
        """Wrong codes from there within the last hour."""
        query = select(func.count()).where(
            JoinAttemptRow.channel == channel,
            JoinAttemptRow.chat == chat,
            JoinAttemptRow.at > now - timedelta(hours=1),
        )
        return self._session.exec(query).one()


def _at(bot: tuple[str, str]) -> Any:
    return and_(col(AddressRow.channel) == bot[0], col(AddressRow.bot) == bot[1])


def _values(o: Official) -> dict[str, object]:
    """A new person's columns."""
    return {
        "key": o.key,
        "name": o.name,
        "locale": o.locale,
        "digest_at": o.digest_at,
        "prefers": o.prefers,
        "active": o.active,
    }


def _address(row: AddressRow) -> Address:
    return Address(row.id or 0, row.official, row.channel, row.bot, row.chat, row.active)
