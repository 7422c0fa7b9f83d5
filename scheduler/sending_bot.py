"""One bot's pipeline: claims refill as calls end, outcomes are recorded at once, a slow call holds nobody up."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bot.channel import Channel, RetryAfter, Traits, Unreachable
from bot.delivery import Delivery, Outcome, Prepared
from bot.services import Service
from domain.messages import Priority
from domain.pacing import Pacer
from scheduler.clock import Clock
from scheduler.sending_exchange import Exchange, Leases, Taken, Wanted
from scheduler.sending_gate import Gate

log = logging.getLogger(__name__)
#: how long an idle loop sleeps when nobody wakes it, seconds
IDLE = 1.0
#: a chat is claimed for again so long before it bears the next message, seconds
_AHEAD = 0.4
#: rows claimed beyond the calls that may be under way, so that the next is at hand when one ends: what the bot may say
#: in so many seconds, at least and at most so many
_AT_HAND, _FEWEST, _MOST = 0.15, 12, 150
#: what has ended is recorded within so many seconds while there is enough at hand: an exchange with the database costs
#: nearly the same for one message as for fifty
RECORD_WITHIN = 0.025
#: single places are filled up again so often, seconds; what is urgent is looked for every time
_REFILL = 0.2
#: at the end calls under way get this long, seconds; the process has a little more
GRACE = 12.0


def in_hand(traits: Traits) -> int:
    """How many rows one process holds claims of at a time."""
    beforehand = int(traits.rate * _AT_HAND) if traits.rate else _MOST
    return traits.in_flight + min(max(beforehand, _FEWEST), _MOST)


class BotPipeline:
    """Sends what one channel's outbox holds. Its pace outlives the runs of its loop."""

    def __init__(
        self, channel: Channel, service: Service, clock: Clock, worker: str, leases: Leases = Leases()
    ) -> None:
        self.channel = channel
        self._delivery = Delivery(service)
        self._exchange = Exchange(channel, service, clock, worker, leases, self._delivery)
        traits = channel.traits
        self._pacer = Pacer(traits.rate, traits.chat_gap, traits.group_per_minute)
        self._most = in_hand(traits)
        self._kept_free = traits.in_flight // 5 + 2  # rows, for what is more urgent than a reminder
        self._run: _Run | None = None
        self.went_out = 0

    def wake(self) -> None:
        """Look at the outbox now; safe from any thread of the loop's process."""
        run = self._run
        if run is not None and not run.gate.loop.is_closed():
            run.gate.loop.call_soon_threadsafe(run.ring)

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until asked to stop; what is being sent is finished and recorded first."""
        run = self._begin()
        ringing = asyncio.ensure_future(_ring_when(stopping, run))
        try:
            while not stopping.is_set():
                await run.rest(await self._try_step(run))
        finally:
            ringing.cancel()
            await self._finish(run)

    async def send_due(self) -> int:
        """Everything that is due now, once; the number of messages that went out.

        While :meth:`run` is running it is asked to, and this waits until nothing is left.
        """
        before = self.went_out
        if self._run is not None:
            await self._run.quiet_after_next()
            return self.went_out - before
        run = self._begin()
        try:
            while True:
                rest = await self._step(run)
                if run.quiet:
                    break
                await run.rest(rest)
        finally:
            await self._finish(run)
        return self.went_out - before

    def _begin(self) -> _Run:
        loop = asyncio.get_running_loop()
        self._run = _Run(Gate(self.channel.traits, self._pacer, loop))
        return self._run

    async def _finish(self, run: _Run) -> None:
        """Nothing new begins; what is under way ends, or is given up in time to say so; the bot is let go."""
        run.gate.close()
        self._run = None
        tasks = [t for t in run.playing.values() if t is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        outcomes, run.outcomes = run.outcomes, []
        await asyncio.to_thread(self._exchange.let_go, outcomes)
        run.be_quiet()

    async def _try_step(self, run: _Run) -> float:
        try:
            return await self._step(run)
        except Exception:  # the database was away, say: what was claimed is kept, or claimed again later
            log.exception("a round of sending failed; it is tried again", extra={"bot": self.channel.bot})
            return IDLE

    async def _step(self, run: _Run) -> float:
        """One exchange with the database, and what it brought is under way; how long to rest at most."""
        started, seen = run.gate.loop.time(), run.rung
        if not run.outcomes and len(run.playing) >= self._most and started - run.met < IDLE / 2:
            return IDLE / 2  # nothing to say and nothing to ask for: the next call that ends rings
        run.meet(started)
        outcomes, run.outcomes = run.outcomes, []
        # what has ended is recorded before anything is claimed, so its place is free
        wanted = self._wanted(run, len(run.playing) - len(outcomes), started)
        try:
            taken = await asyncio.to_thread(self._exchange.make, outcomes, list(run.playing), wanted)
        except Exception:
            left = await asyncio.to_thread(self._exchange.record_each, outcomes)
            run.settle(outcomes[: len(outcomes) - len(left)])
            run.outcomes = left + run.outcomes
            raise
        run.settle(outcomes)
        if taken.owner:
            run.gate.renewed(started + self._exchange.good_for)
        else:
            run.gate.forgo()  # another process speaks for the bot: what was claimed is its own now
        if taken.held:
            run.gate.hold(taken.held)
        for prepared in taken.ready:
            run.playing[prepared.row.id] = run.gate.loop.create_task(self._deliver(run, prepared))
        return self._rest_after(run, taken, wanted, seen)

    def _wanted(self, run: _Run, playing: int, now: float) -> Wanted:
        """How many rows may be claimed, and how urgent they must be: something is kept free for an answer."""
        most = self._most
        bulk = most - self._kept_free
        avoid, served = self._pacer.cooling(now, _AHEAD), self._pacer.served
        few = 0 < bulk - playing < self._kept_free and now - run.refilled < _REFILL
        if playing < bulk and not few:
            run.refilled = now
            return Wanted(bulk - playing, max(Priority), avoid, served, probing=not playing)
        return Wanted(most - playing, Priority.URGENT, avoid, served)

    def _rest_after(self, run: _Run, taken: Taken, wanted: Wanted, seen: int) -> float:
        more = taken.asked > 0 and taken.claimed >= taken.asked and self._has_room(run, taken)
        cooling = bool(wanted.avoid) and taken.asked > 0
        run.quiet = not run.playing and not run.outcomes and not more and not cooling
        if run.quiet:
            run.be_quiet(seen)
        if run.rung != seen or more:
            return 0.0
        if run.outcomes:
            run.record_soon()
        return _AHEAD / 4 if cooling else IDLE

    def _has_room(self, run: _Run, taken: Taken) -> bool:
        """Whether a row left over by a claim that was full could be claimed now."""
        playing = len(run.playing) - len(run.outcomes)
        if playing < self._most - self._kept_free:
            return True
        return playing < self._most and all(p.row.priority <= Priority.URGENT for p in taken.ready)

    async def _deliver(self, run: _Run, prepared: Prepared) -> None:
        row = prepared.row
        try:
            outcome = await self._delivery.send(
                self.channel, prepared, lambda: run.gate.turn(row.chat, row.priority)
            )
        except asyncio.CancelledError:  # the end of the process could not wait for the answer
            outcome = Outcome(prepared, error=Unreachable("stopped_while_sending"), parts=prepared.sent)
        if isinstance(outcome.error, RetryAfter):
            run.gate.hold(outcome.error.seconds)
        self.went_out += outcome.error is None
        run.ended(outcome)


class _Run:
    """One run of a pipeline's loop: what is under way (None: ended, not recorded), and its bell."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.playing: dict[int, asyncio.Task[None] | None] = {}
        self.outcomes: list[Outcome] = []
        self.rung = 0
        self.met = float("-inf")  # when the last exchange began, by the loop's clock
        self.refilled = float("-inf")  # when what is not urgent was asked for last
        self.quiet = False
        self._bell = asyncio.Event()
        self._soon: asyncio.TimerHandle | None = None
        self._waiters: list[tuple[int, asyncio.Future[None]]] = []

    def ring(self) -> None:
        """There is something to do."""
        self.rung += 1
        self._bell.set()

    def meet(self, now: float) -> None:
        """An exchange begins."""
        self.met = now
        if self._soon:
            self._soon.cancel()
            self._soon = None

    def ended(self, outcome: Outcome) -> None:
        """A message went out, or did not."""
        self.outcomes.append(outcome)
        self.playing[outcome.prepared.row.id] = None
        self.record_soon()

    def record_soon(self) -> None:
        """What has ended is recorded: now when little is at hand, otherwise together with what ends soon."""
        if self.gate.waiting <= self.gate.traits.in_flight:
            self._bell.set()
        elif self._soon is None:
            self._soon = self.gate.loop.call_at(self.met + RECORD_WITHIN, self._bell.set)

    async def rest(self, seconds: float) -> None:
        """Until the bell, or for a while (another process may have queued something)."""
        if seconds <= 0:
            self._bell.clear()
            await asyncio.sleep(0)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._bell.wait(), seconds)
        self._bell.clear()

    def settle(self, recorded: list[Outcome]) -> None:
        """These are done with."""
        for outcome in recorded:
            self.playing.pop(outcome.prepared.row.id, None)

    async def quiet_after_next(self) -> None:
        """Wait until a look at the outbox that begins from now on finds nothing, and nothing is under way."""
        waiter = self.gate.loop.create_future()
        self.ring()
        self._waiters.append((self.rung, waiter))
        await waiter

    def be_quiet(self, seen: int | None = None) -> None:
        """A look that began after ``seen`` rings found nothing left to do (None: there will be no other look)."""
        for waiter in [w for w in self._waiters if seen is None or w[0] <= seen]:
            self._waiters.remove(waiter)
            if not waiter[1].done():
                waiter[1].set_result(None)


async def _ring_when(stopping: asyncio.Event, run: _Run) -> None:
    await stopping.wait()
    run.ring()
