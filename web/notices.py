"""Notices on the board: the list, the composer with its preview, approval, progress and the roll-call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.notice_message import notice_message
from bot.notices.asking import approved_words, for_approval, refused_words, sent_back, went_on
from bot.notices.attaching import attach, detach
from bot.notices.desk import (
    approve,
    begin,
    cancel,
    find,
    keep_audience,
    may_see_some,
    pause,
    refuse,
    require_shown,
    resume,
    settle_doubt,
    submit,
    thing_of,
    withdraw,
)
from bot.notices.nudging import remind
from bot.notices.roll_call import roll_call
from bot.notices.roll_files import DOCX, XLSX, as_docx, as_xlsx, file_name
from bot.notices.words import STATES
from bot.saying import say_to_others
from bot.turn import Also, Reply, reply
from domain.access import Act, may
from domain.errors import BadInput, NotAllowed
from domain.messages import Priority
from domain.notices import Notice
from domain.phrases import Phrase, say
from storage.stores.notice_sending import Progress
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.notice_form import changed, typed_count
from web.notice_view import composer, under_way

_LISTED = 100


def routes(door: Door) -> list[BaseRoute]:
    """For administrators, and for heads who approve."""
    return [
        Route("/notices", door.page(show_all), methods=["GET"]),
        Route("/notices", door.page(start, Act.WRITE_NOTICE), methods=["POST"]),
        Route("/notices/{id:int}", door.page(show), methods=["GET"]),
        Route("/notices/{id:int}", door.page(save, Act.WRITE_NOTICE), methods=["POST"]),
        Route("/notices/{id:int}/act", door.page(act), methods=["POST"]),
        Route("/notices/{id:int}/file", upload(door), methods=["POST"]),
        Route("/notices/{id:int}/roll/{form}", door.page(roll_file)),
    ]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in the list."""

    notice: Notice
    author: str
    state: Phrase
    progress: Progress


def show_all(visit: Visit, uow: UnitOfWork) -> Shown:
    """Every notice, the newest first; a head sees those they may approve."""
    if not may_see_some(visit.who):
        raise NotAllowed(
            say("This is not within your role, so nothing was changed. Please ask the administrator."),
            code="not_allowed",
        )
    names = {p.id: p.name for p in uow.people.all()}
    notices = uow.notices.newest(_LISTED)
    if not may(visit.who, Act.WRITE_NOTICE):
        notices = [n for n in notices if may(visit.who, Act.APPROVE_NOTICE, thing_of(uow, n))]
    progress = uow.notices.progress_of([n.id for n in notices])
    lines = [
        NoticeLine(n, names.get(n.author, ""), STATES[n.state], progress.get(n.id, Progress()))
        for n in notices
    ]
    return Shown("notices.html", {"lines": lines})


def start(visit: Visit, uow: UnitOfWork) -> Response:
    """A new draft."""
    return go(f"/notices/{begin(uow, visit.who, '', visit.now).id}")


def _found(visit: Visit, uow: UnitOfWork) -> Notice:
    try:
        return find(uow, visit.who, visit.id())
    except LookupError:
        raise HTTPException(404) from None


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """A draft in the composer; anything later with its progress and roll-call."""
    notice = _found(visit, uow)
    if notice.is_draft and may(visit.who, Act.WRITE_NOTICE):
        return Shown("notice_draft.html", composer(visit, uow, notice))
    return Shown("notice.html", under_way(visit, uow, notice))


def save(visit: Visit, uow: UnitOfWork) -> Response:
    """Keep the form's fields, and do what its button says."""
    notice = changed(visit, uow, _found(visit, uow))
    do = visit.text("do", 20)
    if do == "test":
        key = f"notice_test:{notice.id}:{visit.who.id}:{visit.now.timestamp()}"
        message = notice_message(notice, visit.who.locale, test=True)
        also = (Also(visit.who.id, message, "notice_test", Priority.URGENT, key),)
        say_to_others(uow, visit.context.service, also, visit.now, stem=key)
        visit.context.wake()
    elif do == "submit":
        _submit(visit, uow, notice)
    return go(f"/notices/{notice.id}")


def _submit(visit: Visit, uow: UnitOfWork, notice: Notice) -> None:
    service = visit.context.service
    done = submit(uow, service, visit.who, notice, visit.now, typed_count(visit))
    if done.approvers:
        also = for_approval(uow, service, done.notice, done.approvers, visit.now)
        say_to_others(uow, service, also, visit.now, stem=f"notice_approval:{notice.id}")
    visit.context.wake()


