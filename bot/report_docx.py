"""Writes an agency's report as a Word file in the form of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from bot import report_words as words
from bot.docx_form import page, places, row_of, rule, set_columns, write
from domain.office_form import MOTTO, NATION, dated
from domain.phrases import Phrase
from domain.reports.agency import AgencyReport, Row
from locales.speech import Speech

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LEFT, _RIGHT = 64.0, 101.0  # mm: issuing body, national title; together the width between the margins
_COLUMNS = (14, 59, 29, 41, 22)  # mm
_SMALL = 12.0


def draft_report(report: AgencyReport, speech: Speech, now: datetime) -> bytes:
    """The file. ``now`` (aware) is kept in its properties; the day of the figures is in its words."""
    document = Document()
    page(document)
    properties = document.core_properties
    properties.author, properties.comments = report.agency.name, ""
    properties.title = f"{speech.text(words.TITLE)} {speech.text(words.subject(report))}"
    properties.created = properties.modified = now.replace(tzinfo=None)
    _head(document, report, speech)
    _title(document, report, speech)
    _results(document, report, speech)
    _part(document, "II", words.DIFFICULTIES, report.difficulties, speech)
    _part(document, "III", words.PROPOSALS, report.requests, speech)
    _body(document, f"{speech.text(words.closing(report))}./.")
    _signature(document, report, speech)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(document: Word, report: AgencyReport, speech: Speech) -> None:
    head = report.head
    left, right = places(document, (_LEFT, _RIGHT))
    if head.superior:
        write(left, head.superior, size=_SMALL, align=ALIGN.CENTER)
    write(left, head.own, size=_SMALL, bold=True, align=ALIGN.CENTER)
    rule(left, _LEFT, 22)
    write(left, f"Số:        {head.symbol}", size=13, align=ALIGN.CENTER, before=4)
    write(left, speech.text(words.DRAFT), size=_SMALL, italic=True, align=ALIGN.CENTER)
    write(right, NATION, size=_SMALL, bold=True, align=ALIGN.CENTER)
    write(right, MOTTO, size=13, bold=True, align=ALIGN.CENTER)
    rule(right, _RIGHT, 59)
    write(right, dated(head.place, report.as_of), size=13, italic=True, align=ALIGN.CENTER, before=4)


def _title(document: Word, report: AgencyReport, speech: Speech) -> None:
    write(document, speech.text(words.TITLE), bold=True, align=ALIGN.CENTER, before=14)
    write(document, speech.text(words.subject(report)), bold=True, align=ALIGN.CENTER, after=4)
    rule(document, _LEFT + _RIGHT, 45)
    if report.addressed_to:
        write(document, speech.text(words.addressed(report)), align=ALIGN.CENTER, before=6, after=8)
    _body(document, speech.text(words.opening(report)))


def _results(document: Word, report: AgencyReport, speech: Speech) -> None:
    write(document, f"I. {speech.text(words.RESULTS)}", bold=True, before=8, after=4, indent=10)
    _body(document, speech.text(words.total(report)))
    _items(document, words.cells(report), speech)
    if not report.rows:
        return
    write(document, "", size=6)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    set_columns(table, _COLUMNS)
    row_of(table.rows[0], [speech.text(c) for c in words.COLUMNS], _COLUMNS, heading=True)
    for number, row in enumerate(report.rows, 1):
        row_of(table.add_row(), _cells(number, row, speech), _COLUMNS)


def _cells(number: int, row: Row, speech: Speech) -> tuple[str, ...]:
    note = _sentence(speech.text(row.note)) if row.note else ""
    texts = (_sentence(speech.text(phrase)) for phrase in (row.task, row.deadline, row.result))
    return (str(number), *texts, note)


def _part(document: Word, number: str, heading: Phrase, lines: Sequence[Phrase], speech: Speech) -> None:
    write(document, f"{number}. {speech.text(heading)}", bold=True, before=10, after=4, indent=10)
    if not lines:
        _body(document, speech.text(words.NOTHING))
    _items(document, lines, speech)


def _items(document: Word, lines: Sequence[Phrase], speech: Speech) -> None:
    """Dashed lines, a semicolon after each and a full stop after the last."""
    for place, line in enumerate(lines, 1):
        _body(document, f"- {_sentence(speech.text(line))}{'.' if place == len(lines) else ';'}")


def _signature(document: Word, report: AgencyReport, speech: Speech) -> None:
    write(document, "", size=8)
    left, right = places(document, (_LEFT + 18, _RIGHT - 18))
    write(left, speech.text(words.RECIPIENTS), size=_SMALL, bold=True, italic=True)
    for line in (words.AS_ABOVE,) if report.addressed_to else ():
        write(left, f"- {speech.text(line)};", size=11)
    write(left, f"- {speech.text(words.ARCHIVE)}.", size=11)
    for post in report.head.signer:
        write(right, post, bold=True, align=ALIGN.CENTER)


def _body(document: Word, text: str) -> None:
    write(document, text, align=ALIGN.JUSTIFY, before=2, after=4, indent=10)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
