"""The monthly list of late dossiers: drafted, put before agencies and the office, published, corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.dossier_targets import month_tallies
from bot.saying import say_to_others, tell_admins
from bot.services import Service
from bot.turn import Also
from domain.access import Act, Thing, may, require
from domain.agencies import Kind, Level, Register
from domain.dossiers.counting import month_is_over
from domain.dossiers.late_list import (
    LONGEST_REASON,
    TO_CONTEST,
    WINDOW,
    LateList,
    LateRow,
    ListState,
    contest,
    decide,
    has_lapsed,
    require_move,
    rows_of,
)
from domain.dossiers.late_list_words import PAGE, approval_message, own_message, published_message, row_words
from domain.dossiers.months import first_day, month_of, shift
from domain.errors import BadInput
from domain.messages import Block, Message, Priority, text
from domain.officials import Official, Role
from domain.phrases import say, verbatim
from storage.unit_of_work import UnitOfWork

UNDER_WAY = (ListState.CONTEST, ListState.WAITING)


def office(register: Register, day: date) -> Thing:
    """What the right to approve is checked against: the office of the province's People's Committee."""
    found = (a for a in register.agencies if a.kind is Kind.OFFICE and a.level is Level.PROVINCE)
    return Thing(monitors=tuple(a.code for a in found if a.is_valid(day)))


def may_approve(uow: UnitOfWork, who: Official, day: date) -> bool:
    """Whether the person decides for the office."""
    return may(who, Act.APPROVE_LATE, office(uow.agencies.register(), day))


def tend(uow: UnitOfWork, service: Service, now: datetime) -> None:
    """Draft last month's list in the first working days, and put before the office what agencies had their time for.

    A list is drafted only from dossiers read since the month ended. Twice changes nothing.
    """
    calendar, today = service.calendar, service.calendar.local_date(now)
    if not calendar.is_office_time(now):
        return
    for lately in uow.late_lists.in_state(ListState.CONTEST):
        if has_lapsed(lately, today) and uow.late_lists.move(lately, ListState.WAITING):
            _ask_office(uow, service, lately, now)
    first = first_day(month_of(today))
    month, read = shift(month_of(today), -1), uow.dossier_runs.last_good()
    is_time = 1 <= calendar.count(first - timedelta(days=1), today) <= WINDOW
    if not is_time or read is None or calendar.local_date(read) < first:
        return
    if uow.late_lists.latest(month) is None:
        draft(uow, service, month, now)


def draft(
    uow: UnitOfWork, service: Service, month: int, now: datetime, *, reason: str = "", by: int | None = None
) -> int:
    """Draft a month's list, or with a ``reason`` a correction of it, and tell whom it concerns; its id.

    A correction that names no new dossier goes to the office at once. Raises BadInput.
    """
    today, reason = service.calendar.local_date(now), " ".join(reason.split())[:LONGEST_REASON]
    if not month_is_over(month, today):
        raise BadInput(say("The month is not over; nothing was drafted."), code="month")
    before = uow.late_lists.latest(month)
    if before is not None and before.state in UNDER_WAY:
        raise BadInput(say("A version of this list is under way; nothing was drafted."), code="under_way")
    if before is not None and not reason:
        raise BadInput(say("A correction needs a reason; nothing was drafted."), code="reason")
    tallies = {a: t for a, t in month_tallies(uow, month, today).items() if t.has_late}
    rows = rows_of(uow.dossiers.late_in(month, today, tallies), month, before.rows if before else ())
    known = {(row.code, row.agency) for row in before.rows} if before else set()
    is_new = any((row.code, row.agency) not in known for row in rows)
    read = uow.dossier_runs.last_good()
    made = LateList(
        id=0,
        month=month,
        version=before.version + 1 if before else 1,
        state=ListState.CONTEST if is_new else ListState.WAITING,
        as_of=today,
        contest_until=service.calendar.add(today, TO_CONTEST),
        figures_of=service.calendar.local_date(read) if read else None,
        tallies=tallies,
        rows=rows,
        reason=reason,
    )
    number = uow.late_lists.draft(made, now)
    lately = uow.late_lists.get(number) if number else None
    if lately is None:
        raise BadInput(say("A version of this list is under way; nothing was drafted."), code="under_way")
    uow.audit.note(now, by, "draft_late_list", f"late_list:{lately.id}", {"month": month, "reason": reason})
    if lately.state is ListState.CONTEST:
        _ask_agencies(uow, service, lately, now)
    else:
        _ask_office(uow, service, lately, now)
    return lately.id


def object_to(
    uow: UnitOfWork, service: Service, who: Official, row_id: int, words: str, now: datetime
) -> LateRow:
    """An agency objects to a row. Raises NotAllowed, BadInput, LookupError."""
    lately = _of_row(uow, row_id)
    today = service.calendar.local_date(now)
    require(who, Act.CONTEST_LATE, own_thing(uow, who, lately.row(row_id).agency, today))
    row = contest(lately, row_id, who.id, words, today)
    _save(uow, row)
    uow.audit.note(now, who.id, "contest_late", f"late_list:{lately.id}", {"dossier": row.code})
    return row


def own_thing(uow: UnitOfWork, who: Official, agency: str, day: date) -> Thing:
    """The agency itself, or the one of its heirs that the person answers for."""
    heirs = uow.agencies.register().heirs(agency, day)
    own = who.agencies(Role.FOCAL, Role.HEAD)
    return Thing(next((code for code in (agency, *heirs) if code in own), agency))


def settle(
    uow: UnitOfWork, service: Service, who: Official, row_id: int, now: datetime, *, accepted: bool
) -> LateList:
    """The office decides on an objection, and who objected is told. Raises NotAllowed, BadInput, LookupError."""
    lately = _of_row(uow, row_id)
    today = service.calendar.local_date(now)
    require(who, Act.APPROVE_LATE, office(uow.agencies.register(), today))
    row = decide(lately, row_id, accepted=accepted)
    _save(uow, row)
    detail = {"dossier": row.code, "accepted": accepted}
    uow.audit.note(now, who.id, "decide_late", f"late_list:{lately.id}", detail)
    if row.contested_by is not None:
        words = say("Your objection was decided. {row}", row=row_words(row))
        key = f"late_decided:{row.id}:{row.doubt.value}"
        say_to_others(uow, service, [Also(row.contested_by, text(words), "decision", key=key)], now, stem=key)
    return _of_row(uow, row_id)


def publish(uow: UnitOfWork, service: Service, who: Official, lately: LateList, now: datetime) -> None:
    """The office approves: the list is out, the version before it replaced, and those named are told.

    Raises NotAllowed, BadInput.
    """
    today, register = service.calendar.local_date(now), uow.agencies.register()
    require(who, Act.APPROVE_LATE, office(register, today))
    require_move(lately, ListState.PUBLISHED)
    before = uow.late_lists.published(lately.month)
    if not uow.late_lists.move(lately, ListState.PUBLISHED, approved_by=who.id, approved_at=now):
        raise BadInput(say("This list has been decided on already; nothing was changed."), code="decided")
    if before is not None:
        uow.late_lists.move(before, ListState.REPLACED)
    detail = {"month": lately.month, "version": lately.version, "undecided": len(lately.contested)}
    uow.audit.note(now, who.id, "publish_late", f"late_list:{lately.id}", detail)
    link = public_link(service, lately.month)
    also = [
        Also(
            person.id,
            published_message(lately, register, codes, link),
            "late_list",
            Priority.REMINDER,
            key=f"late_out:{lately.id}:{person.id}",
        )
        for person, codes in named(uow, lately, today)
        if person.id != who.id
    ]
    say_to_others(uow, service, also, now, stem=f"late_out:{lately.id}")


def public_link(service: Service, month: int) -> str:
    """Where everybody reads a month's list."""
    return f"{service.public_url}{PAGE}?month={month % 100}/{month // 100}"


