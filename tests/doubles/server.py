"""What every stand-in has: a record of calls, trouble on order, waiting for a change, control addresses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.doubles.faults import Fault, Faults
from tests.doubles.limits import Limits
from tests.doubles.serving import Cut

Act = Callable[[dict[str, Any]], Any]
Look = Callable[[dict[str, str]], list[Any]]


class Server:
    """The part of a stand-in that is the same for every messenger."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self.limits, self.faults = Limits(), Faults()
        self.calls: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self.changed = asyncio.Condition()

    async def tell(self) -> None:
        """Something has changed: whoever waits looks again."""
        async with self.changed:
            self.changed.notify_all()

    async def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait for something to become so."""
        async with self.changed:
            try:
                await asyncio.wait_for(self.changed.wait_for(ready), seconds)
            except TimeoutError:
                return False
        return True

    async def answered(
        self, method: str, given: dict[str, Any], act: Callable[[], Awaitable[Response]]
    ) -> Any:
        """Carry out one call, or fail it as ordered; either way it is recorded."""
        shown = {k: v.filename if isinstance(v, UploadFile) else v for k, v in given.items()}
        # the machine's monotonic clock is the same in every process
        record = {"method": method, "given": shown, "status": 0, "began": time.monotonic(), "ended": 0.0}
        self.calls.append(record)
        await self.tell()
        fault = self.faults.take(method, str(given.get("chat_id", "")))
        if fault and fault.hang:
            era = self.faults
            await asyncio.sleep(fault.hang)
            if self.faults is not era:  # the test it belonged to is over
                return Cut()
        answer: Any = None
        if not fault or fault.act or not (fault.cut or fault.status):
            answer = await act()
        if fault and fault.cut:
            answer = Cut()
        elif fault and fault.status:
            answer = _ordered(fault)
        record["status"], record["ended"] = getattr(answer, "status_code", 0), time.monotonic()
        await self.tell()
        return answer


def _ordered(fault: Fault) -> Response:
    if isinstance(fault.body, str):
        return HTMLResponse(fault.body, fault.status)
    default = {"ok": False, "error_code": fault.status, "description": "ordered by the test"}
    return JSONResponse(fault.body or default, fault.status)


async def given_in(request: Request) -> dict[str, Any]:
    """A call's parameters, by query, form, multipart or JSON."""
    given: dict[str, Any] = dict(request.query_params)
    if "application/json" in request.headers.get("content-type", ""):
        given |= await request.json()
    else:
        given |= dict(await request.form(max_part_size=2**20))
    return given


class Control:
    """``POST /control/{what}`` acts; ``GET /control/{what}`` tells, and waits until a list is ``least`` long.

    What acts and lists there are besides the common ones is given by ``acts`` and ``lists``.
    """

    def __init__(
        self, server: Server, acts: Mapping[str, Act], lists: Mapping[str, Look], state: Callable[[], Any]
    ) -> None:
        self._server, self._state = server, state
        common: dict[str, Act] = {"fault": self._fault, "no_faults": self._no_faults, "limits": self._limits}
        self._acts: dict[str, Act] = common | dict(acts)
        self._lists: dict[str, Look] = {"calls": self._calls, **lists}

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/control/{what}", self._act, methods=["POST"]),
            Route("/control/{what}", self._tell, methods=["GET"]),
        ]

    async def _act(self, request: Request) -> JSONResponse:
        what, given = request.path_params["what"], await request.json()
        if what not in self._acts:
            return JSONResponse({"error": f"unknown: {what}"}, 404)
        try:
            result = self._acts[what](given)
        except (KeyError, ValueError, TypeError) as error:
            return JSONResponse({"error": repr(error)}, 400)
        await self._server.tell()
        return JSONResponse(result)

    async def _tell(self, request: Request) -> JSONResponse:
        what, asked = request.path_params["what"], dict(request.query_params)
        least, wait = int(asked.pop("least", 0)), float(asked.pop("wait", 0))
        if what == "state":
            return JSONResponse(self._state())
        if what not in self._lists:
            return JSONResponse({"error": f"unknown: {what}"}, 404)
        if least:
            await self._server.until(lambda: len(self._lists[what](asked)) >= least, wait)
        return JSONResponse(self._lists[what](asked))

    def _fault(self, given: dict[str, Any]) -> Any:
        self._server.faults.waiting.append(Fault(**given))
        return True

    def _no_faults(self, given: dict[str, Any]) -> Any:
        self._server.faults.waiting.clear()
        return True

    def _limits(self, given: dict[str, Any]) -> Any:
        for name, value in given.items():
            if not hasattr(self._server.limits, name):
                raise ValueError(f"no such limit: {name}")
            setattr(self._server.limits, name, tuple(value) if isinstance(value, list) else value)
        return True

    def _calls(self, asked: dict[str, str]) -> list[Any]:
        method = asked.get("method", "")
        return [call for call in self._server.calls if method in ("", call["method"])]
