"""Many lines for one person make one message."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agencies import Agency, Kind, Level, Register
from domain.bundling import MOST_CHOICES, MOST_ITEMS, Bundle, bundle
from domain.messages import Choice, Look, Message, Priority
from domain.phrases import say, verbatim
from domain.plans import Plan
from domain.situation import Owed

TODAY = date(2026, 1, 19)
PLANS = {n: Plan(n, f"{n}/KH", "Kế hoạch", "UBND", date(2026, 1, n)) for n in (1, 2)}
REGISTER = Register.of(Agency(c, f"Sở {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in ("snv", "stc"))
WHY = say("the focal person of {agency}", agency=verbatim("Sở snv"))


def line(n: int, *, urgency: int = 30, plan: int = 1, agency: str = "snv", **what: object) -> Owed:
    """A question about assignment n."""
    known = {"assignment": n, "plan": plan, "agency": agency, "asks": True, "code": f"{n}a"} | what
    return Owed(
        "due_soon", f"k{n}:{what.get('section', '')}", 7, verbatim(f"việc {n}"), WHY, TODAY, urgency, **known
    )  # type: ignore[arg-type]


def told(n: int, section: str = "monitor", **what: object) -> Owed:
    """Something a monitor is told."""
    choice = Choice(say("Follow up {code}", code=f"{n}a"), "nudge", {"task": n, "only": "all"})
    more = {"asks": False, "assignment": None, "agency": "", "section": section, "choices": (choice,)} | what
    return line(n, **more)


def made(*lines: Owed, digest: bool = True) -> Bundle:
    return bundle(lines, TODAY, PLANS, REGISTER, digest=digest)


def items(message: Message) -> list[tuple[int | None, str]]:
    return [(b.number, b.about) for b in message.blocks if b.look is Look.ITEM]


def test_one_line_carries_its_own_answers_and_needs_no_number() -> None:
    message = made(line(4)).message
    assert message.assignment == 4
    assert message.numbered == ()
    assert items(message) == [(None, "assignment:4@1")]
    assert [c.act for c in message.choices][:2] == ["progress.done", "progress.set"]
    assert all(c.args["assignment"] == 4 for c in message.choices)


def test_several_are_numbered_most_urgent_first_by_plan_and_the_numbers_are_those_of_the_list() -> None:
    message = made(
        line(1, plan=1), line(2, plan=2, urgency=0), line(3, plan=1, urgency=10), line(4, plan=2)
    ).message
    assert items(message) == [
        (1, "assignment:2@1"),
        (2, "assignment:4@1"),
        (3, "assignment:3@1"),
        (4, "assignment:1@1"),
    ]
    assert message.numbered == (2, 4, 3, 1)
    assert message.assignment is None
    assert [(c.act, c.args["assignment"], c.label.args["n"]) for c in message.choices] == [
        ("task.show", 2, 1),
        ("task.show", 4, 2),
        ("task.show", 3, 3),
        ("task.show", 1, 4),
    ]
    headings = [b.phrase.args["number"] for b in message.blocks if "number" in b.phrase.args]
    assert [p.args["text"] for p in headings] == ["2/KH", "1/KH"]  # type: ignore[union-attr]


def test_what_one_is_told_of_is_not_numbered_and_asks_for_nothing() -> None:
    message = made(told(1), told(2)).message
    assert (message.numbered, message.assignment) == ((), None)
    assert [c.act for c in message.choices] == ["nudge", "nudge"]


def test_own_work_stands_before_what_is_followed_up() -> None:
    message = made(told(1, urgency=0), line(2), line(3)).message
    assert items(message) == [(1, "assignment:2@1"), (2, "assignment:3@1"), (None, "")]
    assert [c.act for c in message.choices] == ["task.show", "task.show", "nudge"]


def test_two_kinds_that_ask_about_one_piece_of_work_speak_once() -> None:
    two = made(line(1, urgency=0), replace(line(1, urgency=50), key="other"))
    assert items(two.message) == [(None, "assignment:1@1")]
    assert len(two.owed) == 2


def test_the_agency_is_named_where_a_person_answers_for_several() -> None:
    blocks = made(line(1), line(2, agency="stc")).message.blocks
    assert [b.phrase.msgid for b in blocks if b.look is Look.ITEM] == ["{agency}: {line}"] * 2
    assert "{agency}: {line}" not in [b.phrase.msgid for b in made(line(1), line(2)).message.blocks]


def test_the_last_line_says_why_it_came() -> None:
    last = made(line(1), line(2)).message.blocks[-1]
    assert last.look is Look.QUIET
    assert last.phrase == say("You get this because you are {why}.", why=(WHY,))


def test_a_long_digest_counts_the_rest() -> None:
    long = made(*(line(n) for n in range(1, 31)), told(40))
    assert len(items(long.message)) == MOST_ITEMS
    assert len(long.owed) == 31
    more = [b.phrase.args["count"] for b in long.message.blocks if b.phrase.msgid.startswith("… and")]
    assert more == [31 - MOST_ITEMS]


def test_only_what_is_due_today_overdue_or_prompt_goes_before_other_digests() -> None:
    assert made(line(1, urgency=11)).priority is Priority.DIGEST
    assert made(line(1, urgency=10)).priority is Priority.REMINDER
    assert made(line(1, prompt=True)).priority is Priority.REMINDER


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(0, 99), st.sampled_from([1, 2]), st.booleans()),
        min_size=1,
        max_size=40,
        unique_by=lambda t: t[0],
    )
)
def test_a_message_is_never_too_long_and_its_numbers_are_those_of_its_list(
    rows: list[tuple[int, int, int, bool]],
) -> None:
    lines = [line(n, urgency=u, plan=p) if own else told(n, urgency=u, plan=p) for n, u, p, own in rows]
    whole = made(*lines)
    message = whole.message
    assert len(items(message)) <= MOST_ITEMS and len(message.choices) <= MOST_CHOICES
    assert {o.key for o in whole.owed} == {o.key for o in lines}
    by_number = {n: about for n, about in items(message) if n}
    assert message.numbered == tuple(int(by_number[n][11:-2]) for n in sorted(by_number))
    assert sorted(by_number) == list(range(1, len(by_number) + 1))
    assert Message.from_json(message.as_json()) == message
