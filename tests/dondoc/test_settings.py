from pathlib import Path

import pytest

from domain.errors import BadInput
from dondoc.settings import MASK, Settings


def make(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_secrets_are_masked_where_people_read_them() -> None:
    shown = make(telegram_token="1234567:secret", database_url="postgresql+psycopg://a:b@c/d").shown()
    assert shown["DONDOC_TELEGRAM_TOKEN"] == MASK
    assert shown["DONDOC_DATABASE_URL"] == MASK
    assert "secret" not in str(shown)


def test_several_tokens_are_several_bots() -> None:
    assert make(telegram_token="1:a, 2:b ,").telegram_tokens == ("1:a", "2:b")


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = make(database_url=f"sqlite:///{tmp_path / 'x.db'}")
    first = settings.secret()
    assert settings.secret() == first
    assert (tmp_path / "x.key").stat().st_mode & 0o777 == 0o600


def test_postgres_needs_a_key() -> None:
    with pytest.raises(BadInput):
        make(database_url="postgresql+psycopg://a@b/c").secret()


def test_a_platforms_port_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "5005")
    monkeypatch.delenv("DONDOC_PORT", raising=False)
    assert make().port == 5005
    monkeypatch.setenv("DONDOC_PORT", "6006")
    assert make().port == 6006
