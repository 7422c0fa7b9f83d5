"""However an office marks items and parts labels from what they say, the same tasks are read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from domain.plans import TaskDraft
from domain.reading.prose.headings import period_of
from domain.reading.prose.plan_prose import read_prose
from domain.reading.prose.usual_lines import labelled_pair, usual
from tests.domain.reading.office import READER

TASKS = (
    ("Lập danh sách nhà dột nát", "Phòng Nội vụ", "UBND các xã", "30/6/2025"),
    ("Sửa chữa trạm bơm Đồng Cỏ", "Phòng Kinh tế", "Điện lực huyện", "trước 15/7/2025"),
    ("Tập huấn cán bộ thôn", "Phòng Văn hóa", "Bưu điện huyện", "Quý III/2025"),
)
MARKS = (
    ("1. ", "2. ", "3. "),
    ("①", "② ", "③ "),
    ("NV01. ", "NV02. ", "NV03. "),
    ("CV-1: ", "CV-2: ", "CV-3: "),
    ("(1) ", "(2) ", "(3) "),
    ("- [ ] ", "- [x] ", "- [ ] "),
    ("☐ ", "☑ ", "☐ "),
    ("❖ ", "❖ ", "❖ "),
)
LABELS = (
    ["Chủ trì: {}; phối hợp: {}; thời hạn: {}"],
    ["Chủ trì – {}; Phối hợp – {}; Thời hạn – {}"],
    ["Ai làm? {}. Ai giúp? {}. Bao giờ xong? {}."],
    ["Chủ trì = {} | Phối hợp = {} | Thời hạn = {}"],
    ["Chủ trì: {} | Phối hợp: {} | Xong: {}"],
    ["Chủ trì", "{}", "Phối hợp", "{}", "Thời hạn", "{}"],
    ["Đơn vị chủ trì → {}", "Đơn vị phối hợp → {}", "Thời hạn → {}"],
)
BEHIND = (
    "{0} — {1} chủ trì; {2} phối hợp; {3}",
    "{0} ({1}; {2} phối hợp; {3})",
    "{0}. {1} (chủ trì), {2} (phối hợp); {3}.",
    "{3}: {0} ({1}; {2} phối hợp)",
)


def read(lines: list[str]) -> list[tuple[str, str, str, str]]:
    def shown(task: TaskDraft) -> tuple[str, str, str, str]:
        return task.title, task.leads, task.coordinators, task.frame.text

    found = [shown(task) for task in read_prose(["I. NỘI DUNG", *lines], READER)]
    return [tuple(text.rstrip(" .;") for text in task) for task in found]  # type: ignore[misc]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("labels", LABELS)
def test_marks_and_labels_may_be_written_as_an_office_likes(
    marks: tuple[str, ...], labels: list[str]
) -> None:
    lines: list[str] = []
    for mark, (title, *said) in zip(marks, TASKS, strict=True):
        lines += [mark + title, *"\n".join(labels).format(*said).split("\n")]
    assert read(lines) == list(TASKS)


@pytest.mark.parametrize("way", BEHIND)
def test_who_and_when_may_stand_around_the_task(way: str) -> None:
    assert read([f"{number}. {way.format(*task)}" for number, task in enumerate(TASKS, 1)]) == list(TASKS)


def test_labels_may_stand_over_the_tasks_they_are_for() -> None:
    lines = ["Chủ trì: Phòng Nội vụ; hạn: 30/6/2025", "- Lập danh sách nhà dột nát", "- Rà soát đất bỏ hoang"]
    lines += ["Chủ trì: Phòng Kinh tế; hạn: 15/7/2025", "- Sửa chữa trạm bơm Đồng Cỏ", "- Nạo vét kênh mương"]
    assert [(who, when) for _, who, _, when in read(lines)] == [
        ("Phòng Nội vụ", "30/6/2025"), ("Phòng Nội vụ", "30/6/2025"), ("Phòng Kinh tế", "15/7/2025"), ("Phòng Kinh tế", "15/7/2025"),
    ]  # fmt: skip


def test_a_legend_of_abbreviations_and_a_list_of_recipients_stay_as_they_are() -> None:
    lines = ["(CT – cơ quan chủ trì; PH – đơn vị phối hợp)", "- Như trên (thực hiện);", "TT 12 ngày 15/3"]
    assert usual(lines) == lines


def test_a_row_of_a_table_may_have_a_label_in_every_other_cell() -> None:
    cells = ["Chủ trì", "Sở Y tế", "Hạn", "30/6"]
    assert labelled_pair(cells) == ["Chủ trì: Sở Y tế", "Hạn: 30/6"]
    assert all(not labelled_pair([one, other]) for one, other in pairwise(("Sở Y tế", "30/6", "Chủ trì")))


def test_a_name_alone_in_brackets_leads_where_the_list_names_leads_behind_its_items() -> None:
    lines = [f"{number}. {title} ({who} chủ trì)." for number, (title, who, *_) in enumerate(TASKS, 1)]
    lines += [
        "4. Tiếp công dân vào ngày 15 hằng tháng (Ban Tiếp công dân).",
        "5. Giao ban mỗi quý một lần (Văn phòng Sở).",
    ]
    assert read(lines)[3:] == [
        ("Tiếp công dân vào ngày 15 hằng tháng", "Ban Tiếp công dân", "", "ngày 15 hằng tháng"),
        ("Giao ban mỗi quý một lần", "Văn phòng Sở", "", "mỗi quý một lần"),
    ]


def test_a_name_in_brackets_is_part_of_the_words_elsewhere() -> None:
    lines = [
        "1. Sửa trụ sở (Phòng Nội vụ)",
        "- Chủ trì: Phòng Kinh tế",
        "2. Sơn hàng rào",
        "- Chủ trì: Văn phòng Sở",
    ]
    assert read(lines)[0][:2] == ("Sửa trụ sở (Phòng Nội vụ)", "Phòng Kinh tế")


def test_a_line_may_count_several_tasks() -> None:
    tasks = (
        f"Việc {n}: {what}. Người làm: {who}. Ngày xong: {when}."
        for n, (what, who, _, when) in enumerate(TASKS, 1)
    )
    assert [(what, who, when) for what, who, _, when in read([" ".join(tasks)])] == [
        (what, who, when) for what, who, _, when in TASKS
    ]


def test_the_role_of_a_name_may_stand_behind_it_within_a_label() -> None:
    lines = ["1. Lập danh sách nhà dột nát", "Đơn vị thực hiện: Phòng Nội vụ (chính), UBND các xã (phối hợp)"]
    assert read([*lines, "Thời hạn: 30/6/2025"]) == [TASKS[0]]
    assert read([lines[0], "Phụ trách: Phòng Nội vụ; cùng UBND các xã; hạn 30/6/2025"]) == [TASKS[0]]


def test_a_part_may_be_a_task_itself() -> None:
    labels = ["Chủ trì: {}", "Phối hợp: {}", "T.gian: {}"]
    parts = [[f"{mark}. {what}", *(label.format(said) for label, said in zip(labels, more, strict=True))]
             for mark, (what, *more) in zip(("I", "II", "III"), TASKS, strict=True)]  # fmt: skip
    assert read([line for part in parts for line in part]) == list(TASKS)


@pytest.mark.parametrize(
    ("heading", "when"),
    [
        ("Tuần 1 (từ 03/3 đến 07/3/2025):", "từ 03/3 đến 07/3/2025"),
        ("Đợt 2: trước ngày 30/6/2025", "trước ngày 30/6/2025"),
        ("Hoàn thành trước ngày 30/6/2025:", "Hoàn thành trước ngày 30/6/2025"),
        ("Giai đoạn 1 (quý II/2025)", "quý II/2025"),
        ("Hoàn thành trước ngày 30/6/2025", ""),
        ("Kỳ hạn: ngày 30/6/2025", ""),
        ("Sửa chữa trạm bơm (trước 15/7/2025)", ""),
    ],
)
def test_a_stage_or_a_limit_with_a_colon_heads_what_is_below(heading: str, when: str) -> None:
    assert period_of(heading) == when
