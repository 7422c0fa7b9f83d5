"""Databases for tests: SQLite in a folder, and a real PostgreSQL server started for the run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.ports import free_port

Order = Callable[[str], object]
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=16MB",
    "max_connections=30",
)


def _program(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*map(str, places), os.environ.get("PATH", "")])
    return shutil.which(name, path=path)


def _as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root; use its own user there."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a server of this run's own, without a database name.

    Its folder is not pytest's: another run that begins takes everybody else's rights to that away.
    """
    initdb, server = _program("initdb"), _program("postgres")
    if not initdb or not server:
        pytest.skip("PostgreSQL is not installed: everything on it is skipped")
    folder = Path(tempfile.mkdtemp(prefix="dondoc-postgres-"))
    run_as = _as_server_user()
    if run_as:
        shutil.chown(folder, run_as["user"], run_as["group"])  # type: ignore[call-overload]
    data = folder / "data"
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    subprocess.run(
        [initdb, "-D", str(data), "-A", "trust", "-U", "dondoc", "-E", "UTF8", "--no-sync"],
        check=True, capture_output=True, env=environment, cwd="/", **run_as,  # type: ignore[call-overload]
    )  # fmt: skip
    port = free_port()
    options = [x for option in FAST for x in ("-c", option)]
    process = subprocess.Popen(
        [server, "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd="/", **run_as,  # type: ignore[call-overload]
    )  # fmt: skip
    url = f"postgresql+psycopg://dondoc@127.0.0.1:{port}"
    try:
        _wait(f"{url}/postgres")
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # at once: a test that left a connection open holds nobody up
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str) -> None:
    import time

    for _ in range(200):
        engine = make_engine(url)
        try:
            with engine.connect():
                return
        except Exception:
            time.sleep(0.1)
        finally:
            engine.dispose()
    raise RuntimeError("PostgreSQL did not start")


@pytest.fixture(scope="session")
def postgres_orders(postgres_url: str) -> Iterator[Order]:
    """One connection for what makes and drops databases."""
    engine = make_engine(f"{postgres_url}/postgres").execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, postgres_orders: Order) -> str:
    """A migrated database that each test's own is copied from."""
    postgres_orders("CREATE DATABASE template_dondoc")
    engine = make_engine(f"{postgres_url}/template_dondoc")
    upgrade(engine)
    engine.dispose()
    return "template_dondoc"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test's own is copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # the last connection writes its journal into the file
    return path


_count = iter(range(1_000_000))


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite database."""
    engine = make_engine(f"sqlite:///{tmp_path / 'test.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: Path, sqlite_engine: Engine) -> Database:
    """A migrated SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return Database(sqlite_engine)


@pytest.fixture
def postgres_database(
    postgres_url: str, postgres_orders: Order, postgres_template: str
) -> Iterator[Database]:
    """A migrated PostgreSQL database of the test's own."""
    name = f"test_{next(_count)}"
    postgres_orders(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    engine = make_engine(f"{postgres_url}/{name}")
    yield Database(engine)
    engine.dispose()
    # not left for the end: deleting a thousand databases' files at once takes minutes on a busy machine
    postgres_orders(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Each kind in turn."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found
