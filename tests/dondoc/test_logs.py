import pytest

from dondoc.logs import mask


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