def act(visit: Visit, uow: UnitOfWork) -> Response:
    """One move of the notice."""
    do = visit.text("do", 20)
    if do not in _ACTS:
        raise BadInput(say("Nothing was chosen; nothing was changed."))
    notice = _found(visit, uow)
    _ACTS[do](visit, uow, notice)
    visit.context.wake()
    return go("/notices" if do == "drop" else f"/notices/{notice.id}")


def _approve(visit: Visit, uow: UnitOfWork, notice: Notice) -> None:
    require_shown(notice, visit.text("version", 12))
    notice = approve(uow, visit.who, notice, visit.now)
    went = went_on(visit.context.service, notice, visit.now)
    _tell(visit, uow, notice, reply(approved_words(visit.who, notice), went))


def _refuse(visit: Visit, uow: UnitOfWork, notice: Notice) -> None:
    require_shown(notice, visit.text("version", 12))
    notice = refuse(uow, visit.who, notice, visit.text("reason"), visit.now)
    _tell(visit, uow, notice, reply(refused_words(visit.who, notice)))


def _tell(visit: Visit, uow: UnitOfWork, notice: Notice, said: Reply) -> None:
    service = visit.context.service
    say_to_others(uow, service, sent_back(notice, said), visit.now, stem=f"notice_decided:{notice.id}")


def _nudge(visit: Visit, uow: UnitOfWork, notice: Notice) -> None:
    roll = roll_call(uow, notice, uow.agencies.register(visit.today))
    remind(uow, visit.context.service, notice, roll.missing, visit.now)


def _doubt(visit: Visit, uow: UnitOfWork, notice: Notice) -> None:
    option = visit.text("option", 3)
    choices = len(notice.doubts[0].options) if notice.doubts else 0
    chosen = int(option) if option.isdecimal() and int(option) < choices else None
    if visit.text("version", 12) == str(notice.version):
        settle_doubt(uow, visit.who, notice, chosen)


_ACTS: dict[str, Callable[[Visit, UnitOfWork, Notice], object]] = {
    "approve": _approve,
    "refuse": _refuse,
    "pause": lambda visit, uow, notice: pause(uow, visit.who, notice, visit.now),
    "resume": lambda visit, uow, notice: resume(uow, visit.who, notice, visit.now),
    "cancel": lambda visit, uow, notice: cancel(uow, visit.who, notice, visit.now),
    "drop": lambda visit, uow, notice: cancel(uow, visit.who, notice, visit.now),
    "withdraw": lambda visit, uow, notice: withdraw(uow, visit.who, notice, visit.text("reason"), visit.now),
    "nudge": _nudge,
    "doubt": _doubt,
    "keep": lambda visit, uow, notice: keep_audience(
        uow, visit.who, notice, visit.text("name", 61), visit.now
    ),
    "detach": lambda visit, uow, notice: detach(uow, visit.who, notice),
}


def upload(door: Door) -> Callable[[Request], object]:
    """Attach a file. Only the body of who may write notices is read at all."""

    async def endpoint(request: Request) -> Response:
        visit = await door.enter(request, Act.WRITE_NOTICE)
        file = visit.form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise BadInput(say("No document was chosen; nothing was kept."))
        data = await file.read()
        await run_in_threadpool(_attach, visit, data, file.filename)
        return go(f"/notices/{visit.id()}")

    return endpoint


def _attach(visit: Visit, data: bytes, name: str) -> None:
    with visit.context.service.db.begin() as uow:
        attach(uow, visit.who, _found(visit, uow), name, data, visit.now)


def roll_file(visit: Visit, uow: UnitOfWork) -> Response:
    """The roll-call as a workbook or as a list to sign."""
    notice = _found(visit, uow)
    register = uow.agencies.register(visit.today)
    roll = roll_call(uow, notice, register)
    form = "docx" if visit.request.path_params["form"] == "docx" else "xlsx"
    if form == "docx":
        author = uow.people.get(notice.author)
        speech = visit.context.service.speech("vi")
        data = as_docx(roll, register, speech, author, visit.now, visit.context.service.calendar)
    else:
        data = as_xlsx(roll, register, visit.speech, visit.now)
    uow.audit.note(visit.now, visit.who.id, "notice_export", f"notice:{notice.id}", {"form": form})
    headers = {"content-disposition": f'attachment; filename="{file_name(notice, form)}"'}
    return Response(data, media_type=DOCX if form == "docx" else XLSX, headers=headers)
