"""A message → what goes over the wire, in one language, within one messenger's traits. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.channel import Button, Span, Traits, Wire, WireFile
from bot.picks import keys, opens_a_line
from domain.messages import Block, Look, Message
from domain.phrases import say
from locales.speech import Speech

_STYLES = {Look.HEADING: "bold", Look.QUIET: "italic", Look.STRUCK: "strikethrough"}


@dataclass(slots=True)
class _Page:
    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, line: str, style: str | None, gap: str) -> None:
        if self.text:
            self.text += gap
        if style:
            self.spans.append(Span(len(self.text), len(line), style))
        self.text += line


def render(
    message: Message,
    speech: Speech,
    traits: Traits,
    *,
    row: int,
    late: bool = False,
    file: WireFile | None = None,
    reply_to: str = "",
    replaces: str = "",
) -> tuple[Wire, ...]:
    """The message as one or more wires; choices, and the file, go with the last: a part that went out is not said
    again when a later one fails.

    ``row`` is the outbox row that the buttons' tokens name. A text longer than the messenger takes is cut
    between blocks, then between lines, sentences or words; never inside a word that fits.
    """
    lines = [(_line(block, speech), block.look) for block in message.blocks]
    if late:
        lines.insert(0, (speech.text(say("Sent late:")), Look.QUIET))
    buttons: tuple[Button, ...] = ()
    if traits.buttons and len(message.choices) <= (traits.max_buttons or len(message.choices)):
        buttons = tuple(
            Button(_cut(speech.text(choice.label), traits.max_label), f"{row}:{index}", choice.tone)
            for index, choice in enumerate(message.choices)
        )
    else:
        signs = zip(keys(message), message.choices, strict=True)
        lines += [
            (f"{sign}. {speech.text(choice.label)}", Look.ITEM)
            for sign, choice in signs
            if not opens_a_line(choice, message)
        ]
    pages = _pages(lines, traits.max_text)
    apart = bool(file and traits.max_caption and len(pages[-1].text) > traits.max_caption)
    if len(pages) == 1 and not replaces and not apart:
        return (Wire(pages[0].text, tuple(pages[0].spans), buttons, file, reply_to),)
    wires = [Wire(page.text, tuple(page.spans)) for page in pages]
    if replaces:  # one message stands there, so one takes its place
        return (replace(wires[0], replaces=replaces),)
    if apart:
        wires.append(Wire(""))
    wires[0] = replace(wires[0], reply_to=reply_to)
    wires[-1] = replace(wires[-1], buttons=buttons, file=file)
    return tuple(wires)


def plain_text(wires: tuple[Wire, ...]) -> str:
    """What was said, for the record."""
    return "\n\n".join(wire.text for wire in wires if wire.text)


def pieces(wire: Wire) -> tuple[tuple[str, str], ...]:
    """The text in stretches (words, style; "" for plain ones), for who shows it without a messenger."""
    found, at = [], 0
    for span in wire.spans:  # they are in order and do not overlap
        found += [
            (wire.text[at : span.start], ""),
            (wire.text[span.start : span.start + span.length], span.style),
        ]
        at = span.start + span.length
    return tuple((words, style) for words, style in [*found, (wire.text[at:], "")] if words)


def _line(block: Block, speech: Speech) -> str:
    text = speech.text(block.phrase)
    if block.look is not Look.ITEM:
        return text
    return f"{block.number}. {text}" if block.number is not None else f"• {text}"


def _pages(lines: list[tuple[str, Look]], limit: int) -> list[_Page]:
    pages = [_Page()]
    before: Look | None = None
    for line, look in lines:
        gap = "\n" if look is Look.ITEM and before is Look.ITEM else "\n\n"
        for piece in _pieces(line, limit):
            if len(pages[-1].text) + len(gap) + len(piece) > limit and pages[-1].text:
                pages.append(_Page())
            pages[-1].add(piece, _STYLES.get(look), gap)
            gap = "\n"
        before = look
    return pages


def _pieces(text: str, limit: int) -> list[str]:
    pieces = []
    while len(text) > limit:
        ends = (text.rfind(mark, 0, limit) + len(mark) for mark in ("\n", ". ", "; ", " "))
        end = next((end for end in ends if end > limit // 3), limit)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text] if text or not pieces else pieces


def _cut(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"
