"""Whatever program printed it, a plan gives the same tasks; where a file does not say which its letters are, that is said."""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random

import pytest

from bot.intake import read_document
from domain.documents import Document
from domain.errors import BadInput
from tests.plan_generator.made import SHAPES, make
from tests.plan_generator.measure import compare, plan_of
from tests.plan_generator.test_measured import CALENDAR, REGISTER, facts
from tests.plan_generator.writers import printed, word
from tests.plan_generator.writers.pdf_file import Font, font_file
from tests.plan_generator.writers.printed import PROGRAMS

pytestmark = pytest.mark.skipif(
    font_file() is None,
    reason="no font with Vietnamese letters is installed (fonts-noto-core, fonts-dejavu-core)",
)
LAYOUTS = [*SHAPES, "labelled prose", "labels in brackets"]
#: letters as the fonts of before Unicode had them
_TCVN3 = dict(
    zip(
        "ạảãáàăắằẳẵặâấầẩẫậđêếềểễệéèẻẽẹíìỉĩịôốồổỗộơớờởỡợóòỏõọưứừửữựúùủũụýỳỷỹỵ",
        "¹¶·¸µ¨¾»¼½Æ©ÊÇÈÉË®ªÕÒÓÔÖÐÌÎÏÑÝ×ØÜÞ«èåæçé¬íêëìîãßáâä-øõö÷ùóïñòôýúûüþ",
        strict=True,
    )
)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("layout", ["sections", "spans", "letters", "two-row heading", "labelled prose"])
def test_every_program_gives_the_same_tasks(program: str, layout: str) -> None:
    made = make(Random(f"{layout} 3"), layout)
    drafts = [
        plan_of(data, name, REGISTER, CALENDAR, made)
        for data, name in ((word.write(made.document), "a.docx"), (PROGRAMS[program](made.document), "a.pdf"))
    ]
    wanted, found = ([facts(task) for task in draft.tasks] for draft in drafts)
    assert len(wanted) == len(made.wanted)
    assert found == wanted


@pytest.mark.parametrize("turned", [-0.6, 0.25, 1.0])
@pytest.mark.parametrize("layout", ["roman", "two tables"])
def test_a_page_that_lay_askew_in_the_scanner(turned: float, layout: str) -> None:
    made = make(Random(f"{layout} 4"), layout)
    data = printed.scanned(made.document, wide=True, turned=turned, seed=3)
    assert compare(made, plan_of(data, "a.pdf", REGISTER, CALENDAR, made), "scanner").wrong == []


@pytest.mark.parametrize(
    "write",
    [
        lambda d: printed.cairo(d, mapped=False),
        lambda d: printed.word(d, mapped=False),
        lambda d: printed.writer(d, mapped=False),
        lambda d: printed.cairo(d, told=lambda letter: _TCVN3.get(letter, letter)),
    ],
    ids=[
        "no letter is told",
        "the letters beyond the code page are not",
        "one byte a letter",
        "before Unicode",
    ],
)
def test_letters_without_meaning_are_said_and_not_read(write: Callable[[Document], bytes]) -> None:
    made = make(Random("unknown"), "sections")
    with pytest.raises(BadInput) as told:
        read_document(write(made.document), "a.pdf")
    assert told.value.code == "unknown_letters"


def test_marks_drawn_by_themselves_belong_to_their_letters() -> None:
    made = make(Random("marks"), "sections")
    whole = read_document(printed.cairo(made.document), "a.pdf")
    assert read_document(printed.cairo(made.document, apart=True), "a.pdf") == whole


def test_a_font_of_one_byte_a_letter_has_numbers_for_a_page() -> None:
    font = Font(wide=False)
    assert font.codes("aba") == "010201"
    assert not font.is_full("đ" * 300)


@pytest.mark.long
@pytest.mark.timeout(0)
def test_two_hundred_plans_of_each_program() -> None:
    for program, write in PROGRAMS.items():
        rows = right = invented = 0
        wrong: list[str] = []
        for number in range(200):
            made = make(Random(f"{program} {number}"), LAYOUTS[number % len(LAYOUTS)])
            score = compare(made, plan_of(write(made.document), "a.pdf", REGISTER, CALENDAR, made), program)
            rows, right, invented = rows + score.rows, right + score.right, invented + score.invented
            wrong += score.wrong
        sys.stdout.write(f"{program:28} {right} of {rows} rows right, {invented} invented\n")
        assert right >= 0.99 * rows and invented <= 0.005 * rows, "\n".join(wrong[:40])
