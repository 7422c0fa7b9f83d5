"""Writing a notice and letting it go: every step with its right and its line in the audit.

Chat, board and command line call these; each works in its caller's transaction and raises a Refusal, with
nothing changed, for what cannot be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.notice_fan_out import fix_readers
from bot.services import Service
from domain.access import Act, Thing, may, require
from domain.audience import Audience, Resolved, Rule, resolve_audience
from domain.errors import BadInput
from domain.notices import Notice, NoticeState, check_ready, edited, may_move, needs_second_person
from domain.officials import Official, Role
from domain.phrases import say
from domain.reading.audience import AudienceWords, read_audience
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork

S = NoticeState


@dataclass(frozen=True, slots=True)
class Submitted:
    """How a notice was let go: with ``approvers`` it waits for one of them, without it goes at its time."""

    notice: Notice
    approvers: tuple[Official, ...] = ()


def find(uow: UnitOfWork, who: Official, notice_id: int) -> Notice:
    """The notice, for somebody who may write or approve it. Raises LookupError for none."""
    notice = uow.notices.get(notice_id)
    if notice is None:
        raise LookupError(f"no notice {notice_id}")
    if not may(who, Act.WRITE_NOTICE):
        require(who, Act.APPROVE_NOTICE, thing_of(uow, notice))
    return notice


def may_see_some(who: Official) -> bool:
    """Whether there can be notices the person writes or approves."""
    return may(who, Act.WRITE_NOTICE) or any(
        may(who, Act.APPROVE_NOTICE, Thing(agency)) for agency in who.agencies()
    )


def thing_of(uow: UnitOfWork, notice: Notice) -> Thing:
    """What the right to approve is checked against: the agency for which its author writes."""
    author = uow.people.get(notice.author)
    agencies = author.agencies(Role.ADMIN) or author.agencies()
    return Thing(agencies[0] if agencies else "")


def begin(uow: UnitOfWork, who: Official, text: str, now: datetime, file: int = 0) -> Notice:
    """A new draft with these words, kept from now on."""
    require(who, Act.WRITE_NOTICE)
    files = (file,) if file else ()
    draft = edited(Notice(0, who.id), versions={"vi": text.strip()} if text.strip() else {}, files=files)
    notice = uow.notices.draft(draft, now)
    uow.audit.note(now, who.id, "notice_begin", f"notice:{notice.id}")
    return notice


def change(uow: UnitOfWork, who: Official, notice: Notice, **changes: Any) -> Notice:
    """The draft with changes; raises BadInput when somebody else changed it since ``notice`` was read."""
    require(who, Act.WRITE_NOTICE)
    new = edited(notice, **changes)
    if not uow.notices.save(new):
        raise BadInput(
            say("Somebody else changed this notice meanwhile. Please look at it again."), code="changed"
        )
    return replace(new, version=new.version + 1)


def address(uow: UnitOfWork, service: Service, who: Official, notice: Notice, words: str, now: datetime) -> Notice:  # fmt: skip
    """The draft for the audience the words name; what is unclear stays with it as doubts."""
    facts = read_audience_facts(uow, service.calendar.local_date(now))
    kept = {k.name: k.audience for k in uow.notices.audiences()}
    reading = read_audience(words, AudienceWords(facts, kept))
    return change(uow, who, notice, audience=reading.audience, doubts=reading.doubts)


def settle_doubt(uow: UnitOfWork, who: Official, notice: Notice, choice: int | None) -> Notice:
    """The first doubt means its choice, or nobody (None)."""
    if not notice.doubts:
        return notice
    doubt, *rest = notice.doubts
    audience = notice.audience
    if choice is not None:
        audience = _with(audience, doubt.options[choice].rule, doubt.but)
    return change(uow, who, notice, audience=audience, doubts=tuple(rest))


def _with(audience: Audience, rule: Rule, but: bool) -> Audience:
    if but:
        return replace(audience, but=(*audience.but, rule))
    return replace(audience, rules=(*audience.rules, rule))


def look(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> Resolved:
    """Whom the notice's audience means at this moment."""
    return resolve_audience(notice.audience, read_audience_facts(uow, service.calendar.local_date(now)))


def approvers(uow: UnitOfWork, notice: Notice) -> tuple[Official, ...]:
    """Everybody who may approve it and has joined; never its author."""
    thing = thing_of(uow, notice)
    joined = uow.people.joined()
    return tuple(
        person
        for person in uow.people.all()
        if person.id != notice.author and person.id in joined and may(person, Act.APPROVE_NOTICE, thing)
    )


def submit(
    uow: UnitOfWork, service: Service, who: Official, notice: Notice, now: datetime, typed: int | None = None
) -> Submitted:
    """Fix whom it is for, and let it go or ask for approval. ``typed``: the head-count, for everybody."""
    require(who, Act.WRITE_NOTICE)
    if notice.state is not S.DRAFT:
        raise BadInput(say("This notice is no draft any more, so it was not changed."), code="not_a_draft")
    resolved = look(uow, service, notice, now)
    count = len(resolved.people)
    check_ready(notice, count, typed, now)
    others = approvers(uow, notice) if needs_second_person(count, service.notice_approve_above) else ()
    if needs_second_person(count, service.notice_approve_above) and not others:
        raise BadInput(
            say(
                "A notice to {count} people needs a second person's approval, and nobody else who may give it "
                "has joined; nothing was sent.",
                count=count,
            ),
            code="no_approver",
        )
    to = S.AWAITING if others else S.READY
    if not uow.notices.move(notice.id, to, version=notice.version, head_count=count, reason=""):
        raise BadInput(
            say("Somebody else changed this notice meanwhile. Please look at it again."), code="changed"
        )
    fix_readers(uow, notice, resolved)
    uow.audit.note(
        now, who.id, "notice_submit", f"notice:{notice.id}", {"head_count": count, "state": to.value}
    )
    return Submitted(again(uow, notice), others)


