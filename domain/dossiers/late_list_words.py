"""The list of late dossiers as it is said: to an agency, to who approves it, to everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.agencies import Register
from domain.dossiers.late_list import Band, Doubt, LateList, LateRow, ListState, PublicLine, public_lines
from domain.messages import Block, Choice, Look, Message, Tone
from domain.phrases import Phrase, say, verbatim

SHOWN = 8
NAMED = 12
STATES: dict[ListState, Phrase] = {
    ListState.CONTEST: say("agencies may object"),
    ListState.WAITING: say("waiting for approval"),
    ListState.PUBLISHED: say("published"),
    ListState.REPLACED: say("replaced by a newer version"),
    ListState.DROPPED: say("dropped"),
}
DOUBTS: dict[Doubt, Phrase] = {
    Doubt.NONE: say("no objection"),
    Doubt.CONTESTED: say("objected to, not yet decided"),
    Doubt.ACCEPTED: say("objection accepted, taken out"),
    Doubt.KEPT: say("objection refused, kept"),
}
PAGE = "/public/late"


def month_name(month: int) -> Phrase:
    """6/2024."""
    return verbatim(f"{month % 100}/{month // 100}")


def row_words(row: LateRow) -> Phrase:
    """Why a dossier is on the list, and whether that is doubted."""
    if row.closed_on is not None:
        words = say("{code}: due {due}, result on {day}", code=verbatim(row.code), due=row.due_on or "–", day=row.closed_on)  # fmt: skip
    else:
        words = say("{code}: due {due}, no result yet", code=verbatim(row.code), due=row.due_on or "–")
    if row.doubt is Doubt.NONE:
        return words
    return say("{row} ({doubt})", row=words, doubt=DOUBTS[row.doubt])


def counts_words(line: PublicLine) -> Phrase:
    """An agency's numbers in one line."""
    t = line.tally
    words = say("resolved {resolved}, late {late}; open and overdue {overdue}", resolved=t.resolved, late=t.late, overdue=t.overdue)  # fmt: skip
    if line.contested:
        return say("{counts} ({number} objected to)", counts=words, number=line.contested)
    return words


def band_words(band: Band) -> Phrase:
    """Which agencies stand together."""
    if band.most is None:
        return say("{least} dossiers resolved or more", least=band.least)
    if not band.ranked:
        return say("Fewer than {above} dossiers resolved: too few to be ranked", above=band.most + 1)
    return say("{least} to {most} dossiers resolved", least=band.least, most=band.most)


def own_message(lately: LateList, agencies: Sequence[str], register: Register) -> Message:
    """An agency's rows on the draft, and how to object."""
    lines = {line.agency: line for line in public_lines(lately)}
    month = month_name(lately.month)
    blocks = [Block(say("Draft list of late dossiers, month {month}", month=month), Look.HEADING)]
    rows: list[LateRow] = []
    for code in agencies:
        if code in lines:
            name = verbatim(register.name(code))
            words = say("{agency}: {counts}", agency=name, counts=counts_words(lines[code]))
            blocks.append(Block(words))
        rows += lately.of([code])
    shown = rows[:SHOWN]
    blocks += [Block(row_words(row), Look.ITEM, n) for n, row in enumerate(shown, 1)]
    if len(rows) > len(shown):
        blocks.append(Block(say("… and {count} more, on the page.", count=len(rows) - len(shown)), Look.ITEM))
    blocks.append(
        Block(
            say(
                "Please check it. What is wrong can be objected to, with a reason, until the end of {day:full}; "
                "then the list is put before the office of the People's Committee.",
                day=lately.contest_until,
            )
        )
    )
    blocks.append(Block(say("/hoso CODE finds any other dossier."), Look.QUIET))
    choices = tuple(
        Choice(say("Object to {n}", n=n), "late.contest", {"row": row.id})
        for n, row in enumerate(shown, 1)
        if row.doubt in (Doubt.NONE, Doubt.CONTESTED)
    )
    return Message(tuple(blocks), choices)


def approval_message(lately: LateList, register: Register, link: str) -> Message:
    """What the office decides on."""
    lines, contested = public_lines(lately), len(lately.contested)
    blocks = [
        Block(
            say("List of late dossiers, month {month}: for approval", month=month_name(lately.month)),
            Look.HEADING,
        ),
        *_summary(lately, lines),
    ]
    named = sorted(lines, key=lambda line: -(line.tally.late + line.tally.overdue))
    blocks += [_line(line, register) for line in named[:NAMED]]
    if len(named) > NAMED:
        blocks.append(Block(say("… and {count} more, on the page.", count=len(named) - NAMED), Look.ITEM))
    if contested:
        words = say("Objections not decided: {count}. They would be published as marked.", count=contested)
        blocks.append(Block(words))
    blocks.append(Block(say("Everything: {link}", link=verbatim(link)), Look.QUIET))
    approve = Choice(say("Approve and publish"), "late.approve", {"list": lately.id}, Tone.GOOD)
    review = Choice(say("Look at objections"), "late.review", {"list": lately.id})
    return Message(tuple(blocks), (review, approve) if contested else (approve,))


def review_message(lately: LateList, row: LateRow, register: Register) -> Message:
    """One objection, to be decided."""
    blocks = (
        Block(verbatim(register.name(row.agency)), Look.HEADING),
        Block(row_words(row)),
        Block(say("Their words: “{reason}”", reason=verbatim(row.reason))),
    )
    about = {"row": row.id}
    return Message(
        blocks,
        (
            Choice(say("Take it out"), "late.accept", about, Tone.GOOD),
            Choice(say("Keep it"), "late.keep", about, Tone.CAREFUL),
        ),
    )


def published_message(lately: LateList, register: Register, agencies: Sequence[str], link: str) -> Message:
    """That it is out, to those it names (``agencies`` are the reader's)."""
    lines = public_lines(lately)
    month = month_name(lately.month)
    blocks = [Block(say("Published: agencies with late dossiers, month {month}", month=month), Look.HEADING)]
    blocks += _summary(lately, lines)
    blocks += [_line(line, register) for line in lines if line.agency in agencies]
    blocks.append(Block(say("Everything: {link}", link=verbatim(link)), Look.QUIET))
    return Message(tuple(blocks))


def _line(line: PublicLine, register: Register) -> Block:
    name = verbatim(register.name(line.agency))
    return Block(say("{agency}: {counts}", agency=name, counts=counts_words(line)), Look.ITEM)


def _summary(lately: LateList, lines: Sequence[PublicLine]) -> Iterator[Block]:
    late = sum(line.tally.late for line in lines)
    overdue = sum(line.tally.overdue for line in lines)
    yield Block(summary_words(len(lines), late, overdue))
    if lately.reason:
        yield Block(version_words(lately))


def summary_words(agencies: int, late: int, overdue: int) -> Phrase:
    """The list in one sentence."""
    if not agencies:
        return say("No agency has a late dossier.")
    return say(
        "Agencies named: {agencies}; dossiers resolved late: {late}; open and overdue: {overdue}.",
        agencies=agencies,
        late=late,
        overdue=overdue,
    )


def version_words(lately: LateList) -> Phrase:
    """Why this version is there."""
    if not lately.reason:
        return say("Version {number}.", number=lately.version)
    return say(
        "Version {number}, a correction: {reason}", number=lately.version, reason=verbatim(lately.reason)
    )
