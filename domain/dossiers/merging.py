"""A dossier that is known, and what a newer source says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.dossiers.dossier import STOPS, Dossier


def merge(known: Dossier, said: Dossier) -> Dossier:
    """The newer source holds, but for the promised day: the first promise stays.

    A day put off stays late against the first one, unless the clock stood: then the new day is the promise. An
    earlier day than the first is a correction and is taken. What is reckoned has to be reckoned again.
    """
    return replace(said, promised_on=_promised(known, said), latest_on=said.latest_on or said.promised_on)


def _promised(known: Dossier, said: Dossier) -> date | None:
    first, now = known.promised_on, said.promised_on
    if first is None or now is None or now < first or known.received_on != said.received_on:
        return now
    if now == known.latest_on:  # nothing new was said of it
        return first
    return now if _stood(known) or _stood(said) else first


def _stood(dossier: Dossier) -> bool:
    return dossier.state in STOPS or dossier.stopped_on is not None
