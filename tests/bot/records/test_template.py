"""A template is read back as its own examples, in both languages and both forms."""

import io
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.records import agency_columns, holidays, people_columns
from bot.records.agencies import plan_agencies
from bot.records.holidays import plan_holidays
from bot.records.people import plan_people
from bot.records.sheets import read_sheets
from bot.records.table import cell_text, find_table
from bot.records.template import template
from domain.agencies import Register
from domain.errors import BadInput
from domain.phrases import say
from locales.speech import speech_for
from tests.bot.records.test_people import TODAY

KINDS = {"agencies": agency_columns, "people": people_columns, "holidays": holidays}


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_reads_as_its_examples(kind: str, ending: str, locale: str) -> None:
    module = KINDS[kind]
    speech = speech_for(locale, ZoneInfo("Asia/Ho_Chi_Minh"))
    data = template(f"mẫu.{ending}", say("Agencies"), module.COLUMNS, module.EXAMPLES, speech)
    table = find_table(read_sheets(data), module.COLUMNS)
    shown = [{k: cell_text(v) for k, v in r.values.items() if cell_text(v)} for r in table.records]
    assert shown == [{k: v for k, v in example.items() if v} for example in module.EXAMPLES]
    assert table.ignored == ()
    if ending == "xlsx":
        guide = load_workbook(io.BytesIO(data)).worksheets[1]
        assert [row[0].value for row in guide.iter_rows(min_row=2, max_row=len(module.COLUMNS) + 1)] == [
            column.heading(locale) for column in module.COLUMNS
        ]


def test_examples_can_be_imported_as_they_are() -> None:
    def table(kind: str):  # type: ignore[no-untyped-def]
        module = KINDS[kind]
        speech = speech_for("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
        data = template("m.csv", say("Agencies"), module.COLUMNS, module.EXAMPLES, speech)
        return find_table(read_sheets(data), module.COLUMNS)

    agencies = plan_agencies(table("agencies"), Register())
    assert (len(agencies.records), agencies.outcome.problems) == (2, ())
    people = plan_people(table("people"), Register.of(agencies.records), (), TODAY)
    assert (len(people.records), people.outcome.problems) == (2, ())
    days = plan_holidays(table("holidays"), ())
    assert (len(days.records), days.outcome.problems) == (2, ())


def test_another_ending_is_refused() -> None:
    with pytest.raises(BadInput):
        template("m.docx", say("Agencies"), (), (), speech_for("vi", ZoneInfo("Asia/Ho_Chi_Minh")))
