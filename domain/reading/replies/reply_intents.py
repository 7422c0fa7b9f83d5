"""What an answer wants: an ordered table of rules over its terms; the first that holds decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.reading.replies.reply_clauses import Clause
from domain.reading.replies.reply_done import without_void
from domain.reading.replies.reply_line import terms
from domain.reading.replies.reply_status import DONE, IN_PROGRESS, Standing

_TALK = "em|oi|anh|chi|toi|minh|giup|voi|a|sep|bac|ca|nha|admin|bot|duoc|va|~ua|~o|cai|nay|vua|luc|nut|cho|phai|roi"
_POLITE = rf"(?: |/|DA|WHO|POLITE|THANKS|GREET|{_TALK})"
_OWN = r"(?<!NOT )(?<!NOTYET )(?<!NOT ASKFOR )(?<!NOTYET ASKFOR )(?<!STOPASK )(?<!NOT WILL )"
_ASK = "(?:ASKFOR|LET|CHO)"


@dataclass(frozen=True, slots=True)
class Rule:
    """``needs`` must be found in the terms and ``unless`` not; ``holds`` looks at how the work stands.

    ``about`` is in every text ``needs`` can be found in: a cheap look before the dear one.
    """

    name: str
    intent: str
    needs: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    holds: Callable[[Standing, bool], bool] | None = None
    about: str = ""


def _no_figure(stands: Standing, _: bool) -> bool:
    return stands.percent is None


def _nothing_said(stands: Standing, _: bool) -> bool:
    return not stands.said


def _open(stands: Standing, _: bool) -> bool:
    return stands.percent is None and stands.status in (None, IN_PROGRESS)


def _asked(stands: Standing, asked: bool) -> bool:
    return asked and stands.percent is None and stands.status != DONE


RULES: tuple[Rule, ...] = (
    Rule("undo", "undo", terms("UNDO"), terms("EXTEND|NOTYET|ALMOST|GOING|JUST"), _no_figure, about="UNDO"),
    Rule("undo_cancel", "undo", terms("CANCEL|(?:CANCEL|UNDO)(?: \\S+){0,3} EXTEND"), terms("NOT CANCEL|QWORD|NOTYET"), _nothing_said),
    Rule("undo_cancel_first", "undo", re.compile(rf"^{_POLITE}*CANCEL (?!EXTEND)"), terms("QWORD|DONE"), _no_figure, about="CANCEL"),
    Rule("undo_cancel_request", "undo", terms("(?:CANCEL|UNDO)(?: \\S+){0,3} EXTEND"), about="EXTEND"),
    Rule("undo_wrong", "undo", re.compile(rf"^{_POLITE}*(?:ALREADY )?WRONG(?:{_POLITE}|ALREADY|WRONG)*$"), about="WRONG"),
    Rule("stop_reminders", "unknown", terms("STOPASK"), None, _nothing_said, about="STOPASK"),
    Rule(
        "not_mine", "not_mine",
        terms(r"NOTMINE|NOT(?: \S+){0,2} (?:MINE|INCHARGE)|NOT UNITNAME (?:chung|em|minh|toi|tui)|(?:TASK|THISTASK)(?: \S+)? UNITNAME (?:\S+ )?BUT NOT"),
        terms("NOTMINE QTAG"),
    ),
    # "cái này bên Sở Xây dựng làm"
    Rule(
        "done_by_another", "not_mine",
        terms(r"THISTASK (?:la |thi |THEN )?(?:UNITNAME ){1,3}(?:DO |INCHARGE )+(?:POLITE |WHO |DA |/)*$"),
        about="THISTASK",
    ),
    Rule(
        "handover", "handover",
        terms(
            r"MOVE(?! (?:\S+ ){0,3}DAY)|TARGET (?:CHO |LET )?WHO|(?:WHO|UNITNAME|~\S+)(?: \S+){0,5} INCHARGE"
            rf"|(?:{_ASK}|de|ASKFOR CONTACT)(?: \S+)? WHO(?: (?!REMIND|TELL)\S+){{0,4}} (?:DO|INCHARGE|TAKE)"
            r"|WHO(?: \S+){1,5} (?:DO|WILL DO|ACK|TAKE) (?:THISTASK|TASK)"
        ),
        terms(
            r"(?:NOT|NOTYET) (?:\S+ )?MOVE|QWORD|MOVE(?: \S+)? (?:DOCNO|MONEY|OVER|TELL)|MOVE WORK|WORK(?: \S+){0,2} MOVE|MOVE(?: \S+){0,12}? GATE"
            r"|(?<!THISTASK )PAST MOVE(?: CHO| LET| TO| SANG| cac)* UNITNAME(?!.* (?:INCHARGE|THISTASK|WHO))"
        ),
    ),
    # "80%, hỏi anh Nam" is a report that names whom to ask
    Rule(
        "contact_another", "handover",
        terms(r"CONTACT (?:UNTIL )?(?:WHO|UNITNAME)"),
        terms("PCT|RANGE|DONE|GOING|QWORD|(?:NOT|NOTYET) (?:\\S+ )?MOVE"),
        about="CONTACT",
    ),
    Rule("asks_about_extension", "ask", terms("(?:PAST|DA) EXTEND|GOT EXTEND"), None, _asked, about="EXTEND"),
    Rule("extension", "extension", terms(f"{_OWN}EXTEND"), terms("EXTEND (?:PAST|ALREADY)|QWORD EXTEND|EXTEND QWORD(?! \\S*DAY)|GOT EXTEND NOT(?= POLITE| WHO| DA| $)"), about="EXTEND"),
    Rule(
        "more_time", "extension",
        terms(
            rf"{_ASK}(?: (?!BLOCK|GIVE|QWORD|REMIND)\S+){{0,4}} (?:MORE|NUA)(?: \S+){{0,2}} (?:DAY|DUE)|DUE(?: \S+){{0,12}}? ASKFOR MORE"
            rf"|{_ASK}(?: (?!QWORD|REMIND|SHOW|DUE)\S+){{0,3}} DAY|{_ASK}(?: \S+){{0,3}} (?:UNTIL|TOI|TO|SANG|OUTOF) DAY"
            rf"|(?:LET |CHO )?UNTIL DAY(?= (?:POLITE|DA|/) (?!.*DONE))|ASKFOR DUE|MOVE(?: \S+){{0,2}} (?:TO |SANG |UNTIL )?DAY|MORE DAY"
            r"|LATE(?: \S+){0,12}? (?:MORE|UNTIL DAY|TOI DAY)"
        ),
        terms("REMIND|QWORD|DUE DAY|GIVE|NOT MORE|NOT ASKFOR|(?:PAST|DA) MOVE"),
    ),
    Rule("only_then", "extension", terms(r"DAY (?:THEN )?JUST(?: \S+){0,3} DONE|(?:UNTIL|TOI|WILL) DAY JUST"), about="JUST"),
    Rule("remind", "snooze", terms(f"{_OWN}REMIND"), terms("REMIND (?:cho |CHO |LET |cac |giup |HELPME |MORE )*(?:UNITNAME|WHO (?!POLITE|$)~)|NOT REMIND|PAST REMIND"), about="REMIND"),
    Rule("help_alone", "help", re.compile(rf"^(?:{_POLITE}|CHO|LET|ASKFOR|GIVE|QWORD|ACK|PLEASE|thu)*HELPME(?:{_POLITE}|HELPME|CHO|LET)*$"), about="HELPME"),
    Rule("help", "help", terms("HELP"), terms("DONE|BLOCK|WAIT|DUE|GIVE HELP"), _no_figure, about="HELP"),
    Rule("list_first", "list", re.compile(rf"^(?:{_POLITE}|SHOW|CHO|LET|ASKFOR|HELPME|GIVE)*LIST "), terms("PAST|ALREADY|PCT|INCHARGE|(?:THEN|la) QWORD|BLOCK"), about="LIST"),
    Rule("list_of_open", "list", terms("REMAIN LIST(?: NOTYET DONE)?(?= POLITE| WHO| DA| $)"), about="REMAIN LIST"),
    Rule("list", "list", terms("LIST|(?:SHOW|REMAIN FEW|FEW) TASK"), terms("DONE|PCT|DUE|GIVE|NOTYET LIST|INCHARGE|BLOCK|WAIT|NOTYET|ALREADY|LIST DO"), _no_figure),
    Rule("done_or_not", "ask", terms(r"DONE(?: (?!THEN)\S+){0,2} NOTYET(?=(?: POLITE| WHO| DA| QWORD| QTAG| PLEASE| em| ta| vay| nhi| /)* $)"), None, _no_figure, about="NOTYET"),
    Rule("due_or_not", "ask", terms(r"(?:UNTIL|TOI) DUE NOTYET(?=(?: POLITE| WHO)* $)"), None, _no_figure, about="NOTYET"),
    Rule("question_sign", "ask", terms(r"\S+"), None, _asked),
    Rule("where", "ask", terms(r"(?:WORK|DUE|GIVE)(?: \S+)? NOPE"), terms("DONE|NOTYET|NOT|DO|WAIT|GOING"), _open, about="NOPE"),
    Rule("when_due", "ask", terms(r"(?:WHEN|IF)(?: \S+){0,12}? (?:DUE|TELL|GIVE)|DUE(?: \S+){0,12}? (?:WHEN|IF)"), terms("DONE"), _nothing_said),
    Rule("asks_for_paper", "ask", terms(r"ASKFOR(?: \S+){0,2} WORK|LET(?: \S+)? WORK POLITE"), terms("DONE|DAY|MORE|WAIT|DO|GOING|MOVE|PAST|ACK"), _open, about="WORK"),
    Rule(
        "question", "ask",
        terms(
            r"QWORD|GIVE|QTAG|NOT(?: POLITE| WHO)* (?:/ )*$|(?:PAST|OVER|GOT|WORK|DA)(?: (?!DA|/)\S+){1,4} NOTYET(?:(?: POLITE| WHO| DA| /)* $)"
        ),
        terms("DONE QWORD|DONE GOT|QWORD DONE|NOPE|NOT QWORD|DA NOTYET|BLOCK|WAIT|ALMOST"),
        _open,
    ),
    Rule(
        "tells_later", "snooze",
        terms(
            r"(?:DAY|SOON|NEXT|LATER)(?: (?!PAST|DONE|NOTYET|GOT|PCT|QWORD|NOT|EXTEND)\S+){0,3} (?:TELL|LATER|SHOW|DO)|LATER|BUSY|de DAY(?: (?:em|POLITE|DA|WHO|/))* $"
        ),
        terms("DONE|NOTYET|BLOCK|WAIT|GOING|QWORD|ZERO|PAST|ALREADY|PCT|OVER|START"),
        _no_figure,
    ),
    Rule(
        "progress", "progress",
        terms("DONE|PCT|RANGE|NOTYET|ZERO|BLOCK|WAIT|GOING|ONTRACK|STOP|LACK|START|OVER|ALMOST|JUST|NOT|TICK|NOTDONE|NOPE|LATE|MONEY|GOT"),
        None,
        lambda stands, _: stands.said,
    ),
    Rule("acknowledge", "acknowledge", terms("ACK"), terms("(?:NOT|NOTYET) ACK|QWORD"), about="ACK"),
    Rule("yes_sir", "acknowledge", re.compile(rf"^{_POLITE}*DA{_POLITE}*$"), terms("THANKS|GREET"), about="DA"),
    Rule("may_be", "acknowledge", re.compile(rf"^{_POLITE}*GOT{_POLITE}+$"), about="GOT"),
    Rule("progress_weak", "progress", terms(r"\S+"), None, lambda stands, _: stands.said),
)  # fmt: skip


def find_intent(parts: Sequence[Clause], stands: Standing) -> tuple[str, str]:
    """(intent, the name of the rule that decided) for the clauses of one answer."""
    text = "/".join([without_void(part.text) for part in parts])
    asked = bool(parts) and parts[-1].ends == "?"
    for rule in RULES:
        if rule.about and rule.about not in text:
            continue
        if (
            (rule.holds is None or rule.holds(stands, asked))
            and rule.needs.search(text)
            and not (rule.unless and rule.unless.search(text))
        ):
            return rule.intent, rule.name
    return "unknown", "nothing_matched"
