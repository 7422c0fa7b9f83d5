"""What stands around the names that are known: a unit of an agency, a body of a place, names that are nobody's.

"Công an huyện Đăk Hà" holds the names of two agencies and is neither; "Văn phòng Sở Nội vụ" is a part of one; in "Sở Y tế,
Công ty Điện lực" the second would be passed over. Whoever is meant wrongly is reminded wrongly, so what is not
wholly a name of the register is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.agencies import Kind, Register
from domain.plans import Doubt
from domain.reading.fold import plain
from domain.reading.name_index import home_of
from domain.reading.plan_names import Hit, scan
from domain.reading.who_words import HEAD, POST

#: the codes of doubts about whose a name is, which a person settles by naming an agency
NAME_DOUBTS = ("unknown_agency", "ambiguous_agency", "outside_agency", "unit_of_agency", "province_committee")
#: bodies that no register of a province holds
_OUTSIDE = re.compile(
    r"^\W*(?:cac )?(?:bo (?!chi huy|chqs|tu lenh|phan|doi)|chinh phu|thu tuong|van phong chinh phu|tong cuc|ngan hang|uy ban dan toc"
    r"|thanh tra chinh phu|quoc hoi|trung uong|toa an|vien kiem sat|tap doan|tong cong ty|doanh nghiep|hiep hoi)"
)
#: groups that expand to nobody by themselves: the words are a condition
OPEN_GROUP = re.compile(r"\bcac (?:co quan|don vi|to chuc|ca nhan|doanh nghiep|chu dau tu|bo|dia phuong)\b")
#: where a name may end, and where it does
_MAY_CUT = re.compile(r"\s*[,;()\[\]/]\s*|\s+[-–]\s+|\s+(?:và|cùng|với)\s+")
_CUTS = re.compile(r"\s*[;()\[\]]\s*")
#: bodies of which each level has its own
_OF_EACH_LEVEL = (Kind.FORCE, Kind.INSPECTORATE, Kind.OFFICE, Kind.VERTICAL, Kind.ORGANISATION)
_PLACE = re.compile(
    r"\s+(?:các\s+|cấp\s+|từng\s+)*(?:huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|khu vực|cơ sở|sở)(?![^\W_])"
)
_SHORT = re.compile(r"[A-ZĐ]{3,}\b")  # "LĐLĐ"
_JOINING = re.compile(r"^\W*(?:và|cùng|với)\s+")
#: what stands before a name and is no part of it
_BEFORE = re.compile(
    r"\W*(?:(?:giao|đề nghị|yêu cầu|phối hợp|chủ trì|với|và|cùng|của|cho|do|là|các đồng chí|tất cả|toàn bộ)(?![^\W_])\W*)*"
)
_LEVEL_ONLY = re.compile(
    r"(?:(?:ubnd|(?:ủy|uỷ) ban nhân dân|các|sở|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu)[\s:,–-]*)*"
)
#: parts of the committee of a place, not bodies beside it
_OF_COMMITTEE = re.compile(r"(?:các\s+)?(?:văn phòng|phòng|ban quản lý|bql|thanh tra|bộ phận)(?![^\W_])")
#: a place right behind a name
_ELSEWHERE = re.compile(
    r"\s+(?:(?:tỉnh|[Tt]hành phố|TP\.?)\s+)?(?P<place>(?!Chủ|Phối|Thực|Tham|Theo|Năm|Quý|Tháng|Trước|Giao|Báo|Hoàn|Là)[^\W\d_]\w*)"
)
_COMMITTEE = re.compile(r"(?:chủ tịch\s+)?(?:ubnd|(?:ủy|uỷ) ban)")
#: written small, these name nobody
_ANYBODY = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|chủ|người|doanh nghiệp|hộ|nhà|cấp|thành viên|cán bộ|công chức)\b"
)


def settle(text: str, hits: Sequence[Hit], home: str = "") -> tuple[list[Hit], list[Doubt]]:
    """Of the known names in a segment of a cell those that are meant, and doubts about the others.

    ``home`` is the province's own name ("Kon Tum"), which may stand behind any of them.
    """
    kept: list[Hit] = []
    doubts: list[Doubt] = []
    pieces = list(_pieces(text, hits))
    for start, end in pieces:
        inside = [h for h in hits if start <= h.start < end]
        name = _JOINING.sub("", text[start:end]).strip(" .,:;-–")
        if inside:
            meant, doubt = _meant(text, start, end, inside, home)
            kept += meant
            doubts += doubt
        elif not OPEN_GROUP.search(plain(name)):
            if len(pieces) == 1 and len(plain(text)) > 3:
                doubts.append(_unknown(text))
            elif _is_name(name):
                doubts.append(_unknown(name))
    return kept, doubts


def named(text: str, register: Register) -> list[Hit]:
    """The names in a text that are meant, as :func:`settle` finds them."""
    return settle(text, scan(text, register), home_of(register))[0]


def _pieces(text: str, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """[start, end) of every name, cut where another begins; commas within a name cut nothing."""
    low, start = _small(text), 0
    begins, ends = {h.start for h in hits}, {h.end for h in hits}
    for cut in _MAY_CUT.finditer(low):
        if any(h.start < cut.end() and cut.start() < h.end for h in hits):
            continue
        joins = cut[0].strip() == "và" and low[: cut.start()].endswith(("hđnd", "đbqh"))
        anew = _begins(low, cut.end()) or (cut.start() in ends and text[cut.end() : cut.end() + 1].isupper())
        if _CUTS.fullmatch(cut[0]) or cut.end() in begins or (anew and not joins):
            if low[start : cut.start()].strip(" .,:;-–"):
                yield start, cut.start()
            start = cut.end()
    if low[start:].strip(" .,:;-–"):
        yield start, len(text)


def _small(text: str) -> str:
    """In small letters, every one at its place; as it is where one would become two."""
    low = text.lower()
    return low if len(low) == len(text) else text


def _begins(low: str, at: int) -> bool:
    return bool(HEAD.match(low, at) or POST.match(low, at))


def _meant(text: str, start: int, end: int, hits: list[Hit], home: str) -> tuple[list[Hit], list[Doubt]]:
    """Of the names within one piece: itself, the agency it is a part of, or none."""
    low = _small(text)
    first = hits[0]
    if _is_elsewhere(text, hits[-1], end, home):
        return hits[:-1], [_unknown(text[hits[-1].start if len(hits) > 1 else start : end])]
    while len(first.agencies) == 1 and _is_of_a_place(low, first, hits):
        hits = hits[1:]
        if not hits:
            return [], [_unknown(text[start:end])]
        first = hits[0]
    if not _owns(text, low, start, first.start):
        doubts = list(_beside(text[first.end : end], first.end, hits))
        if _is_the_committee(text, low, start, end, first):
            doubts.append(Doubt("agency", "province_committee", text[first.start : first.end], 0.5))
        return hits, doubts
    if first.group is not None or not _is_a_part(low, start, first):
        return [], [_unknown(text[start:end])]
    return hits, [Doubt("agency", "unit_of_agency", text[start:end].strip()[:120], 0.5)]


def _is_a_part(low: str, start: int, hit: Hit) -> bool:
    """Whether what stands before an agency's name is a part of it; of a place only an office of its committee is."""
    if any(a.kind is not Kind.COMMITTEE for a in hit.agencies):
        return True
    front = low[_behind_posts(low, start, hit.start) : hit.start]
    says_so = _COMMITTEE.match(low, hit.start) or front.rstrip().endswith("thuộc")
    return bool(says_so or _OF_COMMITTEE.match(front))


