"""The published list of late dossiers as JSON, a text table and a Word list: agencies and counts, nothing else."""

from __future__ import annotations

import io
from typing import Any

from bot.exports import to_csv
from bot.on_time_words import AGENCY, NUMBER, RATE, rate_words
from domain.agencies import Register
from domain.dossiers.counting import TARGET
from domain.dossiers.late_list import LateList, PublicLine, bands, public_lines
from domain.dossiers.late_list_words import band_words, month_name, summary_words, version_words
from domain.phrases import Phrase, say
from locales.speech import Speech

TITLE = say("Agencies with late dossiers")
COLUMNS = (
    say("Resolved"), say("Late"), say("Open and overdue"), say("Objected to"),
)  # fmt: skip
GROUP = say("Size")


def about(lately: LateList) -> Phrase:
    """Which month, counted when."""
    read = lately.figures_of or lately.as_of
    return say(
        "Month {month}, counted at {as_of}, from dossiers read on {read}.",
        month=month_name(lately.month),
        as_of=lately.as_of,
        read=read,
    )


def summary(lately: LateList) -> Phrase:
    """The list in one sentence."""
    lines = public_lines(lately)
    late, overdue = (sum(getattr(line.tally, name) for line in lines) for name in ("late", "overdue"))
    return summary_words(len(lines), late, overdue)


def as_json(lately: LateList, register: Register) -> dict[str, Any]:
    """One document; ``rank`` is the place among agencies of its size, null where they are too few to be ranked."""
    agencies = []
    for band in bands(public_lines(lately)):
        for place, line in enumerate(band.lines, 1):
            agencies.append(
                {
                    "code": line.agency,
                    "name": register.name(line.agency),
                    "size": {"least": band.least, "most": band.most},
                    "rank": place if band.ranked else None,
                    "resolved": line.tally.resolved,
                    "in_time": line.tally.in_time,
                    "late": line.tally.late,
                    "open_overdue": line.tally.overdue,
                    "on_time_rate": line.tally.rate,
                    "contested": line.contested,
                }
            )
    return {
        "month": f"{lately.month // 100}-{lately.month % 100:02}",
        "version": lately.version,
        "correction": lately.reason or None,
        "published_at": lately.approved_at.isoformat() if lately.approved_at else None,
        "as_of": lately.as_of.isoformat(),
        "figures_of": lately.figures_of.isoformat() if lately.figures_of else None,
        "target": TARGET,
        "agencies": agencies,
    }


def as_csv(lately: LateList, register: Register, speech: Speech) -> bytes:
    """A row an agency."""
    heads = [speech.text(p) for p in (GROUP, NUMBER, AGENCY, *COLUMNS, RATE)]
    rows: list[list[Any]] = [heads]
    for band in bands(public_lines(lately)):
        for place, line in enumerate(band.lines, 1):
            rank = place if band.ranked else ""
            size = speech.text(band_words(band))
            rows.append([size, rank, register.name(line.agency), *_counts(line), line.tally.rate])
    return to_csv(rows)


def _counts(line: PublicLine) -> tuple[int, ...]:
    return (line.tally.resolved, line.tally.late, line.tally.overdue, line.contested)


def as_docx(lately: LateList, register: Register, speech: Speech) -> bytes:
    """A list to go with a decision: title, what it is of, a table for each size of agency."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    from bot.docx_form import page, row_of, set_columns, write

    document = Document()
    page(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = speech.text(TITLE), "", ""
    if lately.approved_at:
        moment = lately.approved_at.replace(tzinfo=None)
        properties.created = properties.modified = moment
    write(document, speech.text(TITLE).upper(), bold=True, align=ALIGN.CENTER)
    write(document, speech.text(about(lately)), italic=True, align=ALIGN.CENTER, after=4)
    write(document, speech.text(version_words(lately)), italic=True, align=ALIGN.CENTER, after=8)
    write(document, speech.text(summary(lately)), after=6)
    widths = (12, 57, 22, 18, 25, 18, 18)
    heads = [speech.text(p) for p in (NUMBER, AGENCY, *COLUMNS, RATE)]
    for band in bands(public_lines(lately)):
        write(document, speech.text(band_words(band)), bold=True, before=8, after=4)
        grid = document.add_table(rows=1, cols=len(widths), style="Table Grid")
        set_columns(grid, widths)
        row_of(grid.rows[0], heads, widths, heading=True)
        for place, line in enumerate(band.lines, 1):
            cells = [str(place) if band.ranked else "", register.name(line.agency)]
            cells += [str(n) for n in _counts(line)]
            row_of(grid.add_row(), [*cells, speech.text(rate_words(line.tally))], widths)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
