"""Whether a message is about the work at all: "xong" is also said of breakfast and motorbikes."""

from __future__ import annotations

from collections.abc import Sequence

from domain.reading.replies.reply_words import Item

_WORK = frozenset(
    [
        "WORK",
        "TASK",
        "THISTASK",
        "UNITNAME",
        "REF",
        "DUE",
        "DOCNO",
        "TELL",
        "LIST",
        "MINE",
        "GATE",
        "NOTMINE",
        "DOC",
        "EXTEND",
    ]
)
#: These say what they want so plainly that one word from private life beside them does not matter.
_PLAIN = frozenset({"extension", "not_mine", "handover", "undo", "snooze", "help"})
_FEW_UNKNOWN = 2


def off_topic(items: Sequence[Item], intent: str) -> str:
    """ "yes" for another topic, "maybe" where nothing ties the words to work, else ""."""
    terms = [item.term for item in items]
    private, rude = terms.count("PRIVATE"), terms.count("RUDE")
    work = sum(term in _WORK for term in terms)
    if rude and rude >= work and intent != "undo":
        return "yes"
    if private:
        if intent in _PLAIN and (private == 1 or work):
            return "" if intent != "snooze" or "REMIND" in terms or work else "yes"
        if private >= work:
            return "yes"
        return "maybe" if "DONE" in terms else ""
    unknown = sum(term.startswith("~") for term in terms)
    if work or not unknown:
        return ""
    if intent == "progress":
        return _unknown_words(terms, unknown)
    return "yes" if intent == "ask" and unknown > _FEW_UNKNOWN else ""


def _unknown_words(terms: list[str], unknown: int) -> str:
    if "MONEY" in terms and "DONE" in terms:
        return "yes"
    if "RISE" in terms and "PCT" in terms:
        return "yes"
    if unknown > _FEW_UNKNOWN and unknown * 2 > len(terms):
        return "yes" if "PCT" in terms or unknown > 2 * _FEW_UNKNOWN else "maybe"
    return "maybe" if unknown >= _FEW_UNKNOWN and ("DONE" in terms or "OVER" in terms) else ""
