"""Choices without buttons: every one can be named, and nothing else names one."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.channel import Traits
from bot.channels.browser import BrowserChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import MAX_BUTTONS
from bot.incoming import Incoming
from bot.picks import keys, named, picked
from bot.rendering import render
from domain.messages import Block, Choice, Message, Priority, text
from domain.phrases import say, verbatim
from locales.speech import Speech
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
from tests.stories.conftest import town as town
from tests.town import Town, Wireless

VI = Speech("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
WIDTHS: list[Traits] = [
    BrowserChannel().traits,
    TelegramChannel("12345:abcdefgh").traits,
    ZaloChannel("12345:abcdefgh").traits,
    Traits(max_label=100, max_buttons=MAX_BUTTONS, max_text=1960),
    Traits(buttons=False, max_text=80),
]
LABELS = st.lists(
    st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=70).map(" ".join),
    min_size=1, max_size=20, unique=True,
)  # fmt: skip


def question(labels: list[str], numbered: tuple[int, ...] = ()) -> Message:
    choices = tuple(Choice(verbatim(label), "task.show", {"assignment": n}) for n, label in enumerate(labels))
    return Message((Block(verbatim("Chọn một việc:")),), choices, numbered=numbered)


@pytest.mark.parametrize("traits", WIDTHS, ids=["browser", "telegram", "zalo", "zalo-oa", "narrow"])
@settings(max_examples=60, derandomize=True, deadline=None)
@given(labels=LABELS, tasks=st.booleans())
def test_every_set_of_choices_survives_the_round_trip(traits: Traits, labels: list[str], tasks: bool) -> None:
    asked = question(labels, (1007, 1008) if tasks else ())
    wires = render(asked, VI, traits, row=41)
    if any(wire.buttons for wire in wires):
        assert traits.buttons
        assert len(labels) <= (traits.max_buttons or len(labels))
        tokens = [button.token for wire in wires for button in wire.buttons]
        assert tokens == [f"41:{n}" for n in range(len(labels))]
        return
    shown = "\n".join(wire.text for wire in wires)
    signs = re.findall(r"(?m)^(\w{1,2})\. ", shown)
    for index, sign in enumerate(keys(asked)):
        assert sign in signs
        for typed in (sign, f"{sign}.", f" {sign.upper()}) ", f"#{sign}"):
            assert picked(typed, asked, VI) == index


@pytest.mark.parametrize(
    ("words", "index"),
    [
        ("Vướng", 1), ("dang vuong", 1), ("gia han", 2), ("xin gia hạn", 2), ("nhan", 3), ("3", 2), ("sở y tế", None),
        ("chưa xong", None), ("không", None), ("của tôi", None), ("đã", None), ("xo", None), ("9", None),
    ],
)  # fmt: skip
def test_a_word_of_a_label_names_it(words: str, index: int | None) -> None:
    asked = question(["Đã xong", "Đang vướng", "Xin gia hạn", "Đã nhận", "Không phải việc của tôi"])
    found = picked(words, asked, VI)
    assert (named(words, asked, VI) if found is None else found) == index


def test_what_could_be_two_choices_is_none() -> None:
    asked = question(["Báo cáo quý I", "Báo cáo quý II"])
    assert named("báo cáo", asked, VI) is None
    assert named("quý II", asked, VI) == 1


@pytest.fixture
def plain_town(town: Town) -> Town:
    """The town on a messenger without buttons."""
    town.channels[0].traits = replace(town.channels[0].traits, buttons=False)
    return town


def ask(town: Town, who: str, words: str, *labels: tuple[str, str]) -> None:
    """A message with choices, put into somebody's chat."""
    with town.db.begin() as uow:
        person = uow.people.by_key(who)
        assert person is not None
        (address,) = uow.people.addresses([person.id])[person.id]
        choices = tuple(Choice(verbatim(label), act) for label, act in labels)
        uow.outbox.put(
            key=words, address=address, priority=Priority.REMINDER, kind="told", now=town.clock.now(),
            message=Message(text(say("{words}", words=verbatim(words))).blocks, choices),
        )  # fmt: skip
    town.deliver()


def comes(town: Town, number: str, words: str, **more: Any) -> str:
    incoming = Incoming("telegram", "1", number, "dm-stc", town.clock.now(), text=words)
    accepted = town.runtime.inbox.accept(replace(incoming, **more), town.clock.now())
    town.deliver()
    return accepted.outcome


