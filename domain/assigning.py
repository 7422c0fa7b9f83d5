"""A draft → tasks, and who has a share in each. Pure; ``bot.planning`` keeps what comes out.

Groups are expanded as of the plan's date. An agency is *in* where the plan names it or its whole group, and a
*candidate* where a condition narrows the group ("… có CSDL chưa được kết nối"): a person, or the dossier data,
decides. Nobody is invented: words that name no agency leave the task with its condition and without shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.agencies import Kind, Level, Register
from domain.assignments import State
from domain.citations import cite
from domain.plans import DutyDraft, PlanDraft, Task, TaskDraft
from domain.reading.agencies import find_agency
from domain.reading.fold import plain
from domain.reading.name_pieces import named
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

#: "các cơ quan, đơn vị, địa phương": everybody the plan speaks to
_EVERYBODY = re.compile(
    r"\b(?:co quan|don vi)(?:[\s,]|\b(?:va|cac|co quan|don vi|to chuc|so|ban|nganh)\b)*\bdia phuong\b"
)
#: open words that name no group of the register, or no words at all
_OPEN = re.compile(r"^$|\bcac (?:co quan|don vi|so|nganh|cap)\b")
#: "(các) cơ quan, đơn vị (có) liên quan" adds somebody, it does not narrow the groups beside it
_RELATED = re.compile(r"^[\w\s,]{0,60}\blien quan(?: khac)?$")
_FOLLOWS_UP = re.compile(r"\b(?:theo doi|giam sat)\b[\s,]*(?:va )?(?:kiem tra[\s,]*(?:va )?)?don doc\b|\bdon doc\b[\s,]*(?:va )?(?:kiem tra[\s,]*(?:va )?)?(?:theo doi|giam sat)\b")  # fmt: skip
_THE_PLAN = re.compile(
    r"\b(?:thuc hien|trien khai)\b.{0,25}\b(?:ke hoach|chuong trinh|de an|quyet dinh|chi thi)\b"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What an assignment counts by; all None for work without a date."""

    due_on: date | None = None
    strict: bool = False
    act_by: date | None = None
    overdue_from: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A task to be kept (ids are 0 until then) and the state each agency's share begins in.

    ``place`` is where it stands in the draft ("task:3", "duty:0"). Recurring work has a deadline of its own
    for each occurrence, so its ``shares`` are opened later; ``Task.leads`` says for whom.
    """

    place: str
    task: Task
    shares: dict[str, State] = field(default_factory=dict)
    deadline: Deadline = Deadline()


def deadline_of(frame: TimeFrame, calendar: WorkCalendar) -> Deadline:
    """The dates of a frame by the calendar in force now, which may know more than the one it was read with."""
    if frame.due_on is None:
        return Deadline()
    act_by = calendar.act_by(frame.due_on, frame.strict)
    return Deadline(frame.due_on, frame.strict, act_by, calendar.overdue_from(frame.due_on, frame.strict))


def assign(draft: PlanDraft, register: Register, calendar: WorkCalendar) -> tuple[Work, ...]:
    """Every task and duty of a dated draft, in the document's order, duties last."""
    assert draft.head.issued_on is not None
    return tuple(_Assigning(draft, register.as_of(draft.head.issued_on), calendar).works())


