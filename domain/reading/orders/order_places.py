"""Where a line of a document in sentences stands: what is below it, and whom it may belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.reading.fold import plain
from domain.reading.orders.order_lines import ARTICLE, LETTER, Line
from domain.reading.orders.plan_addressed import (
    DIRECTS,
    FOR,
    GIVEN,
    Addressed,
    Known,
    addressed,
    last_given,
)
from domain.reading.verbs import begins_with_verb, does_something, first_verb
from domain.reading.who_words import ADVERB

#: what opens a list tells whoever it names all that follows: "… thực hiện các nội dung sau:"
_OPENING = re.compile(
    r"(?:\bsau|dưới đây|như sau|cụ thể)(?: đây)?\s*:\s*$|(?:\byêu cầu|kết luận|chỉ đạo|đề nghị|chỉ thị|thống nhất|ý kiến|lệnh|chốt|giao việc)\s*:\s*$",
    re.IGNORECASE,
)
#: what ends a directive, numbered or not
ALL_OBEY = re.compile(
    r"chịu trách nhiệm thi hành (?:Chỉ thị|Quyết định|Kết luận) này\W*$|\btrong quá trình (?:triển khai |tổ chức )*thực hiện,? nếu (?:có |gặp |phát sinh )",
    re.IGNORECASE,
)
#: shorter words say nothing that could be done: the line is a heading
LEAST = 8
_BOARD = re.compile(r"(?:Các )?[Tt]iểu ban\s")
_ON = re.compile(r"(?:Về|Đối với|Trong)\s")
_TELLS = re.compile(r"\b(?:yêu cầu|chỉ đạo|kết luận|chỉ thị|đề nghị|giao|ý kiến)\b", re.IGNORECASE)
#: who issues a document asks somebody: "Giám đốc Sở yêu cầu các phòng:"
_ASKS = re.compile(
    r"^(?:Chủ tịch|Giám đốc|Thường trực|Ban Thường vụ|UBND|Ủy ban|Sở|Cục|Chi cục|Hiệu trưởng|Bộ trưởng)[^:;.]* (?:yêu cầu|đề nghị) "
)
LONGEST_NAME, SUBJECT = 90, 160


def opens(line: Line) -> bool:
    """Whether a plain line opens the list of what is told: "… thực hiện các nội dung sau:"."""
    longer = len(line.text) > LONGEST_NAME or _ASKS.search(line.text)
    asks = line.text.rstrip().endswith(":") and longer and _TELLS.search(line.text)
    return bool(asks or _OPENING.search(line.text))


def opens_list(line: Line, known: Known) -> bool:
    """Whether a line opens the list of what is told: a plain one, or an article whose last words only tell somebody:
    "Điều 2. Hội đồng nhân dân tỉnh cơ bản thống nhất …, đề nghị Ủy ban nhân dân tỉnh thực hiện một số việc sau:"."""
    if line.level not in (0, ARTICLE) or not opens(line):
        return False
    given = not line.level or addressed(line.said, known, numbered=True).given
    return not line.level or (not given and bool(last_given(line.said, known)))


@dataclass(frozen=True, slots=True)
class Place:
    """A line and where it stands: the line ``below`` it, ``before`` the opening of the list, among the ``last``;
    ``announcing``: a list is opened within the next few plain lines; ``within``: how deep the items stand before and
    behind a plain line, which goes on with the first of them."""

    line: Line
    at: int
    below: Line | None
    before: bool
    last: bool
    announcing: bool = False
    within: int = 0

    def only_announces(self, told: Addressed) -> bool:
        """Whether news begin so: who issues asks somebody in short for what the list below tells in full."""
        return self.announcing and told.given and told.start == 0 and not GIVEN.match(self.line.said)

    @property
    def deeper(self) -> bool:
        """Whether the next line is a part of it."""
        return self.below is not None and self.below.level > self.line.level

    def _is_short(self, told: Addressed) -> bool:
        """Whether a line begins with a name and ends like a heading."""
        said = self.line.said.rstrip(" :")
        short = len(said) < SUBJECT and not said.endswith((".", ";", "/", ","))
        begins = told.start == 0 or FOR.fullmatch(said[: told.start])
        return bool(short and begins and told.who and ":" not in said)

    def is_name(self, told: Addressed) -> bool:
        """Whether the line is nothing but a name, however that goes on: what is to be done stands below."""
        follows = self.below is not None and (self.deeper or not (self.below.level or self.below.roman))
        rest = self.line.said[told.begin + len(told.who) :].strip()
        if rest.startswith(",") and ADVERB.match(rest[1:].lstrip().lower()):
            return False  # "UBND xã, trong khi chờ hướng dẫn, phải:"
        does = does_something(rest) if not self.deeper else first_verb(rest) == 0
        if _BOARD.match(self.line.said) and self.line.said.rstrip().endswith(":"):
            does = False  # boards are named by what they do: "Tiểu ban Vận động và chuẩn bị cơ sở vật chất:"
        return self._is_short(told) and follows and not does

    def heads_parts(self, told: Addressed) -> bool:
        """Whether the line only says on what somebody is told the parts below it."""
        return self._is_short(told) and self.deeper

    def is_heading(self, what: str) -> bool:
        """Whether lines below say what is to be done, and this one only who, or on what."""
        colon = self.line.said.rstrip().endswith(":")
        return (
            (self.deeper and (colon or len(plain(what)) < LEAST))
            or len(plain(what)) < LEAST
            or (colon and len(what) < LONGEST_NAME)
        )

    def is_subject(self) -> bool:
        """Whether a line that names nobody heads others: "1. Về công tác tuyên truyền"."""
        said = self.line.said.rstrip()
        if self.below is not None and not self.deeper:  # "2. Về lĩnh vực văn hóa:" over a plain line
            return bool(_ON.match(said)) and said.endswith(":") and not (self.below.level or self.below.roman)
        return (
            self.deeper and len(said) < SUBJECT and (said.endswith(":") or not said.endswith((".", ";", "/")))
        )


@dataclass(frozen=True, slots=True)
class Over:
    """Whom the lines below belong to, by what it is numbered with and how deep."""

    who: str = ""
    number: str = ""
    level: int = 0
    whole: bool = False  # a section or the whole document: all numbers below are parts
    bare: bool = False  # only a name: a plain line below it says what is to be done
    general: bool = False  # the opening of the document: who names somebody else does not mean it
    at: int = 0  # which line it is
    helps: str = ""  # whom all of it is to be done with

    def holds(self, level: int) -> bool:
        """Whether a line so deep belongs to it; numbered lines below a plain sentence stand for themselves."""
        return bool(self.who) and level > self.level and (self.whole or self.level > 0 or level >= LETTER)

    def says_plainly(self, line: Line, told: Addressed) -> bool:
        """Whether a plain line says what a name above it is to do."""
        asks_others = told.start > 0 and begins_with_verb(line.said)  # "Rà soát …; đề nghị tỉnh …"
        names_nobody = not told.who or asks_others or bool(DIRECTS.match(line.said))
        below_heading = self.bare or (self.whole and not self.general and begins_with_verb(line.said))
        return below_heading and not line.level and names_nobody and len(plain(line.said)) > 2 * LEAST
