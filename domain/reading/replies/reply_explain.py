"""Why a message was read as it was: the words that matched, the clauses, the rule that decided."""

from __future__ import annotations

from domain.lexicon import Lexicon
from domain.reading.replies.replies import LONGEST, read_line
from domain.reading.replies.reply_clauses import answers, clauses
from domain.reading.replies.reply_intents import find_intent
from domain.reading.replies.reply_status import standing
from domain.reading.replies.reply_tokens import readable
from domain.reading.replies.reply_topic import off_topic


def explain_reply(text: str, lexicon: Lexicon) -> list[str]:
    """Lines for a developer's eyes, in English: for each answer its clauses as terms and what decided."""
    shown = readable(text[:LONGEST])
    lines: list[str] = []
    for answer in answers(read_line(shown, lexicon)):
        parts = clauses(answer.items)
        stands = standing(parts)
        intent, rule = find_intent(parts, stands)
        words = [
            f"{shown[i.start : i.end]}={i.term}{_value(i.value)}"
            for i in answer.items
            if not i.term.islower()
        ]
        lines.append(f"answer about {', '.join(answer.refs) or 'the task at hand'}: {'  '.join(words)}")
        lines += [
            f"  clause: {part.text.strip()}{' ' + part.ends.strip() if part.ends.strip() else ''}"
            for part in parts
        ]
        lines.append(
            f"  standing: {stands.status or '-'} {', '.join(stands.rules)} {' '.join(stands.doubts)}".rstrip()
        )
        topic = off_topic(answer.items, intent)
        lines.append(f"  rule: {rule} -> {intent}{' (another topic: ' + topic + ')' if topic else ''}")
    return lines


def _value(value: object) -> str:
    return "" if value is None else f"({value})"
