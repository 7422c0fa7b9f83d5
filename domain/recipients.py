"""Whom something goes to: who answers for an agency, its head, who follows up a task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.agencies import Register
from domain.officials import Official, Role
from domain.phrases import Phrase, say, verbatim
from domain.plans import Task

People = tuple[Official, ...]


class Recipients:
    """Active people by what they are for an agency on a day. Every answer is kept: thousands ask the same."""

    def __init__(
        self,
        register: Register,
        officials: Mapping[int, Official],
        by_agency: Mapping[str, People],
        joined: frozenset[int],
        today: date,
    ) -> None:
        self._register, self._by_agency, self._joined, self._today = register, by_agency, joined, today
        self.admins: People = tuple(o for o in officials.values() if o.holds(Role.ADMIN))
        self._answerers: dict[str, People] = {}
        self._monitors: dict[tuple[str, ...], People] = {}
        self._why: dict[tuple[int, str], Phrase] = {}

    def exists(self, agency: str) -> bool:
        """Whether the agency is (still) there; nobody is reminded in the name of one that has ended."""
        found = self._register.by_code.get(agency)
        return found is None or found.is_valid(self._today)

    def answerers(self, agency: str) -> People:
        """Who answers for the agency: its focal people, and its head while none of them has joined."""
        if agency not in self._answerers:
            self._answerers[agency] = self._who_answers(agency)
        return self._answerers[agency]

    def _who_answers(self, agency: str) -> People:
        if not self.exists(agency):
            return ()
        focal = self.holding(agency, Role.FOCAL)
        if any(o.id in self._joined for o in focal):
            return focal
        heads = tuple(o for o in self.holding(agency, Role.HEAD) if o not in focal)
        return focal + tuple(o for o in heads if o.id in self._joined or not focal)

    def reachable(self, agency: str) -> bool:
        """Whether anybody who answers for the agency has joined."""
        return any(o.id in self._joined for o in self.answerers(agency))

    def heads(self, agency: str) -> People:
        """The head, where that is not the one who answers anyway."""
        if not self.exists(agency):
            return ()
        answering = self.answerers(agency)
        return tuple(o for o in self.holding(agency, Role.HEAD) if o not in answering)

    def monitors(self, task: Task) -> People:
        """Who follows the task up; administrators where nobody does, or none of them has joined."""
        if task.monitors not in self._monitors:
            roles = (Role.MONITOR, Role.FOCAL)
            found = dict.fromkeys(o for code in task.monitors for o in self.holding(code, *roles))
            if not any(o.id in self._joined for o in found):
                found |= dict.fromkeys(self.admins)
            self._monitors[task.monitors] = tuple(found)
        return self._monitors[task.monitors]

    def holding(self, agency: str, *roles: Role) -> People:
        """People with one of the roles there."""
        people = self._by_agency.get(agency, ())
        return tuple(o for o in people if any(o.holds(role, agency) for role in roles))

    def why_answerer(self, person: Official, agency: str) -> Phrase:
        """Why somebody is asked, or told, about the agency's work."""
        key = (person.id, agency)
        if key not in self._why:
            name = verbatim(self._register.name(agency))
            focal = person.holds(Role.FOCAL, agency)
            words = say("the focal person of {agency}", agency=name)
            self._why[key] = words if focal else say("the head of {agency}", agency=name)
        return self._why[key]

    def why_monitor(self, person: Official, task: Task) -> Phrase:
        """Why somebody is told how a task stands."""
        for code in task.monitors:
            if person.holds(Role.MONITOR, code) or person.holds(Role.FOCAL, code):
                return say("who follows up for {agency}", agency=verbatim(self._register.name(code)))
        return say("an administrator of this service")
