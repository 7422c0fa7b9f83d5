"""Ports for servers that tests start."""

from __future__ import annotations

import contextlib
import random
import socket

#: below what systems give to outgoing connections, which would take a port between its choice and its use
PORTS = range(12_000, 32_000)


def free_port() -> int:
    """A port of the loopback that nobody uses at the moment; chance keeps runs side by side apart."""
    for port in random.SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("a hundred ports were all in use")
