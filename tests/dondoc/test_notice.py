"""``dondoc notice …`` as it is typed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.notices.sending import send_notices
from domain.errors import BadInput, NotAllowed, Refusal
from domain.officials import Post, Role
from dondoc.__main__ import cli
from dondoc.compose import compose
from dondoc.terminal import settings
from scheduler.clock import SystemClock
from storage import seed

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """An office where two administrators and two focal persons read in the browser."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}")
    monkeypatch.setenv("DONDOC_NOTICE_APPROVE_ABOVE", "1")
    settings.cache_clear()
    agencies, groups = seed.load_agencies("kontum-2024")
    now = SystemClock().now()
    with compose(settings()).service.db.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        for key, agency, role in (("a", "vp-ubnd", Role.ADMIN), ("b", "vp-ubnd", Role.ADMIN),
                                  ("x", "snv", Role.FOCAL), ("y", "stc", Role.FOCAL)):  # fmt: skip
            person = uow.people.save(key, key.upper(), [Post(agency, role)])
            uow.people.add_address(person.id, "browser", "web", str(person.id), now)

    def typed(*words: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(cli, ["notice", *words], input=stdin)
        if isinstance(result.exception, Refusal):
            raise result.exception
        assert result.exception is None, result.exception
        return result

    yield typed
    settings.cache_clear()


def test_from_the_draft_to_the_roll_call(run: Run) -> None:
    letter = Path("512.pdf")
    letter.write_bytes(b"%PDF-1.7 a letter")
    words = ("--text", "-", "--to", "sở nội vụ, sở tài chính", "--urgent", "--file", str(letter))
    made = run("create", "--by", "a", *words, stdin="Họp 14h")
    assert "Đã lưu bản nháp 1" in made.output
    assert "Số người nhận: 2" in made.output
    shown = run("preview", "--by", "a", "1").output
    assert "Sở Nội vụ: X" in shown
    assert "[ Đã nhận ]" in shown
    assert "chờ B duyệt" in run("send", "--by", "a", "1").output
    with pytest.raises(BadInput):
        run("approve", "--by", "a", "1")
    assert "gửi tới 2 người" in run("approve", "--by", "b", "1").output
    service = compose(settings()).service
    send_notices(service, SystemClock().now())
    assert "còn lại: 2" in run("pause", "--by", "a", "1").output
    run("resume", "--by", "a", "1")
    assert "đang gửi" in run("list", "--by", "a").output
    out = Path("roll.docx")
    assert "Sở Nội vụ: 0/1" in run("roll-call", "--by", "a", "1", "--out", str(out)).output
    assert out.read_bytes().startswith(b"PK")
    assert "đã hủy" in run("cancel", "--by", "a", "1").output.lower()


def test_rights_are_the_persons(run: Run) -> None:
    with pytest.raises(NotAllowed):
        run("create", "--by", "x", "--text", "Họp", "--to", "sở nội vụ")
    with pytest.raises(BadInput):
        run("create", "--by", "nobody", "--text", "Họp", "--to", "sở nội vụ")


def test_unclear_recipients_are_named_and_nothing_goes(run: Run) -> None:
    made = run("create", "--by", "a", "--text", "Họp", "--to", "đội bóng")
    assert "đội bóng" in made.output
    with pytest.raises(BadInput):
        run("send", "--by", "a", "1")
