"""A month in capitals is a heading, however full the line before it."""

from domain.reading.cut_text import paragraphs

LINES = """Cơ quan phối hợp: Sở Lao động - Thương binh và Xã hội, Sở Công Thương, Công an tỉnh.
{period}
1. Kế hoạch phát triển du lịch của tỉnh trong giai đoạn tới, trình Ủy ban nhân dân tỉnh."""


def test_it_begins_a_paragraph() -> None:
    for period in ("THÁNG 3", "THÁNG 12:", "QUÝ II"):
        assert paragraphs(LINES.format(period=period))[1] == period
