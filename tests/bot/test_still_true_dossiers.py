"""A list of dossiers whose hour came late says what is still so."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.still_true_dossiers import dossiers_of, without_closed
from domain.agencies import Register
from domain.dossiers.dossier import Deadlines, Dossier, State, reckoned
from domain.dossiers.warning_words import SHOWN, morning_message
from domain.dossiers.warnings import morning, rungs
from domain.messages import Look
from domain.workdays import WorkCalendar

CALENDAR = WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = date(2024, 6, 24)


@given(st.lists(st.tuples(st.integers(-9, 2), st.booleans(), st.booleans()), min_size=1, max_size=20))
def test_what_is_left_is_counted_and_nothing_else_is_lost(made: list[tuple[int, bool, bool]]) -> None:
    dossiers, owed = [], {}
    for n, (days, letter, still) in enumerate(made):
        day = TODAY + timedelta(days=days)
        apology = day if letter else None
        one = Dossier(f"{n}", "stc", State.PROCESSING, date(2024, 6, 1), day, apology_on=apology)
        one = reckoned(one, Deadlines(CALENDAR), TODAY)
        dossiers.append(one)
        if still and one.due_on:
            owed[one.code] = one.due_on
    news = morning(dossiers, rungs(TODAY, CALENDAR), {})
    message = morning_message(news, TODAY, CALENDAR, Register(), ["stc"])
    listed = dossiers_of(message)
    assert len(listed) == min(SHOWN, len(news.dossiers))
    after = without_closed(message, owed)
    gone = listed - owed.keys()
    if not gone:
        assert after == message
        return
    left = len(news.dossiers) - len(gone)
    if left == 0:
        assert after is None
        return
    assert after is not None
    assert dossiers_of(after) == listed - gone
    counts = [b.phrase.args.get("count") for b in after.blocks if b.look is Look.HEADING]
    assert sum(n for n in counts if isinstance(n, int)) == left
    assert 0 not in counts
