"""Sentences put together of names, doings, times and helpers, in the ways offices put them together."""

from __future__ import annotations

import pytest

from domain.reading.orders.plan_orders import read_orders
from tests.domain.reading.bodies import BODIES, DOINGS
from tests.domain.reading.test_order_names import READER

NAMES = [name for name in BODIES if name[0].isupper()]
#: those that have no time and no helper of their own
PLAIN = [
    doing
    for doing in DOINGS
    if not any(
        word in doing for word in ("tháng", "hằng", "giờ", "/9", "trước", "phối hợp", "cùng", "điểm lại")
    )
]
#: words that set a time, its kind, the day
TIMES = (
    ("trước ngày 15/9/2025", "fixed_date", "2025-09-15"),
    ("chậm nhất ngày 15/9", "fixed_date", "2025-09-15"),
    ("hoàn thành trong tháng 9", "fixed_date", "2025-09-30"),
    ("trong quý IV/2025", "fixed_date", "2025-12-31"),
    ("xong trước 30/9", "fixed_date", "2025-09-30"),
    ("hạn chót 17/9", "fixed_date", "2025-09-17"),
    ("muộn nhất 25/9/2025", "fixed_date", "2025-09-25"),
    ("trước 17 giờ ngày 12/9/2025", "fixed_date", "2025-09-12"),
    ("trong vòng 05 ngày kể từ ngày ký", "on_event", ""),
    ("ngay sau khi có kết quả", "on_event", ""),
    ("định kỳ hằng tháng", "recurring", ""),
    ("trước ngày 25 hằng tháng", "recurring", ""),
    ("vào thứ Sáu hằng tuần", "recurring", ""),
    ("mỗi quý một lần", "recurring", ""),
    ("06 tháng một lần", "recurring", ""),
    ("hằng ngày", "recurring", ""),
    ("2 lần/tuần", "recurring", ""),
    ("thường xuyên", "continuous", ""),
    ("theo kế hoạch của Sở Nội vụ", "by_other_document", ""),
    ("từ ngày 01/10/2025", "open_ended", ""),
    ("từ 10/9 đến 20/9/2025", "within_period", "2025-09-20"),
    ("đến hết năm 2025", "within_period", "2025-12-31"),
    ("trong 6 tháng cuối năm 2025", "within_period", "2025-12-31"),
    ("không quá ngày 10/10/2025", "fixed_date", "2025-10-10"),
    ("trước Tết Nguyên đán", "on_event", ""),
    ("cuối tháng 9/2025", "fixed_date", "2025-09-30"),
    ("trong tuần đầu tháng 10/2025", "fixed_date", "2025-10-07"),
    ("khi có yêu cầu", "on_event", ""),
    ("hoàn tất ngày 20 tháng 9 năm 2025", "fixed_date", "2025-09-20"),
    ("trong năm 2025", "within_period", "2025-12-31"),
    ("trước khi khai giảng năm học mới", "on_event", ""),
    ("đến ngày 30/9/2025", "fixed_date", "2025-09-30"),
    ("kết thúc vào 05/10/2025", "fixed_date", "2025-10-05"),
    ("trễ nhất ngày 20/9/2025", "fixed_date", "2025-09-20"),
    ("vào ngày 18/9/2025", "fixed_date", "2025-09-18"),
    ("ngày 18/9/2025", "fixed_date", "2025-09-18"),
    ("từ tháng 9/2025", "open_ended", ""),
    ("suốt mùa mưa", "continuous", ""),
    ("trước mùa mưa bão", "on_event", ""),
    ("đúng hạn 30/9/2025", "fixed_date", "2025-09-30"),
    ("ngay trong tháng 9", "fixed_date", "2025-09-30"),
    ("sáng thứ Hai hằng tuần", "recurring", ""),
    ("hết ngày 25/9/2025", "fixed_date", "2025-09-25"),
    ("trong tháng 9 và tháng 10/2025", "fixed_date", "2025-10-31"),
    ("hàng quý, trước ngày 10 của tháng đầu quý sau", "recurring", ""),
)
WITH_TIME = (
    "{name} {doing}, {time}.",
    "{name} {doing}; {time}.",
    "{Time}, {name} {doing}.",
    "{name} {doing} ({time}).",
    "{name} {doing}. Thời gian: {time}.",
    "{name} {doing}. Thời hạn hoàn thành: {time}.",
    "{name} {doing} {time}, báo cáo kết quả về Sở Nội vụ.",
    "{name}: {doing}, {time}.",
    "Giao {name} {doing} {time}.",
    "{name} {doing}, thời gian thực hiện: {time}.",
)
WITH_HELPER = (
    "{name} chủ trì, phối hợp với {other} {doing}.",
    "{name} phối hợp {other} {doing}.",
    "{name} cùng {other} {doing}.",
    "{name} {doing}, có sự tham gia của {other}.",
    "{name} {doing}; {other} phối hợp.",
    "{name} {doing} (phối hợp: {other}).",
    "{name} {doing}, {other} cùng tham gia.",
    "{name} chủ trì, {other} phối hợp {doing}.",
    "{name} {doing}. Đơn vị phối hợp: {other}.",
    "{name} phối hợp chặt chẽ với {other} để {doing}.",
    "{name} làm đầu mối, cùng với {other} {doing}.",
    "{name} {doing} với sự hỗ trợ của {other}.",
    "{name} {doing}, mời {other} tham dự.",
    "{name} kết hợp với {other} {doing}.",
    "Giao {name} phối hợp với {other} {doing}.",
    "{name} là đơn vị chủ trì, {other} là đơn vị phối hợp {doing}.",
    "{name} (chủ trì), {other} (phối hợp) {doing}.",
)
WITH_OPENING = (
    "Đối với {name}: {doing}.",
    "Riêng {name} {doing}.",
    "Về công tác tuyên truyền: {name} {doing}.",
    "Yêu cầu {name}: {doing}.",
    "Thống nhất giao {name} {doing}.",
    "Chủ tịch UBND tỉnh yêu cầu {name} {doing}.",
    "Trách nhiệm của {name}: {doing}.",
    "Để kịp tiến độ, {name} {doing}.",
    "Do mưa lớn kéo dài, {name} {doing}.",
    "Trên cơ sở kết quả rà soát, {name} {doing}.",
    "Đồng ý chủ trương lát lại vỉa hè; giao {name} {doing}.",
    "Đồng thời, yêu cầu {name} {doing}.",
    "Trước mắt, {name} {doing}.",
    "Sau khi nghe báo cáo, Chủ tọa giao {name} {doing}.",
    "Kính đề nghị {name} {doing}.",
    "Việc lát vỉa hè: {name} {doing}.",
    "{name} vẫn {doing}.",
    "{name}, {doing}.",
)


