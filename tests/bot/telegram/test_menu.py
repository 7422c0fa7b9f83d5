"""The menu beside the text field: what can be typed, in both languages, the most used first."""

from bot.registry import commands
from bot.telegram.menu import menus


def test_both_languages_name_the_same_commands() -> None:
    found = menus(commands())
    assert found.keys() == {"", "vi"}
    assert [name for name, _ in found[""]] == [name for name, _ in found["vi"]]


def test_the_list_of_tasks_stands_first() -> None:
    found = menus(commands())
    assert [name for name, _ in found["vi"]][:2] == ["viec", "han"]
    assert {"han", "trogiup", "ngonngu"} <= {name for name, _ in found["vi"]}


def test_words_are_translated_and_begin_with_a_capital() -> None:
    found = menus(commands())
    for (_, english), (_, vietnamese) in zip(found[""], found["vi"], strict=True):
        assert english != vietnamese
        assert vietnamese[0].isupper()
        assert 1 <= len(vietnamese) <= 256
