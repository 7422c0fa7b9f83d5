import logging

import pytest

from dondoc.logs import Calm, mask


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("POST https://x/bot123456789:AAE-abc_DEFghi/sendMessage", "AAE-abc_DEFghi"),
        ("<html>/bot123456789%3AAAE-abc_DEFghi/x</html>", "AAE-abc_DEFghi"),
        ("call 0912345678 now", "0912345678"),
        ("call +84 912 345 678 now", "912 345 678"),
        ("GET /join/ABCDEFGHJK", "ABCDEFGHJK"),
        ("postgresql+psycopg://dondoc:hunter2@db/dondoc", "hunter2"),
    ],
)
def test_secrets_and_phone_numbers_are_masked(text: str, hidden: str) -> None:
    assert hidden not in mask(text)


@pytest.mark.parametrize(
    "text", ["plan 2164/KH-UBND of 20/06/2024", "2024-06-25T09:00:00+07:00", "row 123456"]
)
def test_document_numbers_and_dates_stay(text: str) -> None:
    assert mask(text) == text


def record(words: str, name: str = "web.webhooks") -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, "x.py", 1, words, (), None)


def test_the_same_words_are_written_so_many_times_a_minute_and_counted() -> None:
    at = [0.0]
    calm = Calm(most=3, clock=lambda: at[0])
    assert [calm.filter(record("wrong secret")) for _ in range(5)] == [True, True, True, False, False]
    assert calm.filter(record("another trouble"))
    assert calm.filter(record("wrong secret", "elsewhere"))
    at[0] = 61.0
    first, second = record("wrong secret"), record("wrong secret")
    assert calm.filter(first)
    assert calm.filter(second)
    assert first.left_out == 2  # type: ignore[attr-defined]
    assert not hasattr(second, "left_out")


def test_words_without_end_are_not_remembered_without_end() -> None:
    at = [0.0]
    calm = Calm(most=3, clock=lambda: at[0])
    for number in range(5000):
        calm.filter(record(f"{number} of them"))
    assert len(calm._seen) <= 1002
