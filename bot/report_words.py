"""The sentences of an agency's report, the same for Word and for plain text."""

from __future__ import annotations

from domain.assignments import Cell
from domain.office_form import document, in_full
from domain.phrases import Phrase, say, verbatim
from domain.reports.agency import AgencyReport
from domain.wording import cell_name

TITLE = say("REPORT")
COLUMNS = (say("Item"), say("Task"), say("Deadline"), say("Result, progress"), say("Note"))
RESULTS, DIFFICULTIES, PROPOSALS = (
    say("RESULTS"),
    say("DIFFICULTIES AND OBSTACLES"),
    say("PROPOSALS"),
)
NOTHING = say("None.")
DRAFT = say("DRAFT")
RECIPIENTS = say("Recipients:")
#: after those the report is addressed to
AS_ABOVE, ARCHIVE = say("As above"), say("Archives")


def subject(report: AgencyReport) -> Phrase:
    """On what it reports."""
    return say("on carrying out {plan} of {day}", plan=_plan(report), day=report.plan.issued_on)


def addressed(report: AgencyReport) -> Phrase:
    """To whom."""
    return say("To: {whom}", whom=tuple(verbatim(name) for name in report.addressed_to))


def opening(report: AgencyReport) -> Phrase:
    """The sentence before the first part; it carries the day of the figures."""
    return say(
        "Carrying out {plan} of {day} issued by {issuer}, {agency} reports on the tasks assigned to it. "
        "The figures are as of {as_of}.",
        plan=_plan(report),
        day=report.plan.issued_on,
        issuer=verbatim(in_full(report.plan.issuer)),
        agency=verbatim(in_full(report.agency.name)),
        as_of=report.as_of,
    )


def total(report: AgencyReport) -> Phrase:
    """How many tasks there are, and how many are done."""
    if not report.total:
        return say("No task of this plan is assigned to the agency at present.")
    done = report.counts[Cell.DONE_ON_TIME] + report.counts[Cell.DONE_LATE]
    share = round(100 * done / report.total, 1)
    return say("Tasks assigned: {total}; done: {done} ({share}%). Of these:", total=report.total, done=done, share=share)  # fmt: skip


def cells(report: AgencyReport) -> tuple[Phrase, ...]:
    """The four national cells with their counts."""
    if not report.total:
        return ()
    return tuple(say("{cell}: {number}", cell=cell_name(c), number=report.counts[c]) for c in Cell)


def closing(report: AgencyReport) -> Phrase:
    """The last sentence."""
    return say("This is the report of {agency}", agency=verbatim(in_full(report.agency.name)))


def _plan(report: AgencyReport) -> Phrase:
    return verbatim(document(report.plan.number))
