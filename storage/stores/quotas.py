"""Messages a bot has sent in a month, where its messenger counts them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.quotas import Quota, month_of
from domain.workdays import WorkCalendar
from storage.stores.core import insert_once, run
from storage.tables.quotas import QuotaRow


class Quotas:
    """One row a bot and month."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        channel: str,
        bot: str,
        on: date,
        sent: int,
        most: int,
        refused: bool | None = None,
        *,
        days: WorkCalendar,
    ) -> Quota:
        """So many more went out on this local day; where the month stands. ``refused``: for the quota's sake
        (False: one got through, None: nothing is known). Where there is no news nothing is written: an idle
        sender looks every second.
        """
        here = {"channel": channel, "bot": bot, "month": month_of(on)}
        if not sent and refused is None:
            known = self._session.get(QuotaRow, tuple(here.values()), populate_existing=True)
            if known is not None and (known.day, known.most) == (on, most):
                return Quota(most, known.used, on, known.refusals, days)
        run(
            self._session,
            insert_once(self._session, QuotaRow).values(**here, used=0, most=most, day=on, refusals=0),
        )
        this = [col(getattr(QuotaRow, name)) == value for name, value in here.items()]
        values: dict[str, object] = {"used": col(QuotaRow.used) + sent, "most": most, "day": on}
        if refused is not None:
            values["refusals"] = col(QuotaRow.refusals) + 1 if refused else 0
        grown = update(QuotaRow).where(*this).values(**values)
        row = run(self._session, grown.returning(col(QuotaRow.used), col(QuotaRow.refusals))).one()
        return Quota(most, row.used, on, row.refusals, days)

    def latest(self, since: date, days: WorkCalendar) -> dict[tuple[str, str], Quota]:
        """Each bot's newest month, if it sent anything on or after ``since``; its pace by the working ``days``."""
        query = select(QuotaRow).where(col(QuotaRow.day) >= since).order_by(col(QuotaRow.month))
        return {
            (row.channel, row.bot): Quota(row.most, row.used, row.day, row.refusals, days)
            for row in self._session.exec(query).all()
        }
