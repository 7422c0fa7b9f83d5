"""An empty example of each kind of file: headings, rows that show how, and what may stand in each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.exports import OutSheet, to_csv, to_xlsx
from bot.records.table import Column
from domain.errors import BadInput
from domain.phrases import Phrase, say
from locales.speech import Speech

_KEEPS = say("An empty cell keeps what is known already; a single “-” takes it away.")
_COLUMN, _MEANING = say("Column"), say("What to write")


def template(
    filename: str,
    title: Phrase,
    columns: Sequence[Column],
    examples: Sequence[Mapping[str, str]],
    speech: Speech,
) -> bytes:
    """The file in the words of one language; .xlsx or .csv by the name's ending, else BadInput.

    In .xlsx the explanation is a sheet of its own; in .csv it stands above the headings.
    """
    headings = [column.heading(speech.locale) for column in columns]
    rows = [[example.get(column.name, "") for column in columns] for example in examples]
    explained = [(column.heading(speech.locale), speech.text(column.says)) for column in columns]
    keeps = speech.text(_KEEPS)
    match filename.rpartition(".")[2].lower():
        case "xlsx":
            names = [speech.text(_COLUMN), speech.text(_MEANING)]
            guide = OutSheet(speech.text(say("Instructions")), [names, *explained, ["", keeps]])
            return to_xlsx([OutSheet(speech.text(title), [headings, *rows]), guide])
        case "csv":
            above = [[speech.text(title)], *([f"{heading}: {says}"] for heading, says in explained), [keeps]]
            return to_csv([*above, headings, *rows])
    raise BadInput(say("A template is written as .xlsx or .csv; please give the file such a name."))
