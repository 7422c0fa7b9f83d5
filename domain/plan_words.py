"""A draft's doubts and differences as sentences a clerk can act on."""

from __future__ import annotations

from domain.phrases import Phrase, say, verbatim
from domain.plans import Doubt, DutyDraft, TaskDraft
from domain.reading.plan_diff import Change, Difference
from domain.reading.plan_targets import target_lines
from domain.timeframes import TimeFrame

_TITLE = 70


def doubt_words(doubt: Doubt) -> Phrase:
    """What the reader was not sure of. A code nobody has given words is shown as it is."""
    detail = verbatim(doubt.detail)
    known = _of_the_document(detail) | _of_a_name(detail) | _of_a_row(detail) | _of_what_is_left(detail)
    code = f"{doubt.code}: {doubt.detail}" if doubt.detail else doubt.code
    return known.get(doubt.code) or verbatim(code)


def _of_the_document(detail: Phrase) -> dict[str, Phrase]:
    return {
        "appendix_missing": say("{detail} is announced but is not in the file.", detail=detail),
        "no_date": say("The document bears no date."),
        "no_number": say("The document bears no number."),
        "no_tasks_found": say("No task was found."),
        "table_unread": say("A table of the document could not be read; please look at it beside the draft."),
        "text_cut_off": say("The text seems to be cut off: “…{detail}”.", detail=detail),
        "pages_without_text": say("Some pages are pictures without text and were not read."),
        "note_missing": say(
            "The text refers to note {detail}, which is missing; the end may be cut off.", detail=detail
        ),
    }


def _of_a_name(detail: Phrase) -> dict[str, Phrase]:
    return {
        "ambiguous_agency": say("More than one agency may be meant: {detail}.", detail=detail),
        "unknown_agency": say("No agency of the register was found in “{detail}”.", detail=detail),
        "outside_agency": say(
            "“{detail}” is not an agency of the province; it gets no reminders.", detail=detail
        ),
        "unit_of_agency": say(
            "“{detail}” is a part of an agency of the register, which gets the task; please check it.",
            detail=detail,
        ),
        "province_committee": say(
            "“{detail}” gets no reminders; please name the office that acts for it.", detail=detail
        ),
    }


def _of_a_row(detail: Phrase) -> dict[str, Phrase]:
    return {
        "no_lead": say("No lead agency is given."),
        "columns_worked_out": say("The columns of this row were worked out from its words; please check it."),
        "unread": say("The time frame could not be read."),
        "two_deadlines": say("The time frame names more than one deadline."),
        "no_timeframe": say("No time frame is given, although the other tasks have one."),
        "unlikely_lead": say("The lead does not read like an agency: “{detail}”.", detail=detail),
        "name_guessed": say(
            "Where the name ends was told by its look alone; please check it: “{detail}”.", detail=detail
        ),
        "lead_from_above": say("Whoever leads was taken from further above: “{detail}”.", detail=detail),
        "order_beside": say(
            "A sentence beside this one gives an order, but whom it tells was not found: “{detail}”.",
            detail=detail,
        ),
        "unlikely_time": say("The time frame does not read like one: “{detail}”.", detail=detail),
        "unlikely_title": say("The title does not read like a task: “{detail}”.", detail=detail),
        "unlikely_section": say(
            "“{detail}” does not read like a section; a task may be missing.", detail=detail
        ),
        "unreadable_letters": say("Some letters of this row could not be read."),
        "number_jumps": say("The numbering jumps ({detail}); a row may be missing.", detail=detail),
        "title_cut_off": say("The title seems to be cut off: “…{detail}”.", detail=detail),
        "cell_missing": say("Nothing stands here, although nearly all other rows have something."),
        "same_words_twice": say("The same agencies stand in two columns."),
        "unlikely_cell": say("This reads like the cell of another column: “{detail}”.", detail=detail),
        "letters_for_digits": say("Letters stand where digits should be: “{detail}”.", detail=detail),
        "cell_cut_off": say("The words of this cell seem to be cut off: “…{detail}”.", detail=detail),
        "misread_letters": say("Letters seem to be misread: “{detail}”.", detail=detail),
        "number_skipped": say(
            "The numbering leaves something out ({detail}); a row may be missing.", detail=detail
        ),
        "appendix_missing_here": say("Taken from the document’s sentences, because its appendix is missing."),
        "same_task_twice": say("The same task stands in the document twice."),
    }


def _of_what_is_left(detail: Phrase) -> dict[str, Phrase]:
    """What stands on the page and was taken for nothing."""
    return {
        "line_unread": say(
            "A line beside this task was taken for nothing; a task may be missing: “{detail}”.", detail=detail
        ),
        "cell_unread": say("A cell of this row was taken for nothing: “{detail}”.", detail=detail),
        "name_unclaimed": say("Somebody else seems to help with this task: “{detail}”.", detail=detail),
        "time_unclaimed": say("These words may set a time: “{detail}”.", detail=detail),
        "told_another": say("Somebody else seems to be told something here: “{detail}”.", detail=detail),
    }


def difference_words(difference: Difference) -> Phrase:
    """One task or duty that differs, and how."""
    old, new = difference.old, difference.new
    if difference.change is Change.ADDED and new:
        return say("New: {task}", task=verbatim(short(new)))
    if difference.change is Change.REMOVED and old:
        return say("No longer in the document: {task}", task=verbatim(short(old)))
    assert old is not None
    assert new is not None
    fields = tuple(_field(name, old, new) for name in difference.fields)
    return say("Changed: {task} — {fields}", task=verbatim(short(new)), fields=fields)


def changed_fields(difference: Difference) -> tuple[tuple[Phrase, str, str], ...]:
    """Of a task or duty that changed: each field's name, its old words and its new ones."""
    old, new = difference.old, difference.new
    if old is None or new is None:
        return ()
    return tuple((_name(f), _words(old, f), _words(new, f)) for f in difference.fields)


def _words(item: TaskDraft | DutyDraft, name: str) -> str:
    if name == "frame":
        return item.frame.text
    if name == "targets" and isinstance(item, TaskDraft):
        return target_lines(item.targets)
    return str(getattr(item, name))


def short(item: TaskDraft | DutyDraft) -> str:
    """ "2.b Nâng cao …", cut at a word."""
    if isinstance(item, DutyDraft):
        text = f"{item.who}: {item.what}" if item.who else item.what
    else:
        text = f"{item.number} {item.title}".strip()
    return text if len(text) <= _TITLE else text[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _field(name: str, old: TaskDraft | DutyDraft, new: TaskDraft | DutyDraft) -> Phrase:
    if name == "frame":
        return say("time: {old} → {new}", old=_time(old.frame), new=_time(new.frame))
    return _name(name)


def _name(name: str) -> Phrase:
    """A field as it stands in a list of what changed."""
    names = {
        "frame": say("time"),
        "section": say("section"),
        "number": say("number"),
        "title": say("wording"),
        "what": say("wording"),
        "leads": say("lead agencies"),
        "who": say("whom it binds"),
        "coordinators": say("coordinating agencies"),
        "product": say("product"),
        "targets": say("targets"),
        "lead_condition": say("condition of taking part"),
    }
    return names.get(name) or verbatim(name)


def _time(frame: TimeFrame) -> Phrase:
    return verbatim(frame.text) if frame.text else say("none given")
