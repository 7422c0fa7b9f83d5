"""Times of a sentence that are no days: events, what somebody else's schedule sets, since when, all the while."""

from __future__ import annotations

import re

from domain.reading.fold import capital_letters
from domain.reading.tables.plan_table import Reader
from domain.reading.verbs import verb_at
from domain.timeframes import TimeFrame, TimeFrameKind

_TO_THE_STOP = r"[^.;]{0,160}?(?=[.;)]|/\.| (?:để|nhằm) (?:đảm bảo|bảo đảm|làm cơ sở|phục vụ) |, (?:đồng thời|qua đó|từ đó|góp phần|nhằm) |\s*$)"
#: "khi" with what happens behind; with a doing of one's own it tells how ("khi tham gia giao thông", "khi dùng thuốc")
_HAPPENS = r"(?<!trong )(?:mỗi )?khi(?= )"
_OWN_DOING = re.compile(
    r"(?:mỗi )?khi (?!có|được|phát|xảy|nhận|hoàn thành|hoàn tất|xong|kết thúc|cần|hết|ban hành|chưa có|triển khai xong)",
    re.IGNORECASE,
)
_OCCASION = (
    r"(?:trước|sau)(?:, trong và sau)? (?:khi|mỗi|từng|kỳ (?:triều|thi|nghỉ)|(?:mỗi |các )?kỳ họp|phiên họp|mùa|tết|đại hội|hội nghị|lễ|khai giảng|ngày (?:khai giảng|khai mạc|bầu cử|hội|đại hội|lễ|tết|tựu trường|thi|rằm)|năm học|rằm|thềm|giao thừa"
    r"|30 tết|ngày \d{1,2} tháng (?:chạp|giêng|âm)|bão|giờ g|thời điểm (?!\d|ngày)|đợt|vụ|cuộc)(?!\w)"
)
_COUNTED = r"(?:trong vòng|trong thời hạn|chậm nhất(?: là| sau)?|không quá|trong|sau)\s+\d{1,3} (?:ngày|giờ|tuần|tháng)(?: làm việc)?(?=,? (?:kể từ|từ|sau|tính từ|trước|khi)|\W*$)"
_EVENT = re.compile(
    rf"(?:^|(?<=[\s,;(]))(?:(?:ngay |cho |kịp thời )*(?:cho )?đến khi|(?:ngay )?sau khi|ngay khi|ngay sau|(?:kịp thời )?{_HAPPENS}|{_OCCASION}|{_COUNTED})(?!\w){_TO_THE_STOP}",
    re.IGNORECASE,
)
#: what somebody else's schedule sets
_BY_OTHER = re.compile(
    rf"(?:^|(?<=[\s,;(]))(?:(?:thời hạn|thời gian|thời điểm|tiến độ|lịch)(?: [^\s.,;]+){{0,3}},? theo|theo (?:đúng )?(?:tiến độ|lộ trình|lịch|thỏa thuận|thoả thuận|thời hạn|thời gian|khung thời gian)"
    rf"|theo (?:kế hoạch|chương trình|hướng dẫn) (?:riêng |chung )?của|theo (?:kế hoạch|chương trình)(?: [^\s.;]+){{1,8}}? năm (?:học )?20\d\d(?=\W*$))(?!\w){_TO_THE_STOP}",
    re.IGNORECASE,
)
#: from a day on
_FROM = re.compile(
    rf"(?:^|(?<=[\s,;(]))(?:bắt đầu |thực hiện |duy trì (?:đều đặn |thường xuyên )?)?(?:kể )?từ (?:ngày \d|tháng \d|quý |đầu năm |năm (?:học )?\d|\d{{1,2}}/\d|\d{{1,2}} ?(?:giờ|h)(?: ?\d\d)? ngày \d|20\d\d|học kỳ ){_TO_THE_STOP}",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    rf"(?:^|(?<=[\s,;(]))(?:trong )?(?:(?<!thông )suốt|xuyên suốt)(?!\w){_TO_THE_STOP}", re.IGNORECASE
)
_SENTENCE = re.compile(
    rf"(?<=[a-zà-ỹ)])\.\s+(?=[{capital_letters()}])(?!Thời (?:gian|hạn|điểm)|Tiến độ|Hạn|Hoàn thành)"
)
#: what somebody does it for: an event there is theirs
_PURPOSE = re.compile(r"(?:^|\s)(?:để|nhằm)\s[^.;]*$")
#: "chưa gieo cấy khi nhiệt độ dưới …": a condition of what is not to be done
_FORBIDS = re.compile(r"(?:chưa|không|cấm)(?: [^\s.,;]+){1,5}\s$", re.IGNORECASE)
#: what somebody named grants, whatever it is for
_GRANTED = re.compile(r"khi (?:được|có (?:ý kiến|quyết định|văn bản) của) (?-i:[A-ZĐ])", re.IGNORECASE)
_ONLY = re.compile(r"(?<!\w)chỉ(?! đạo| thị| tiêu| số| huy)(?: [^\s.,;]+){1,12}\s$", re.IGNORECASE)
_PEOPLE = re.compile(r"khi [^\s]+ [^\s]+ viên\b", re.IGNORECASE)
_OTHER_KINDS = (
    (_EVENT, TimeFrameKind.ON_EVENT),
    (_THROUGHOUT, TimeFrameKind.CONTINUOUS),
    (_BY_OTHER, TimeFrameKind.BY_OTHER_DOCUMENT),
    (_FROM, TimeFrameKind.OPEN_ENDED),
)


def occasion(text: str, reader: Reader, begin: int) -> TimeFrame | None:
    """An event, what somebody else's schedule sets, or since when; ``begin``: where whoever is told stands."""
    stop = _SENTENCE.search(text, begin)  # what is told further on may happen to others
    for pattern, kind in _OTHER_KINDS:
        within = text[: stop.start()] if stop and kind is TimeFrameKind.ON_EVENT else text
        found = [*pattern.finditer(_leading_up(text, begin)), *pattern.finditer(within, begin)]
        if found := [m for m in found if not _is_own_doing(text, m)]:
            return _as(kind, found[-1][0].strip(" ,"), reader)
    return None


def _leading_up(text: str, begin: int) -> str:
    """What stands before whoever is told: "Khi có lệnh, Công an tỉnh …"."""
    before, comma, _ = text[:begin].rpartition(",")
    return before if comma else text[:begin]


def _is_own_doing(text: str, event: re.Match[str]) -> bool:
    """ "khi tham gia giao thông": people do so day by day, it is no event."""
    if _FORBIDS.search(text[: event.start()]):
        return True
    before = text[: event.start()]
    if ";" in before and text[event.end() :].startswith(";"):
        return True  # of one of several things to be done
    if _GRANTED.match(event[0]):
        return False
    if event[0].startswith("khi ") and (_PURPOSE.search(before) or _ONLY.search(before)):
        return True
    own = _OWN_DOING.match(event[0])
    return bool(own and verb_at(text, event.start() + own.end()) and not _PEOPLE.match(event[0]))


def _as(kind: TimeFrameKind, text: str, reader: Reader) -> TimeFrame:
    """What words say that stand where such a time stands."""
    frame = reader.timeframe(text)
    return frame if frame.kind is kind else TimeFrame(text=text, kind=kind)
