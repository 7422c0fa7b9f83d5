"""The roll-call on its way out: a workbook, and a list on paper to be signed."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from bot.docx_form import page, places, row_of, rule, set_columns, write
from bot.exports import OutSheet, to_xlsx
from bot.notices.roll_call import COLUMNS, STANDINGS, rows, totals
from domain.agencies import Register
from domain.notices import Notice
from domain.office_form import MOTTO, NATION, dated, letterhead
from domain.officials import Official, Role
from domain.phrases import say
from domain.roll_call import RollCall, Standing
from domain.workdays import WorkCalendar
from locales.speech import Speech

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTHS = (10, 52, 44, 34, 25)  # mm
_LEFT, _RIGHT = 64.0, 101.0
_COLUMNS = (say("Line"), say("Agency"), say("Full name"), say("Receipt"), say("Signature"))


def as_xlsx(roll: RollCall, register: Register, speech: Speech, now: datetime) -> bytes:
    """Two sheets: everybody, and the figures by agency."""
    people = [[speech.text(c) for c in COLUMNS], *rows(roll, register, speech)]
    heads = (say("Agency"), say("Recipients"), say("Reached"), say("Missing"))
    agencies: list[list[object]] = [[speech.text(h) for h in heads]]
    agencies += [[register.name(a.agency), len(a.entries), a.reached, len(a.missing)] for a in roll.by_agency]
    facts: list[list[object]] = [[roll.notice.title], [speech.text(say("As of {at}", at=now))]]
    facts += [[speech.text(line)] for line in totals(roll)]
    return to_xlsx(
        [
            OutSheet(speech.text(say("Roll-call")), people),
            OutSheet(speech.text(say("By agency")), agencies),
            OutSheet(speech.text(say("Notice")), facts),
        ]
    )


def as_docx(roll: RollCall, register: Register, speech: Speech, author: Official, now: datetime, calendar: WorkCalendar) -> bytes:  # fmt: skip
    """The list in the form of an office's paper, with a place for each signature."""
    document = Document()
    page(document)
    own = (author.agencies(Role.ADMIN) or author.agencies() or ("",))[0]
    head = letterhead(register.by_code[own], register, "DS") if own in register.by_code else None
    left, right = places(document, (_LEFT, _RIGHT))
    if head:
        if head.superior:
            write(left, head.superior, size=12, align=ALIGN.CENTER)
        write(left, head.own, size=12, bold=True, align=ALIGN.CENTER)
        rule(left, _LEFT, 22)
    write(right, NATION, size=12, bold=True, align=ALIGN.CENTER)
    write(right, MOTTO, size=13, bold=True, align=ALIGN.CENTER)
    rule(right, _RIGHT, 59)
    day = dated(head.place if head else "", calendar.local_date(now))
    write(right, day, size=13, italic=True, align=ALIGN.CENTER, before=4)
    write(document, speech.text(say("LIST OF RECIPIENTS")), bold=True, align=ALIGN.CENTER, before=14)
    write(document, roll.notice.title, bold=True, align=ALIGN.CENTER, after=4)
    write(
        document, "; ".join(speech.text(line) for line in totals(roll)), align=ALIGN.CENTER, after=6, size=13
    )
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    set_columns(table, _WIDTHS)
    row_of(table.rows[0], [speech.text(c) for c in _COLUMNS], _WIDTHS, heading=True)
    for number, entry in enumerate(roll.entries, 1):
        at = entry.answered_at or entry.received_at or entry.sent_at
        standing = speech.text(STANDINGS[entry.standing])
        if entry.standing is Standing.ANSWERED and roll.notice.options:
            standing = roll.notice.options[entry.answer or 0]
        receipt = f"{standing} {speech.text(say('{at}', at=at))}" if at else standing
        row_of(table.add_row(), (str(number), register.name(entry.agency), entry.name, receipt, ""), _WIDTHS)
    write(document, "", size=8)
    _, signer = places(document, (_LEFT + 18, _RIGHT - 18))
    for post in head.signer if head else ():
        write(signer, post, bold=True, align=ALIGN.CENTER)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def file_name(notice: Notice, form: str) -> str:
    """Of letters every system takes."""
    return f"diem-danh-thong-bao-{notice.id}.{form}"
