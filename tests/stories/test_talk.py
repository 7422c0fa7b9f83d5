"""What officials, monitors and strangers say, and what they hear."""

from datetime import date

import pytest

from domain.assignments import State
from domain.officials import Role
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
from tests.town import Town


def state(town: Town, number: str, agency: str) -> tuple[State, int | None]:
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if t.number == number)
        found = next(a for a in uow.assignments.of_tasks([task.id]) if a.agency == agency)
    return found.state, found.percent


def test_a_reminder_is_answered_in_words_and_the_answer_is_said_back(town: Town) -> None:
    town.tick()
    town.forward("2026-01-28 08:00")
    assert any("1.b" in text for text in town.hears("dm-stp"))
    town.says("dm-stp", "xong 80%, chờ Sở Tài chính")
    (answer,) = town.hears("dm-stp")
    assert "80%" in answer
    assert "chờ Sở Tài chính" in answer
    assert state(town, "1.b", "stp") == (State.IN_PROGRESS, 80)
    town.presses("dm-stp", "Nhắc nơi đang chờ")
    assert any("Sở Tư pháp đang chờ" in text for text in town.hears("dm-stc"))
    town.presses("dm-stp", "Xong hẳn")
    assert state(town, "1.b", "stp") == (State.DONE, 100)


def test_without_diacritics_and_by_number(town: Town) -> None:
    town.tick()
    town.hears("dm-stc")
    town.says("dm-stc", "/viec")
    (tasks,) = town.hears("dm-stc")
    assert "1. 1.a" in tasks
    assert "2. 2.a" in tasks
    town.says("dm-stc", "1 xong roi, 2 duoc 60%")
    assert state(town, "1.a", "stc") == (State.DONE, 100)
    assert state(town, "2.a", "stc") == (State.IN_PROGRESS, 60)
    town.says("dm-stc", "huy cap nhat vua roi")
    assert state(town, "2.a", "stc")[0] is State.NOT_STARTED


def test_a_lone_number_opens_that_task(town: Town) -> None:
    town.tick()
    town.says("dm-stc", "/viec")
    town.hears("dm-stc")
    town.says("dm-stc", "2")
    (shown,) = town.hears("dm-stc")
    assert "Kết nối dữ liệu" in shown


def test_which_task_is_asked_when_it_is_not_clear(town: Town) -> None:
    town.tick()
    town.hears("dm-stc")
    with town.db.begin() as uow:
        person = uow.people.by_key("dm-stc")
        assert person is not None
        conversation = uow.conversations.get(person.id)
    assert conversation.last_assignment is None
    town.says("dm-stc", "được 40%")
    (question,) = town.hears("dm-stc")
    assert "nhiệm vụ nào" in question
    town.says("dm-stc", "2")
    assert state(town, "2.a", "stc") == (State.IN_PROGRESS, 40)


def test_an_extension_is_asked_granted_and_moves_the_ladder(town: Town) -> None:
    town.tick()
    town.forward("2026-01-16 08:00")
    town.says("dm-stc", "1a xin gia hạn đến 30/1")
    assert "Lý do" in town.hears("dm-stc")[-1]
    town.says("dm-stc", "đang chờ số liệu của các huyện")
    assert "Đã gửi đề nghị" in town.hears("dm-stc")[-1]
    asked = town.hears("dm-snv")[-1]
    assert "Sở Tài chính đề nghị gia hạn" in asked
    assert "30/1/2026" in asked
    town.presses("dm-snv", "Đồng ý")
    assert any("30/1/2026" in text for text in town.hears("dm-stc"))
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if t.number == "1.a")
        moved = uow.assignments.of_tasks([task.id])[0]
    assert (moved.due_on, moved.deadline_version) == (date(2026, 1, 30), 2)
    stale = town.presses("dm-snv", "Đồng ý")
    assert stale.outcome == "stale"
    town.forward("2026-01-22 08:00")
    assert all("quá hạn" not in text for text in town.hears("dm-stc"))


