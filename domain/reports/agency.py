"""An agency's report on a plan: what its officials have answered, set in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.agencies import Agency, Register
from domain.assignments import Assignment, Cell, State
from domain.office_form import Letterhead, in_full, letterhead
from domain.phrases import Phrase, say, verbatim
from domain.plans import Plan, Task
from domain.requests import Request, RequestKind, RequestState
from domain.timeframes import TimeFrameKind
from domain.wording import progress_words, task_name
from domain.workdays import WorkCalendar

_TITLE, _NOTE = 400, 300
_NOT_COUNTED = (State.CANDIDATE, State.HANDED_OVER, State.RELEASED)


@dataclass(frozen=True, slots=True)
class Row:
    """One task, or one occurrence of a recurring one."""

    assignment: int
    number: str
    task: Phrase
    deadline: Phrase
    result: Phrase
    note: Phrase | None


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """All figures are as of ``as_of``, the province's day. ``addressed_to`` are names in full."""

    agency: Agency
    head: Letterhead
    plan: Plan
    as_of: date
    counts: Mapping[Cell, int]
    rows: tuple[Row, ...]
    difficulties: tuple[Phrase, ...]
    requests: tuple[Phrase, ...]
    addressed_to: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many tasks are reported on."""
        return len(self.rows)


def agency_report(
    plan: Plan,
    agency: Agency,
    register: Register,
    tasks: Iterable[Task],
    assignments: Iterable[Assignment],
    requests: Iterable[Request],
    *,
    today: date,
    calendar: WorkCalendar,
) -> AgencyReport:
    """The report from the agency's own assignments of this plan and the requests open about them.

    What was handed over, released or is still a candidate is not the agency's and is left out.
    """
    by_id = {t.id: t for t in tasks}
    order = {task: place for place, task in enumerate(by_id)}
    own = [a for a in assignments if a.task in by_id and a.state not in _NOT_COUNTED]
    own.sort(key=lambda a: (order[a.task], a.occurrence))
    asked = {r.assignment: r for r in requests if r.state is RequestState.OPEN}
    cells = [a.cell(today) for a in own]
    return AgencyReport(
        agency=agency,
        head=letterhead(agency, register),
        plan=plan,
        as_of=today,
        counts={cell: cells.count(cell) for cell in Cell},
        rows=tuple(_row(by_id[a.task], a, asked.get(a.id), today, calendar) for a in own),
        difficulties=tuple(_difficulty(by_id[a.task], a) for a in own if _is_held_up(a)),
        requests=tuple(_request(by_id[a.task], asked[a.id]) for a in own if a.id in asked),
        addressed_to=_addressed_to(plan, agency, register, [by_id[a.task] for a in own]),
    )


def _row(task: Task, a: Assignment, request: Request | None, today: date, calendar: WorkCalendar) -> Row:
    return Row(
        assignment=a.id,
        number=task.number,
        task=task_name(task, _TITLE),
        deadline=_deadline(task, a),
        result=_result(a, calendar),
        note=_note(task, a, request, today, calendar),
    )


def _deadline(task: Task, a: Assignment) -> Phrase:
    words = verbatim(task.frame.text)
    if a.due_on is None:
        return words if task.frame.text else say("no time frame given in the plan")
    if a.occurrence and a.occurrence == a.due_on.isoformat():
        return say("{due} ({words})", due=a.due_on, words=words)
    if not a.occurrence and a.due_on != task.frame.due_on:
        return say("extended until {due} (in the plan: {words})", due=a.due_on, words=words)
    if task.frame.kind is TimeFrameKind.WITHIN_PERIOD and task.frame.text and not _names_day(task, a.due_on):
        return say("{words} (until {due})", words=words, due=a.due_on)
    return words if task.frame.text else say("{due}", due=a.due_on)


def _names_day(task: Task, day: date) -> bool:
    """Whether the plan's own words name the last day: "từ ngày 10/9 đến ngày 15/9"."""
    return bool(re.search(rf"(?<!\d)0?{day.day}\s*(?:/|-|\.|tháng)\s*0?{day.month}(?!\d)", task.frame.text))


def _result(a: Assignment, calendar: WorkCalendar) -> Phrase:
    if a.last_report_at is None:
        return say("no report yet")
    state, day = progress_words(a), calendar.local_date(a.last_report_at)
    if not a.last_note:
        return say("{state} (reported on {day})", state=state, day=day)
    return say("{state} (reported on {day}: “{note}”)", state=state, day=day, note=_words(a.last_note))


def _note(
    task: Task, a: Assignment, request: Request | None, today: date, calendar: WorkCalendar
) -> Phrase | None:
    if task.withdrawn:
        return say("no longer in the newest text of the plan")
    if a.is_late(today):
        if a.state is State.DONE:
            return say("done after the deadline")
        days = calendar.count(a.act_by, today) if a.act_by else 0
        return say("overdue by {days} working days", days=max(1, days))
    if request and request.kind is RequestKind.EXTENSION:
        return say("more time has been asked for")
    return None


def _is_held_up(a: Assignment) -> bool:
    return a.state is State.BLOCKED or (bool(a.waits_for) and a.state.is_open)


def _difficulty(task: Task, a: Assignment) -> Phrase:
    name = task_name(task)
    if a.waits_for and a.last_note:
        return say(
            "{task}: waiting for {whom} (“{note}”)",
            task=name,
            whom=verbatim(a.waits_for),
            note=_words(a.last_note),
        )
    if a.waits_for:
        return say("{task}: waiting for {whom}", task=name, whom=verbatim(a.waits_for))
    if a.last_note:
        return say("{task}: held up (“{note}”)", task=name, note=_words(a.last_note))
    return say("{task}: held up", task=name)


def _request(task: Task, request: Request) -> Phrase:
    name, reason = task_name(task), verbatim(request.reason.strip().rstrip("."))
    what = {
        RequestKind.HANDOVER: say("Consider handing {task} over to another agency", task=name),
        RequestKind.NOT_MINE: say("Consider again whether {task} falls to this agency", task=name),
        RequestKind.EXTENSION: say("Extend the time for {task}", task=name),
    }[request.kind]
    if request.kind is RequestKind.EXTENSION and request.until:
        what = say("Extend the time for {task} until {day}", task=name, day=request.until)
    return say("{what}. Reason: {reason}", what=what, reason=reason) if request.reason.strip() else what


def _addressed_to(plan: Plan, agency: Agency, register: Register, tasks: Sequence[Task]) -> tuple[str, ...]:
    """The issuer, then whoever monitors most of these tasks."""
    codes = [code for task in tasks for code in task.monitors if code != agency.code]
    monitor = max(dict.fromkeys(codes), key=codes.count, default=None)
    names = [in_full(plan.issuer)] if plan.issuer and plan.issuer != agency.name else []
    return (*names, register.name(monitor)) if monitor else tuple(names)


def _words(note: str) -> Phrase:
    short = note if len(note) <= _NOTE else note[:_NOTE].rsplit(" ", 1)[0] + " …"
    return verbatim(" ".join(short.split()))
