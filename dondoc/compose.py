"""Puts the parts together: settings → database, service, channels, sender."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial

from sqlalchemy.engine import Engine

from bot.channel import Channel, Traits
from bot.channels.browser import BrowserChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.file_links import FileLinks
from bot.inbox import Inbox
from bot.office_days import FollowedDays
from bot.records.dossier_sources import Sources
from bot.registry import commands
from bot.services import Service
from bot.zalo_oa.tokens import Credentials, TokenKeeper
from domain.errors import Refusal
from domain.phrases import say
from domain.reminders import kinds
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from locales.lexicons import load_all
from scheduler.clock import Clock, SystemClock, jobs, run_jobs
from scheduler.sender import Sender
from storage.engine import make_engine
from storage.migrate import current, head, upgrade
from storage.unit_of_work import Database


def open_engine(settings: Settings) -> Engine:
    """The engine of the database in the settings."""
    return make_engine(settings.database_url.get_secret_value())


def open_database(settings: Settings) -> Database:
    """The database, at this version. An empty one is made; an older one asks to be migrated first."""
    engine = open_engine(settings)
    found = current(engine)
    if found is None:
        upgrade(engine)
    elif found != head():
        raise Refusal(say("The database is of another version. Run: dondoc migrate"), code="migrate")
    return Database(engine)


@dataclass
class Runtime:
    """Everything a process needs, once. Nothing runs before :func:`dondoc.serve.serve`."""

    settings: Settings
    service: Service
    channels: Sequence[Channel]
    clock: Clock
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @cached_property
    def inbox(self) -> Inbox:
        """The one door in."""
        return Inbox(self.service)

    @cached_property
    def sender(self) -> Sender:
        """The one way out."""
        return Sender(self.channels, self.service, self.clock)

    def run_jobs(self, now: datetime) -> None:
        """Every periodic job once, as of ``now``."""
        run_jobs(self.service, now)


def make_service(
    settings: Settings,
    db: Database,
    bots: Sequence[tuple[str, str]] = (),
    traits: Mapping[str, Traits] | None = None,
) -> Service:
    """What commands, rules and pages need besides a unit of work; ``traits`` by channel.

    Folders that are lists are read here, so that a file without its constant stops the start-up.
    """
    commands(), kinds(), jobs()
    with db.begin() as uow:
        overrides = uow.calendar.overrides()
    return Service(
        db=db,
        days=FollowedDays(partial(work_calendar, settings), overrides),
        zone=settings.zone,
        lexicon=load_all(),
        default_locale=settings.locale,
        digest_at=settings.digest_at,
        public_url=settings.public_url or f"http://{settings.host}:{settings.port}",
        bots=tuple(bots),
        traits=traits or {},
        dossiers=dossier_sources(settings),
        file_links=FileLinks(settings.secret(), settings.public_url) if settings.public_url else None,
        notice_approve_above=settings.notice_approve_above,
        notice_nudge_hours=settings.notice_nudge_hours,
    )


def dossier_sources(settings: Settings) -> Sources:
    """Where dossiers come from."""
    return Sources(
        rolls=settings.dossier_rolls,
        folder=settings.dossier_folder,
        url=settings.dossier_url,
        token=settings.dossier_token.get_secret_value(),
        every=timedelta(minutes=settings.dossier_minutes),
    )


def messengers(settings: Settings, db: Database, now: Callable[[], datetime]) -> list[Channel]:
    """A channel for each token of each messenger."""
    telegram = [
        TelegramChannel(
            token,
            api_url=settings.telegram_api_url,
            rate=settings.telegram_rate,
            proxy=settings.telegram_proxy.get_secret_value() or None,
        )
        for token in settings.telegram_tokens
    ]
    zalo = [
        ZaloChannel(
            token,
            api_url=settings.zalo_api_url,
            rate=settings.zalo_rate,
            month_quota=settings.zalo_monthly_quota,
            people=settings.zalo_people,
        )
        for token in settings.zalo_tokens
    ]
    return [*telegram, *zalo, *official_account(settings, db, now)]


def official_account(settings: Settings, db: Database, now: Callable[[], datetime]) -> list[ZaloOaChannel]:
    """The Zalo Official Account, where its four settings are given."""
    app, secret = settings.zalo_oa_app_id, settings.zalo_oa_app_secret.get_secret_value()
    signing, refresh = (
        settings.zalo_oa_secret.get_secret_value(),
        settings.zalo_oa_refresh_token.get_secret_value(),
    )
    if not (app and secret and signing and refresh):
        return []
    given = Credentials(app, secret, refresh, settings.zalo_oa_oauth_url)
    return [
        ZaloOaChannel(
            app,
            signing,
            TokenKeeper(db, given, now),
            api_url=settings.zalo_oa_api_url,
            business_url=settings.zalo_oa_business_url,
            rate=settings.zalo_oa_rate,
        )
    ]


def compose(
    settings: Settings, *, clock: Clock | None = None, channels: Sequence[Channel] | None = None
) -> Runtime:
    """Build a process's parts; nothing is started yet."""
    db = open_database(settings)
    clock = clock or SystemClock()
    if channels is None:
        channels = [BrowserChannel(), *messengers(settings, db, clock.now)]
    service = make_service(
        settings, db, [(c.name, c.bot) for c in channels], {c.name: c.traits for c in channels}
    )
    return Runtime(settings, service, channels, clock)
