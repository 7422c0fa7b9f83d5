"""What cannot be right about a dossier's days and state. Such a row is left out, never put right."""

from __future__ import annotations

from enum import StrEnum

from domain.dossiers.dossier import ENDED, RESOLVED, Day, State


class Wrong(StrEnum):
    """One reason each; the code is part of an import's report."""

    NO_RECEIVED = "no_received"
    RECEIVED_LATER = "received_in_future"
    NO_PROMISE = "no_promise"
    PROMISED_FIRST = "promised_before_received"
    PUT_OFF_BACK = "put_off_to_before_promised"
    RESULT_FIRST = "result_before_received"
    RESULT_LATER = "result_in_future"
    RETURNED_FIRST = "returned_before_received"
    RETURNED_EARLY = "returned_before_result"
    RETURNED_LATER = "returned_in_future"
    NO_RESULT = "resolved_without_a_day"
    OPEN_RESULT = "open_with_a_result"
    STOPPED_FIRST = "stopped_before_received"
    RESUMED_FIRST = "resumed_before_stopped"
    APOLOGY_FIRST = "apology_before_received"
    APOLOGY_LATER = "apology_in_future"


def wrong(
    state: State,
    received: Day | None,
    promised: Day | None,
    latest: Day | None,
    result: Day | None,
    returned: Day | None,
    today: Day,
) -> Wrong | None:
    """The first thing that cannot be right about the days every dossier has; see also :func:`wrong_stops`."""
    if received is None:
        return None if state is State.WAITING and result is None and returned is None else Wrong.NO_RECEIVED
    if received > today:
        return Wrong.RECEIVED_LATER
    if promised is None:
        if state not in ENDED and state is not State.WAITING:
            return Wrong.NO_PROMISE
    elif promised < received:
        return Wrong.PROMISED_FIRST
    elif latest is not None and latest < promised:
        return Wrong.PUT_OFF_BACK
    if result is None and returned is None:
        return Wrong.NO_RESULT if state in RESOLVED else None
    if state not in RESOLVED and state not in ENDED:
        return Wrong.OPEN_RESULT
    return _wrong_end(received, result, returned, today)


def _wrong_end(received: Day, result: Day | None, returned: Day | None, today: Day) -> Wrong | None:
    if result is not None:
        if result < received:
            return Wrong.RESULT_FIRST
        if result > today:
            return Wrong.RESULT_LATER
    if returned is not None:
        if returned < received:
            return Wrong.RETURNED_FIRST
        if returned > today:
            return Wrong.RETURNED_LATER
        if result is not None and returned < result:
            return Wrong.RETURNED_EARLY
    return None


def wrong_stops(
    received: Day | None, stopped: Day | None, resumed: Day | None, apology: Day | None, today: Day
) -> Wrong | None:
    """The same for the days few dossiers have."""
    if stopped is not None and received is not None and stopped < received:
        return Wrong.STOPPED_FIRST
    if resumed is not None and (stopped is None or resumed < stopped):
        return Wrong.RESUMED_FIRST
    if apology is not None:
        if received is not None and apology < received:
            return Wrong.APOLOGY_FIRST
        if apology > today:
            return Wrong.APOLOGY_LATER
    return None
