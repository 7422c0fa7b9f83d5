"""Settings from the environment (DONDOC_…) or a .env file; the names are a contract, see docs/operating.md."""

from __future__ import annotations

import os
import secrets
from datetime import time
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import BadInput
from domain.phrases import say

MASK = "••••"


class Settings(BaseSettings):
    """Every setting, with its default. Secrets print masked."""

    model_config = SettingsConfigDict(
        env_prefix="DONDOC_", env_file=".env", extra="ignore", ignored_types=(cached_property,)
    )

    database_url: SecretStr = SecretStr("sqlite:///dondoc.db")
    timezone: str = "Asia/Ho_Chi_Minh"
    locale: str = "vi"
    host: str = "127.0.0.1"
    port: int = Field(default_factory=lambda: int(os.environ.get("PORT", "8000")))
    public_url: str = ""
    secret_key: SecretStr = SecretStr("")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_rate: float = 30
    telegram_proxy: SecretStr = SecretStr("")
    zalo_token: SecretStr = SecretStr("")
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_rate: float = 10
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret: SecretStr = SecretStr("")
    zalo_oa_refresh_token: SecretStr = SecretStr("")
    zalo_oa_api_url: str = "https://openapi.zalo.me"
    zalo_oa_business_url: str = "https://business.openapi.zalo.me"
    zalo_oa_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_oa_rate: float = 1.5
    zalo_oa_invite_template: str = ""
    zalo_monthly_quota: int = 3000
    zalo_people: int = 50
    office_hours: str = "07:30-11:30,13:30-17:00"
    digest_at: time = time(7, 45)
    notice_approve_above: int = Field(default=50, ge=0)
    notice_nudge_hours: float = Field(default=4, gt=0)
    dossier_rolls: bool = True
    dossier_folder: str = ""
    dossier_url: str = ""
    dossier_token: SecretStr = SecretStr("")
    dossier_minutes: int = Field(default=60, ge=1)

    @field_validator(
        "public_url",
        "telegram_api_url",
        "zalo_api_url",
        "zalo_oa_api_url",
        "zalo_oa_business_url",
        "zalo_oa_oauth_url",
    )
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The province's zone."""
        return ZoneInfo(self.timezone)

    @property
    def telegram_tokens(self) -> tuple[str, ...]:
        """One a bot."""
        return _several(self.telegram_token)

    @property
    def zalo_tokens(self) -> tuple[str, ...]:
        """One a bot."""
        return _several(self.zalo_token)

    def shown(self) -> dict[str, str]:
        """Name → value for people to read; a secret that is set shows as a mask only."""
        values: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            secret = isinstance(value, SecretStr)
            is_local_file = name == "database_url" and "@" not in value.get_secret_value()
            if secret and not is_local_file:
                text = MASK if value.get_secret_value() else ""
            else:
                text = value.get_secret_value() if secret else str(value)
            values[f"DONDOC_{name.upper()}"] = text
        return values

    def secret(self) -> bytes:
        """The key that signs links and sessions.

        With SQLite it is made once and kept, readable by its owner only, beside the database; processes on
        PostgreSQL must share one, so there it has to be given.
        """
        if given := self.secret_key.get_secret_value():
            return given.encode()
        url = self.database_url.get_secret_value()
        if not url.startswith("sqlite"):
            raise BadInput(
                say("DONDOC_SECRET_KEY is required with PostgreSQL: set it to a long random text.")
            )
        database = Path(url.removeprefix("sqlite:///") or "dondoc.db")
        return _kept_key(database.with_suffix(".key"))


def _several(value: SecretStr) -> tuple[str, ...]:
    return tuple(t.strip() for t in value.get_secret_value().split(",") if t.strip())


def _kept_key(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_hex(32).encode()
        file.write(key)
    return key
