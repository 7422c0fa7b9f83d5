"""Whether a document goes on behind the last task that was read."""

from __future__ import annotations

from datetime import date

import pytest

from domain.documents import Document, Paragraph
from domain.reading.plan import read_plan
from tests.domain.reading.office import CALENDAR

ORDERS = (
    "CHỈ THỊ",
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
    "1. Sở Xây dựng rà soát quy hoạch, hoàn thành trước ngày 30/8/2024.",
    "2. Sở Y tế kiểm tra các bệnh viện, xong trước ngày 15/9/2024.",
    "3. Sở Nội vụ tổng hợp kết quả, báo cáo trước ngày 20/9/2024.",
    "4. Thanh tra tỉnh giám sát việc thực hiện",
)


@pytest.mark.parametrize(("end", "is_cut"), [((), True), (("CHỦ TỊCH",), False)], ids=["stops", "signed"])
def test_a_last_task_with_less_than_the_others_is_cut_off_only_where_nobody_signed(
    end: tuple[str, ...], *, is_cut: bool
) -> None:
    document = Document(tuple(Paragraph(text) for text in (*ORDERS, *end)))
    draft = read_plan(document, register=None, calendar=CALENDAR, today=date(2024, 8, 1))
    assert len(draft.tasks) == 4
    assert any(doubt.code == "text_cut_off" for doubt in draft.doubts) is is_cut
