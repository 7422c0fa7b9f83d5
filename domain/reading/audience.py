"""An audience said in words: "sở nội vụ, các huyện, trừ sở y tế", "trễ tháng này", "chưa báo cáo 2164".

What is not understood, or may mean two things, becomes a doubt that a person settles; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from domain.audience import Audience, AudienceDoubt, AudienceFacts, Option, Rule, RuleKind
from domain.officials import Role
from domain.reading.fold import plain, tidy
from domain.reading.name_pieces import named
from domain.reading.plan_names import Hit

LONGEST = 2000
_SUGGESTED = 6
_BUT = re.compile(
    r"\b(?:ngoai tru|tru ra|tru|khong gom|khong bao gom|khong ke|khong gui(?: cho)?|except)\b[:\s]*"
)
_PLAN = r"(?:(?: ve| cho| theo| trong| cua| doi voi)?(?: cac)?(?: ke hoach| kh| van ban)?(?: so)?[ :]+(?P<plan>\d[\w/.-]*))?"
_WHO = r"(?:(?:cac |nhung )?(?:don vi|co quan|noi|ai) )?"
_ALL = re.compile(
    r"\b(?:(?:tat ca|toan the|toan bo|moi|het thay)(?: cac| moi| nhung)? (?:nguoi|co quan|don vi|dau moi)"
    r"(?! (?:truc )?thuoc| dang| bi| tre| qua han| cham| chua| chu tri| phoi hop)"
    r"(?: (?:trong )?toan tinh)?|toan tinh|everybody|everyone)\b|^\s*(?:tat ca|all)\s*$"
)
#: the patterns with a plan's number or nothing in them; the first that holds takes its words away
_BEHAVIOUR: tuple[tuple[RuleKind, re.Pattern[str]], ...] = (
    (RuleKind.SILENT, re.compile(rf"\b{_WHO}(?:con )?chua (?:co )?(?:bao cao|tra loi|phan hoi)\b{_PLAN}")),
    (RuleKind.LEADS, re.compile(rf"\b{_WHO}chu tri(?: thuc hien)?\b{_PLAN}")),
    (RuleKind.COORDINATES, re.compile(rf"\b{_WHO}phoi hop(?: thuc hien)?\b{_PLAN}")),
    (RuleKind.MONITORS, re.compile(rf"\b{_WHO}theo doi(?:,? don doc)?\b{_PLAN}")),
    (
        RuleKind.LATE,
        re.compile(
            rf"\b{_WHO}(?:dang |bi |con |co viec )*(?:tre|qua han|cham)(?: han| hen| tien do| viec)?"
            r"(?P<month>(?: trong)? thang nay)?\b"
        ),
    ),
)
_BELOW = re.compile(r"(?:\b(?:va |cung )?(?:cac )?(?:don vi |co quan )?(?:truc thuoc|ben duoi|cap duoi))")
_OF = re.compile(r"\b(?:cac )?(?:don vi|co quan|phong|ban)(?: truc)? thuoc\s+$")
_COMMUNES_OF = re.compile(
    r"\bcac (?:xa|phuong|thi tran)(?:,? (?:va )?(?:xa|phuong|thi tran))*(?: truc)?"
    r"(?: (?:cua|thuoc|o|tai|tren dia ban))?\s+$"
)
#: two roles in one breath are meant for all; said apart, each is for its own agencies
_ROLES_TOGETHER = re.compile(
    r"\b(?:thu truong|lanh dao)(?:,| va| ca| cung)* (?:can bo )?dau moi\b"
    r"|\bdau moi(?:,| va| ca| cung)* (?:thu truong|lanh dao)\b"
)
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.HEAD, re.compile(r"\b(?:thu truong|lanh dao|giam doc|nguoi dung dau|heads?)\b")),
    (Role.MONITOR, re.compile(r"\bnguoi theo doi\b")),
    (Role.FOCAL, re.compile(r"\b(?:dau moi|can bo dau moi|focal)\b")),
)
_KINDS = {
    "so": "province/department",
    "huyen": "district/committee",
    "xa": "commune/committee",
    "cap tinh": "province/",
    "cap huyen": "district/",
    "cap xa": "commune/",
}
#: words that say nothing about who is meant
_FILLER = re.compile(
    r"\b(?:gui|toi|den|cho|va|cung|voi|cac|nhung|cua|tai|o|thu truong|lanh dao|giam doc|nguoi dung dau|dau moi"
    r"|can bo|nguoi theo doi|co quan|don vi|tat ca|ong|ba|anh|chi|dong chi|d/c|moi|ca|heads?|focal|the|to|all|and)\b"
)


@dataclass(frozen=True, slots=True)
class AudienceReading:
    """What was understood, and what must be asked."""

    audience: Audience
    doubts: tuple[AudienceDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceWords:
    """What words may refer to: the facts, and audiences kept under names."""

    facts: AudienceFacts
    kept: Mapping[str, Audience] = field(default_factory=dict)


def read_audience(text: str, known: AudienceWords) -> AudienceReading:
    """Read the words, at most :data:`LONGEST` characters of them. Pure."""
    text = tidy(text[:LONGEST])
    bare = _bare(text)
    roles = frozenset(role for role, pattern in _ROLES if pattern.search(bare)) or frozenset({Role.FOCAL})
    sides: dict[bool, list[Rule]] = {False: [], True: []}
    doubts: list[AudienceDoubt] = []
    if len(roles) > 1 and not _ROLES_TOGETHER.search(bare):
        doubts.append(AudienceDoubt(text))
    for but, part in _sides(text, bare):
        kept = next((a for name, a in known.kept.items() if plain(name) == plain(part).strip(" .")), None)
        if kept is not None and not but:
            sides[False] += kept.rules
            sides[True] += kept.but
            roles |= kept.roles
            continue
        rules, unclear = _Part(part, but, known).read()
        sides[but] += rules
        doubts += unclear
    audience = Audience(tuple(dict.fromkeys(sides[False])), tuple(dict.fromkeys(sides[True])), roles)
    return AudienceReading(audience, tuple(doubts))


def _bare(text: str) -> str:
    """The text for matching, letter by letter, so that places in both are the same."""
    return "".join((plain(letter) or " ")[0] for letter in text)


def _sides(text: str, bare: str) -> Iterator[tuple[bool, str]]:
    """The parts taken in and those left out: an exclusion runs to the end, its parenthesis or a semicolon."""
    at = 0
    for match in _BUT.finditer(bare):
        if match.start() < at:
            continue
        opened = bare[: match.start()].rstrip().endswith("(")
        ends = [bare.find(mark, match.end()) for mark in ((")", ";") if opened else (";",))]
        end = min((e for e in ends if e >= 0), default=len(text))
        following = _BUT.search(bare, match.end(), end)
        end = following.start() if following else end
        yield False, text[at : match.start()]
        yield True, text[match.end() : end]
        at = end
    yield False, text[at:]


def _meaning(bare: str) -> str:
    """The words without those that say nothing about who is meant."""
    return " ".join(_FILLER.sub(" ", bare).split()).strip(" -–:•\"'“”")


class _Part:
    """One side's words, taken away as they are understood."""

    def __init__(self, text: str, but: bool, known: AudienceWords) -> None:
        self._text, self._but, self._facts, self._kept = text, but, known.facts, known.kept
        self._bare = _bare(text)
        self._rules: list[Rule] = []
        self._doubts: list[AudienceDoubt] = []

    def read(self) -> tuple[list[Rule], list[AudienceDoubt]]:
        for match in _ALL.finditer(self._bare):
            self._rules.append(Rule(RuleKind.ALL))
            self._take(*match.span())
        for kind, pattern in _BEHAVIOUR:
            for match in pattern.finditer(self._bare):
                self._behaves(kind, match)
        for hit in named(self._text, self._facts.register):
            words = self._bare[hit.start : hit.end]
            if not words.isspace() and _meaning(words) not in _KINDS:
                self._named(hit)
        start = 0
        for mark in (*re.finditer(r"[,;()./\n]|\bva\b", self._bare), None):
            end = mark.start() if mark else len(self._bare)
            self._rest(start, end)
            start = mark.end() if mark else end
        return self._rules, self._doubts

    def _take(self, start: int, end: int) -> None:
        """These words are understood."""
        self._text = self._text[:start] + " " * (end - start) + self._text[end:]
        self._bare = self._bare[:start] + " " * (end - start) + self._bare[end:]

    def _doubt(self, words: str, options: tuple[Option, ...] = ()) -> None:
        self._doubts.append(AudienceDoubt(words.strip(" ,.;"), options, self._but))

    def _behaves(self, kind: RuleKind, match: re.Match[str]) -> None:
        words = self._text[match.start() : match.end()]
        groups = match.groupdict()
        if kind is RuleKind.LATE:
            self._rules.append(Rule(kind, "month" if groups["month"] else ""))
        else:
            number = (groups["plan"] or "").rstrip(".-/")
            plans = [
                (plan, name)
                for plan, name in self._facts.plans.items()
                if not number or re.search(rf"(?<!\d){re.escape(number)}(?!\d)", plain(name))
            ]
            if len(plans) == 1:
                self._rules.append(Rule(kind, str(plans[0][0])))
            else:
                near = plans or list(self._facts.plans.items())
                self._doubt(words, tuple(Option(n, Rule(kind, str(p))) for p, n in near[-_SUGGESTED:]))
        self._take(*match.span())

    def _named(self, hit: Hit) -> None:
        start, end = hit.start, hit.end
        kind = RuleKind.AGENCY
        if below := _BELOW.match(self._bare[end:].lstrip()):
            kind, end = (
                RuleKind.TREE,
                end + len(self._bare[end:]) - len(self._bare[end:].lstrip()) + below.end(),
            )
        elif above := _OF.search(self._bare[:start]):
            kind, start = RuleKind.TREE, above.start()
        elif communes := _COMMUNES_OF.search(self._bare[:start]):
            kind, start = RuleKind.BELOW, communes.start()
        words = self._text[hit.start : hit.end]
        self._take(start, end)
        if hit.group:
            self._rules.append(Rule(RuleKind.GROUP, hit.group.code))
        elif len(hit.agencies) == 1:
            self._rules.append(Rule(kind, hit.agencies[0].code))
        else:
            self._doubt(words, tuple(Option(a.name, Rule(kind, a.code)) for a in hit.agencies[:_SUGGESTED]))

    def _rest(self, start: int, end: int) -> None:
        """Words between two commas that named no agency."""
        bare = self._bare[start:end]
        left = _meaning(bare)
        if not re.search(r"[a-z0-9]", left):
            if re.fullmatch(r"\W*(?:tat ca|all)\W*", bare):
                self._rules.append(Rule(RuleKind.ALL))
            return
        if left in _KINDS:
            self._rules.append(Rule(RuleKind.KIND, _KINDS[left]))
            return
        people = [p for p in self._facts.people if plain(p.name) == left]
        words = self._text[start:end]
        if len(people) == 1:
            self._rules.append(Rule(RuleKind.PERSON, str(people[0].id)))
        elif people:
            name = self._facts.register.name
            self._doubt(
                words,
                tuple(
                    Option(
                        f"{p.name} ({', '.join(name(a) for a in p.agencies()[:2])})",
                        Rule(RuleKind.PERSON, str(p.id)),
                    )
                    for p in people[:_SUGGESTED]
                ),
            )
        elif left in {plain(name) for name in self._kept}:
            kept = next(a for name, a in self._kept.items() if plain(name) == left)
            self._rules += kept.rules
        else:
            self._doubt(words, self._near(left))

    def _near(self, words: str) -> tuple[Option, ...]:
        """Agencies whose names look like the words."""
        names = {plain(a.name): a for a in self._facts.register.agencies}
        within = [name for name in names if re.search(rf"\b{re.escape(words)}\b", name)]
        close = [*within[:_SUGGESTED], *get_close_matches(words, list(names), 4, 0.75)]
        found = dict.fromkeys(close)
        return tuple(Option(names[n].name, Rule(RuleKind.AGENCY, names[n].code)) for n in found)[:_SUGGESTED]