def _behind_posts(low: str, start: int, end: int) -> int:
    """Where what leads up to a name ends: "giao", "đồng chí", "Chủ tịch"."""
    at = _BEFORE.match(low, start, end).end()  # type: ignore[union-attr]
    while (post := POST.match(low, at)) and post.end() <= end:
        at = post.end()
    return at


def _is_the_committee(text: str, low: str, start: int, end: int, hit: Hit) -> bool:
    """Whether a piece is the province's committee and nothing else: it assigns, and nobody reminds it."""
    alone = not text[hit.end : end].strip(" .,:") and _behind_posts(low, start, hit.start) == hit.start
    return alone and hit.group is None and all(a.kind is Kind.PROVINCE_COMMITTEE for a in hit.agencies)


def _is_of_a_place(low: str, hit: Hit, hits: list[Hit]) -> bool:
    """ "Công an huyện Đăk Hà", "Thanh tra Sở Y tế": the province's has the name, another is meant."""
    return (
        hit.agencies[0].kind in _OF_EACH_LEVEL
        and not low[hit.start : hit.end].endswith("tỉnh")
        and bool(_PLACE.match(low, hit.end))
        and (len(hits) == 1 or low[hit.end : hits[1].start].split() in ([], ["các"]))
    )


def _is_elsewhere(text: str, hit: Hit, end: int, home: str) -> bool:
    """ "Công an tỉnh Bắc Kạn", "UBND thành phố Phú Quốc": the name goes on to a place that is not the province's."""
    place = _ELSEWHERE.match(text, hit.end, end)
    if not place or not place["place"][0].isupper():
        return False
    return not home or not plain(text[place.start("place") :]).startswith(plain(home))


def _owns(text: str, low: str, start: int, end: int) -> bool:
    """Whether what stands before a known name is a name of its own: "Văn phòng" before "Sở Nội vụ"."""
    at = _behind_posts(low, start, end)
    bare = low[at:end].rstrip()
    if not bare or bare.endswith((":", "như", "gồm", "là", "bởi")) or _LEVEL_ONLY.fullmatch(low, at, end):
        return False
    return bool(HEAD.match(low, at) or _SHORT.match(text, at))


def _beside(rest: str, offset: int, hits: Sequence[Hit]) -> Iterator[Doubt]:
    """Places listed behind a known one that are nobody's: "UBND huyện Ngọc Hồi, Đăk X"."""
    at = offset
    for part in rest.split(","):
        name = part.strip(" .")
        if at > offset and _is_name(name) and not any(h.start < at + len(part) and at < h.end for h in hits):
            yield _unknown(name)
        at += len(part) + 1


def _is_name(name: str) -> bool:
    low = name.lower()
    return len(name) > 3 and (name[0].isupper() or bool(HEAD.match(low) and not _ANYBODY.match(low)))


def _unknown(name: str) -> Doubt:
    name = name.strip(" .")[:120]
    if _OUTSIDE.match(plain(name)):
        return Doubt("agency", "outside_agency", name, 0.8)
    return Doubt("agency", "unknown_agency", name, 0.3)
