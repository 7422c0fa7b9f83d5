"""Signed-in browsers."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from domain.officials import Official
from storage.stores.core import run
from storage.stores.people import People, hash_code
from storage.tables.registers import WebSessionRow


class Sessions:
    """Sessions by a random token whose hash is kept; revocable at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, official_id: int, now: datetime, *, days: int = 30) -> str:
        """A new session's token."""
        token = secrets.token_urlsafe(32)
        row = WebSessionRow(
            token_hash=hash_code(token), official=official_id, expires=now + timedelta(days=days)
        )
        self._session.add(row)
        return token

    def official(self, token: str, now: datetime) -> Official | None:
        """Whose session it is, if it still is one and the person is active."""
        row = self._session.get(WebSessionRow, hash_code(token))
        if row is None or row.revoked or row.expires <= now:
            return None
        official = People(self._session).get(row.official)
        return official if official.active else None

    def revoke(self, token: str) -> None:
        """End one session."""
        if row := self._session.get(WebSessionRow, hash_code(token)):
            row.revoked = True

    def revoke_all(self, official_id: int) -> None:
        """End all sessions of a person."""
        run(
            self._session,
            update(WebSessionRow).where(col(WebSessionRow.official) == official_id).values(revoked=True),
        )

    def link(self, official_id: int, now: datetime, *, minutes: int = 15) -> str:
        """A one-time sign-in code."""
        return People(self._session).new_invite(official_id, now, hours=minutes / 60, purpose="signin")
