"""The same answer written in another way is read the same; a word of denial always denies."""

import random
import unicodedata
from datetime import date
from typing import Any

import pytest

from domain.reading.replies.replies import reading_json
from tests.domain.reading.test_replies import read

OPENERS = ["", "dạ ", "dạ em báo cáo ", "anh ơi ", "nhiệm vụ này ", "việc này ", "đơn vị em "]
STATES = [
    "đã hoàn thành", "xong rồi", "đã xong", "hoàn thành rồi", "đang làm", "đang triển khai", "chưa triển khai",
    "chưa xong", "sắp xong rồi", "được {n}%", "mới được {n}%", "đạt {n}% rồi", "làm được {n} phần trăm",
    "còn {n}% nữa là xong", "xin gia hạn đến {d}/7", "xin lùi {k} tuần", "đề nghị gia hạn đến ngày {d}/7/2024",
    "mai nhắc lại", "nhắc lại lúc 15h", "{k} tiếng nữa nhắc lại", "không phải việc của em", "bấm nhầm rồi",
    "đã nhận", "vướng mặt bằng", "đang chờ ý kiến Sở Tài chính", "nhiệm vụ 5a được {n}%", "việc 3 xong rồi",
]  # fmt: skip
TAILS = ["", " ạ", " nhé", " anh ạ", " nha"]
COUNT = 2500


def generated() -> list[str]:
    """Messages put together from pieces, the same in every run."""
    dice = random.Random(20240625)
    out = []
    for _ in range(COUNT):
        state = dice.choice(STATES).format(n=dice.randint(5, 95), d=dice.randint(1, 31), k=dice.randint(2, 6))
        out.append(dice.choice(OPENERS) + state + dice.choice(TAILS))
    return out


MESSAGES = generated()


def facts(text: str) -> dict[str, Any]:
    """The reading without the sender's words."""
    data = reading_json(read(text))
    for key in ("note", "waits_for", "candidates"):
        data.pop(key, None)
    return data


def without_marks(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


@pytest.mark.parametrize(
    "rewrite",
    [
        without_marks,
        str.upper,
        lambda text: "dạ em chào anh, " + text,
        lambda text: text + " 😅",
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("hoàn", "hòan").replace("được", "đuợc"),
    ],
    ids=["no marks", "upper case", "greeting", "emoji", "NFD", "blanks", "misplaced tone"],
)
def test_another_way_of_writing_reads_the_same(rewrite: Any) -> None:
    different = [text for text in MESSAGES if facts(rewrite(text)) != facts(text)]
    assert different == []


@pytest.mark.parametrize(
    "denial", ["chưa", "không", "ko", "chưa hề", "vẫn chưa", "hổng", "k", "chua", "khong"]
)
@pytest.mark.parametrize(
    "phrase", ["xong", "hoàn thành", "xong rồi", "hoàn tất", "làm xong", "hoàn thành 100%", "xong hết"]
)
def test_a_denied_phrase_is_never_done(denial: str, phrase: str) -> None:
    for opener in OPENERS:
        for tail in TAILS:
            for text in (f"{opener}{denial} {phrase}{tail}", f"{opener}{denial} thể {phrase}{tail}"):
                reading = read(text)
                assert reading.status != "done", text
                assert not any(part.status == "done" for part in reading.more), text


@pytest.mark.parametrize("number", ["80/UBND", "60/KH-UBND", "2164/KH-UBND", "766/QĐ-TTg"])
def test_a_document_number_or_a_day_is_no_percentage(number: str) -> None:
    for text in MESSAGES[:600]:
        before = read(text)
        assert read(f"{text}, theo Kế hoạch số {number} ngày 20/6/2024").percent == before.percent, text
        assert read(f"Thực hiện Công văn số {number}, {text}").percent == before.percent, text


@pytest.mark.parametrize("due", [date(2024, 6, 30), date(2024, 12, 31), None])
def test_a_day_taken_is_never_in_the_past_and_never_in_time_anyway(due: date | None) -> None:
    for text in MESSAGES:
        reading = read(text, due_on=due)
        if reading.until is not None:
            assert reading.until >= date(2024, 6, 25), text
            assert reading.intent != "extension" or due is None or reading.until > due, text
