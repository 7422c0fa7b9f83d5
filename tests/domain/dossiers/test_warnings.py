"""Who is warned, and how far."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.agencies import Agency, Kind, Level, Register
from domain.dossiers.dossier import Deadlines, Dossier, State, reckoned
from domain.dossiers.warnings import Rung, morning, rungs
from domain.workdays import WorkCalendar

CALENDAR = WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh"))
MONDAY = date(2024, 6, 24)


def running(code: str, promised: date, state: State = State.PROCESSING) -> Dossier:
    made = Dossier(code, "stc", state, received_on=date(2024, 6, 3), promised_on=promised)
    return reckoned(made, Deadlines(CALENDAR), MONDAY)


def test_rungs_count_working_days() -> None:
    friday = rungs(date(2024, 6, 28), CALENDAR)
    assert friday(running("a", date(2024, 7, 3))) is None
    assert friday(running("a", date(2024, 7, 2))) is Rung.TWO
    assert friday(running("a", date(2024, 7, 1))) is Rung.ONE
    assert friday(running("a", date(2024, 6, 30))) is Rung.ONE  # a Sunday's promise is kept on Monday
    assert friday(running("a", date(2024, 6, 28))) is Rung.ONE
    assert friday(running("a", date(2024, 6, 27))) is Rung.LATE
    assert friday(running("a", date(2024, 6, 20), State.SUPPLEMENT)) is None


@given(st.lists(st.integers(-15, 20), min_size=1, max_size=12))
def test_over_any_mornings_each_rung_of_each_dossier_is_said_at_most_once(days: list[int]) -> None:
    dossiers = [running(f"{n:03}", MONDAY + timedelta(days=d)) for n, d in enumerate(days)]
    told: dict[str, tuple[Rung, date]] = {}
    said: list[tuple[str, Rung]] = []
    for n in range(30):
        day = MONDAY + timedelta(days=n)
        if not CALENDAR.is_workday(day):
            continue
        rung = rungs(day, CALENDAR)
        for dossier in morning(dossiers, rung, told).dossiers:
            reached = rung(dossier)
            assert reached is not None
            assert dossier.due_on is not None
            said.append((dossier.code, reached))
            told[dossier.code] = (reached, dossier.due_on)
    assert len(said) == len(set(said))
    assert {code for code, rung in said if rung is Rung.LATE} == {d.code for d in dossiers}


def test_heirs_answer_for_an_agency_that_has_ended() -> None:
    def agency(code: str, end: date | None = None, heirs: tuple[str, ...] = ()) -> Agency:
        return Agency(code, code, Level.DISTRICT, Kind.OTHER, valid_to=end, successors=heirs)

    june = date(2025, 6, 30)
    register = Register.of(
        [agency("a", june, ("b", "c")), agency("b"), agency("c", june, ("d",)), agency("d")]
    )
    assert register.heirs("a", june) == ("a",)
    assert register.heirs("a", date(2025, 7, 1)) == ("b", "d")
    assert register.heirs("x", june) == ("x",)
    loop = Register.of([agency("a", june, ("b",)), agency("b", june, ("a",))])
    assert loop.heirs("a", date(2026, 1, 1)) == ()
