"""Where an office's dossiers come from, as its settings say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Sources:
    """``folder`` is watched and ``url`` asked ``every`` so often; "" for none. ``rolls``: a promise for a day off is
    kept on the next working day."""

    rolls: bool = True
    folder: str = ""
    url: str = ""
    token: str = field(default="", repr=False)
    every: timedelta = timedelta(hours=1)
