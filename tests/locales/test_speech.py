from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.phrases import Phrase, from_json, say, say_many, to_json, verbatim
from locales.speech import Speech, available

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_dates_are_written_as_each_language_writes_them() -> None:
    phrase = Phrase("{due} {due:day} {due:weekday} {due:full}", {"due": date(2024, 6, 28)})
    assert Speech("vi", ZONE).text(phrase) == "28/6/2024 28/6 thứ Sáu thứ Sáu 28/6/2024"
    assert Speech("en", ZONE).text(phrase) == "28 Jun 2024 28 Jun Friday Friday 28 Jun 2024"


def test_sunday_needs_no_lowering() -> None:
    assert Speech("vi", ZONE).weekday(date(2024, 6, 30)) == "Chủ nhật"


def test_instants_are_local() -> None:
    phrase = Phrase("{at} {at:time}", {"at": datetime(2024, 6, 25, 2, 5, tzinfo=UTC)})
    assert Speech("vi", ZONE).text(phrase) == "09:05 25/6/2024 09:05"


def test_numbers_have_a_decimal_comma_in_vietnamese() -> None:
    assert Speech("vi", ZONE).text(Phrase("{n}", {"n": 86.14})) == "86,14"
    assert Speech("en", ZONE).text(Phrase("{n}", {"n": 86.14})) == "86.14"


def test_plural_by_count() -> None:
    phrase = say_many("{count} thing", "{count} things", 2)  # not in any catalogue
    assert Speech("en", ZONE).text(phrase) == "2 things"


def test_braces_in_somebodys_words_stay() -> None:
    assert Speech("vi", ZONE).text(verbatim("{oops} {0}")) == "{oops} {0}"


def test_unknown_language_falls_back_to_the_default() -> None:
    assert Speech("xx", ZONE).locale == "vi"
    assert available()[0] == "vi"


@pytest.mark.parametrize(
    "phrase",
    [
        verbatim("a"),
        say("{x} {y} {z}", x=date(2024, 1, 2), y=datetime(2024, 1, 2, tzinfo=UTC), z=verbatim("t")),
        say("{all}", all=(verbatim("a"), verbatim("b"))),
        say_many("one", "many", 3, name="x"),
    ],
)
def test_phrases_survive_the_outbox(phrase: Phrase) -> None:
    assert from_json(to_json(phrase)) == phrase
