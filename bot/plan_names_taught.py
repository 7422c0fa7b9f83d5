"""Names that a person chose an agency for are remembered, so that the next plan reads right."""

from __future__ import annotations

from datetime import datetime

from domain.agencies import Register
from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from domain.reading.name_index import name_key
from domain.reading.plan_taught import is_common
from storage.unit_of_work import UnitOfWork


def teach(
    uow: UnitOfWork,
    register: Register,
    name: str,
    agency: str,
    now: datetime,
    by: int | None,
    *,
    source: str = "",
    draft: int | None = None,
) -> int:
    """From now on the name means the agency, whatever else it meant. Its id.

    Raises BadInput for words that are no name of anybody ("cơ quan", "Sở") or are a group's.
    """
    if is_common(name, register):
        raise BadInput(
            say(
                "“{name}” may mean anybody, so it cannot be remembered as one agency's name; nothing was changed.",
                name=verbatim(name),
            ),
            code="common_name",
        )
    alias = uow.aliases.remember(name, name_key(name), agency, now, by, source=source, draft=draft)
    uow.audit.note(
        now, by, "teach_name", f"agency:{agency}", {"name": name, "source": source, "draft": draft}
    )
    return alias


def forget(uow: UnitOfWork, alias: int, *, by: int | None, now: datetime) -> None:
    """Take a name back; plans that are confirmed stay as they are. Raises Refusal."""
    if not uow.aliases.remove(alias, now, by):
        raise Refusal(say("This name is not remembered any more; nothing was changed."), code="no_alias")
    uow.audit.note(now, by, "forget_name", f"alias:{alias}")
