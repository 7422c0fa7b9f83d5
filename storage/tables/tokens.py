"""Tokens a messenger hands out one after another, so that they cannot live in the settings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class OaTokenRow(SQLModel, table=True):
    """The pair of one Official Account. A refresh token is good once, and each use brings the next.

    They stand here as they are, as sessions' and people's data do: whoever reads this database can already
    speak for the service, and a key beside it would be read with it.
    """

    __tablename__ = "oa_token"
    app: str = Field(primary_key=True)
    seed: str  # checksum of the refresh token in the settings these descend from
    refresh: str
    access: str = ""
    good_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: somebody is using the refresh token up until then; left standing when they died at it
    taken_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_by: str = ""
    refused: str = ""  # why the refresh token is no good any more: a person must act
