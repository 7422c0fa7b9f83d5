"""A notice before it goes: whom it reaches, by agency, and the words as each channel will show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.carried_file import carried
from bot.channel import Traits, Wire
from bot.channel_names import channel_name
from bot.notice_message import notice_message
from bot.notices.strain import readers_by_bot
from bot.rendering import render
from bot.services import Service
from domain.audience import Chosen, Resolved
from domain.notices import Notice
from domain.phrases import Phrase
from storage.unit_of_work import UnitOfWork

#: what stands for a channel nobody described (a test, a command line without bots)
PLAIN = Traits()


@dataclass(frozen=True, slots=True)
class AsShown:
    """One channel's view: how many readers get it there, its messages, its buttons, its file's name."""

    channel: str
    readers: int
    wires: tuple[Wire, ...]
    buttons: tuple[str, ...]
    file: str = ""

    @property
    def name(self) -> Phrase:
        """What people call the channel."""
        return channel_name(self.channel)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of its messages."""
        return tuple(wire.text for wire in self.wires)


@dataclass(frozen=True, slots=True)
class ByAgency:
    """People of one agency, in order."""

    code: str
    name: str
    people: tuple[Chosen, ...]


def by_agency(people: Sequence[Chosen], names: dict[str, str]) -> list[ByAgency]:
    """People under the agency for which they are meant, in the order they were taken in."""
    groups: dict[str, list[Chosen]] = {}
    for one in people:
        groups.setdefault(one.agency, []).append(one)
    return [ByAgency(code, names.get(code, code), tuple(some)) for code, some in groups.items()]


def channels_of(uow: UnitOfWork, service: Service, resolved: Resolved) -> Counter[str]:
    """How many readers each channel reaches, the most first."""
    found: Counter[str] = Counter()
    for (channel, _), readers in readers_by_bot(uow, service, resolved).items():
        found[channel] += readers
    return Counter(dict(found.most_common()))


def as_shown(uow: UnitOfWork, service: Service, notice: Notice, resolved: Resolved, now: datetime, locale: str = "vi") -> list[AsShown]:  # fmt: skip
    """The notice through the very rendering it will be sent by, for each channel that has readers.

    Where nobody is chosen yet, for each channel of the service.
    """
    count = channels_of(uow, service, resolved) or Counter(dict.fromkeys((c for c, _ in service.bots), 0))
    shown = []
    for channel, readers in count.items():
        traits = service.traits.get(channel, PLAIN)
        message, sent = carried(uow, service, notice_message(notice, locale), traits, now)
        wires = render(message, service.speech(locale), traits, row=0, file=sent)
        buttons = tuple(b.label for wire in wires for b in wire.buttons)
        shown.append(AsShown(channel, readers, wires, buttons, sent.name if sent else ""))
    return shown
