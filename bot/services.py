"""What commands, jobs and pages need besides a unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, tzinfo

from bot.channel import Traits
from bot.file_links import FileLinks
from bot.office_days import Days
from bot.records.dossier_sources import Sources
from domain.lexicon import Lexicon
from domain.workdays import WorkCalendar
from locales.speech import Speech, speech_for
from storage.unit_of_work import Database

BROWSER = ("browser", "web")


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of one province's service. ``bots`` are (channel, public bot id) this process can reach."""

    db: Database
    days: Days
    zone: tzinfo
    lexicon: Lexicon
    default_locale: str = "vi"
    digest_at: time = time(7, 45)
    public_url: str = ""
    bots: tuple[tuple[str, str], ...] = ()
    traits: Mapping[str, Traits] = field(default_factory=dict)  # by channel
    dossiers: Sources = Sources()
    #: None without a public address
    file_links: FileLinks | None = None
    notice_approve_above: int = 50  # recipients; more than that, and a second person must approve
    notice_nudge_hours: float = 4  # working hours after which who has not answered a notice is reminded

    @property
    def ways(self) -> set[tuple[str, str]]:
        """The bots, and the browser chat, which every service has."""
        return {*self.bots, BROWSER}

    @property
    def calendar(self) -> WorkCalendar:
        """The working calendar in force; who works for longer than a moment takes it once."""
        return self.days.in_force

    def speech(self, locale: str) -> Speech:
        """The words of a language in the province's zone."""
        return speech_for(locale or self.default_locale, self.zone)
