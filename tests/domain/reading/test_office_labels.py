"""Items and the labels below them as many offices write them."""

from __future__ import annotations

import pytest

from domain.reading.prose.plan_prose import read_prose
from tests.domain.reading.office import READER

PROSE: list[tuple[str, list[str]]] = [
    ("1. Xây dựng kế hoạch tuyên truyền",["- Chủ trì: Sở Nội vụ","- Phối hợp: Sở Tài chính","- Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["+ Đơn vị thực hiện: Sở Nội vụ","+ Đơn vị phối hợp: Sở Tài chính","+ Thời hạn: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["* Cơ quan chủ trì: Sở Nội vụ.","* Cơ quan phối hợp: Sở Tài chính.","* Thời gian thực hiện: Quý II/2025."]),
    ("1. Xây dựng kế hoạch tuyên truyền",["Cơ quan chủ trì thực hiện: Sở Nội vụ;","Cơ quan phối hợp thực hiện: Sở Tài chính;","Thời gian hoàn thành: Quý II/2025."]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Đơn vị chủ trì thực hiện: Sở Nội vụ; đơn vị phối hợp: Sở Tài chính.","- Hoàn thành: Quý II/2025."]),
    ("a) Xây dựng kế hoạch tuyên truyền",["Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025."]),
    ("1.1. Xây dựng kế hoạch tuyên truyền (Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025)",[]),
    ("- Xây dựng kế hoạch tuyên truyền",["Cơ quan thực hiện: Sở Nội vụ","Cơ quan phối hợp: Sở Tài chính","Thời gian thực hiện: Quý II/2025"]),
    ("Nhiệm vụ 1: Xây dựng kế hoạch tuyên truyền",["- Cơ quan chủ trì: Sở Nội vụ","- Cơ quan phối hợp: Sở Tài chính","- Thời gian hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Cơ quan tham mưu: Sở Nội vụ","- Cơ quan phối hợp: Sở Tài chính","- Tiến độ: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Phân công: Sở Nội vụ","- Phối hợp: Sở Tài chính","- Thời gian, tiến độ: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Cơ quan, đơn vị chủ trì: Sở Nội vụ","- Cơ quan, đơn vị phối hợp: Sở Tài chính","- Thời gian thực hiện và hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Đơn vị chủ trì (thực hiện): Sở Nội vụ","- Các đơn vị phối hợp: Sở Tài chính","- Thời gian dự kiến hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["(i) Chủ trì: Sở Nội vụ","(ii) Phối hợp: Sở Tài chính","(iii) Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["• Cơ quan chủ trì: Sở Nội vụ","• Cơ quan phối hợp: Sở Tài chính","• Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính.","- Thời gian hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện.","- Thời gian thực hiện: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["Chủ trì thực hiện: Sở Nội vụ. Phối hợp thực hiện: Sở Tài chính. Hoàn thành: Quý II/2025."]),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(PROSE)))
def test_an_item_and_its_labels_are_a_task(index: int) -> None:
    title, lines = PROSE[index]
    (task,) = read_prose(["I. NỘI DUNG", title, *lines], READER)
    assert task.title == "Xây dựng kế hoạch tuyên truyền"
    assert (task.leads.rstrip(".;"), task.coordinators.rstrip(".;")) == ("Sở Nội vụ", "Sở Tài chính")
    assert str(task.frame.due_on) == "2025-06-30"


@pytest.mark.parametrize("label", ["Xong trước", "Hoàn thành trước ngày", "Rõ thời gian hoàn thành trước"])
def test_a_label_may_say_that_its_day_is_no_longer_in_time(label: str) -> None:
    (task,) = read_prose(
        ["1. Phúc tra nguồn công dân", "- Chủ trì: Công an huyện", f"- {label}: 30/9/2025"], READER
    )
    assert str(task.frame.due_on) == "2025-09-30"
    assert task.frame.strict


@pytest.mark.parametrize(
    "who", ["Phòng Kế hoạch tổng hợp", "công chức phụ trách xây dựng", "Tổ Hành chính tổng hợp"]
)
def test_words_of_doing_within_a_labelled_name_belong_to_it(who: str) -> None:
    lines = ["1. Cập nhật sổ theo dõi công trình", f"Rõ người chủ trì: {who}. Rõ thời gian: 30/6/2025"]
    (task,) = read_prose(lines, READER)
    assert task.leads.rstrip(".") == who


@pytest.mark.parametrize("mark", ["A.1.", "II.1.", "B.2.3."])
def test_an_item_may_be_numbered_with_its_part(mark: str) -> None:
    lines = [
        "Phần thứ hai. NỘI DUNG",
        f"{mark} Khảo sát chợ xã",
        "- Bộ phận đầu mối: Sở Công Thương",
        "- Xong: 30/6/2025",
    ]
    (task,) = read_prose(lines, READER)
    assert (task.number, task.title) == (mark.rstrip("."), "Khảo sát chợ xã")


def test_each_thing_that_must_be_clear_is_a_label() -> None:
    lines = [
        "1. Rõ việc: Kẻ vạch vỉa hè",
        "- Rõ người: Công an phường",
        "- Rõ thời gian: 12/02/2025",
        "- Rõ sản phẩm: vạch sơn",
    ]
    (task,) = read_prose(lines, READER)
    assert (task.title, task.leads, task.product) == ("Kẻ vạch vỉa hè", "Công an phường", "vạch sơn")
