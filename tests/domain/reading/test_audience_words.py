"""An audience in words: understood, or asked about; never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies import Register
from domain.audience import Audience, AudienceFacts, Rule, RuleKind
from domain.officials import Official, Post, Role
from domain.reading.audience import AudienceWords, read_audience
from storage import seed

R = RuleKind
AGENCIES, GROUPS = seed.load_agencies("kontum-2024")
PEOPLE = (
    Official(1, "a", "Nguyễn Văn An", (Post("snv", Role.FOCAL),)),
    Official(2, "b", "Trần Thị Bình", (Post("stc", Role.FOCAL),)),
    Official(3, "c", "Trần Thị Bình", (Post("syt", Role.FOCAL),)),
)
FACTS = AudienceFacts(
    Register.of(AGENCIES, GROUPS).as_of(date(2024, 6, 1)),
    PEOPLE,
    frozenset({1, 2, 3}),
    plans={3: "2164/KH-UBND", 4: "15/KH-UBND"},
)
KNOWN = AudienceWords(FACTS, {"Tổ công tác": Audience((Rule(R.AGENCY, "snv"),), (Rule(R.PERSON, "2"),))})


@pytest.mark.parametrize(
    ("words", "rules", "but"),
    [
        (
            "sở nội vụ, các huyện, trừ sở y tế",
            ["agency snv", "kind district/committee"],
            ["agency syt"],
        ),
        ("so noi vu, tru so y te", ["agency snv"], ["agency syt"]),
        ("các sở, ban ngành (trừ sở y tế), sở tư pháp", ["group cac-so-ban-nganh", "agency stp"], ["agency syt"]),
        ("trễ tháng này", ["late month"], []),
        ("các cơ quan đang quá hạn", ["late "], []),
        ("chưa báo cáo 2164", ["silent 3"], []),
        ("các đơn vị chủ trì kế hoạch 15", ["leads 4"], []),
        ("toàn thể các cơ quan, trừ các xã", ["all "], ["kind commune/committee"]),
        ("tất cả", ["all "], []),
        ("tất cả các sở", ["kind province/department"], []),
        ("sở y tế và các đơn vị trực thuộc", ["tree syt"], []),
        ("các xã của huyện Đăk Hà", ["below ubnd-dak-ha"], []),
        ("ông Nguyễn Văn An", ["person 1"], []),
        ("tổ công tác", ["agency snv"], ["person 2"]),
    ],
)  # fmt: skip
def test_what_an_office_says_is_understood(words: str, rules: list[str], but: list[str]) -> None:
    read = read_audience(words, KNOWN)
    assert [f"{r.kind.value} {r.value}" for r in read.audience.rules] == rules
    assert [f"{r.kind.value} {r.value}" for r in read.audience.but] == but
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("words", "unclear", "offered"),
    [
        ("sở abc, sở nội vụ", "sở abc", []),
        ("chưa báo cáo", "chưa báo cáo", ["2164/KH-UBND", "15/KH-UBND"]),
        ("chưa báo cáo 999", "chưa báo cáo 999", ["2164/KH-UBND", "15/KH-UBND"]),
        ("bà Trần Thị Bình", "bà Trần Thị Bình", None),
        ("thủ trưởng sở nội vụ, đầu mối các huyện", "thủ trưởng sở nội vụ, đầu mối các huyện", []),
        ("nội vụ", "nội vụ", ["Sở Nội vụ"]),
    ],
)
def test_what_is_unclear_is_asked(words: str, unclear: str, offered: list[str] | None) -> None:
    (doubt,) = read_audience(words, KNOWN).doubts
    assert doubt.words == unclear
    if offered is None:
        assert [o.rule.value for o in doubt.options] == ["2", "3"]
    else:
        assert [o.name for o in doubt.options] == offered


def test_an_unclear_exclusion_is_known_as_one() -> None:
    (doubt,) = read_audience("các sở, trừ sở xyz", KNOWN).doubts
    assert doubt.but


def test_heads_are_meant_when_they_are_named() -> None:
    assert read_audience("thủ trưởng các sở", KNOWN).audience.roles == {Role.HEAD}
    both = read_audience("thủ trưởng và đầu mối các sở", KNOWN)
    assert both.audience.roles == {Role.HEAD, Role.FOCAL}
    assert both.doubts == ()


@given(st.text(max_size=300))
def test_anything_can_be_read(words: str) -> None:
    read = read_audience(words, KNOWN)
    assert Audience.from_json(read.audience.as_json()) == read.audience
