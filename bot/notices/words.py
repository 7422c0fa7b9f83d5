"""How an audience and a notice's standing are named to people."""

from __future__ import annotations

from collections.abc import Iterable

from domain.audience import Audience, AudienceFacts, Rule, RuleKind
from domain.notices import Notice, NoticeState
from domain.officials import Role
from domain.phrases import Phrase, say, verbatim
from storage.stores.notice_sending import Progress

S = NoticeState
STATES: dict[NoticeState, Phrase] = {
    S.DRAFT: say("draft"),
    S.AWAITING: say("waits for approval"),
    S.READY: say("ready to go out"),
    S.SENDING: say("going out"),
    S.PAUSED: say("paused"),
    S.SENT: say("sent"),
    S.CANCELLED: say("called off"),
    S.WITHDRAWN: say("withdrawn"),
}
_LEVELS: dict[str, Phrase] = {
    "central": say("central agencies"),
    "province": say("agencies of the province"),
    "district": say("agencies of the districts"),
    "commune": say("agencies of the communes"),
}
_KINDS: dict[str, Phrase] = {
    "province/department": say("the departments"),
    "district/committee": say("the districts' committees"),
    "commune/committee": say("the communes' committees"),
}
_ROLES: dict[Role, Phrase] = {
    Role.FOCAL: say("focal persons"),
    Role.HEAD: say("heads"),
    Role.MONITOR: say("who monitors"),
    Role.ADMIN: say("administrators"),
}


def rule_words(rule: Rule, facts: AudienceFacts) -> Phrase:
    """One rule, as people say it."""
    kind, value = rule.kind, rule.value
    if kind is RuleKind.ALL:
        return say("every agency")
    if kind is RuleKind.KIND:
        level = value.partition("/")[0]
        return _KINDS.get(value) or _LEVELS.get(level) or verbatim(value)
    if kind is RuleKind.LEVEL:
        return _LEVELS.get(value) or verbatim(value)
    if kind is RuleKind.LATE:
        return say("agencies late this month") if value else say("agencies late now")
    if kind is RuleKind.GROUP:
        group = next((g for g in facts.register.groups if g.code == value), None)
        return verbatim(group.names[0] if group and group.names else value)
    if kind is RuleKind.PERSON:
        person = next((p for p in facts.people if str(p.id) == value), None)
        return verbatim(person.name) if person else say("somebody who has left")
    return _about(kind, value, facts)


def _about(kind: RuleKind, value: str, facts: AudienceFacts) -> Phrase:
    name = facts.register.name(value)
    if kind is RuleKind.AGENCY:
        return verbatim(name)
    if kind is RuleKind.TREE:
        return say("{agency} and all below it", agency=name)
    if kind is RuleKind.BELOW:
        return say("all below {agency}", agency=name)
    plan = facts.plans.get(int(value) if value.isdecimal() else 0, value)
    words = {
        RuleKind.LEADS: say("who leads tasks of {plan}", plan=plan),
        RuleKind.COORDINATES: say("who helps with tasks of {plan}", plan=plan),
        RuleKind.MONITORS: say("who monitors tasks of {plan}", plan=plan),
        RuleKind.SILENT: say("who has not reported for {plan}", plan=plan),
    }
    return words[kind]


def audience_words(audience: Audience, facts: AudienceFacts) -> Phrase:
    """The whole audience in one sentence."""
    if not audience.rules:
        return say("nobody yet")
    rules = tuple(rule_words(rule, facts) for rule in audience.rules)
    roles = roles_words(audience.roles)
    if not audience.but:
        return say("{rules} ({roles})", rules=rules, roles=roles)
    but = tuple(rule_words(rule, facts) for rule in audience.but)
    return say("{rules}, but not {but} ({roles})", rules=rules, but=but, roles=roles)


def roles_words(roles: Iterable[Role]) -> tuple[Phrase, ...]:
    """The posts meant."""
    return tuple(_ROLES[role] for role in Role if role in set(roles))


def wants(notice: Notice) -> Phrase:
    """What is wanted of the reader."""
    if notice.is_question:
        return say("an answer: {options}", options=tuple(verbatim(o) for o in notice.options))
    return say("a press on “Received”") if notice.wants_ack else say("nothing, it is for information")


def progress_words(progress: Progress, seconds_left: float | None) -> tuple[Phrase, ...]:
    """How far it is, and how long it still takes where that is known."""
    lines = [say("{sent} of {all} sent", sent=progress.sent, all=progress.all)]
    if progress.left:
        lines.append(say("still to go: {left}", left=progress.left))
    if progress.failed:
        lines.append(say("could not be delivered: {failed}", failed=progress.failed))
    if progress.stopped:
        lines.append(say("stopped before going out: {stopped}", stopped=progress.stopped))
    if progress.left_out:
        lines.append(say("without a channel: {count}", count=progress.left_out))
    if seconds_left is not None and progress.left:
        lines.append(time_left(seconds_left))
    return tuple(lines)


def time_left(seconds: float) -> Phrase:
    """A duration in the unit people use for it."""
    if seconds < 90:
        return say("about one minute left")
    if seconds < 5400:
        return say("about {minutes} minutes left", minutes=round(seconds / 60))
    return say("about {hours} hours left", hours=round(seconds / 3600))
