"""Commands as they are typed, in an office of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from domain.errors import Refusal
from dondoc.__main__ import cli
from dondoc.terminal import settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in the test's folder, on an empty database there; what is refused is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    settings.cache_clear()

    def typed(*words: str) -> Result:
        result = CliRunner().invoke(cli, list(words))
        if isinstance(result.exception, Refusal):
            raise result.exception
        return result

    yield typed
    settings.cache_clear()
