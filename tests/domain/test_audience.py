"""To whom a notice goes."""

from datetime import date

import pytest

from domain.agencies import Agency, Group, Kind, Level, Register
from domain.audience import Audience, AudienceFacts, Rule, RuleKind, resolve_audience
from domain.officials import Official, Post, Role

R = RuleKind
REGISTER = Register.of(
    [
        Agency("snv", "Sở Nội vụ", Level.PROVINCE, Kind.DEPARTMENT),
        Agency("syt", "Sở Y tế", Level.PROVINCE, Kind.DEPARTMENT),
        Agency("bv", "Bệnh viện", Level.PROVINCE, Kind.CENTRE, parent="syt"),
        Agency("huyen", "UBND huyện", Level.DISTRICT, Kind.COMMITTEE),
        Agency("xa", "UBND xã", Level.COMMUNE, Kind.COMMITTEE, parent="huyen"),
        Agency("trong", "Nơi trống", Level.PROVINCE, Kind.BOARD),
    ],
    [Group("so", ("các sở",), frozenset({Level.PROVINCE}), frozenset({Kind.DEPARTMENT}))],
)


def person(number: int, *posts: tuple[str, Role]) -> Official:
    return Official(number, f"k{number}", f"P{number}", tuple(Post(a, r) for a, r in posts))


PEOPLE = (
    person(1, ("snv", Role.FOCAL)),
    person(2, ("syt", Role.FOCAL)),
    person(3, ("syt", Role.HEAD)),
    person(4, ("bv", Role.FOCAL)),
    person(5, ("huyen", Role.FOCAL), ("xa", Role.FOCAL)),
    person(6, ("huyen", Role.HEAD)),
)
FACTS = AudienceFacts(
    REGISTER,
    PEOPLE,
    frozenset({1, 2, 3, 5, 6}),
    leads={7: frozenset({"snv", "huyen"})},
    silent={7: frozenset({"huyen"})},
    late=frozenset({"syt"}),
)


@pytest.mark.parametrize(
    ("rules", "people"),
    [
        ([Rule(R.ALL)], [1, 2, 5]),
        ([Rule(R.GROUP, "so")], [1, 2]),
        ([Rule(R.TREE, "syt")], [2]),  # the hospital's has not joined
        ([Rule(R.LEVEL, "commune")], [5]),
        ([Rule(R.LEADS, "7")], [1, 5]),
        ([Rule(R.SILENT, "7")], [5]),
        ([Rule(R.LATE)], [2]),
        ([Rule(R.PERSON, "6")], [6]),
        ([Rule(R.PERSON, "6"), Rule(R.AGENCY, "huyen")], [6, 5]),
        ([Rule(R.PERSON, "x")], []),
    ],
)
def test_rules_take_people_in_once_each(rules: list[Rule], people: list[int]) -> None:
    resolved = resolve_audience(Audience(tuple(rules)), FACTS)
    assert [c.official.id for c in resolved.people] == people


def test_exclusions_go_before_everything() -> None:
    audience = Audience((Rule(R.ALL),), (Rule(R.TREE, "huyen"), Rule(R.PERSON, "1")))
    assert [c.official.id for c in resolve_audience(audience, FACTS).everyone] == [2, 4]


def test_a_person_with_two_posts_is_out_only_for_the_agency_named() -> None:
    audience = Audience((Rule(R.ALL),), (Rule(R.AGENCY, "huyen"),))
    chosen = {c.official.id: c.agency for c in resolve_audience(audience, FACTS).people}
    assert chosen[5] == "xa"


def test_who_cannot_be_reached_and_where_nobody_is_are_said_apart() -> None:
    resolved = resolve_audience(Audience((Rule(R.ALL),)), FACTS)
    assert [c.official.id for c in resolved.unreached] == [4]
    assert resolved.nobody == ("trong",)


def test_a_rule_that_takes_nobody_in_is_named() -> None:
    audience = Audience((Rule(R.GROUP, "so"), Rule(R.AGENCY, "so-y-te")))
    assert resolve_audience(audience, FACTS).empty == (Rule(R.AGENCY, "so-y-te"),)


def test_the_head_is_meant_where_no_focal_person_has_joined() -> None:
    facts = AudienceFacts(REGISTER, PEOPLE, frozenset({3}))
    resolved = resolve_audience(Audience((Rule(R.AGENCY, "syt"),)), facts)
    assert [c.official.id for c in resolved.people] == [3]
    assert [c.official.id for c in resolved.unreached] == [2]


def test_heads_alone() -> None:
    audience = Audience((Rule(R.ALL),), roles=frozenset({Role.HEAD}))
    assert [c.official.id for c in resolve_audience(audience, FACTS).people] == [3, 6]


def test_an_audience_survives_being_kept() -> None:
    audience = Audience((Rule(R.ALL), Rule(R.TREE, "syt")), (Rule(R.PERSON, "1"),), frozenset(Role))
    assert Audience.from_json(audience.as_json()) == audience
    assert audience.is_everybody


def test_a_circle_of_parents_ends() -> None:
    ring = Register.of(
        [
            Agency("a", "A", Level.PROVINCE, Kind.OTHER, parent="b", valid_from=date(2020, 1, 1)),
            Agency("b", "B", Level.PROVINCE, Kind.OTHER, parent="a"),
        ]
    )
    facts = AudienceFacts(ring, (person(1, ("a", Role.FOCAL)),), frozenset({1}))
    assert len(resolve_audience(Audience((Rule(R.TREE, "b"),)), facts).people) == 1
