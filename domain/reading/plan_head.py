"""What a document says of itself: number, date, issuer, title, signer, appendices, secrecy marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from domain.documents import Document, Paragraph
from domain.errors import ClassifiedDocument
from domain.phrases import say
from domain.plans import DocumentHead
from domain.reading.fold import plain, tidy
from domain.reading.syllables import is_syllable

_CODE = r"\d+[\w.]*\s*/\s*[\w.&]+(?:\s*-\s*[\w.&]+)*"
_NUMBER = re.compile(
    rf"(?:\b[Ss]ố\s*:\s*|(?:^|\n)\s*(?:Số|(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|THÔNG BÁO) SỐ)\s*:?\s*)({_CODE})"
)
_AMENDS = re.compile(
    rf"(?:sửa đổi|bổ sung|điều chỉnh|thay thế|cập nhật|bãi bỏ)[^.;]{{0,160}}?(?:kế hoạch|quyết định|chương trình|chỉ thị|thông báo|đề án)"
    rf"[^.;\d]{{0,60}}?số\s*:?\s*({_CODE})",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"[^\W\d_][^\n,;:]{1,40},\s*ngày\s+(\d{1,2})\s*(?:tháng|/|-|\.)\s*(\d{1,2})\s*(?:năm|/|-|\.)\s*(\d{4})"
)
#: "Kế hoạch số 3993/KH-UBND" cites another document; in capitals it is a heading, the document's own
_CITES = re.compile(
    r"(?:[Kk]ế hoạch|[Qq]uyết định|[Nn]ghị quyết|[Nn]ghị định|[Cc]hỉ thị|[Cc]hương trình|[Cc]ông văn"
    r"|[Vv]ăn bản|[Tt]hông tư|[Tt]hông báo|[Kk]ết luận|[Hh]ướng dẫn|[Ll]uật|[Qq]uy chế|[Đđ]ề án|[Tt]ờ trình)[ \t]*$"
)
_DATE = re.compile(
    r"\W*(?<!trước )(?<!đến )(?<!hết )(?<!sau )(?<!từ )(?<!là )ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})",
    re.IGNORECASE,
)
#: when a meeting was held, of which a text without a letterhead tells: "14 giờ ngày 04/10/2012", "Sáng thứ Hai 13/4/2026"
_MET = re.compile(
    r"(?:\b\d{1,2}\s*(?:giờ|h)(?:\s*\d\d)?|\b(?:sáng|chiều|tối|thứ|hồi|lúc|thời gian|họp|giao ban)\b)[^.;()]{0,25}?"
    r"(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)",
    re.IGNORECASE,
)
#: "(Kèm theo Thông báo số 45/TB-SXD ngày 01/7/2025)"
_GOES_WITH = re.compile(
    r"\b[Kk]èm(?: theo)? (?:Kế hoạch|Quyết định|Thông báo|Công văn|Chương trình|Văn bản|Tờ trình|Chỉ thị) số[^;]{2,40}?(ngày [^;)]{8,24})"
)
_NUMERIC = re.compile(r"ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_KIND = re.compile(
    r"^(KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|CHỈ THỊ|THÔNG BÁO|CÔNG VĂN|ĐỀ ÁN|NGHỊ QUYẾT|BÁO CÁO|PHƯƠNG ÁN)\b\s*:?\s*"
)
_APPENDIX = re.compile(r"\bphụ lục(?:\s+(?:số\s+)?(\d{1,2}|[IVX]{1,4})\b)?", re.IGNORECASE)
_FOUND = re.compile(
    r"^PHỤ LỤC(?:\s+(?:SỐ\s+)?(\d{1,2}|[IVX]{1,4})\b)?|^Phụ lục\s+(?:số\s+)?(\d{1,2}|[IVX]{1,4})\s*[.:]?\s*$"
)
#: the national motto beside the issuer, and the rule below it
_LEFT_HALF = re.compile(r"\s*(?:Số\s*:|C[ỘO]NG H[ÒO]A? |[-–—_*]{3,})")
_COMMITTEE = re.compile(r"^(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s*", re.IGNORECASE)
_COUNCIL = re.compile(r"(?:HỘI ĐỒNG NHÂN DÂN|HĐND)\s+(?=(?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s)")
_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|xã|phường|đặc khu)\s", re.IGNORECASE)
_SECRET = re.compile(r"^[\W_]*(?:TUYỆT MẬT|TỐI MẬT|MẬT)[\W_]*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERHEAD = 12


def refuse_classified(document: Document) -> None:
    """Raise ClassifiedDocument when a secrecy mark stands alone in a paragraph or cell.

    Law 117/2025/QH15: such a document must not be kept, logged or echoed. "bảo mật" in a sentence is no mark.
    """
    if any(text.isupper() and _SECRET.match(tidy(text)) for text in _texts(document)):
        raise ClassifiedDocument(
            say(
                "This document carries a secrecy mark, so it was not read in and nothing of it was kept. "
                "Please handle it by the channel prescribed for state secrets."
            ),
            code="classified",
        )


def _texts(document: Document) -> Iterable[str]:
    for piece in document.body:
        if isinstance(piece, Paragraph):
            yield from piece.text.split("\n")
        else:
            for row in piece.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
                    if len(cell.paragraphs) > 1:
                        yield cell.text


def read_head(paragraphs: Sequence[str], everything: str) -> DocumentHead:
    """The head, from the document's paragraphs in order; ``everything`` is its whole text."""
    head = " \n ".join(paragraphs[:40])
    number = next((m for m in _NUMBER.finditer(head) if not _CITES.search(head[: m.start()])), None)
    title = _title(paragraphs, everything[:60_000])
    return DocumentHead(
        number=re.sub(r"\s+", "", number[1]) if number else "",
        issued_on=_date(paragraphs),
        issuer=_issuer(paragraphs[:_LETTERHEAD]),
        title=title,
        appendices_announced=_announced(everything),
        appendices_found=_found(paragraphs),
        signer_post=_signer(paragraphs),
        amends=_amends(title, paragraphs),
    )


