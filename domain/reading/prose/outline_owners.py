"""Whose labels they are, where only the whole tree shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.reading.prose.headings import agency_of
from domain.reading.prose.outline_node import ITEM, LETTER, PLAIN, Node, walk
from domain.reading.prose.role_pieces import is_who
from domain.reading.tables.plan_columns import Column

_BRACKET = re.compile(r"^(?P<title>.{9,}?)\s*\((?P<who>[^()]{4,120})\)[\s.;]*$")
#: so many items with who leads on their own line, and a name alone in brackets behind another leads it
_WRITTEN_SO = 3


def settle(root: Node) -> None:
    """Labels given to an item with lines below it, where other such lines have labels of their own."""
    unsettled = [n for n in walk(root) if n.instead is not None and not n.instead.assigns]
    often = any(c.below for n in unsettled for c in n.children)
    for node in unsettled:
        if not (often or agency_of(node.text)):
            continue
        below = node.instead
        if below is not None:
            below.fields, node.fields = node.fields, {}
            below.sure, below.below, below.worked_out, node.sure, node.below = (
                node.sure,
                True,
                node.worked_out,
                False,
                False,
            )


def share(root: Node) -> None:
    """Labels below the last of several lettered items, none of which has labels of its own, are for all of them. Where
    that stands once in a document, it may as well be otherwise."""
    found = list(_shared(root))
    for node in found if len(found) == 1 else ():
        for letter in node.children:
            letter.worked_out |= letter.level == LETTER


def _shared(node: Node) -> Iterator[Node]:
    """The items whose letters are given the labels of the last."""
    for child in node.children:
        yield from _shared(child)
    letters = [n for n in node.children if n.level == LETTER]
    last = letters[-1] if letters else None
    if last is None or len(letters) < 2 or node.assigns or not last.below or last.shared:
        return
    if any(n.assigns or n.children for n in letters[:-1]):
        return
    for letter in letters[:-1]:
        letter.fields, letter.sure, letter.below = dict(last.fields), last.sure, True
        letter.worked_out = last.worked_out
    yield node


def names_alone(root: Node) -> None:
    """In a list whose items say behind them who leads, a name alone in brackets says so, too: "… (Hội Nông dân)"."""
    items = [n for n in walk(root) if n.level >= ITEM and n.level != PLAIN]
    if sum(Column.LEAD in n.fields and not n.below for n in items) < _WRITTEN_SO:
        return
    for node in items:
        found = _BRACKET.match(node.title) if not node.fields and not node.children else None
        if found and is_who(found["who"]):
            node.title, node.fields = found["title"], {Column.LEAD: found["who"]}
