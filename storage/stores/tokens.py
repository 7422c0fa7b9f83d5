"""The tokens of an Official Account: one refresher at a time, and a new pair is kept before it is used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col

from storage.stores.core import insert_once, run
from storage.tables.tokens import OaTokenRow


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """What is kept of an account. Not shown by repr, so that no log can show it."""

    refresh: str
    access: str
    good_until: datetime | None
    refused: str


class OaTokens:
    """Pairs by app."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pair(self, app: str, seed: str) -> Pair:
        """The pair; at first, and whenever the settings bring another refresh token, that one begins it."""
        mark = hashlib.sha256(seed.encode()).hexdigest()
        begun = insert_once(self._session, OaTokenRow).values(
            app=app, seed=mark, refresh=seed, access="", taken_by="", refused=""
        )
        run(self._session, begun)
        row = self._session.get_one(OaTokenRow, app, populate_existing=True)
        if row.seed != mark:
            row.seed, row.refresh, row.access, row.good_until = mark, seed, "", None
            row.taken_until, row.taken_by, row.refused = None, "", ""
            self._session.flush()
        return Pair(row.refresh, row.access, row.good_until, row.refused)

    def take(self, app: str, refresh: str, by: str, now: datetime, lease: timedelta) -> bool:
        """Whether this process may use that refresh token up now; nobody else may until the lease ends."""
        free = or_(col(OaTokenRow.taken_until).is_(None), col(OaTokenRow.taken_until) <= now)
        claim = (
            update(OaTokenRow)
            .where(col(OaTokenRow.app) == app, col(OaTokenRow.refresh) == refresh, free)
            .values(taken_until=now + lease, taken_by=by)
        )
        return run(self._session, claim).rowcount > 0

    def keep(self, app: str, used: str, refresh: str, access: str, good_until: datetime) -> bool:
        """The new pair, in place of the one whose refresh token was ``used``; False when there is a newer one.

        Who holds the lease does not matter: whoever uses the same token after us is refused.
        """
        where = (col(OaTokenRow.app) == app, col(OaTokenRow.refresh) == used)
        pair = {"refresh": refresh, "access": access, "good_until": good_until, "refused": ""}
        kept = update(OaTokenRow).where(*where).values(taken_until=None, taken_by="", **pair)
        return run(self._session, kept).rowcount > 0

    def give_back(self, app: str, by: str, refused: str = "") -> bool:
        """The refresh token was not used, or is refused for good (a machine code)."""
        where = (col(OaTokenRow.app) == app, col(OaTokenRow.taken_by) == by)
        ended = update(OaTokenRow).where(*where).values(taken_until=None, taken_by="", refused=refused)
        return run(self._session, ended).rowcount > 0
