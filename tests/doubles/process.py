"""Starts a stand-in in a process of its own, and speaks to its control addresses."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from tests.ports import free_port

#: how long a test waits for what must come, seconds; reached only when something is broken
PATIENCE = 20.0
ROOT = Path(__file__).parents[2]


class Double:
    """A running stand-in. ``url`` is what the channel's api_url setting is to be."""

    module = ""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", self.module, "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        # each call has a connection of its own: one kept may be closed by the stand-in just when it is used again
        alone = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(base_url=self.url, timeout=40, trust_env=False, limits=alone)
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                self._client.get("/control/state").raise_for_status()
                return
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.module} ended with {self._process.returncode}")
            time.sleep(0.05)
        raise RuntimeError(f"{self.module} did not start")

    def stop(self) -> None:
        """End the process."""
        self._client.close()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def act(self, what: str, **given: Any) -> Any:
        """One control call; a mistake in it is an error here."""
        answer = self._client.post(f"/control/{what}", json=given)
        if answer.is_error:
            raise ValueError(answer.json().get("error"))
        return answer.json()

    def tell(self, what: str, **asked: Any) -> Any:
        """One look at the stand-in's state."""
        answer = self._client.get(f"/control/{what}", params=asked)
        answer.raise_for_status()
        return answer.json()

    def fails(self, method: str = "*", **fault: Any) -> None:
        """Order trouble for calls to come; see :class:`tests.doubles.faults.Fault`."""
        self.act("fault", method=method, **fault)

    def reset(self) -> None:
        """Forget everything, for the next test."""
        self.act("reset")

    def calls(self, method: str = "", least: int = 0) -> list[dict[str, Any]]:
        """Every call: {"method", "given", "status"}."""
        return self.listed("calls", least, method=method)

    def state(self) -> dict[str, Any]:
        """What there is besides lists: "refused_429", "complaints", webhooks."""
        return self.tell("state")  # type: ignore[no-any-return]

    def complaints(self) -> list[str]:
        """Calls that no correct program makes; a test ends with none."""
        return self.state()["complaints"]  # type: ignore[no-any-return]

    def listed(self, what: str, least: int, **asked: Any) -> list[dict[str, Any]]:
        """One of the stand-in's lists, once it is ``least`` long."""
        found: list[dict[str, Any]] = self.tell(what, least=least, wait=PATIENCE, **asked)
        if len(found) < least:
            raise AssertionError(f"{what}: {least} were expected within {PATIENCE:.0f} s, there are {found}")
        return found
