"""Whom a sentence tells to do something: "Giao Sở Nội vụ …", "Trước ngày 10/4, các địa phương gửi …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.agencies import Register
from domain.reading.agencies import scan
from domain.reading.fold import capital_letters, plain, tidy
from domain.reading.orders.plan_who import Names, names_at_start
from domain.reading.verbs import begins_with_verb, doing_at, verb_at

_CAPITAL = capital_letters()
_AGREED = r"(?:(?:thống nhất|đồng ý|nhất trí|tiếp tục|trước mắt|đồng thời|do đó|vì vậy|theo đó|trân trọng|kính|cũng|sau đó|chính thức)\s*,?\s+)*"
_GIVE = rf"{_AGREED}(?:giao(?! ban (?:tuần|tháng|với|công|hằng|hàng|định|đầu|cuối|trực|sáng|chiều|quý|báo|thường)| thông| lưu| dịch| nhận| thừa| mùa| tiếp| diện| hữu)(?: nhiệm vụ| trách nhiệm| việc)?|yêu cầu|đề nghị|phân công(?: nhiệm vụ)?|(?-i:[Cc]ử)(?= (?-i:[A-ZĐ]|đồng chí|đ/c|ông |bà |anh |chị ))|ủy quyền|uỷ quyền|ủy nhiệm|lưu ý|nhắc nhở|nhờ)(?: cho| đối với)?\s*:?\s+"
GIVEN = re.compile(rf"{_GIVE}", re.IGNORECASE)
#: whom others are told to direct or to win over
DIRECTS = re.compile(
    r"(?:chỉ đạo|kêu gọi|khuyến khích|mời|vận động|trân trọng mời)(?: cho)?\s*:?\s+", re.IGNORECASE
)
_APART = re.compile(
    r"(?:riêng|trước hết|trước mắt|đồng thời|ngoài ra),?\s+(?=\S)"
    r"|(?:mỗi|hằng|hàng|định kỳ|cứ)(?: [a-zà-ỹđ\d]+){1,5}(?: \([^()]*\))?\s+(?=(?-i:[A-ZĐ]))",
    re.IGNORECASE,
)
#: a clause within a sentence that gives something to somebody: "Đồng ý chủ trương …; giao Sở …"
_GIVES = re.compile(rf"(?:[,;:.]|\s[-–]|\bvà)\s+[\"“‘*]*(?={_GIVE})", re.IGNORECASE)
#: who issues does not order itself, but others: "Chủ tịch UBND tỉnh yêu cầu Sở …"
_ISSUER = re.compile(
    r"(?:(?:dong chi )?(?:pho )?(?:chu tich|lanh dao|thuong truc|bi thu)(?: thuong truc)? )?(?:(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd|tinh uy|thanh uy|huyen uy|dang uy)(?: (?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa|thi tran|dac khu)(?: [a-z]+){0,4})?)"
    r"|lanh dao (?:tinh|thanh pho|tp|huyen|thi xa|xa|phuong)(?: [a-z]+){0,3}|(?:pho )?thu tuong(?: chinh phu)?(?: [a-z]+){0,4}|chinh phu|hoi nghi|cuoc hop|chu toa|ban thuong vu(?: (?:tinh|thanh|huyen|dang|quan) uy.{0,40})?|dong chi (?:pho )?chu tich(?: .{4,40})?"
)
#: of those, whoever is told to do something itself: "UBND xã Đăk Ui thu hồi đất"
_MAY_ACT = re.compile(
    r"(?:(?:chu tich )?(?:uy ban nhan dan|ubnd)) (?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa|thi tran|dac khu) [a-z]|(?:bi thu )?dang uy|dong chi|pho chu tich|pho thu tuong|lanh dao|thuong truc"
)
_COMMITTEE = re.compile(
    r"(?:uy ban nhan dan|ubnd) (?:huyen|quan|xa|phuong|thi xa|thi tran|thanh pho|dac khu)"
)
_LEADS_IN_BRACKET = re.compile(r"\s*\((?:chủ trì|đầu mối|chịu trách nhiệm chính)\)", re.IGNORECASE)
_GIVES_ON = re.compile(rf"\s*,?\s*({_GIVE}|(?:cũng )?chỉ đạo\s+)", re.IGNORECASE)
#: who issues stands within a sentence: "Để …, Chủ tịch UBND tỉnh yêu cầu các đơn vị …"
_ISSUES = re.compile(
    r"(?<=[,;.:] )(?=(?:Đồng chí |đồng chí )?(?:Phó )?(?:Chủ tịch|Thủ tướng|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Bộ trưởng|Giám đốc|Lãnh đạo|Thường trực|Bí thư|Ban Thường vụ|Ban Chỉ đạo|Cục|Sở|Bộ|Tổng cục|Văn phòng|Trưởng|Chủ tọa|Hiệu trưởng|Tổng Giám đốc)\s)"
)
#: words on the time, the matter or the reason that may stand before whoever is told
_LEADS_UP = re.compile(
    r"(?:Do|Vì|Hoàn thành|Hoàn tất|Kết thúc|Xong|Hạn|Mỗi|Cứ|Suốt|Đúng hạn|Thường xuyên|Không quá|Trễ nhất|Ngày|Sáng|Chiều|Thứ|Giữa|Bắt đầu|\d{1,2} (?:lần|tháng|tuần|ngày)|Trong|Trước|Chậm nhất|Muộn nhất|Đến|Định kỳ|Hằng|Hàng|Từ|Sau|Ngay|Khi|Hết|Vào|Cuối|Đầu|Tại|Về|Đối với|Riêng|Liên quan|Trên cơ sở|Căn cứ|Để|Nhằm|Qua|Theo|Trường hợp|Với|Song song|Bên cạnh|Ngoài ra|Đồng thời"
    r"|Cùng với|Năm|Tháng|Quý|Tuần|Nếu|Xét|Đồng ý|Thống nhất|Cơ bản|Nhất trí|Chấp thuận|Cho phép|Ghi nhận|Biểu dương|Giao|Công tác|Việc|Nội dung|Vấn đề|Kinh phí|Dự án|Tiến độ|Trong đó)\b",
    re.IGNORECASE,
)
#: who is spoken of is who is told: "Đối với Sở Y tế: …", "Trách nhiệm của Công an tỉnh:"
FOR = re.compile(
    r"(?:riêng |riêng đối với |đối với |trách nhiệm của |nhiệm vụ của |nhiệm vụ giao |phần việc của |về phía |phân công nhiệm vụ cho )+",
    re.IGNORECASE,
)
#: what happened, not what is to be done; what others do with whoever is told
_DONE = re.compile(r"\sđã(?:\s|$)")
_ISSUED = re.compile(
    r"^[^;.]{0,140}\sđã (?:ban hành|ký|có (?:công văn|văn bản|thông báo|chỉ thị))\s", re.IGNORECASE
)
_TOLD_OF = re.compile(r"\s*(?:đã|vừa|đang|mới|còn|chưa)\s", re.IGNORECASE)
#: what people said at a meeting
_SPEAKER = re.compile(r"(?:thầy|cô|anh|chị|ông|bà|đồng chí|đ/c)\s", re.IGNORECASE)
_SAYS = re.compile(
    r"\s*(?:đề nghị|kiến nghị|đánh giá|nhận xét|phát biểu|phản ánh|nêu|hỏi|cho rằng|cho biết)\s"
)
#: whoever a thing is done by: "… do Hội đồng tiêu hủy vật chứng của Cục xử lý"
_BY = re.compile(
    rf"\bdo\s+(?=(?P<who>(?-i:[{_CAPITAL}])[^,;:.()]{{3,80}}?)\s+(?:xử lý|làm|thực hiện|chủ trì|đảm nhận|phụ trách|chịu trách nhiệm|tổ chức|giải quyết|đảm nhiệm|quản lý|lo)\s*(?:[,;.]|$))",
    re.IGNORECASE,
)
_DONE_BY = re.compile(rf"\b(?:phải|cần|sẽ) được\s+(?=[{_CAPITAL}])")
_MAX_WHO, _BEFORE_COLON, _SPOKEN = 330, 110, 160
#: a sentence, and as many words of it are taken for a name where nothing tells its end
_SENTENCE, _GUESS = re.compile(r"[.;]\s*$"), 5
_LEAST_DOING, _HEADING = 20, 120


@dataclass(frozen=True, slots=True)
class Known:
    """What helps to tell names: the register, and names that stand elsewhere in the document, in small letters."""

    register: Register | None = None
    names: Sequence[str] = ()
    issuer: str = ""

    def issues(self, who: str) -> bool:
        """Whether somebody is who issues such a document, and gives things to others."""
        name = plain(who)
        return bool(_ISSUER.fullmatch(name)) or (bool(self.issuer) and name.endswith(self.issuer))

    def is_other_committee(self, who: str) -> bool:
        """Whether a committee is named that does not issue the document itself: of a council's, any committee."""
        name = plain(who)
        if self.issuer.startswith("hdnd "):
            return name.startswith(("uy ban nhan dan ", "ubnd "))
        return bool(_COMMITTEE.match(name)) and not (bool(self.issuer) and name.endswith(self.issuer))

    def at_start(self, text: str, *, told: bool = False) -> Names:
        """The names a text begins with."""
        found = names_at_start(text, self.names, told=told)
        if self.register and (end := _registered(text[:_MAX_WHO], self.register)) > found.end:
            return Names(end, True)
        return found


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who is told, and what; ``begin`` is where the name stands in the line, ``start`` where its
    clause does. ``sure`` is false where only the shape of
    the name decided, ``guessed`` true where not even that, ``given`` true behind "giao", "yêu cầu", "đề nghị"."""

    who: str = ""
    what: str = ""
    begin: int = 0
    start: int = 0
    sure: bool = True
    guessed: bool = False
    given: bool = False


_NOBODY = Addressed()


def addressed(said: str, known: Known, *, numbered: bool) -> Addressed:
    """Who is told what first; nobody where a sentence tells nobody in particular."""
    if spoken := _up_to_colon(said, known):
        return spoken
    for begin in _beginnings(said, known):
        found = told_at(said, begin, known)
        told_of = _DONE.search(found.who) or _ISSUED.match(f" {found.what}")
        if found.who and (numbered or found.given or not told_of):
            by = _done_by(said[: found.begin], said, known) if found.start and not found.given else None
            return by or _spoken_of(said, found, known) or found
    return _done_by(said, said, known) or (_guess(said) if numbered else _NOBODY)


def _done_by(within: str, said: str, known: Known) -> Addressed | None:
    """Whom a thing is done by, in the first words of a sentence: "Việc chuẩn bị … do Sở Y tế chủ trì", "… phải được Sở Y tế duyệt"."""
    if (by := _BY.search(within)) and (end := known.at_start(by["who"]).end):
        return Addressed(by["who"], said, by.start("who"), 0, sure=end == len(by["who"]))
    for done in _DONE_BY.finditer(within):
        names = known.at_start(within[done.end() :])
        end = done.end() + names.end
        if names.sure and (doing_at(within, end + 1) or verb_at(within, end + 1)):
            return Addressed(within[done.end() : end].strip(), said, done.end(), 0, sure=True)
    return None


def _up_to_colon(said: str, known: Known) -> Addressed | None:
    """Whoever is spoken of up to a colon, however the name goes on: "Riêng đối với 05 xã chưa triển khai (…): báo cáo …"."""
    spoken = FOR.match(said)
    colon = said.find(":", spoken.end(), spoken.end() + _SPOKEN) if spoken else -1
    if not spoken or colon < 0 or re.search(r"[.;]", said[spoken.end() : colon]):
        return None
    who, what = said[spoken.end() : colon].strip(), said[colon + 1 :].strip()
    does = begins_with_verb(what) or (what[:1].islower() and verb_at(what, 0))
    named = known.at_start(who).end and not GIVEN.match(what) and does
    return Addressed(who, what, spoken.end(), 0) if named else None


def _spoken_of(said: str, found: Addressed, known: Known) -> Addressed | None:
    """Whoever is told behind a colon, where the names before it are only spoken of: "Các hộ chậm di dời: UBND xã …"."""
    behind = found.begin + len(found.who)
    colon = said.find(":", behind, behind + _BEFORE_COLON)
    if found.given or found.start or colon < 0 or re.search(r"[.;]", said[behind:colon]):
        return None
    inner = told_at(said, colon + 1 + len(said[colon + 1 :]) - len(said[colon + 1 :].lstrip()), known)
    return inner if inner.who and inner.sure and doing_at(inner.what, 0) else None


def last_given(said: str, known: Known) -> str:
    """Whom the last words of giving in a line name: "… Để …, Bộ trưởng yêu cầu các đơn vị thực hiện …:"; "" for nobody."""
    for match in reversed(list(re.finditer(rf"(?:{_GIVE}|chỉ đạo\s+)", said, re.IGNORECASE))):
        if found := _given(said, match.end(), match.start(), known).who:
            return found
    return ""


def _beginnings(said: str, known: Known) -> Iterator[int]:
    """Places where whoever is told may begin, the likeliest first."""
    yield 0
    if (apart := _APART.match(said)) and known.at_start(said[apart.end() :]).end:
        yield apart.end()
    if (spoken := FOR.match(said)) and (end := known.at_start(said[spoken.end() :], told=True).end):
        rest = said[spoken.end() :]
        behind = re.match(r"\s*[:,]\s*|\s*$", rest[end:])
        if behind and not _follows(rest[end + behind.end() :], known):
            yield spoken.end()
        elif len(said) < _HEADING and not said.rstrip().endswith((".", ";", "/")):
            yield spoken.end()  # a heading, however the name goes on
    yield from sorted({*(m.end() for m in _GIVES.finditer(said)), *_behind_colons(said, known)})
    if _LEADS_UP.match(said):
        yield from _right_away(said, known)
    for match in _ISSUES.finditer(said):
        if told_at(said, match.start(), known).given:
            yield match.start()
    stops = rf"(?:\.|\bthì)\s+(?=[{_CAPITAL}])"
    joints = rf"[,;]\s+|{stops}" if _LEADS_UP.match(said) else stops
    for match in re.finditer(joints, said[:600]):
        names = known.at_start(said[match.end() :])
        if names.sure and said[match.end() + names.end :].strip(" .;/"):
            yield match.end()  # not whoever only ends the sentence: "… của thôn, cơ quan, đơn vị."


def _right_away(said: str, known: Known) -> Iterator[int]:
    """Where, behind what leads up to it, a name stands whose doing follows at once: "Căn cứ …, Sở Tài chính xây dựng …"."""
    first = next((m.start() for m in _ISSUES.finditer(said) if told_at(said, m.start(), known).given), 0)
    for match in re.finditer(rf",\s+(?=[{_CAPITAL}])", said[:first]):
        names = known.at_start(said[match.end() :])
        if names.sure and doing_at(said, match.end() + names.end + 1) and ";" not in said[: match.start()]:
            yield match.end()


def _behind_colons(said: str, known: Known) -> Iterator[int]:
    """Where names stand behind a colon: "Về truy xuất nguồn gốc: Ban Quản lý cảng cá …"; a number there counts things."""
    for match in re.finditer(r":\s+(?=\D)", said[:420]):
        if known.at_start(said[match.end() :]).end:
            yield match.end()


def _follows(text: str, known: Known) -> bool:
    """Whether somebody is told right behind words on a matter."""
    return bool(GIVEN.match(text)) or known.at_start(text).end > 0


def told_at(said: str, begin: int, known: Known) -> Addressed:
    """Who is told from a place on."""
    given = GIVEN.match(said, begin) or (DIRECTS.match(said) if begin == 0 else None)
    at = given.end() if given else begin
    names = known.at_start(said[at:], told=given is not None and not begins_with_verb(said[at : at + 40]))
    if not names.end or names.end > _MAX_WHO:
        return _NOBODY
    if marked := _LEADS_IN_BRACKET.search(said, at, at + names.end):
        names = Names(marked.start() - at, True)  # "Phòng Kỹ thuật (chủ trì), Phòng Kế hoạch (phối hợp) …"
    who, behind = tidy(said[at : at + names.end]).rstrip(" ,:;."), said[at + names.end :]
    if not given and known.issues(who) and not (begin and FOR.fullmatch(said[:begin])):
        gives = _GIVES_ON.match(behind)
        other = known.is_other_committee(who)
        if other and known.issuer and gives and gives[1].endswith("chỉ đạo "):
            gives = None  # told itself to direct others
        found = _given(said, at + names.end + gives.end(), begin, known) if gives else _NOBODY
        acts = other and doing_at(behind.lstrip(), 0)
        heads = begin == 0 and not behind.strip(" .:")  # "1. Ủy ban nhân dân xã", over what it is to do
        gives_only = _ISSUER.fullmatch(plain(who)) and not _MAY_ACT.match(plain(who))
        if found.who or (gives_only and not acts and not heads):
            return found
    if not given and (_TOLD_OF.match(behind) or (_SPEAKER.match(who) and _SAYS.match(behind))):
        return _NOBODY
    return Addressed(who, behind.lstrip(" ,:;"), at, begin, names.sure, given=given is not None)


def _given(said: str, at: int, begin: int, known: Known) -> Addressed:
    """Who is told behind the words by which somebody gives something."""
    names = known.at_start(said[at:], told=not begins_with_verb(said[at : at + 40]))
    who = tidy(said[at : at + names.end]).rstrip(" ,:;.")
    what = said[at + names.end :].lstrip(" ,:;")
    return Addressed(who, what, at, begin, names.sure, given=True) if names.end else _NOBODY


def _guess(said: str) -> Addressed:
    """The first words of an item that gives something to somebody whose name nothing tells the end of."""
    given = GIVEN.match(said)
    rest = said[given.end() :] if given else ""
    if not given or not rest[:1].isupper() or len(rest) <= 2 * _LEAST_DOING or not _SENTENCE.search(rest):
        return _NOBODY
    words = rest.split(" ")
    return Addressed(
        " ".join(words[:_GUESS]),
        " ".join(words[_GUESS:]),
        given.end(),
        0,
        sure=False,
        guessed=True,
        given=True,
    )


def _registered(text: str, register: Register) -> int:
    """Where the names of the register that a text begins with end."""
    hits = scan(text, register)
    if not hits or hits[0].start > 20:
        return 0
    last = hits[0].end
    for hit in hits[1:]:
        if not re.fullmatch(r"[\s,;]*(?:và|các|của)?\s*", text[last : hit.start]):
            break
        last = hit.end
    rest = text[last:].lstrip()
    return last if not rest or rest[0].islower() or rest[0] in ",:;." else 0
