"""Answers are read as a careful reader reads them: labelled messages, and what must never happen."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.reading.replies.replies import LONGEST, Reading, read_reply, reading_json
from domain.reading.replies.reply_explain import explain_reply
from domain.workdays import WorkCalendar
from locales.lexicons import load_all

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 6, 25, 9, tzinfo=ZONE)
DUE = date(2024, 6, 30)
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("replies_cases.jsonl").read_text("utf-8").splitlines()
]


def read(text: str, *, due_on: date | None = DUE, plan_end: date | None = None) -> Reading:
    calendar = WorkCalendar(ZONE)
    return read_reply(text, lexicon=load_all(), now=NOW, due_on=due_on, calendar=calendar, plan_end=plan_end)


def differences(expect: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """What a labelled message says and the reading does not. ``doubts``: true for any, a list for exactly these."""
    wrong = []
    for key, value in expect.items():
        match key:
            case "more":
                pairs = list(zip(value, got["more"]))
                wrong += [] if len(value) == len(got["more"]) else [f"{len(got['more'])} more"]
                wrong += [f"more: {line}" for label, part in pairs for line in differences(label, part)]
            case "doubts":
                fits = bool(got["doubts"]) if value is True else got["doubts"] == value
                wrong += [] if fits else [f"doubts {got['doubts']}"]
            case "intent_in":
                wrong += [] if got["intent"] in value else [f"intent {got['intent']}"]
            case "not_intent":
                wrong += [f"intent {value}"] if got["intent"] == value else []
            case "note_contains":
                wrong += [] if value in got["note"] else [f"note {got['note']}"]
            case "corrects":
                wrong += [] if got.get("corrects", False) == value else ["corrects"]
            case _:
                wrong += [] if got[key] == value else [f"{key} {got[key]}"]
    if got["status"] == "done" and expect.get("status") != "done":
        wrong.append("taken as done")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_labelled_messages(case: dict[str, Any]) -> None:
    assert differences(case["expect"], reading_json(read(case["text"]))) == []


def test_the_example_messages(shared: Path) -> None:
    wrong = {}
    for line in (shared / "replies_examples.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        got = reading_json(read(case["text"]))
        found = differences(case["expect"], got)
        if "no_percent" in case["tags"] and got["percent"] is not None:
            found.append("a percentage nobody stated")
        if "no_until" in case["tags"] and got["until"] is not None:
            found.append("a day nobody named")
        if "not_done" in case["tags"] and got["status"] == "done":
            found.append("taken as done")
        if found:
            wrong[case["text"]] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("khoảng 70-80%", "percent_range"),
        ("xã A 60%, xã B 80%", "several_percents"),
        ("được 120%", "percent_over_100"),
        ("tăng 5% so với tuần trước", "percent_unclear"),
        ("được 80 rồi", "is_it_percent"),
        ("chắc xong rồi", "done_unclear"),
        ("đã nộp rồi ạ", "done_unclear"),
        ("xin gia hạn đến 20/6", "date_in_past"),
        ("xin lùi đến thứ sáu tuần này", "not_after_due"),
        ("xin lùi sang tuần sau", "which_day"),
        ("đừng nhắc nữa", "stop_reminders"),
        ("5/7", "which_intent"),
        ("mai mốt nhắc lại", "two_days"),
    ],
)
def test_doubts_have_names_and_are_never_taken(text: str, code: str) -> None:
    reading = read(text)
    assert code in reading.doubts
    assert reading.status != "done"
    assert reading.until is None


def test_a_day_after_the_end_of_the_plan_is_offered_not_taken() -> None:
    reading = read("xin gia hạn đến 15/1/2025", plan_end=date(2024, 12, 31))
    assert reading.doubts == ("after_plan_end",)
    assert reading.until is None
    assert reading.candidates[0].until == date(2025, 1, 15)


def test_in_doubt_the_likeliest_readings_are_offered() -> None:
    assert {c.status for c in read("chắc xong rồi").candidates} == {"done", "in_progress"}
    assert read("được 80 rồi").candidates[0].percent == 80


def test_whom_it_waits_for_keeps_the_senders_words() -> None:
    assert read("60%, chờ Sở Tài chính cho ý kiến").waits_for == ("Sở Tài chính cho ý kiến",)
    assert read("da xong 80%, cho y kien so tai chinh").waits_for == ("y kien so tai chinh",)


def test_the_note_is_what_was_written() -> None:
    assert read("  Dạ   đang làm,\nchờ   số liệu ạ ").note == "Dạ đang làm, chờ số liệu ạ"
    assert [part.note for part in (read("1 xong, 2 được 60% chờ thẩm định").more)] == [
        "2 được 60% chờ thẩm định"
    ]


def test_without_a_due_date_a_duration_counts_from_today() -> None:
    assert read("xin lùi 1 tuần", due_on=None).until == date(2024, 7, 2)


def test_what_lies_behind_the_longest_message_is_not_read() -> None:
    reading = read("đang làm " * (LONGEST // 9 + 1) + "xong rồi")
    assert "too_long" in reading.doubts
    assert reading.status == "in_progress"


def test_the_reader_can_say_why() -> None:
    lines = explain_reply("60% thì tắc r, chưa xong", load_all())
    assert any("done:no" in line and "now:60" in line for line in lines)
    assert any("rule: progress -> progress" in line for line in lines)
