"""A draft's fields, how sure the reader is, what a time frame was read as, and corrections, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from domain.agencies import Register
from domain.corrections import Act
from domain.documents import Origin
from domain.phrases import Phrase, say, say_many, verbatim
from domain.plans import Doubt
from domain.timeframes import TimeFrame, TimeFrameKind

_SHORT = 90
#: from which confidence on the reader is how sure
_FAIRLY, _HARDLY = 0.65, 0.35


def sureness_words(doubt: Doubt) -> Phrase:
    """How sure the reader is of what it read there."""
    if doubt.confidence >= _FAIRLY:
        return say("fairly sure")
    return say("hardly sure at all") if doubt.confidence < _HARDLY else say("not sure")


def field_words(name: str) -> Phrase:
    """A field's name, as a label."""
    return {
        "section": say("Section"),
        "number": say("No."),
        "title": say("Task"),
        "leads": say("Lead"),
        "coordinators": say("Coordinate"),
        "monitors": say("Followed up by"),
        "timeframe": say("Time frame"),
        "product": say("Product"),
        "targets": say("Targets"),
        "agency": say("Agency"),
        "who": say("Whom it binds"),
        "what": say("Duty"),
    }[name]


def place_words(origin: Origin) -> Phrase:
    """Where a row stands in the document; of a text without tables, the piece it begins with."""
    if origin.page and origin.table:
        return say(
            "page {page}, row {row} of table {table}", page=origin.page, table=origin.table, row=origin.row
        )
    if origin.table:
        return say("row {row} of table {table}", table=origin.table, row=origin.row)
    return say("piece {row}", row=origin.row)


def frame_words(frame: TimeFrame) -> Phrase:
    """What a time frame's words were understood as."""
    if frame.due_on:
        act_by = frame.act_by or frame.due_on
        if frame.strict:
            return say("before {day:full}, so done by {act_by:full}", day=frame.due_on, act_by=act_by)
        if act_by != frame.due_on:
            return say("due {day:full}; last working day {act_by:full}", day=frame.due_on, act_by=act_by)
        return say("due {day:full}", day=frame.due_on)
    kinds = {
        TimeFrameKind.CONTINUOUS: say("continuous work, without a closing day"),
        TimeFrameKind.OPEN_ENDED: say("from a day on, without an end"),
        TimeFrameKind.RECURRING: say("comes again: {every}", every=_every(frame.recurs or "")),
        TimeFrameKind.ON_EVENT: say("counted from an event; no day before that"),
        TimeFrameKind.BY_OTHER_DOCUMENT: say("set by another document"),
    }
    none = say("no day was found in it") if frame.text else say("none given")
    return kinds.get(frame.kind, none)


def _every(recurs: str) -> Phrase:
    return {
        "weekly": say("every week"),
        "monthly": say("every month"),
        "quarterly": say("every quarter"),
        "half_yearly": say("every half-year"),
        "yearly": say("every year"),
    }.get(recurs, verbatim(recurs))


def edit_words(
    act: str, values: Mapping[str, str | list[str]], before: Mapping[str, str], register: Register
) -> tuple[Phrase, ...]:
    """One correction: what was done to which row, a sentence for each field."""
    row = verbatim(_cut(_named(before)) or "–")
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    if act == Act.SET:
        return tuple(
            say(
                "{row} — {field}: “{old}” → “{new}”",
                row=row,
                field=field_words(name),
                old=verbatim(_cut(before.get(name, "")) or "–"),
                new=verbatim(_cut(text) or "–"),
            )
            for name, text in texts.items()
        )
    if act == Act.MEANT:
        return (
            say(
                "{row} — “{name}” means {agency}",
                row=row,
                name=verbatim(texts.get("name", "")),
                agency=verbatim(register.name(texts.get("agency", ""))),
            ),
        )
    if act == Act.SETTLE:
        settled = values.get("doubts", [])
        count = len(settled) if isinstance(settled, list) else 0
        return (
            say_many("{row} — looked at: {count} doubt", "{row} — looked at: {count} doubts", count, row=row),
        )
    if act == Act.ADD:
        return (say("Added: {row}", row=verbatim(_cut(_named(texts)))),)
    if act == Act.DROP:
        if "what" in before:
            return (say("Taken out, as it is no duty: {row}", row=row),)
        return (say("Taken out, as it is no task: {row}", row=row),)
    return (say("Joined to the row above: {row}", row=row),)


def _named(texts: Mapping[str, str]) -> str:
    """Enough of a row's words to know it by: "2.b Nâng cao …", or of a duty's: "Sở Nội vụ: báo cáo …"."""
    if "what" in texts:
        return f"{texts.get('who', '')}: {texts['what']}".strip(" :")
    return f"{texts.get('number', '')} {texts.get('title', '')}".strip()


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
