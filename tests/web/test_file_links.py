"""Files by signed links: for who holds one, for some days, and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.file_links import GOOD_FOR, FileLinks
from storage.unit_of_work import Database
from tests.web.office import Office

KEY = b"the key of a province's service"
NOW = datetime(2026, 1, 28, 1, 0, tzinfo=UTC)
LINKS = FileLinks(KEY, "https://dondoc.example")


def token(link: str) -> str:
    return link.rpartition("/")[2]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 200), st.characters(max_codepoint=0x7F))
def test_a_changed_link_opens_nothing(file: int, place: int, letter: str) -> None:
    good = token(LINKS.make(file, NOW + GOOD_FOR))
    assert LINKS.opened(good, NOW) == file
    changed = good[:place] + letter + good[place + 1 :]
    assert LINKS.opened(changed, NOW) == (file if changed == good else None)


def test_a_link_ends_and_another_key_makes_none() -> None:
    good = token(LINKS.make(7, NOW + GOOD_FOR))
    assert LINKS.opened(good, NOW + GOOD_FOR - timedelta(seconds=1)) == 7
    assert LINKS.opened(good, NOW + GOOD_FOR) is None
    assert FileLinks(b"another", "").opened(good, NOW) is None


def test_a_file_is_opened_by_its_link_without_signing_in(sqlite_database: Database) -> None:
    office = Office(sqlite_database, public_url="https://dondoc.example", fresh=True)
    links, now = office.context.service.file_links, office.context.now()
    assert links is not None
    with office.db.begin() as uow:
        owner = office.person("focal").id
        kept = uow.files.save(owner, "báo cáo.docx", "application/octet-stream", b"PK\x03\x04", now)
    path = links.make(kept, now + GOOD_FOR).removeprefix(links.public_url)
    stranger = office.browser()
    answer = stranger.get(path)
    assert (answer.status_code, answer.content) == (200, b"PK\x03\x04")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''b%C3%A1o")
    assert answer.headers["cache-control"] == "private, no-store"
    ended = links.make(kept, now - timedelta(seconds=1)).removeprefix(links.public_url)
    assert "hết hạn" in stranger.see(ended, 404)
    gone = links.make(kept + 1, now + GOOD_FOR).removeprefix(links.public_url)
    assert "hết hạn" in stranger.see(gone, 404)
    with office.db.begin() as uow:
        uow.people.save("focal", "Đã nghỉ hưu", [], active=False)
    assert "hết hạn" in stranger.see(path, 404)
