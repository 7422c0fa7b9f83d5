"""What is shown at the desk in a chat: the next question about a draft, its card, its preview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.channel_names import channel_name
from bot.notices.desk import look
from bot.notices.preview import as_shown, by_agency
from bot.notices.strain import strain
from bot.notices.words import audience_words, rule_words, wants
from bot.services import Service
from domain.audience import AudienceDoubt, AudienceFacts, Resolved, resolve_audience
from domain.messages import Block, Choice, Look, Message, Tone
from domain.notices import Notice, NoticeState
from domain.phrases import Phrase, say, verbatim
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork

_EXCERPT = 700
_NAMED = 12  # agencies on one page of the names
_KEPT = 5
_LISTED = 6


def next_question(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> Message:
    """What is missing first; the card of a draft that has everything."""
    about = {"notice": notice.id}
    if not any(text.strip() for text in notice.versions.values()):
        return Message(
            (
                Block(say("What shall the notice say?")),
                Block(say("Lines that start with “-” become a list; “# ” makes a heading."), Look.QUIET),
            ),
            expects="notice.text",
            expects_args=about,
        )
    if notice.doubts:
        return _doubt(notice, notice.doubts[0])
    if not notice.audience.rules:
        return _whom(uow, notice)
    return card(uow, service, notice, now)


def new_text(notice: Notice) -> Message:
    """Asks for other words; the present ones stand below, to be copied."""
    return Message(
        (Block(say("Please send the new text.")), Block(verbatim(notice.text("vi")), Look.QUIET)),
        expects="notice.text",
        expects_args={"notice": notice.id},
    )


def notice_list(drafts: Sequence[Notice], newest: Sequence[Notice]) -> Message:
    """One's own drafts, and the newest notices that are none any more."""
    others = [n for n in newest if n.state is not NoticeState.DRAFT]
    choices = [Choice(say("New notice"), "notice.new")]
    choices += [
        Choice(say("Draft: {title}", title=n.title), "notice.open", {"notice": n.id})
        for n in drafts[:_LISTED]
    ]
    choices += [Choice(verbatim(n.title), "notice.progress", {"notice": n.id}) for n in others[:_LISTED]]
    return Message((Block(say("Notices"), Look.HEADING),), tuple(choices))


def _whom(uow: UnitOfWork, notice: Notice) -> Message:
    about = {"notice": notice.id}
    kept = uow.notices.audiences()[:_KEPT]
    choices = tuple(Choice(verbatim(k.name), "notice.audience_kept", {**about, "kept": k.id}) for k in kept)
    example = say(
        "For example: “the departments, the districts, but not the Department of Health”, “late this month”, "
        "“who has not reported for 2164”, or a person's name."
    )
    return Message(
        (Block(say("Who shall get it?")), Block(example, Look.QUIET)),
        choices,
        expects="notice.audience",
        expects_args=about,
    )


def _doubt(notice: Notice, doubt: AudienceDoubt) -> Message:
    about = {"notice": notice.id, "doubts": len(notice.doubts)}
    said = (
        say("I am not sure whom to leave out by “{words}”.", words=doubt.words)
        if doubt.but
        else say("I am not sure whom “{words}” means.", words=doubt.words)
    )
    choices = [
        Choice(verbatim(option.name), "notice.doubt", {**about, "option": n})
        for n, option in enumerate(doubt.options)
    ]
    choices.append(Choice(say("Nobody, leave it out"), "notice.doubt", {**about, "option": None}))
    blocks = [Block(said)]
    blocks.append(Block(say("Please choose, or name all recipients again in other words."), Look.QUIET))
    return Message(
        tuple(blocks), tuple(choices), expects="notice.audience", expects_args={"notice": notice.id}
    )


def card(uow: UnitOfWork, service: Service, notice: Notice, now: datetime) -> Message:
    """The draft on one card: its words, whom it reaches, what is wanted, and what can be done with it."""
    facts = read_audience_facts(uow, service.calendar.local_date(now))
    resolved = resolve_audience(notice.audience, facts)
    blocks = [Block(say("Draft of a notice"), Look.HEADING), Block(verbatim(excerpt(notice)))]
    if notice.reason:
        blocks.append(Block(say("Sent back: {reason}", reason=notice.reason)))
    blocks += [Block(line, Look.ITEM) for line in facts_of(uow, service, notice, facts, resolved, now)]
    return Message(tuple(blocks), _card_choices(notice))


def excerpt(notice: Notice) -> str:
    """The beginning of its words."""
    text = notice.text("vi").strip()
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"