def approve(uow: UnitOfWork, who: Official, notice: Notice, now: datetime) -> Notice:
    """A second person lets it go."""
    _check_second(uow, who, notice)
    _move(uow, notice, S.READY, approved_by=who.id)
    uow.audit.note(now, who.id, "notice_approve", f"notice:{notice.id}", {"head_count": notice.head_count})
    return again(uow, notice)


def refuse(uow: UnitOfWork, who: Official, notice: Notice, reason: str, now: datetime) -> Notice:
    """A second person sends it back with a reason; it is a draft again, for nobody yet."""
    _check_second(uow, who, notice)
    if not reason.strip():
        raise BadInput(say("Please say why, so that it can be put right."))
    _move(uow, notice, S.DRAFT, reason=reason.strip()[:500], head_count=0)
    uow.notices.forget_readers(notice.id)
    uow.audit.note(now, who.id, "notice_refuse", f"notice:{notice.id}", {"reason": reason.strip()[:500]})
    return again(uow, notice)


def _check_second(uow: UnitOfWork, who: Official, notice: Notice) -> None:
    require(who, Act.APPROVE_NOTICE, thing_of(uow, notice))
    if who.id == notice.author:
        raise BadInput(say("Whoever wrote a notice cannot approve it; a second person must."), code="own")
    if notice.state is not S.AWAITING:
        raise _not_awaiting()


def require_shown(notice: Notice, version: object) -> None:
    """A decision holds for the version that was shown. Raises BadInput for another."""
    if str(version) != str(notice.version):
        raise _not_awaiting()


def _not_awaiting() -> BadInput:
    return BadInput(say("This notice does not wait for approval any more."), code="not_awaiting")


def pause(uow: UnitOfWork, who: Official, notice: Notice, now: datetime) -> Notice:
    """Nothing more goes out until it is resumed; what a messenger has taken is gone."""
    require(who, Act.WRITE_NOTICE)
    _move(uow, notice, S.PAUSED, reason="")
    uow.notices.unfill(notice.id)
    uow.audit.note(now, who.id, "notice_pause", f"notice:{notice.id}")
    return again(uow, notice)


def resume(uow: UnitOfWork, who: Official, notice: Notice, now: datetime) -> Notice:
    """It goes on; failures so far are known and do not stop it again."""
    require(who, Act.WRITE_NOTICE)
    failed = uow.notices.progress(notice.id).failed
    _move(uow, notice, S.SENDING, reason="", forgiven=failed)
    uow.audit.note(now, who.id, "notice_resume", f"notice:{notice.id}", {"failed": failed})
    return again(uow, notice)


def cancel(uow: UnitOfWork, who: Official, notice: Notice, now: datetime) -> Notice:
    """What has not gone does not go."""
    require(who, Act.WRITE_NOTICE)
    _move(uow, notice, S.CANCELLED, ended=now)
    uow.notices.stop(notice.id, "cancelled")
    uow.audit.note(now, who.id, "notice_cancel", f"notice:{notice.id}")
    return again(uow, notice)


def withdraw(uow: UnitOfWork, who: Official, notice: Notice, reason: str, now: datetime) -> Notice:
    """What has gone is taken back where it can be, and readers are told where it cannot."""
    require(who, Act.WRITE_NOTICE)
    if notice.state in (S.SENDING, S.PAUSED):
        notice = cancel(uow, who, notice, now)
    _move(uow, notice, S.WITHDRAWN, reason=reason.strip()[:500])
    uow.audit.note(now, who.id, "notice_withdraw", f"notice:{notice.id}", {"reason": reason.strip()[:500]})
    return again(uow, notice)


def _move(uow: UnitOfWork, notice: Notice, to: NoticeState, **values: Any) -> None:
    if not may_move(notice, to) or not uow.notices.move(notice.id, to, **values):
        raise BadInput(say("This cannot be done with the notice as it stands now."), code="not_legal")


def again(uow: UnitOfWork, notice: Notice) -> Notice:
    """The notice as it stands in the database now."""
    found = uow.notices.get(notice.id)
    assert found is not None
    return found


def keep_audience(uow: UnitOfWork, who: Official, notice: Notice, name: str, now: datetime) -> None:
    """Keep the notice's audience under a name, for the next time."""
    require(who, Act.WRITE_NOTICE)
    if not notice.audience.rules or notice.doubts:
        raise BadInput(say("The audience is not settled yet, so it was not kept."))
    if not 1 <= len(name.strip()) <= 60:
        raise BadInput(say("A name has at most {most} characters.", most=60))
    uow.notices.keep_audience(name.strip(), notice.audience, who.id, now)
    uow.audit.note(now, who.id, "audience_keep", name.strip())


def drafts_of(uow: UnitOfWork, who: Official) -> Sequence[Notice]:
    """The person's own drafts, the newest first."""
    return [n for n in uow.notices.newest(50, [S.DRAFT]) if n.author == who.id]
