"""An agency's report as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import report_words as words
from domain.office_form import in_full
from domain.phrases import Phrase
from domain.reports.agency import AgencyReport
from locales.speech import Speech


def as_text(report: AgencyReport, speech: Speech) -> str:
    """For a terminal."""
    return "\n".join(_lines(report, speech)) + "\n"


def _lines(report: AgencyReport, speech: Speech) -> Iterator[str]:
    say = speech.text
    yield f"{say(words.TITLE)} {say(words.subject(report))}"
    yield in_full(report.agency.name)
    yield ""
    yield say(words.opening(report))
    yield ""
    yield f"I. {say(words.RESULTS)}"
    yield say(words.total(report))
    yield from (f"- {say(cell)}" for cell in words.cells(report))
    for number, row in enumerate(report.rows, 1):
        yield f"{number:>3}. {say(row.task)}"
        yield f"     {say(words.COLUMNS[2])}: {say(row.deadline)}"
        yield f"     {say(words.COLUMNS[3])}: {say(row.result)}"
        if row.note:
            yield f"     {say(words.COLUMNS[4])}: {say(row.note)}"
    parts = (("II", words.DIFFICULTIES, report.difficulties), ("III", words.PROPOSALS, report.requests))
    for part, heading, items in parts:
        yield ""
        yield f"{part}. {say(heading)}"
        yield from (f"- {say(line)}" for line in items or (words.NOTHING,))


def as_json(report: AgencyReport, speech: Speech) -> dict[str, Any]:
    """Machine codes as they are, sentences in the language of ``speech``; days are ISO."""

    def said(phrase: Phrase | None) -> str:
        return speech.text(phrase) if phrase else ""

    return {
        "report": "agency",
        "agency": report.agency.code,
        "agency_name": report.agency.name,
        "plan": report.plan.number,
        "issued_on": report.plan.issued_on.isoformat(),
        "as_of": report.as_of.isoformat(),
        "total": report.total,
        "cells": {cell.value: number for cell, number in report.counts.items()},
        "tasks": [
            {
                "assignment": row.assignment,
                "number": row.number,
                "task": said(row.task),
                "deadline": said(row.deadline),
                "result": said(row.result),
                "note": said(row.note),
            }
            for row in report.rows
        ],
        "difficulties": [said(line) for line in report.difficulties],
        "proposals": [said(line) for line in report.requests],
    }