def test_an_extension_may_be_refused_or_given_another_day(town: Town) -> None:
    town.tick()
    town.says("dm-stp", "1b xin lùi đến 10/3 vì thiếu người")
    town.presses("dm-snv", "Chọn ngày khác")
    town.says("dm-snv", "27/2")
    assert any("27/2/2026" in text for text in town.hears("dm-stp"))
    town.says("dm-syt", "2a xin lùi đến 20/3 vì thiếu máy")
    town.presses("dm-snv", "Không đồng ý")
    assert any("không được chấp thuận" in text for text in town.hears("dm-syt"))


def test_not_ours_and_handover_go_to_the_monitor(town: Town) -> None:
    town.tick()
    town.hears("dm-snv")
    town.says("dm-syt", "không phải việc của đơn vị tôi")
    assert any("không thuộc trách nhiệm" in text for text in town.hears("dm-snv"))
    town.presses("dm-snv", "Đồng ý")
    assert state(town, "2.a", "syt")[0] is State.RELEASED


def test_snoozed_until_tomorrow(town: Town) -> None:
    town.tick()
    town.says("dm-syt", "mai nhắc lại")
    assert any("Sẽ nhắc lại" in text for text in town.hears("dm-syt"))


def test_the_monitor_follows_up_with_one_press_once_a_day(town: Town) -> None:
    town.tick()
    town.hears("dm-stc")
    town.says("dm-snv", "/theodoi")
    town.presses("dm-snv", "Đôn đốc 2.a")
    preview = town.hears("dm-snv")[-1]
    assert "Sở Tài chính" in preview
    assert "Sở Y tế" in preview
    town.presses("dm-snv", "Gửi 2 cơ quan")
    assert any("Đầu mối Sở Nội vụ đề nghị" in text for text in town.hears("dm-stc"))
    assert town.presses("dm-snv", "Gửi 2 cơ quan").outcome == "stale"
    town.presses("dm-snv", "Đôn đốc 2.a")
    assert "không còn cơ quan nào" in town.hears("dm-snv")[-1]
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if t.number == "2.a")
        assert uow.nudges.nudged_on(task.id, date(2026, 1, 5)) == {"stc", "syt"}


def test_chosen_agencies_only(town: Town) -> None:
    town.tick()
    town.hears("dm-syt")
    town.says("dm-snv", "/dondoc")
    town.presses("dm-snv", "Đôn đốc 2.a")
    town.presses("dm-snv", "Chọn cơ quan")
    town.says("dm-snv", "2")
    town.presses("dm-snv", "Gửi 1 cơ quan")
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if t.number == "2.a")
        assert len(uow.nudges.nudged_on(task.id, date(2026, 1, 5))) == 1


def test_somebody_else_may_not_decide_or_press(town: Town) -> None:
    town.tick()
    town.says("dm-stp", "1b xin lùi đến 10/3 vì thiếu người")
    token = town.wires("dm-snv")[-1].buttons[0].token
    accepted = town._comes_in("dm-stc", token=token)
    assert accepted.outcome == "stale"
    with town.db.begin() as uow:
        request = uow.requests.get(1)
    assert request.state.value == "open"


@pytest.mark.parametrize("words", ["giá vàng lại tăng 3% rồi các bác", "bot ngu nhu bo", "haha vui thế 😂"])
def test_chatter_changes_nothing_and_is_answered_politely(town: Town, words: str) -> None:
    town.tick()
    town.hears("dm-syt")
    town.says("dm-syt", words)
    (answer,) = town.hears("dm-syt")
    assert "Chưa ghi nhận gì" in answer
    assert state(town, "2.a", "syt")[0] is State.NOT_STARTED


