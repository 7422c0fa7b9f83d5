"""What is unsure about an order, and what was passed over beside it, is said."""

from __future__ import annotations

import pytest

from domain.reading.orders.order_task import is_wordy
from domain.reading.orders.plan_orders import read_orders
from tests.domain.reading.office import READER


def test_an_order_that_names_nobody_is_told_beside_the_row_before_it() -> None:
    lines = [
        "1. Sở Y tế tổ chức tiêm vắc xin cho trẻ em.",
        "Nơi nào chưa đủ kho lạnh thì bên giữ thuốc chủ trì, phối hợp với bên vận chuyển sắp xếp lại lịch giao nhận trong tuần.",
    ]
    [task] = read_orders(lines, READER)
    assert [d.code for d in task.doubts] == ["order_beside"]


@pytest.mark.parametrize(
    ("names", "wordy"),
    [
        ("các cơ quan có biện pháp cụ thể tháo gỡ khó khăn cho ngành đường thủy", True),
        ("các xã có tỷ lệ số hóa dưới 40 phần trăm kiểm điểm trách nhiệm tập thể", True),
        ("UBND các xã, phường, thị trấn nơi có rừng và các chủ rừng", False),
        ("Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh", False),
    ],
)
def test_a_name_of_many_small_words_is_doubted(names: str, wordy: bool) -> None:
    assert is_wordy(names) is wordy