class _Assigning:
    """One draft with what is the same for all of it: its monitor, and whom it speaks to."""

    def __init__(self, draft: PlanDraft, register: Register, calendar: WorkCalendar) -> None:
        self.draft, self.register, self.calendar = draft, register, calendar
        self.office = issuing_office(draft.head.issuer, register)
        self.monitor = plan_monitor(draft.duties) or self.office
        self.everybody = _once(code for task in draft.tasks for code in task.lead_agencies)

    def works(self) -> Iterator[Work]:
        """Tasks, then duties."""
        for index, task in enumerate(self.draft.tasks):
            yield self._work(f"task:{index}", self._task(task), self._shares(task))
        for index, duty in enumerate(self.draft.duties):
            shares = dict.fromkeys(self._bound(duty), State.NOT_STARTED)
            yield self._work(f"duty:{index}", self._duty(duty), shares)

    def _work(self, place: str, task: Task, shares: dict[str, State]) -> Work:
        leads = tuple(c for c, s in shares.items() if s is State.NOT_STARTED and c not in task.focus)
        task = replace(task, leads=leads, monitors=task.monitors or self._default_monitors(tuple(shares)))
        if task.frame.kind is TimeFrameKind.RECURRING:
            return Work(place, task)
        return Work(place, task, shares, deadline_of(task.frame, self.calendar))

    def _task(self, draft: TaskDraft) -> Task:
        extra: dict[str, Any] = {"leads": draft.leads, "coordinators": draft.coordinators}
        nobody = not (draft.lead_agencies or draft.focus_agencies or draft.lead_groups)
        if nobody and not draft.lead_condition:
            extra["unknown"] = True  # the words name nobody in the register: a person must say who is meant
        return Task(
            id=0,
            plan=0,
            number=draft.number,
            section=draft.section,
            title=draft.title,
            frame=draft.frame,
            coordinators=draft.coordinating_agencies,
            monitors=draft.monitoring_agencies,
            focus=draft.focus_agencies,
            condition=draft.lead_condition or (draft.leads if nobody else ""),
            product=draft.product,
            targets=draft.targets,
            clause=cite(self.draft.head, task=draft),
            extra=extra,
        )

    def _duty(self, draft: DutyDraft) -> Task:
        numbered = re.fullmatch(r"[IVX]+\.\d+", draft.where)
        return Task(
            id=0,
            plan=0,
            number=draft.where if numbered else "",
            section="",
            title=draft.what.removeprefix("- ") or draft.who,
            frame=draft.frame,
            condition="" if self._bound(draft) else draft.who,
            is_duty=True,
            asked=draft.asked,
            clause=cite(self.draft.head, where=draft.where),
            extra={"leads": draft.who, "where": draft.where},
        )

    def _shares(self, draft: TaskDraft) -> dict[str, State]:
        """Whom the lead cell takes in, and who is a candidate.

        A condition that states a criterion is read over every group of its cell ("các sở, ban ngành; UBND các
        huyện; các đơn vị được giao làm chủ đầu tư"): whoever is wrongly taken in is scolded for work that is
        not theirs, whoever is a candidate is asked about the same day.
        """
        members = self._members(draft)
        shares = dict.fromkeys((*draft.lead_agencies, *members), State.NOT_STARTED)
        if narrows(draft.lead_condition) or not set(members) <= set(draft.lead_agencies):
            shares |= dict.fromkeys(members, State.CANDIDATE)
            shares |= dict.fromkeys(self._named(draft.leads), State.NOT_STARTED)
        return shares | dict.fromkeys(draft.focus_agencies, State.NOT_STARTED)

    def _members(self, draft: TaskDraft) -> tuple[str, ...]:
        groups = [g for g in self.register.groups if g.code in draft.lead_groups]
        members = _once(a.code for g in groups for a in self.register.members(g))
        open_words = draft.lead_condition and _EVERYBODY.search(plain(draft.lead_condition))
        return _once((*members, *self.everybody)) if open_words and members else members

    def _named(self, words: str) -> tuple[str, ...]:
        """Agencies a cell names one by one, before the list of those it stresses."""
        hits = named(words, self.register)
        return _once(
            h.agencies[0].code
            for h in hits
            if len(h.agencies) == 1 and h.agencies[0].kind is not Kind.PROVINCE_COMMITTEE
        )

    def _bound(self, duty: DutyDraft) -> tuple[str, ...]:
        """Whom a duty binds; "các cơ quan, đơn vị, địa phương" are all that lead a task of the plan."""
        words = plain(duty.who)
        if _EVERYBODY.search(words) or (not duty.agencies and _OPEN.search(words)):
            return _once((*self.everybody, *duty.agencies))
        return duty.agencies

    def _default_monitors(self, leads: Sequence[str]) -> tuple[str, ...]:
        """The plan's monitor; nobody follows up on itself while there is an office above it."""
        if self.monitor and tuple(leads) != (self.monitor,):
            return (self.monitor,)
        found = self.office or self.monitor
        return (found,) if found else ()


def narrows(condition: str) -> bool:
    """Whether a condition takes some of a group out, rather than adding "các cơ quan liên quan" to it."""
    parts = [plain(p).strip(" .,") for p in condition.split(";")]
    return any(p and not _RELATED.match(p) for p in parts)


def plan_monitor(duties: Iterable[DutyDraft]) -> str | None:
    """The one agency whose duty is to follow up ("theo dõi, đôn đốc"), best where its object is the plan."""
    found: list[tuple[bool, str]] = []
    for duty in duties:
        if len(duty.agencies) != 1 or duty.asked:
            continue
        for clause in re.split(r"[;.]\s|\s-\s", plain(duty.what)):
            if _FOLLOWS_UP.search(clause):
                found.append((bool(_THE_PLAN.search(clause)), duty.agencies[0]))
    return max(found, key=lambda f: f[0])[1] if found else None


def issuing_office(issuer: str, register: Register) -> str | None:
    """Who speaks for the issuer: a province committee's office, else the issuing agency itself."""
    agency = find_agency(issuer, register).only if issuer else None
    if agency and agency.kind is not Kind.PROVINCE_COMMITTEE:
        return agency.code
    offices = [a for a in register.agencies if a.kind is Kind.OFFICE and a.level is Level.PROVINCE]
    own = [a for a in offices if agency and a.parent == agency.code]
    return next((a.code for a in (*own, *offices)), None)


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
