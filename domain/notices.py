"""A notice: what an admin tells many people at once, and the legal moves of its life.

Draft → (awaiting a second person →) ready → sending ⇄ paused → sent. A refused one is a draft again. What has
not gone when a notice is cancelled does not go; what has gone can be withdrawn where a channel can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from domain.audience import Audience, AudienceDoubt
from domain.errors import BadInput
from domain.phrases import say

LONGEST = 3500  # what every channel still shows in two parts at most
MOST_OPTIONS = 8
LONGEST_OPTION = 60
TITLE = 48
#: from so many outcomes on, a share of failures above this stops a notice by itself
FEWEST_OUTCOMES, FAILING_SHARE = 20, 0.2


#: the reason of a notice that was paused because too much failed
FAILING = "failing"


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFT = "draft"
    AWAITING = "awaiting"  # a second person's approval
    READY = "ready"  # goes at its time
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


S = NoticeState
MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    S.DRAFT: frozenset({S.AWAITING, S.READY, S.CANCELLED}),
    S.AWAITING: frozenset({S.READY, S.DRAFT, S.CANCELLED}),
    S.READY: frozenset({S.SENDING, S.CANCELLED}),
    S.SENDING: frozenset({S.PAUSED, S.SENT, S.CANCELLED}),
    S.PAUSED: frozenset({S.SENDING, S.CANCELLED}),
    S.SENT: frozenset({S.WITHDRAWN}),
    S.CANCELLED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
#: states in which people still concerned are told, and may answer
LIVE = frozenset({S.SENDING, S.PAUSED, S.SENT})


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said and to whom. Instants are aware; ``versions`` are texts by locale, ``vi`` first.

    ``options`` make it a question with choices; ``wants_ack`` a press on "đã nhận". ``head_count`` is fixed
    when it is submitted: an audience that has grown since must be looked at again.
    """

    id: int
    author: int
    versions: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = Audience()
    files: tuple[int, ...] = ()  # ids of stored files
    options: tuple[str, ...] = ()
    wants_ack: bool = True
    urgent: bool = False
    answer_by: datetime | None = None
    send_at: datetime | None = None
    state: NoticeState = NoticeState.DRAFT
    head_count: int = 0
    approved_by: int | None = None
    reason: str = ""  # why it was refused, paused, cancelled
    created: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    doubts: tuple[AudienceDoubt, ...] = ()  # words about the audience nobody has settled yet
    forgiven: int = 0  # failures its author knew of when they let it go on
    version: int = 1  # grows with every change

    @property
    def title(self) -> str:
        """Its first line, short enough for a list."""
        lines = next(iter(self.versions.values()), "").strip().splitlines()
        line = lines[0].strip("#*-•+ \t") if lines else ""
        return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"

    def text(self, locale: str) -> str:
        """The words in the language, else the first version there is."""
        return self.versions.get(locale) or next(iter(self.versions.values()), "")

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state is NoticeState.DRAFT

    @property
    def is_question(self) -> bool:
        """Whether an answer by choice is wanted."""
        return bool(self.options)


def may_move(notice: Notice, to: NoticeState) -> bool:
    """Whether the move is a legal one."""
    return to in MOVES[notice.state]


def needs_second_person(head_count: int, above: int) -> bool:
    """Whether somebody else must approve: above the office's head-count (0: always)."""
    return head_count > above


def fails_too_often(sent: int, failed: int) -> bool:
    """Whether so much goes wrong that somebody should look before the rest goes out."""
    return sent + failed >= FEWEST_OUTCOMES and failed > (sent + failed) * FAILING_SHARE


def check_ready(notice: Notice, head_count: int, typed: int | None, now: datetime) -> None:
    """Raise BadInput, saying what is missing, unless the notice may be submitted now.

    ``head_count``: whom the audience means at this moment. ``typed``: the number the author typed, wanted for
    a notice to everybody.
    """
    if not any(text.strip() for text in notice.versions.values()):
        raise BadInput(say("The notice has no text yet; nothing was sent."))
    if notice.doubts:
        raise BadInput(
            say("It is not clear yet whom “{words}” means; nothing was sent.", words=notice.doubts[0].words),
            code="doubts",
        )
    if head_count == 0:
        raise BadInput(say("Nobody can be reached with this audience; nothing was sent."))
    if notice.send_at and notice.send_at <= now:
        raise BadInput(say("The hour of sending is past; nothing was sent. Please choose a later one."))
    if notice.answer_by and notice.answer_by <= (notice.send_at or now):
        raise BadInput(say("The time to answer ends before the notice goes out; nothing was sent."))
    if notice.audience.is_everybody and typed != head_count:
        raise BadInput(
            say("This goes to everybody. Please type the number of recipients: {count}.", count=head_count),
            code="type_the_count",
        )


def edited(notice: Notice, **changes: object) -> Notice:
    """The draft with changes, checked for size. Raises BadInput for one that is no draft any more."""
    if notice.state is not NoticeState.DRAFT:
        raise BadInput(say("This notice is no draft any more, so it was not changed."), code="not_a_draft")
    new = replace(notice, **changes)  # type: ignore[arg-type]
    if any(len(text) > LONGEST for text in new.versions.values()):
        raise BadInput(say("A notice has at most {most} characters; nothing was changed.", most=LONGEST))
    if len(new.options) > MOST_OPTIONS or len(set(new.options)) != len(new.options):
        raise BadInput(say("A question has at most {most} different choices.", most=MOST_OPTIONS))
    if any(len(option) > LONGEST_OPTION for option in new.options):
        raise BadInput(say("A choice has at most {most} characters.", most=LONGEST_OPTION))
    return new
