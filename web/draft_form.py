"""The form of one row or duty of a draft: what it shows of the item, and how what was pressed becomes corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.plan_correct import Working, choose_agency, correct, in_hand
from domain.agencies import Agency, Register
from domain.corrections import Act, doubt_key, row_mark
from domain.draft_words import field_words, frame_words, sureness_words
from domain.errors import BadInput
from domain.phrases import say, verbatim
from domain.plan_edits import Edited
from domain.plan_words import doubt_words
from domain.plans import Doubt, DutyDraft, TaskDraft
from domain.reading.name_pieces import NAME_DOUBTS
from domain.reading.plan_names import find_agency
from domain.reading.plan_taught import bare_name, likely, with_words
from storage.unit_of_work import UnitOfWork
from web.door import Visit, go
from web.originals import Original

LONGEST = 8000
#: field of the form → the fields of the doubts that stand under it; the others stand above the form
About = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that was not understood, and the agencies it may mean."""

    doubt: Doubt
    name: str
    candidates: tuple[Agency, ...]

    @property
    def remembered(self) -> bool:
        """Whether what is chosen holds for later plans, too, unless the person says otherwise."""
        return self.doubt.code == "unknown_agency"


def unclear(doubts: Sequence[Doubt], register: Register, find: str = "") -> Iterator[Unclear]:
    """The names to ask about; ``find`` are words somebody looked for an agency by."""
    for doubt in doubts:
        if doubt.code in NAME_DOUBTS:
            name = doubt.detail
            if doubt.code == "ambiguous_agency":
                name = name.partition(": ")[0]
            name = bare_name(name)
            named = find_agency(name, register).agencies
            yield Unclear(doubt, name, named or with_words(find, register) or likely(name, register))


def shown(
    visit: Visit, uow: UnitOfWork, work: Working, item: TaskDraft | DutyDraft, about: About
) -> dict[str, Any]:
    """What the pages of a row and of a duty both show."""
    register = work.reading.register or Register()
    find = visit.request.query_params.get("find", "")[:100]  # words somebody looked for an agency by
    return {
        "kept": work.kept,
        "head": work.draft.head,
        "mark": row_mark(item),
        "which": visit.request.query_params.get("show", "") == "doubts",
        "unclear": list(unclear(item.doubts, register, find)),
        "doubts": {name: [d for d in item.doubts if d.field in about[name]] for name in about},
        "of_row": [d for d in item.doubts if not any(d.field in of for of in about.values())],
        "original": Original(*uow.plans.original(work.kept.document)),
        "register": register,
        "doubt_words": doubt_words,
        "sureness_words": sureness_words,
        "field_words": field_words,
        "frame_words": frame_words,
    }


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows or duties: the word in their addresses, the fields a person may change, how one is found by its key."""

    word: str
    fields: Sequence[str]
    item: Callable[[Edited, str], TaskDraft | DutyDraft | None]


class CorrectionForm:
    """The form of one row or duty as it was sent; ``do`` is the button that was pressed."""

    def __init__(self, visit: Visit, uow: UnitOfWork, kind: Kind) -> None:
        self._visit, self._uow, self._kind = visit, uow, kind
        self._service = visit.context.service
        self.draft, self.key = visit.id(), visit.request.path_params["key"]
        self.do = visit.text("do", 20)

    # --- corrections; each gives the draft as it is then and raises Refusal and BadInput, and then nothing is changed

    def given(self) -> dict[str, str]:
        """The fields of the form that were sent."""
        text = self._visit.text
        return {n: text(n, LONGEST).replace("\r", "") for n in self._kind.fields if n in self._visit.form}

    def correct(self, act: Act, place: str, values: Mapping[str, Any], seen: str = "") -> Working:
        """One correction. ``seen``: the mark of what the person agrees to, where it is not what the form showed."""
        mark, by, now = seen or self._visit.text("mark", 40), self._visit.who.id, self._visit.now
        return correct(
            self._uow, self._service, self.draft, act, place, dict(values), mark=mark, by=by, now=now
        )

    def save(self) -> Working:
        """The fields as they were sent; "settle" says that whatever is doubted then is right."""
        if self.do not in ("save", "settle"):
            raise HTTPException(400)
        work = self.correct(Act.SET, self.key, self.given())
        item = self._kind.item(work.edited, self.key)
        if self.do == "settle" and item and item.doubts:
            settled = [doubt_key(d) for d in item.doubts]
            return self.correct(Act.SETTLE, self.key, {"doubts": settled}, row_mark(item))
        return work

    def name_agency(self) -> Working:
        """An agency chosen for a name: by its code from the list, or by its name as somebody typed it."""
        visit = self._visit
        work = in_hand(self._uow, self._service, self.draft)
        register = work.reading.register or Register()
        chosen = visit.text("agency", 300).strip() or visit.text("other", 300).strip()
        agency = chosen if chosen in register.by_code else _meant(chosen, register)
        return choose_agency(
            self._uow,
            self._service,
            self.draft,
            self.key,
            visit.text("name", 300),
            agency,
            remember=bool(visit.text("remember", 5)),
            mark=visit.text("mark", 40),
            by=visit.who.id,
            now=visit.now,
        )

    # --- where to see next

    def several_agencies(self, work: Working) -> str:
        """The words typed for an agency, where several have them: then they are offered to choose from."""
        typed, register = self._visit.text("other", 100).strip(), work.reading.register or Register()
        if self._visit.text("agency", 300) or find_agency(typed, register).only:
            return ""
        return typed if len(with_words(typed, register)) > 1 else ""

    def still_doubted(self, work: Working) -> bool:
        """Whether the item is there, and not everything in it is sure."""
        item = self._kind.item(work.edited, self.key)
        return item is not None and bool(item.doubts)

    def see(self, key: str, find: str = "") -> Response:
        """One item next; ``find``: with the agencies that have these words."""
        looked_for = f"?find={quote(find)}" if find else ""
        return go(f"/drafts/{self.draft}/{self._kind.word}/{key}{looked_for}")

    def see_list(self, place: str) -> Response:
        """The draft next, as it was shown before, at a place of it."""
        which = "?show=doubts" if self._visit.text("show", 10) == "doubts" else ""
        return go(f"/drafts/{self.draft}{which}#{place}")


def _meant(chosen: str, register: Register) -> str:
    """The code of the one agency that is called so, or has these words. Raises BadInput."""
    worded = with_words(chosen, register)
    found = find_agency(chosen, register).only or (worded[0] if len(worded) == 1 else None)
    if found is None:
        raise BadInput(
            say(
                "“{name}” is not one agency of the register; nothing was changed. Please choose from the list.",
                name=verbatim(chosen),
            ),
            code="no_agency",
        )
    return found.code
