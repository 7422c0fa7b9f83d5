"""The on-time report in words, as plain text, JSON, a workbook and a Word table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.exports import OutSheet, to_xlsx
from domain.agencies import Level
from domain.dossiers.counting import Tally
from domain.dossiers.forecast import words as forecast_words
from domain.phrases import Phrase, say, verbatim
from domain.reports.on_time import FEW, OnTime, figures
from locales.speech import Speech

TITLE = say("Dossiers resolved on time")
COLUMNS = (
    say("Carried over"), say("Received"), say("Resolved"), say("Early"), say("On time"), say("Late"),
    say("Sent back, withdrawn, cancelled"), say("Open"), say("Open within time"), say("Open and overdue"),
)  # fmt: skip
RATE, AGENCY, FORECAST = say("On-time rate"), say("Agency"), say("Forecast")
FIELDS, LEVELS, TOTAL, NUMBER = say("Field"), say("Level"), say("All agencies"), say("No.")
NOT_ARISEN = say("Not arisen")
_LEVELS = {
    Level.CENTRAL.value: say("central"),
    Level.PROVINCE.value: say("province"),
    Level.DISTRICT.value: say("district"),
    Level.COMMUNE.value: say("commune"),
}


def month_words(report: OnTime) -> Phrase:
    """Which month, counted when, from figures of which day."""
    month, as_of, read = f"{report.month % 100}/{report.month // 100}", report.as_of, report.figures_of
    if read is None:
        return say("Month {month}, counted at {as_of}.", month=month, as_of=as_of)
    return say(
        "Month {month}, counted at {as_of}, from dossiers read on {read}.",
        month=month,
        as_of=as_of,
        read=read,
    )


def rate_words(tally: Tally) -> Phrase:
    """97,5 %; "not arisen" and "none resolved" are no rate."""
    if not tally.has_arisen:
        return NOT_ARISEN
    if tally.rate is None:
        return say("none resolved yet")
    # rounding must not turn what is under the target into the target
    rate = int(tally.rate * 10) / 10
    return say("{rate} %", rate=int(rate) if rate == int(rate) else rate)


def field_words(name: str) -> Phrase:
    """A field; dossiers whose source names none stand together."""
    return verbatim(name) if name else say("not named")


def level_words(name: str) -> Phrase:
    """A level of the state."""
    return _LEVELS[name]


def as_text(report: OnTime, speech: Speech) -> str:
    """For a terminal."""
    return "\n".join(_lines(report, speech)) + "\n"


def _lines(report: OnTime, speech: Speech) -> Iterator[str]:
    yield speech.text(TITLE)
    yield speech.text(month_words(report))
    yield ""
    if not report.lines:
        yield speech.text(NOT_ARISEN)
        return
    yield _row(speech.text(TOTAL), report.total, speech)
    for heading, groups, name in ((LEVELS, report.levels, level_words), (FIELDS, report.fields, field_words)):
        yield ""
        yield speech.text(heading)
        for group in groups:
            yield _row(speech.text(name(group.name)), group.tally, speech)
    yield ""
    yield speech.text(AGENCY)
    for line in report.lines:
        yield _row(line.agency.name, line.tally, speech)
        if line.forecast:
            yield f"      {speech.text(forecast_words(line.forecast, report.target))}"
    if report.not_arisen:
        yield ""
        yield f"{speech.text(NOT_ARISEN)}: {'; '.join(a.name for a in report.not_arisen)}."


def _row(name: str, tally: Tally, speech: Speech) -> str:
    says = say(
        "{rate}: resolved {resolved} (early {early}, on time {on_time}, late {late}); open {open}, overdue {overdue}; "
        "received {received}, carried over {carried}",
        rate=rate_words(tally),
        resolved=tally.resolved,
        open=tally.open,
        **{
            n: v
            for n, v in asdict(tally).items()
            if n in ("early", "on_time", "late", "overdue", "received", "carried")
        },
    )
    return f"  {name}: {speech.text(says)}"


def as_json(report: OnTime, speech: Speech) -> dict[str, Any]:
    """As one document; a rate that is none is null."""
    return {
        "month": f"{report.month // 100}-{report.month % 100:02}",
        "as_of": report.as_of.isoformat(),
        "figures_of": report.figures_of.isoformat() if report.figures_of else None,
        "target": report.target,
        "total": _counts(report.total),
        "agencies": [
            {
                "code": line.agency.code,
                "name": line.agency.name,
                "level": line.agency.level.value,
                "few": line.is_few,
            }
            | _counts(line.tally)
            | {"forecast": _forecast(line, speech, report.target)}
            for line in report.lines
        ],
        "fields": [{"name": group.name} | _counts(group.tally) for group in report.fields],
        "levels": [{"name": group.name} | _counts(group.tally) for group in report.levels],
        "not_arisen": [{"code": a.code, "name": a.name} for a in report.not_arisen],
    }


def _counts(tally: Tally) -> dict[str, Any]:
    rate = None if tally.rate is None else round(tally.rate, 4)
    return asdict(tally) | {
        "resolved": tally.resolved,
        "open": tally.open,
        "rate": rate,
        "meets": tally.meets(),
    }


def _forecast(line: Any, speech: Speech, target: float) -> dict[str, Any] | None:
    if line.forecast is None:
        return None
    found = asdict(line.forecast)
    found.pop("running")
    falling = line.forecast.running.falling_due
    return found | {"falling_due": falling, "says": speech.text(forecast_words(line.forecast, target))}


def table(report: OnTime, speech: Speech) -> list[list[Any]]:
    """Headings, a row an agency, the total: as any table shows them."""
    heads = [speech.text(p) for p in (NUMBER, AGENCY, *COLUMNS, RATE)]
    rows: list[list[Any]] = [heads]
    for number, line in enumerate(report.lines, 1):
        rows.append([number, line.agency.name, *figures(line.tally), speech.text(rate_words(line.tally))])
    number = len(report.lines)
    for silent in report.not_arisen:
        number += 1
        rows.append([number, silent.name, *figures(Tally()), speech.text(NOT_ARISEN)])
    rows.append(["", speech.text(TOTAL), *figures(report.total), speech.text(rate_words(report.total))])
    return rows


def as_xlsx(report: OnTime, speech: Speech) -> bytes:
    """A workbook: agencies, fields, levels, the forecast."""
    heads = [speech.text(p) for p in (*COLUMNS, RATE)]

    def grouped(name: Phrase, rows: Sequence[tuple[str, Tally]]) -> OutSheet:
        body = [[text, *figures(tally), speech.text(rate_words(tally))] for text, tally in rows]
        return OutSheet(speech.text(name), [[speech.text(name), *heads], *body])

    about = [[speech.text(TITLE)], [speech.text(month_words(report))]]
    sheets = [
        OutSheet(speech.text(AGENCY), [*about, *table(report, speech)], headings=2),
        grouped(FIELDS, [(speech.text(field_words(g.name)), g.tally) for g in report.fields]),
        grouped(LEVELS, [(speech.text(level_words(g.name)), g.tally) for g in report.levels]),
    ]
    said = [
        [line.agency.name, speech.text(forecast_words(line.forecast))]
        for line in report.lines
        if line.forecast
    ]
    if said:
        sheets.append(OutSheet(speech.text(FORECAST), [[speech.text(AGENCY), speech.text(FORECAST)], *said]))
    return to_xlsx(sheets)


def as_docx(report: OnTime, speech: Speech, now: datetime) -> bytes:
    """A Word table on paper laid across. ``now`` (aware) is kept in the file's properties."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    from bot.docx_form import page, row_of, set_columns, write

    document = Document()
    page(document)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.core_properties.title = speech.text(TITLE)
    document.core_properties.created = document.core_properties.modified = now.replace(tzinfo=None)
    write(document, speech.text(TITLE).upper(), bold=True, align=ALIGN.CENTER)
    write(document, speech.text(month_words(report)), italic=True, align=ALIGN.CENTER, after=8)
    rows = table(report, speech)
    widths = (12, 56, *(17,) * len(COLUMNS), 20)
    grid = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    set_columns(grid, widths)
    for index, cells in enumerate(rows):
        row = grid.rows[0] if index == 0 else grid.add_row()
        row_of(row, [str(cell) for cell in cells], widths, heading=index == 0)
    few = say("Agencies that resolved fewer than {number} are too small to be ranked.", number=FEW)
    write(document, speech.text(few), size=12, italic=True, before=6)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
