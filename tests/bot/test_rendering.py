"""What goes over the wire keeps every word, fits the messenger, and marks what is marked."""

from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel import Traits
from bot.picks import keys, numbered, picked
from bot.rendering import render
from domain.messages import Block, Choice, Look, Message
from domain.phrases import say, verbatim
from locales.speech import Speech

VI = Speech("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
WORDS = st.text(st.sampled_from("abc ạếđ \n.;🙂"), min_size=1, max_size=400)
LOOKS = st.sampled_from(list(Look))


def message(*texts: str, labels: tuple[str, ...] = (), numbered: tuple[int, ...] = ()) -> Message:
    choices = tuple(Choice(verbatim(label), "list", {"n": n}) for n, label in enumerate(labels))
    return Message(tuple(Block(verbatim(t)) for t in texts), choices, numbered=numbered)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.lists(st.tuples(WORDS, LOOKS), min_size=1, max_size=12), st.integers(40, 200))
def test_every_word_arrives_in_pieces_that_fit(blocks: list[tuple[str, Look]], limit: int) -> None:
    said = Message(tuple(Block(verbatim(t), look) for t, look in blocks), (Choice(say("Help"), "help"),))
    wires = render(said, VI, Traits(max_text=limit), row=7)
    assert all(len(wire.text) <= limit for wire in wires)
    wanted = "".join(text for text, _ in blocks)
    arrived = "".join(wire.text for wire in wires)
    assert [c for c in arrived if c not in " \n•"] == [c for c in wanted if c not in " \n•"]
    assert [len(wire.buttons) for wire in wires] == [0] * (len(wires) - 1) + [1]
    for wire in wires:
        assert all(s.start >= 0 and s.start + s.length <= len(wire.text) for s in wire.spans)


def test_a_heading_is_bold_and_items_stand_close() -> None:
    said = Message(
        (Block(verbatim("Việc")), Block(verbatim("một"), Look.ITEM, 1), Block(verbatim("hai"), Look.ITEM, 2))
    )
    (wire,) = render(said, VI, Traits(), row=1)
    assert wire.text == "Việc\n\n1. một\n2. hai"
    (bold,) = render(Message((Block(verbatim("Việc"), Look.HEADING),)), VI, Traits(), row=1)
    assert [(s.start, s.length, s.style) for s in bold.spans] == [(0, 4, "bold")]


def test_without_buttons_choices_are_lines_and_resolve_to_the_same() -> None:
    said = message("Chọn", labels=("Đã xong", "Đang vướng"))
    (wire,) = render(said, VI, Traits(buttons=False), row=1)
    assert wire.text == "Chọn\n\n1. Đã xong\n2. Đang vướng"
    assert not wire.buttons
    for text, index in (
        ("2", 1),
        (" 2. ", 1),
        ("dang vuong", 1),
        ("ĐÃ XONG", 0),
        ("3", None),
        ("xong", None),
    ):
        assert picked(text, said, VI) == index


def test_in_a_list_of_tasks_choices_bear_letters_so_that_a_number_is_a_task() -> None:
    said = message("1. a", "2. b", labels=("Mở 1", "Mở 2"), numbered=(41, 42))
    assert keys(said) == ("a", "b")
    assert picked("2", said, VI) is None
    assert numbered("2", said) == 42
    assert numbered("3", said) is None
    assert picked("b", said, VI) == 1
