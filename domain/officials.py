"""People who answer for agencies: posts they hold, addresses they are reached at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is for an agency. An admin's post counts for the whole service."""

    FOCAL = "focal"  # đầu mối: answers
    HEAD = "head"  # thủ trưởng: told when it matters
    MONITOR = "monitor"  # theo dõi, đôn đốc
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held at an agency."""

    agency: str
    role: Role


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached. ``bot`` is a public id, never a token. An address may be off (blocked)."""

    id: int
    official: int
    channel: str
    bot: str
    chat: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Official:
    """A person with posts. ``key`` is the stable name an office's own list gives (for re-import)."""

    id: int
    key: str
    name: str
    posts: tuple[Post, ...]
    locale: str = "vi"
    digest_at: str = ""  # "HH:MM" local; empty: the service's hour
    prefers: str = ""  # channel
    active: bool = True

    def agencies(self, *roles: Role) -> tuple[str, ...]:
        """Codes of the agencies where the person holds one of the roles (any role, if none is named)."""
        return tuple(dict.fromkeys(p.agency for p in self.posts if not roles or p.role in roles))

    def holds(self, role: Role, agency: str | None = None) -> bool:
        """Whether the person has the role (at that agency, when one is named)."""
        return any(p.role is role and (agency is None or p.agency == agency) for p in self.posts)
