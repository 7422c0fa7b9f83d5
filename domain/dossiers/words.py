"""States and outcomes as they are said."""

from __future__ import annotations

from collections.abc import Mapping

from domain.dossiers.dossier import Channel, Outcome, State
from domain.phrases import Phrase, say

STATE_WORDS: Mapping[State, Phrase] = {
    State.WAITING: say("waiting to be received"),
    State.RECEIVED: say("received"),
    State.PROCESSING: say("being dealt with"),
    State.SUPPLEMENT: say("more papers asked for"),
    State.PAUSED: say("paused"),
    State.RESULT: say("result ready"),
    State.RETURNED: say("result handed over"),
    State.REFUSED: say("sent back"),
    State.WITHDRAWN: say("withdrawn"),
    State.CANCELLED: say("cancelled"),
}
OUTCOME_WORDS: Mapping[Outcome, Phrase] = {
    Outcome.RUNNING: say("open"),
    Outcome.STOPPED: say("open, the clock stands"),
    Outcome.EARLY: say("early"),
    Outcome.ON_TIME: say("on time"),
    Outcome.LATE: say("late"),
    Outcome.ENDED: say("sent back, withdrawn or cancelled"),
}
CHANNEL_WORDS: Mapping[Channel, Phrase] = {
    Channel.ONLINE: say("online"),
    Channel.COUNTER: say("at the counter"),
    Channel.POST: say("by post"),
    Channel.UNKNOWN: say("not said"),
}
