"""What a messenger counts."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel


class QuotaRow(SQLModel, table=True):
    """Messages one bot has sent in one local month; ``most`` as the settings had it, ``day`` the last."""

    __tablename__ = "quota"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    used: int = 0
    most: int
    day: date
    refusals: int = 0  # in a row, for the quota's sake
