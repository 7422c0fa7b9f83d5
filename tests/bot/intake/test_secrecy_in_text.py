"""A secrecy mark on a line of its own is seen before lines are joined."""

import pytest

from bot.intake import read_document
from domain.errors import ClassifiedDocument


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  Tối  MẬT ".upper(), "* MẬT *"])
def test_a_mark_between_lines_is_refused(mark: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH KON TUM\n{mark}\nSố: 1/KH-UBND\nKẾ HOẠCH"
    with pytest.raises(ClassifiedDocument):
        read_document(text.encode(), "a.txt")


@pytest.mark.parametrize(
    "line",
    [
        "Bảo vệ bí mật nhà nước",
        "mật",
        "BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "bí\nmật",
        "CÔNG TÁC BẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC",
    ],
)
def test_the_word_in_a_sentence_or_a_wrapped_title_is_no_mark(line: str) -> None:
    read_document(f"KẾ HOẠCH\n{line}\nNội dung".encode(), "a.txt")
