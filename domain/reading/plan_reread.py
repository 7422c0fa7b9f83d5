"""A row whose words a person changed is read again: agencies and days follow from the words, never by hand.

Fields are named as the board names them: section, number, title, leads, coordinators, monitors, timeframe,
product, targets. What was not changed stays as the document's reader left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.agencies import Register
from domain.plans import Doubt, Target, TaskDraft
from domain.reading.agencies import Resolved, resolve
from domain.reading.fold import tidy
from domain.reading.plan_doubts import given_doubts
from domain.reading.plan_targets import read_targets, target_lines, targets_of
from domain.reading.timeframes import read_timeframe
from domain.workdays import WorkCalendar

FIELDS = (
    "section",
    "number",
    "title",
    "leads",
    "coordinators",
    "monitors",
    "timeframe",
    "product",
    "targets",
)
#: the doubts that a new text of a field does away with
_ABOUT = {
    "leads": ("leads", "agency", "focus"),
    "coordinators": ("coordinators",),
    "monitors": ("monitors",),
    "timeframe": ("timeframe",),
    "title": ("title",),
    "number": ("number",),
    "section": ("section",),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a cell needs: the register as of the plan's date, the calendar, and the day from which
    days without a year are counted."""

    register: Register | None
    calendar: WorkCalendar
    issued_on: date | None


def texts_of(task: TaskDraft, register: Register | None) -> dict[str, str]:
    """The words of every field as a person is shown them and may change them."""
    names = [register.name(code) if register else code for code in task.monitoring_agencies]
    return {
        "section": task.section,
        "number": task.number,
        "title": task.title,
        "leads": task.leads,
        "coordinators": task.coordinators,
        "monitors": "; ".join(names),
        "timeframe": task.frame.text,
        "product": task.product,
        "targets": target_lines(task.targets),
    }


def reread(
    task: TaskDraft, texts: Mapping[str, str], reading: Reading, meant: Mapping[str, str] | None = None
) -> TaskDraft:
    """The row with these fields' new words, read again. ``meant`` are names (→ code) as they are to be
    understood in this row only; with them the agencies of the row are read again, too."""
    register = reading.register.with_meant(meant or {}) if reading.register else None
    again = set(texts) | ({"leads", "coordinators"} if meant else set())
    gone = {field for name in again for field in _ABOUT.get(name, ())}
    kept = [d for d in task.doubts if d.field not in gone]
    if meant and "leads" not in texts:  # what the cell looks like is as doubtful as before
        kept += [d for d in task.doubts if d.field == "leads"]
    new = replace(
        task,
        section=tidy(texts.get("section", task.section)),
        number=tidy(texts.get("number", task.number)),
        title=tidy(texts.get("title", task.title)),
        product=tidy(texts.get("product", task.product)),
        doubts=(),
    )
    doubts = list(given_doubts(texts))
    if again & {"leads", "coordinators", "monitors"}:
        new, found = _agencies(new, again, texts, register)
        doubts += found
    if "timeframe" in texts:
        frame = read_timeframe(
            tidy(texts["timeframe"]), issued_on=reading.issued_on, calendar=reading.calendar
        )
        new = replace(new, frame=frame)
        doubts += [Doubt("timeframe", code) for code in frame.doubts]
    return replace(new, targets=_targets(task, texts), doubts=tuple(dict.fromkeys((*kept, *doubts))))


def _targets(task: TaskDraft, texts: Mapping[str, str]) -> tuple[Target, ...]:
    if "targets" in texts:
        return targets_of(texts["targets"])
    if "title" in texts and task.targets == read_targets(task.title):
        return read_targets(texts["title"])
    return task.targets


def _agencies(
    task: TaskDraft, again: set[str], texts: Mapping[str, str], register: Register | None
) -> tuple[TaskDraft, list[Doubt]]:
    """Who leads, helps and watches. The same rules as for a row of the document (``plan_table``)."""
    before = resolve(task.coordinators, register)
    watched = _is_watching(task, before)
    leads = tidy(texts.get("leads", task.leads))
    coordinators = tidy(texts.get("coordinators", task.coordinators))
    lead, others = resolve(leads, register), resolve(coordinators, register)
    doubts = [*lead.doubts] if "leads" in again else []
    if "coordinators" in again:
        doubts += [Doubt("coordinators", d.code, d.detail, d.confidence) for d in others.doubts]
    if "monitors" in texts:
        watching = resolve(tidy(texts["monitors"]), register)
        doubts += [Doubt("monitors", d.code, d.detail, d.confidence) for d in watching.doubts]
        monitors = (*watching.agencies, *watching.group_members)
    else:
        apart = [c for c in task.monitoring_agencies if c not in _watch(before, watched)]
        monitors = (*_watch(others, watched), *apart)
    helping = (*others.agencies, *others.group_members, *others.supporting, *lead.supporting)
    new = replace(
        task,
        leads=leads,
        coordinators=coordinators,
        coordinating_agencies=tuple(c for c in dict.fromkeys(helping) if c not in monitors),
        monitoring_agencies=tuple(dict.fromkeys(monitors)),
    )
    if "leads" not in again:
        return new, doubts
    return replace(
        new,
        lead_agencies=tuple(dict.fromkeys((*lead.agencies, *lead.group_members))),
        focus_agencies=lead.focus,
        focus_agencies_named=lead.focus_named,
        lead_groups=lead.groups,
        lead_condition=lead.condition,
    ), doubts


def _is_watching(task: TaskDraft, read: Resolved) -> bool:
    """Whether the second cell of the row stood in a column of who follows up."""
    named = {*read.agencies, *read.group_members}
    return bool(named) and not read.monitors and named <= set(task.monitoring_agencies)


def _watch(read: Resolved, watched: bool) -> tuple[str, ...]:
    return (*read.agencies, *read.group_members) if watched else read.monitors
