"""Golden cases: every state and stop, counted by hand, day by day and at each month's end.

Calendar of 2024 without any day off but weekends: 1 June is a Saturday, 29 and 30 June are a weekend.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dossiers.checks import Wrong, wrong, wrong_stops
from domain.dossiers.codes import is_dossier_code, is_procedure_code, tidy_code
from domain.dossiers.counting import Stated, Tally, differences, faults, tally
from domain.dossiers.dossier import Deadlines, Dossier, Outcome, State, reckoned
from domain.dossiers.merging import merge
from domain.dossiers.months import NEVER, end_of, last_day, month_of, months, shift
from domain.workdays import WorkCalendar

CALENDAR = WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh"))
DEADLINES = Deadlines(CALENDAR)
MAY, JUNE, JULY = 202405, 202406, 202407
SEEN = date(2024, 7, 10)


def d(day: str | None) -> date | None:
    """ "21/6" of 2024."""
    if not day:
        return None
    number, month = day.split("/")
    return date(2024, int(month), int(number))


def dossier(
    state: State, received: str, promised: str | None, result: str | None = None, **more: str
) -> Dossier:
    days = {f"{name}_on": d(day) for name, day in more.items()}
    made = Dossier("H34.16-240601-0001", "snv", state, d(received), d(promised), result_on=d(result), **days)  # type: ignore[arg-type]
    return reckoned(made, DEADLINES, SEEN)


#: name → the dossier, its outcome, and what it is in May, June and (on 10 July) July, "" for nothing
SHEET: dict[str, tuple[Dossier, Outcome, str, str, str]] = {
    "early": (dossier(State.RETURNED, "3/6", "21/6", "20/6", returned="24/6"), Outcome.EARLY, "", "received early", ""),
    "on its day": (dossier(State.RESULT, "3/6", "21/6", "21/6"), Outcome.ON_TIME, "", "received on_time", ""),
    "a day late": (dossier(State.RETURNED, "3/6", "20/6", "21/6"), Outcome.LATE, "", "received late", ""),
    "promised for a Saturday, given on Monday": (
        dossier(State.RESULT, "3/6", "22/6", "24/6"), Outcome.ON_TIME, "", "received on_time", ""),
    "promised for a Saturday, given on Tuesday": (
        dossier(State.RESULT, "3/6", "22/6", "25/6"), Outcome.LATE, "", "received late", ""),
    "fetched late, ready in time": (
        dossier(State.RETURNED, "3/6", "21/6", "21/6", returned="28/6"), Outcome.ON_TIME, "", "received on_time", ""),
    "only handed over": (dossier(State.RETURNED, "3/6", "21/6", returned="25/6"), Outcome.LATE, "", "received late", ""),
    "put off, then given on the new day": (
        dossier(State.RETURNED, "3/6", "20/6", "27/6", latest="27/6", apology="19/6"), Outcome.LATE, "", "received late", ""),
    "carried into June": (dossier(State.RESULT, "20/5", "10/6", "10/6"), Outcome.ON_TIME, "received within", "carried on_time", ""),
    "carried through June, overdue": (
        dossier(State.RESULT, "20/5", "14/6", "2/7"), Outcome.LATE, "received within", "carried overdue", "carried late"),
    "due on June's last day": (dossier(State.PROCESSING, "3/6", "28/6"), Outcome.RUNNING, "", "received overdue", "carried overdue"),
    "due on a June Sunday, so on 1 July": (
        dossier(State.PROCESSING, "3/6", "30/6"), Outcome.RUNNING, "", "received within", "carried overdue"),
    "in time still": (dossier(State.RECEIVED, "3/6", "15/7"), Outcome.RUNNING, "", "received within", "carried within"),
    "due today": (dossier(State.PROCESSING, "3/6", "10/7"), Outcome.RUNNING, "", "received within", "carried within"),
    "due yesterday": (dossier(State.PROCESSING, "3/6", "9/7"), Outcome.RUNNING, "", "received within", "carried overdue"),
    "more papers asked for": (
        dossier(State.SUPPLEMENT, "3/6", "14/6"), Outcome.STOPPED, "", "received within stopped", "carried within stopped"),
    "fees awaited, stopped in time": (
        dossier(State.PAUSED, "3/6", "14/6", stopped="14/6"), Outcome.STOPPED, "", "received within stopped", "carried within stopped"),
    "stopped when late already": (
        dossier(State.PAUSED, "3/6", "14/6", stopped="17/6"), Outcome.STOPPED, "", "received overdue", "carried overdue"),
    "the clock stood over the promised day": (
        dossier(State.RESULT, "3/6", "10/6", "21/6", stopped="5/6", resumed="18/6"), Outcome.ON_TIME, "", "received on_time", ""),
    "the clock stood, and still early": (
        dossier(State.RESULT, "3/6", "10/6", "20/6", stopped="5/6", resumed="18/6"), Outcome.EARLY, "", "received early", ""),
    "the clock stood, and still late": (
        dossier(State.RESULT, "3/6", "10/6", "24/6", stopped="5/6", resumed="18/6"), Outcome.LATE, "", "received late", ""),
    "the clock had stood, the system had moved the day": (
        dossier(State.RESULT, "3/6", "24/6", "25/6", stopped="5/6", resumed="18/6"), Outcome.LATE, "", "received late", ""),
    "sent back": (dossier(State.REFUSED, "3/6", "14/6", returned="20/6"), Outcome.ENDED, "", "received ended", ""),
    "withdrawn without a day": (dossier(State.WITHDRAWN, "3/6", "14/6"), Outcome.ENDED, "", "received overdue", "carried ended"),
    "cancelled at once": (dossier(State.CANCELLED, "3/6", None, returned="3/6"), Outcome.ENDED, "", "received ended", ""),
    "waiting to be received": (dossier(State.WAITING, "3/6", None), Outcome.RUNNING, "", "", ""),
    "of July": (dossier(State.RESULT, "1/7", "5/7", "3/7"), Outcome.EARLY, "", "", "received early"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEET)
def test_every_state_and_stop_counts_as_by_hand(name: str) -> None:
    one, outcome, *by_month = SHEET[name]
    assert one.outcome is outcome
    for month, words in zip((MAY, JUNE, JULY), by_month, strict=True):
        expected = Tally(**dict.fromkeys(words.split(), 1))
        assert tally([one], month, SEEN) == expected, (name, month)


def test_the_day_a_standing_clock_moves_is_counted_in_working_days() -> None:
    """It stood on nine working days, 6, 7, 10 to 14, 17 and 18 June; the ninth after 10 June is the 21st."""
    assert SHEET["the clock stood over the promised day"][0].due_on == d("21/6")


def test_the_whole_sheet_adds_up() -> None:
    """By hand: 25 concern June, 2 of them carried over; of 13 results 6 are late."""
    june = tally([one for one, *_ in SHEET.values()], JUNE, SEEN)
    assert june == Tally(
        carried=2, received=23, early=2, on_time=5, late=6, ended=2, within=6, overdue=4, stopped=2
    )  # fmt: skip
    assert (june.resolved, june.open, round(june.rate or 0, 1), june.meets()) == (13, 10, 53.8, False)


def test_nineteen_of_twenty_is_enough_and_nothing_is_no_rate() -> None:
    assert Tally(received=20, on_time=19, late=1).meets() is True
    assert Tally(received=20, on_time=18, late=2).meets() is False
    nothing = Tally()
    assert (nothing.has_arisen, nothing.rate, nothing.meets()) == (False, None, None)
    assert (Tally(received=1, within=1).has_arisen, Tally(received=1, within=1).rate) == (True, None)


def test_late_without_a_letter() -> None:
    late = SHEET["a day late"][0]
    assert late.lacks_letter(SEEN)
    assert not SHEET["put off, then given on the new day"][0].lacks_letter(SEEN)
    assert SHEET["due yesterday"][0].lacks_letter(SEEN)
    assert not SHEET["due today"][0].lacks_letter(SEEN)


# --- every dossier there can be

_DAYS = st.dates(date(2024, 1, 1), date(2024, 9, 30))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """One that passes the checks."""
    received, state = draw(_DAYS), draw(st.sampled_from(State))
    after = st.dates(received, date(2024, 10, 31))
    one = Dossier("x", "a", state, received, draw(after), stopped_on=draw(st.none() | after))
    if one.stopped_on:
        one = replace(one, resumed_on=draw(st.none() | st.dates(one.stopped_on, date(2024, 11, 30))))
    if state in (State.RESULT, State.RETURNED, State.REFUSED):
        one = replace(one, result_on=draw(after))
    days = (one.received_on, one.promised_on, one.latest_on, one.result_on, one.returned_on)
    assert wrong(state, *days, date(2024, 12, 1)) is None
    return reckoned(one, DEADLINES, date(2024, 12, 1))


@given(st.lists(dossiers(), max_size=12))
def test_what_comes_in_goes_out_or_stays_and_is_carried_over(every: list[Dossier]) -> None:
    before = Tally()
    for month in months(202401, 202501):
        now = tally(every, month, date(2025, 2, 1))
        assert now.carried + now.received == now.resolved + now.ended + now.open
        assert now.carried == before.open
        assert now.stopped <= now.within
        before = now


@given(st.integers(190001, 210012).filter(lambda m: 1 <= m % 100 <= 12), st.integers(-40, 40))
def test_months_can_be_reckoned_with(month: int, by: int) -> None:
    assert shift(shift(month, by), -by) == month
    assert month_of(last_day(month)) == month < month_of(date.max) < NEVER
    assert len(months(month, shift(month, abs(by)))) == abs(by) + 1
    assert end_of(month, date.max) == last_day(month)


# --- what cannot be right


@pytest.mark.parametrize(
    ("state", "days", "why"),
    [
        (State.PROCESSING, "|21/6|||", Wrong.NO_RECEIVED),
        (State.PROCESSING, "11/7|21/7|||", Wrong.RECEIVED_LATER),
        (State.PROCESSING, "3/6||||", Wrong.NO_PROMISE),
        (State.PROCESSING, "3/6|2/6|||", Wrong.PROMISED_FIRST),
        (State.PROCESSING, "3/6|21/6|20/6||", Wrong.PUT_OFF_BACK),
        (State.PROCESSING, "3/6|21/6||20/6|", Wrong.OPEN_RESULT),
        (State.SUPPLEMENT, "3/6|21/6|||20/6", Wrong.OPEN_RESULT),
        (State.RESULT, "3/6|21/6|||", Wrong.NO_RESULT),
        (State.RESULT, "3/6|21/6||2/6|", Wrong.RESULT_FIRST),
        (State.RESULT, "3/6|21/6||11/7|", Wrong.RESULT_LATER),
        (State.RETURNED, "3/6|21/6|||2/6", Wrong.RETURNED_FIRST),
        (State.RETURNED, "3/6|21/6|||11/7", Wrong.RETURNED_LATER),
        (State.RETURNED, "3/6|21/6||20/6|19/6", Wrong.RETURNED_EARLY),
        (State.RETURNED, "3/6|21/6|25/6|20/6|20/6", None),
        (State.WAITING, "||||", None),
        (State.CANCELLED, "3/6||||", None),
    ],
)
def test_days_that_contradict_are_told(state: State, days: str, why: Wrong | None) -> None:
    assert wrong(state, *map(d, days.split("|")), SEEN) is why
    assert wrong(state, *((x and x.isoformat()) for x in map(d, days.split("|"))), "2024-07-10") is why


def test_stops_and_letters_that_contradict_are_told() -> None:
    received = d("3/6")
    assert wrong_stops(received, d("2/6"), None, None, SEEN) is Wrong.STOPPED_FIRST
    assert wrong_stops(received, d("5/6"), d("4/6"), None, SEEN) is Wrong.RESUMED_FIRST
    assert wrong_stops(received, None, d("4/6"), None, SEEN) is Wrong.RESUMED_FIRST
    assert wrong_stops(received, None, None, d("2/6"), SEEN) is Wrong.APOLOGY_FIRST
    assert wrong_stops(received, None, None, d("11/7"), SEEN) is Wrong.APOLOGY_LATER
    assert wrong_stops(received, d("5/6"), d("6/6"), d("7/6"), SEEN) is None


# --- a newer source


def test_a_day_put_off_stays_late_against_the_first() -> None:
    known = replace(dossier(State.PROCESSING, "3/6", "20/6"), latest_on=d("20/6"))
    once = merge(known, dossier(State.PROCESSING, "3/6", "27/6"))
    assert (once.promised_on, once.latest_on, once.is_put_off) == (d("20/6"), d("27/6"), True)
    again = merge(once, dossier(State.RETURNED, "3/6", "27/6", "27/6"))
    assert (again.promised_on, reckoned(again, DEADLINES, SEEN).outcome) == (d("20/6"), Outcome.LATE)
    thrice = merge(again, dossier(State.RETURNED, "3/6", "4/7", "27/6"))
    assert (thrice.promised_on, thrice.latest_on) == (d("20/6"), d("4/7"))


def test_a_day_moved_by_a_stop_and_a_correction_are_taken() -> None:
    stopped = replace(dossier(State.SUPPLEMENT, "3/6", "20/6"), latest_on=d("20/6"))
    assert merge(stopped, dossier(State.PROCESSING, "3/6", "27/6")).promised_on == d("27/6")
    known = replace(dossier(State.PROCESSING, "3/6", "20/6"), latest_on=d("20/6"))
    assert merge(known, dossier(State.PROCESSING, "3/6", "19/6")).promised_on == d("19/6")
    assert merge(known, dossier(State.PROCESSING, "5/6", "27/6")).promised_on == d("27/6")


# --- codes


@pytest.mark.parametrize(
    ("text", "is_dossier", "is_procedure"),
    [
        ("000.00.16.H34-240620-0001", True, False),
        (" 000.00.16.h34 – 240620 – 0001 ", True, False),
        ("H34.16-240620-0001", True, False),
        ("H34.16.12-260101-12345", True, False),
        ("H34-240620-0001", True, False),
        ("000.00.16.H34-240631-0001", False, False),
        ("000.00.16.H34-0001", False, False),
        ("1.001122.000.00.00.H34", False, True),
        ("1.001122", False, True),
        ("2.000815.H34", False, True),
        ("0905123456", False, False),
        ("", False, False),
    ],
)
def test_a_procedures_code_is_not_a_dossier(text: str, is_dossier: bool, is_procedure: bool) -> None:
    code = tidy_code(text)
    assert (is_dossier_code(code), is_procedure_code(code)) == (is_dossier, is_procedure)
    assert tidy_code(code) == code


# --- figures of a source


def test_published_figures_that_do_not_add_up_are_told_and_left() -> None:
    """Lâm Đồng published 635 593 in time and 7 677 late of 643 272 resolved."""
    (fault,) = faults(Stated("Lâm Đồng", resolved=643_272, early=0, on_time=635_593, late=7_677))
    assert fault.args["sum"] == 643_270
    assert (
        faults(Stated("x", resolved=3, early=1, on_time=1, late=1, open=2, within=1, overdue=1, total=5))
        == ()
    )
    assert faults(Stated("x", resolved=3, early=1, late=1)) == ()  # what is not given is not judged
    (fault,) = faults(Stated("x", resolved=20, late=1, rate=96.0))
    assert fault.args["rate"] == 95.0
    (found,) = differences(Stated("x", received=3, late=1), Tally(received=3, late=2))
    assert (found.args["given"], found.args["counted"]) == (1, 2)