def test_a_number_written_before_a_question_was_out_is_no_answer_to_it(plain_town: Town) -> None:
    town = plain_town
    ask(town, "dm-stc", "Xem gì?", ("Việc của tôi", "list"), ("Trợ giúp", "help"))
    town.jump("2026-01-05 07:31")
    ask(town, "dm-stc", "Và?", ("Trợ giúp", "help"), ("Việc của tôi", "list"))
    town.hears("dm-stc")
    before = town.clock.now() - timedelta(seconds=20)
    assert comes(town, "901", "1", at=before) == "crossed"
    (sorry,) = town.hears("dm-stc")
    assert "chưa ghi nhận gì" in sorry
    assert comes(town, "902", "1") == "done"
    assert "/viec" in town.hears("dm-stc")[0]


def test_a_number_after_the_question_is_closed_is_no_answer(plain_town: Town) -> None:
    """A word of thanks that asks nothing closes what was asked before it."""
    town = plain_town
    ask(town, "dm-stc", "Xem gì?", ("Việc của tôi", "list"), ("Trợ giúp", "help"))
    comes(town, "903", "/ngonngu vi")
    town.hears("dm-stc")
    comes(town, "904", "2")
    assert town.hears("dm-stc")[0].startswith("Chưa ghi nhận gì")


def test_a_word_of_a_choice_picks_it_in_a_conversation(plain_town: Town) -> None:
    town = plain_town
    ask(town, "dm-stc", "Xem gì?", ("Mở bảng theo dõi", "list"), ("Trợ giúp thêm", "help"))
    town.hears("dm-stc")
    comes(town, "904", "bang theo doi")
    assert "việc" in town.hears("dm-stc")[0]


class Asked:
    """A town whose questions each offer figures of their own, so that a report tells which question it answers."""

    def __init__(self, db: Database) -> None:
        channel = Wireless()
        channel.traits = replace(channel.traits, buttons=False)
        self.town = Town(db, "2026-01-28 08:00", [channel])
        self.asked_at = self.town.clock.now()
        with db.begin() as uow:
            tasks = [task.id for task in uow.plans.tasks()]
            self.task = next(a.id for a in uow.assignments.of_tasks(tasks) if a.agency == "stc")
        self.minute, self.questions, self.number = 0, 0, 0

    def goes_on(self) -> None:
        self.minute += 1
        self.town.jump(f"2026-01-28 08:{self.minute:02}")

    def asks(self, several: int) -> set[int]:
        """The figures this question offers."""
        figures = [self.questions * 9 + n + 1 for n in range(several)]
        self.questions += 1
        with self.town.db.begin() as uow:
            person = uow.people.by_key("dm-stc")
            assert person is not None
            (address,) = uow.people.addresses([person.id])[person.id]
            choices = tuple(
                Choice(verbatim(f"{n}%"), "progress.set", {"assignment": self.task, "percent": n})
                for n in figures
            )
            uow.outbox.put(
                key=f"q{self.questions}", address=address, priority=Priority.REMINDER, kind="told",
                now=self.town.clock.now(), message=Message(text(verbatim("Được bao nhiêu?")).blocks, choices),
            )  # fmt: skip
        self.town.deliver()
        self.asked_at = self.town.clock.now()
        return set(figures)

    def answers(self, sign: int, *, before: bool) -> list[int]:
        """The figures that were logged for it; ``before``: it was written before the last question was out."""
        self.number += 1
        seen = self._logged()
        at = self.asked_at - timedelta(seconds=20) if before else self.town.clock.now()
        comes(self.town, f"a{self.number}", str(sign), at=at)
        return self._logged()[len(seen) :]

    def _logged(self) -> list[int]:
        with self.town.db.begin() as uow:
            rows = uow.session.exec(select(ProgressRow.percent).order_by(col(ProgressRow.id))).all()
        return [percent for percent in rows if percent is not None]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("asks"), st.integers(1, 6)),
        st.tuples(st.sampled_from(["answers", "crosses"]), st.integers(1, 7)),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the stories' people and their plan; each example gets a copy."""
    path = tmp_path_factory.mktemp("asked") / "begun.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    town = Town(Database(engine), "2026-01-28 08:00", [Wireless()])
    town.settle(*PEOPLE)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    engine.dispose()
    return path


@settings(max_examples=20, derandomize=True, deadline=None)
@given(steps=STEPS)
def test_no_answer_to_one_question_is_taken_for_another(begun: Path, steps: list[Any]) -> None:
    engine = make_engine(f"sqlite:///{shutil.copy(begun, begun.with_name('copy.db'))}")
    asked, open_figures = Asked(Database(engine)), set[int]()
    for step, number in steps:
        asked.goes_on()
        if step == "asks":
            open_figures = asked.asks(number)
            continue
        logged = asked.answers(number, before=step == "crosses" and bool(open_figures))
        if step == "crosses":
            assert not logged or not open_figures
        assert set(logged) <= open_figures
        if logged:
            assert logged == [sorted(open_figures)[number - 1]]
            open_figures = set()  # what was answered has had its answer, which asks for itself
    engine.dispose()
