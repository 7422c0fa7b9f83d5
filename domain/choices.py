"""Choices several messages offer."""

from __future__ import annotations

from domain.messages import Choice, Tone
from domain.phrases import say


def progress_choices(assignment: int) -> tuple[Choice, ...]:
    """Quick answers about one task."""
    about = {"assignment": assignment}
    return (
        Choice(say("Done"), "progress.done", about, Tone.GOOD),
        Choice(say("50%"), "progress.set", {**about, "percent": 50}),
        Choice(say("80%"), "progress.set", {**about, "percent": 80}),
        Choice(say("Held up"), "progress.blocked", about, Tone.CAREFUL),
        Choice(say("Ask for more time"), "extension.ask", about),
        Choice(say("Received"), "acknowledge", about),
    )
