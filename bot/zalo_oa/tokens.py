"""The access token of an Official Account, renewed in time by one process at a time.

A refresh token is good once and three months, and each use answers with the next
(https://developers.zalo.me/docs/official-account, authorisation v4). Whoever is about to use one says so in the
database first and keeps the answer there before anything uses it. A process that dies between the two leaves
its mark: the token is then tried once more, and where Zalo refuses it a person must bring a new one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.channel import BotRefused, SendError, Unreachable
from bot.json_fields import a_dict, a_text, an_int
from storage.unit_of_work import Database

#: an access token that ends sooner is renewed before it is used
_SOON = timedelta(minutes=10)
#: nobody refreshes for longer than this
LEASE = timedelta(seconds=60)
_TIMEOUT = 20.0
_SHORTEST, _LONGEST = 60, 30 * 24 * 3600  # of ``expires_in``: anything else is not believed, seconds
_LOOK_AGAIN = 0.25


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What the settings give. Not shown by repr."""

    app: str
    secret: str
    refresh_token: str
    oauth_url: str


class TokenKeeper:
    """Gives the token to call with. ``now`` is an aware instant, UTC."""

    def __init__(self, db: Database, given: Credentials, now: Callable[[], datetime]) -> None:
        self._db, self._given, self._now = db, given, now
        self._name = secrets.token_hex(8)
        self._one_at_a_time = asyncio.Lock()
        #: a pair Zalo gave and the database did not take: without it a person would have to authorise anew
        self._unkept: tuple[str, str, str, datetime] | None = None

    async def access(self, refused: str = "") -> str:
        """A token that is not ``refused``. Raises BotRefused when a person must act, else Unreachable."""
        async with self._one_at_a_time:
            if self._unkept is not None:
                return await asyncio.to_thread(self._keep)
            until = self._now() + LEASE
            while True:
                found, refresh = await asyncio.to_thread(self._look, refused)
                if found:
                    return found
                if refresh:
                    return await asyncio.shield(
                        asyncio.ensure_future(asyncio.to_thread(self._renew, refresh))
                    )
                if self._now() > until:
                    raise Unreachable("refreshing")
                await asyncio.sleep(_LOOK_AGAIN)

    def _look(self, refused: str) -> tuple[str, str]:
        """(the access token, "") when it is good; ("", the refresh token) when it is ours to use; else ("", "")."""
        app, now = self._given.app, self._now()
        with self._db.begin() as uow:
            pair = uow.oa_tokens.pair(app, self._given.refresh_token)
            if pair.access and pair.access != refused and pair.good_until and pair.good_until > now + _SOON:
                return pair.access, ""
            if pair.refused:
                raise BotRefused(pair.refused)
            taken = uow.oa_tokens.take(app, pair.refresh, self._name, now, LEASE)
            return "", pair.refresh if taken else ""

    def _renew(self, refresh: str) -> str:
        """Use the refresh token up; the new access token, which stands in the database by then."""
        given, app = self._given, self._given.app
        try:
            answer = httpx.post(
                f"{given.oauth_url}/v4/oa/access_token",
                headers={"secret_key": given.secret},
                data={"app_id": app, "grant_type": "refresh_token", "refresh_token": refresh},
                timeout=_TIMEOUT,
            )
            fields = a_dict(answer.json()) if answer.status_code < 500 else {}
        except (httpx.HTTPError, ValueError):
            fields = {}
        access, following = a_text(fields.get("access_token")), a_text(fields.get("refresh_token"))
        if access and following:
            ends = self._now() + timedelta(seconds=_seconds(fields.get("expires_in")))
            self._unkept = (refresh, following, access, ends)
            return self._keep()
        refused = "refresh_token" if _is_refused(fields) else ""
        with self._db.begin() as uow:
            uow.oa_tokens.give_back(app, self._name, refused)
        failure: SendError = BotRefused(refused) if refused else Unreachable("oauth")
        raise failure from None

    def _keep(self) -> str:
        """Write down what Zalo gave; it is handed out once that is done, and at the next call when it fails."""
        assert self._unkept is not None
        used, following, access, ends = self._unkept
        with self._db.begin() as uow:
            uow.oa_tokens.keep(self._given.app, used, following, access, ends)
        self._unkept = None
        return access


def _is_refused(fields: dict[str, Any]) -> bool:
    """Whether it is the refresh token that is no good; anything else may be better the next time."""
    words = " ".join(
        a_text(fields.get(name)) for name in ("error_name", "error_reason", "error_description", "message")
    )
    return bool(an_int(fields.get("error"))) and "refresh token" in words.lower().replace("_", " ")


def _seconds(value: object) -> int:
    """``expires_in``, which comes as a number or its digits."""
    text = a_text(value)
    number = int(text) if text.isdecimal() and len(text) < 10 else an_int(value) or 0
    return min(max(number, _SHORTEST), _LONGEST)