def named(uow: UnitOfWork, lately: LateList, day: date) -> list[tuple[Official, list[str]]]:
    """Focal persons and heads of the agencies on the list, with the codes that concern each."""
    register = uow.agencies.register()
    by_agency: dict[str, list[str]] = {}
    for code in sorted({row.agency for row in lately.rows}):
        for heir in register.heirs(code, day):
            by_agency.setdefault(heir, []).append(code)
    found = []
    for person in uow.people.all():
        codes = [c for a in person.agencies(Role.FOCAL, Role.HEAD) for c in by_agency.get(a, ())]
        if person.active and codes:
            found.append((person, list(dict.fromkeys(codes))))
    return found


def approvers(uow: UnitOfWork, day: date) -> list[Official]:
    """Who decides for the office."""
    thing = office(uow.agencies.register(), day)
    return [person for person in uow.people.all() if may(person, Act.APPROVE_LATE, thing)]


def page_link(service: Service, lately: LateList) -> str:
    """The list's own page, for who is signed in."""
    return f"{service.public_url}/dossiers/late/{lately.id}"


def _save(uow: UnitOfWork, row: LateRow) -> None:
    if not uow.late_lists.save_row(row):
        raise BadInput(say("This list has been decided on already; nothing was changed."), code="decided")


def _of_row(uow: UnitOfWork, row_id: int) -> LateList:
    found = uow.late_lists.of_row(row_id)
    if found is None:
        raise LookupError(row_id)
    return found


def _ask_agencies(uow: UnitOfWork, service: Service, lately: LateList, now: datetime) -> None:
    register, day = uow.agencies.register(), service.calendar.local_date(now)
    also: Iterable[Also] = [
        Also(
            person.id,
            own_message(lately, codes, register),
            "late_list",
            Priority.REMINDER,
            key=f"late_draft:{lately.id}:{person.id}",
        )
        for person, codes in named(uow, lately, day)
    ]
    say_to_others(uow, service, list(also), now, stem=f"late_draft:{lately.id}")


def _ask_office(uow: UnitOfWork, service: Service, lately: LateList, now: datetime) -> None:
    """Put it before the office; where nobody there can decide, administrators are told."""
    register, day, key = uow.agencies.register(), service.calendar.local_date(now), f"late_ask:{lately.id}"
    people = approvers(uow, day)
    if not people:
        words = say("The list of late dossiers waits for approval, but nobody is head or monitor of the office of the People's Committee: {link}", link=verbatim(page_link(service, lately)))  # fmt: skip
        tell_admins(uow, service, Message((Block(words),)), now, kind="late_list", key=key)
        return
    message = approval_message(lately, register, page_link(service, lately))
    say_to_others(
        uow, service, [Also(p.id, message, "late_list", key=f"{key}:{p.id}") for p in people], now, stem=key
    )
