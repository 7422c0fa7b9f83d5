"""One transaction, and the stores that work in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlmodel import Session

from storage.stores.agencies import Agencies
from storage.stores.aliases import Aliases
from storage.stores.arrivals import Arrivals
from storage.stores.assignments import Assignments
from storage.stores.board import Board
from storage.stores.bots import Bots, Incidents
from storage.stores.browser import BrowserChat
from storage.stores.dossier_runs import DossierRuns
from storage.stores.dossier_warnings import DossierWarnings
from storage.stores.dossiers import Dossiers
from storage.stores.draft_edits import DraftEdits
from storage.stores.inbox import Conversations, Inbox
from storage.stores.late_lists import LateLists
from storage.stores.learning import Cases
from storage.stores.notices import Notices
from storage.stores.office import Audit, Files, Heartbeats, Nudges, OfficeDays
from storage.stores.outbox import Outbox
from storage.stores.people import People
from storage.stores.plans import Plans
from storage.stores.quotas import Quotas
from storage.stores.requests import Requests
from storage.stores.sessions import Sessions
from storage.stores.tokens import OaTokens


class UnitOfWork:
    """The stores over one session. Nothing is written before the unit ends well."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.agencies = Agencies(session)
        self.aliases = Aliases(session)
        self.people = People(session)
        self.plans = Plans(session)
        self.draft_edits = DraftEdits(session)
        self.assignments = Assignments(session)
        self.outbox = Outbox(session)
        self.bots = Bots(session)
        self.oa_tokens = OaTokens(session)
        self.quotas = Quotas(session)
        self.incidents = Incidents(session)
        self.inbox = Inbox(session)
        self.arrivals = Arrivals(session)
        self.conversations = Conversations(session)
        self.requests = Requests(session)
        self.cases = Cases(session)
        self.notices = Notices(session)
        self.sessions = Sessions(session)
        self.dossiers = Dossiers(session)
        self.dossier_runs = DossierRuns(session)
        self.dossier_warnings = DossierWarnings(session)
        self.late_lists = LateLists(session)
        self.calendar = OfficeDays(session)
        self.audit = Audit(session)
        self.heartbeats = Heartbeats(session)
        self.nudges = Nudges(session)
        self.files = Files(session)
        self.board = Board(session)
        self.browser = BrowserChat(session)


class Database:
    """Where units of work begin."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        #: transactions that write and can go on side by side without waiting for one another
        self.writers = 1 if engine.dialect.name == "sqlite" else 4

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """One transaction: committed at the end, rolled back on any exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session)