def _amends(title: str, paragraphs: Sequence[str]) -> str:
    """The number of the document that this one changes, by its title or its first article."""
    articles = [p for p in paragraphs[:60] if re.match(r"(?:Điều 1|1)\s*[.:]", p)][:1]
    for text in (title, *articles):
        if found := _AMENDS.search(text[:600]):
            return re.sub(r"\s+", "", found[1]).upper().replace("TTG", "TTg")
    return ""


def _date(paragraphs: Sequence[str]) -> date | None:
    """The date beside the place ("Kon Tum, ngày …"); dates of cited documents do not follow a place name."""
    places = [p for p in paragraphs[:_LETTERHEAD] if len(p) < 120]
    tries = [
        *map(_PLACED.search, places),
        *map(_DATE.search, places),
        _PLACED.search(" ".join(paragraphs[:3])[:1_500]),
    ]
    for found in tries:
        if found:
            try:
                return date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                continue
    return _of_the_whole(places) or _of_meeting(paragraphs[:_LETTERHEAD])


def _of_meeting(paragraphs: Sequence[str]) -> date | None:
    """The day of the meeting that minutes without a date of their own tell of."""
    for found in filter(None, map(_MET.search, paragraphs)):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
    return None


def _of_the_whole(places: Sequence[str]) -> date | None:
    """The date of the document that an appendix without a letterhead goes with."""
    for found in filter(None, map(_GOES_WITH.search, places)):
        if parts := _DATE.search(found[1]) or _NUMERIC.search(found[1]):
            try:
                return date(int(parts[3]), int(parts[2]), int(parts[1]))
            except ValueError:
                continue
    return None


def _issuer(paragraphs: Sequence[str]) -> str:
    for index, paragraph in enumerate(paragraphs):
        text = _LEFT_HALF.split(paragraph)[0].strip()
        words = plain(text)
        if text.endswith((".", ";", ":")):
            continue  # a sentence
        if words.startswith(("uy ban nhan dan", "ubnd")):
            name = _COMMITTEE.sub("", text).strip()
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
            if not name and _PLACE.match(following):
                name = _LEFT_HALF.split(following)[0].strip()
            return f"UBND {_proper(name)}".strip()
        if text.isupper() and (council := _COUNCIL.match(text)):
            return f"HĐND {_proper(text[council.end() :])}".strip()
        if (
            words.startswith(("so ", "bo ", "van phong", "thanh tra"))
            and len(text) < 80
            and not text.lower().startswith("số")
        ):
            return _proper(text)
    return ""


def _proper(name: str) -> str:
    """ "TỈNH KON TUM" → "tỉnh Kon Tum"."""
    small = {"tỉnh", "thành", "phố", "huyện", "thị", "xã", "phường", "và"}
    words = [w.lower() if w.lower() in small else w.capitalize() for w in name.split()]
    return " ".join(words)


def _title(paragraphs: Sequence[str], everything: str) -> str:
    for index, text in enumerate(paragraphs):
        kind = _KIND.match(text)
        if not kind:
            continue
        rest = text[kind.end() :].strip()
        following = iter(paragraphs[index + 1 : index + 4])
        while not rest or (len(rest) < 20):
            more = next(following, None)
            if more is None:
                break
            rest = f"{rest} {more}".strip()
        if rest:
            return recase(rest, everything)
    return ""


def recase(title: str, everything: str) -> str:
    """A title in capitals, written as the document's own prose writes the same words.

    Lines in capitals tell nothing of that. A word the prose does not have is written small if Vietnamese has it ("tư"),
    else as it stands ("PAPI").
    """
    if not title.isupper():
        return title
    forms: dict[str, Counter[str]] = {word.lower(): Counter() for word in _LETTERS.findall(title)}
    runs = Counter(run for line in everything.splitlines() if not line.isupper() for run in line.split())
    for run, times in runs.items():  # few distinct ones, even in a long document
        for word in (run,) if run.isalpha() else _LETTERS.findall(run):
            known = forms.get(word.lower())
            if known is not None and not (len(word) > 1 and word.isupper() and is_syllable(word.lower())):
                known[word] += times

    def usual(match: re.Match[str]) -> str:
        word = match[0].lower()
        known = forms[word]
        if known:
            return known.most_common(1)[0][0]
        return word if is_syllable(word) else match[0]

    text = _LETTERS.sub(usual, title)
    return text[:1].upper() + text[1:]


def _announced(everything: str) -> tuple[str, ...]:
    found = [f"Phụ lục {m[1]}" if m[1] else "Phụ lục" for m in _APPENDIX.finditer(everything)]
    numbered = [x for x in found if x != "Phụ lục"]
    return tuple(dict.fromkeys(numbered or found))


def _found(paragraphs: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for text in paragraphs:
        if found := _FOUND.match(text):
            mark = found[1] or found[2]
            names.append(f"Phụ lục {mark}" if mark else "Phụ lục")
    return tuple(dict.fromkeys(names))


def _signer(paragraphs: Sequence[str]) -> str:
    for text in paragraphs:
        if found := re.match(r"^((?:TM|KT|TL|TUQ|Q)\.\s*.{3,60}?)(?:\s+(?:[A-ZĐ][a-zà-ỹ]+\s*){2,4})?$", text):
            return tidy(found[1])
    return ""