def facts_of(uow: UnitOfWork, service: Service, notice: Notice, facts: AudienceFacts, resolved: Resolved, now: datetime) -> list[Phrase]:  # fmt: skip
    """What an author, and who approves, must know before it goes."""
    agencies = {c.agency for c in resolved.people}
    lines = [
        say("To: {audience}", audience=audience_words(notice.audience, facts)),
        say(
            "Recipients: {people} at {agencies} agencies", people=len(resolved.people), agencies=len(agencies)
        ),
    ]
    if resolved.unreached:
        lines.append(say("Without any channel: {count}", count=len(resolved.unreached)))
    if resolved.nobody:
        lines.append(say("Agencies with nobody for this: {count}", count=len(resolved.nobody)))
    lines += [
        say("Please check: “{rule}” takes nobody in", rule=rule_words(rule, facts)) for rule in resolved.empty
    ]
    lines += strain(uow, service, notice, resolved, now)
    lines.append(say("Wanted: {what}", what=wants(notice)))
    if notice.answer_by:
        lines.append(say("Answer before: {when}", when=notice.answer_by))
    if notice.send_at:
        lines.append(say("Goes out at: {when}", when=notice.send_at))
    if notice.files:
        lines.append(say("Attached files: {count}", count=len(notice.files)))
    if len(notice.versions) > 1:
        lines.append(say("Languages: {codes}", codes=tuple(verbatim(code) for code in notice.versions)))
    urgent = say("Urgent: also outside office hours")
    lines.append(urgent if notice.urgent else say("Only in office hours"))
    return lines


def _card_choices(notice: Notice) -> tuple[Choice, ...]:
    about = {"notice": notice.id}
    return (
        Choice(say("Preview"), "notice.preview", about),
        Choice(say("Names"), "notice.people", {**about, "page": 0}),
        Choice(say("Test to me"), "notice.test", about),
        Choice(say("Change text"), "notice.ask_text", about),
        Choice(say("Change recipients"), "notice.ask_audience", about),
        Choice(say("Options"), "notice.options", about),
        Choice(say("Send the notice"), "notice.submit", {**about, "version": notice.version}, Tone.GOOD),
        Choice(say("Drop this draft"), "notice.drop", about, Tone.CAREFUL),
    )


def preview(uow: UnitOfWork, service: Service, notice: Notice, now: datetime, back: Sequence[Choice]) -> Message:  # fmt: skip
    """The words as each channel will show them, with the buttons under them."""
    resolved = look(uow, service, notice, now)
    blocks = []
    for shown in as_shown(uow, service, notice, resolved, now):
        heading = say(
            "{channel}: {count} recipients", channel=channel_name(shown.channel), count=shown.readers
        )
        blocks.append(Block(heading, Look.HEADING))
        blocks += [Block(verbatim(text)) for text in shown.texts]
        if shown.file:
            blocks.append(Block(say("File: {name}", name=shown.file), Look.QUIET))
        if shown.buttons:
            buttons = tuple(verbatim(f"[ {label} ]") for label in shown.buttons)
            blocks.append(Block(say("Buttons: {buttons}", buttons=buttons), Look.QUIET))
    return Message(tuple(blocks), tuple(back))


def names(uow: UnitOfWork, service: Service, notice: Notice, now: datetime, page: int) -> Message:
    """Who gets it, by agency; on the first page, who cannot be reached."""
    facts = read_audience_facts(uow, service.calendar.local_date(now))
    resolved = resolve_audience(notice.audience, facts)
    known = {a.code: a.name for a in facts.register.agencies}
    groups = by_agency(resolved.people, known)
    shown = groups[page * _NAMED : (page + 1) * _NAMED]
    blocks = [Block(say("Recipients: {count}", count=len(resolved.people)), Look.HEADING)]
    blocks += [_group(g.name, [c.official.name for c in g.people]) for g in shown]
    if page == 0 and resolved.unreached:
        blocks.append(Block(say("Without any channel: {count}", count=len(resolved.unreached)), Look.HEADING))
        lost = by_agency(resolved.unreached, known)
        blocks += [_group(g.name, [c.official.name for c in g.people]) for g in lost[:_NAMED]]
        if len(lost) > _NAMED:
            blocks.append(Block(say("… and {count} more", count=len(lost) - _NAMED), Look.ITEM))
    if page == 0 and resolved.nobody:
        empty = tuple(verbatim(known.get(code, code)) for code in resolved.nobody[:_NAMED])
        blocks.append(Block(say("Nobody for this at: {agencies}", agencies=empty), Look.QUIET))
    choices = [Choice(say("Back to the notice"), "notice.open", {"notice": notice.id})]
    if len(groups) > (page + 1) * _NAMED:
        choices.insert(0, Choice(say("More names"), "notice.people", {"notice": notice.id, "page": page + 1}))
    return Message(tuple(blocks), tuple(choices))


def _group(name: str, people: list[str]) -> Block:
    return Block(verbatim(f"{name}: {', '.join(people)}"), Look.ITEM)
