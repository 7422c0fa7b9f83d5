"""A real service process with short leases, so that a run of many kills takes minutes and not an hour.

``python -m tests.torture.process run|worker|web``; settings from the environment, as always.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from dondoc.compose import compose
from dondoc.serve import serve
from dondoc.settings import Settings
from scheduler.sender import Sender
from scheduler.sending_exchange import Leases

#: a dead process's bot and claims are another's after this
LEASES = Leases(bot=timedelta(seconds=2), row=timedelta(seconds=3))


def main(part: str) -> None:
    """Serve the part of the service until killed."""
    runtime = compose(Settings(_env_file=None))  # type: ignore[call-arg]
    runtime.sender = Sender(runtime.channels, runtime.service, runtime.clock, LEASES)  # type: ignore[misc]
    asyncio.run(serve(runtime, door=part != "worker", worker=part != "web"))


if __name__ == "__main__":
    main(sys.argv[1])