def pick(words: list[str], number: int) -> str:
    """One of the words; the next numbers give others."""
    return words[number * 37 % len(words)]


@pytest.mark.parametrize("way", WITH_TIME)
def test_the_time_is_found_wherever_it_stands(way: str) -> None:
    wrong = {}
    for number, (time, kind, day) in enumerate(TIMES):
        name, doing = pick(NAMES, number), pick(PLAIN, number)
        said = way.format(name=name, doing=doing, time=time, Time=time[0].upper() + time[1:])
        read = [
            (task.leads, task.frame.kind.value, task.frame.due_on)
            for task in read_orders([f"1. {said}"], READER)
        ]
        shown = [(who, what, day.isoformat() if day else "") for who, what, day in read]
        if shown != [(name, kind, day)]:
            wrong[said] = shown
    assert wrong == {}


@pytest.mark.parametrize("way", WITH_HELPER)
def test_who_helps_is_found_wherever_they_stand(way: str) -> None:
    wrong = {}
    for number in range(40):
        name, other, doing = pick(NAMES, number), pick(NAMES, number + 5), pick(PLAIN, number)
        said = way.format(name=name, other=other, doing=doing)
        read = [(task.leads, task.coordinators) for task in read_orders([f"1. {said}"], READER)]
        if read != [(name, other)]:
            wrong[said] = read
    assert wrong == {}


@pytest.mark.parametrize("way", WITH_OPENING)
def test_whoever_is_told_is_found_behind_every_opening(way: str) -> None:
    wrong = {}
    for number in range(40):
        name, doing = (
            pick(NAMES, number + 3),
            pick([d for d in PLAIN if not d.startswith(("giao", "phân công"))], number),
        )
        read = [task.leads for task in read_orders([f"1. {way.format(name=name, doing=doing)}"], READER)]
        if read != [name]:
            wrong[way.format(name=name, doing=doing)] = read
    assert wrong == {}