def test_no_word_ends_in_not_understood(town: Town) -> None:
    town.tick()
    for words in (
        "?",
        "ok",
        "help",
        "/khongco",
        "hạn báo cáo là ngày nào ạ?",
        "rõ ạ",
        "cho xem việc của tôi",
        "2 tiếng nữa nhắc",
    ):
        town.hears("dm-stc")
        town.says("dm-stc", words)
        heard = town.hears("dm-stc")
        assert heard, words
        assert "lỗi" not in heard[0], words


def test_a_stranger_hears_one_polite_word_a_day_and_nothing_else(town: Town) -> None:
    town.says("nobody", "/viec")
    town.says("nobody", "xong 80%")
    (word,) = town.hears("nobody")
    assert "mã" in word
    assert "nhiệm vụ" not in word.replace("nhiệm vụ được giao cho cơ quan mình", "")


def test_joining_by_a_code_once_and_with_few_attempts(database: Database) -> None:
    town = Town(database, "2026-01-05 07:30")
    town.settle(*PEOPLE)
    with town.db.begin() as uow:
        late = uow.people.save("dm-sxd", "Đầu mối Sở Xây dựng", [])
        code = uow.people.new_invite(late.id, town.clock.now())
    for _ in range(3):
        town.says("99", "AAAAAAAAAA")
    assert all("Mã này không đúng" in text for text in town.hears("99"))
    town.says("99", "/start", code=code.lower())
    assert any("Kính chào Đầu mối Sở Xây dựng" in text for text in town.hears("99"))
    town.says("100", "", code=code)
    assert any("Mã này không đúng" in text for text in town.hears("100"))
    for _ in range(6):
        town.says("101", "", code="BBBBBBBBBB")
    assert "quá nhiều lần" in town.hears("101")[-1]


def test_the_same_update_twice_is_one(town: Town) -> None:
    from bot.incoming import Incoming

    town.tick()
    town.hears("dm-syt")
    incoming = Incoming("telegram", "1", "77", "dm-syt", town.clock.now(), text="được 30%")
    outcomes = [town.runtime.inbox.accept(incoming, town.clock.now()).outcome for _ in range(2)]
    assert outcomes == ["done", "duplicate"]
    town.deliver()
    assert len(town.hears("dm-syt")) == 1


def test_a_language_is_chosen_and_kept(town: Town) -> None:
    town.says("dm-syt", "/ngonngu")
    town.presses("dm-syt", "English")
    assert town.hears("dm-syt")[-1] == "From now on I write in this language."
    town.says("dm-syt", "/viec")
    assert "Open tasks" in town.hears("dm-syt")[-1]


def test_who_joins_later_gets_what_still_concerns_them(database: Database) -> None:
    town = Town(database, "2026-01-05 07:30")
    town.settle(*PEOPLE, joined=False)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    town.tick()
    with town.db.begin() as uow:
        person = uow.people.by_key("dm-syt")
        assert person is not None
        assert person.holds(Role.FOCAL, "syt")
        code = uow.people.new_invite(person.id, town.clock.now())
    town.forward("2026-01-07 08:00")
    town.says("dm-syt", "/start", code=code)
    town.tick()
    assert any("2.a" in text for text in town.hears("dm-syt"))


def test_what_people_correct_is_kept_without_names_to_learn_from(town: Town) -> None:
    town.tick()
    town.says("dm-stp", "1b được 80% rồi nhé anh Nam")
    town.says("dm-stp", "không phải, 60% thôi")
    town.says("dm-stp", "đã gửi báo cáo rồi nhé")
    town.presses("dm-stp", "Chưa xong")
    with town.db.begin() as uow:
        misread, doubted = uow.cases.all()
        assert uow.cases.settle([misread.id], "taken") == 1
        assert len(uow.cases.all()) == 1
    assert misread.said == "1b được 80% rồi nhé anh <name>"
    assert (misread.read["percent"], misread.meant["percent"]) == (80, 60)
    assert doubted.read["doubts"] == ["done_unclear"]
    assert doubted.meant["status"] == "in_progress"
