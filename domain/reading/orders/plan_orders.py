"""Directives and notices of conclusions: "Giao Sở Nội vụ chủ trì, phối hợp với … hoàn thành trước ngày …".

Looked for only where a document has neither a table of tasks nor labelled lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from domain.plans import TaskDraft
from domain.reading.fold import plain
from domain.reading.orders.order_beside import is_remark, may_name, names_by_capitals, unknown_name
from domain.reading.orders.order_clauses import by_their_times, clause_begin, clauses, parts_of, sentences
from domain.reading.orders.order_lines import ARTICLE, LETTER, Line, lines_of, names_elsewhere, with_labels
from domain.reading.orders.order_places import ALL_OBEY, LEAST, LONGEST_NAME, Over, Place, opens, opens_list
from domain.reading.orders.order_task import Order, doubted, order_task
from domain.reading.orders.plan_addressed import DIRECTS, GIVEN, Addressed, Known, addressed, last_given
from domain.reading.orders.plan_helpers import helping
from domain.reading.plan_when import deadline
from domain.reading.tables.plan_columns import looks_like_agency
from domain.reading.tables.plan_table import Reader
from domain.reading.verbs import begins_with_verb, first_verb

#: what closes such a document tells nobody anything in particular
_CLOSING = re.compile(
    r"^(?:Yêu cầu|Đề nghị|Giao|Nhận được|Quá trình|Trong quá trình).{0,300}(?:nghiêm túc|khẩn trương|tổ chức|triển khai|nghiêm)[^.]{0,60}(?:thực hiện|các nội dung trên)(?: (?:tốt )?(?:Chỉ thị|Công điện|Thông báo|Quyết định|Kết luận|Kế hoạch|văn bản|nội dung|chỉ đạo) (?:này|trên|nêu trên))?\W*$"
    r"|^(?:Các|Những) .{3,80}căn cứ .{0,60}(?:thực hiện|thi hành)\W*$|(?:thông báo|truyền đạt .{0,90}) (?:đến|để|tới|các|cho)\b.{0,160}\b(?:biết|thực hiện)\W*$|^(?:Trong q|Q)uá trình (?:triển khai|thực hiện|tổ chức)|^(?:Căn cứ|Xét) (?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Báo cáo|Tờ trình|đề nghị) [^.]*[;,]$|^(?:Nếu|Trường hợp) (?:có )?(?:khó khăn|vướng mắc)|^Trên đây là|^Kính (?:báo cáo|trình|gửi|mong)\b"
    r"|điện thoại(?: [a-zà-ỹđ]+){0,2}:? \d|(?:chịu trách nhiệm|căn cứ Quyết định)[^.]{0,20} thi hành\b|thi hành (?:Quyết định|Chỉ thị) này",
    re.IGNORECASE,
)
#: words that only an order has
_CHAIRS = re.compile(
    r"chủ trì,? (?:và )?(?:phối hợp|cùng)|[^\W_] có trách nhiệm (?!của|trong|với|và)|(?:: [\"“]|; )(?:giao|yêu cầu|đề nghị) [A-ZĐ]"
)
_IN_FORCE = re.compile(r"có hiệu lực|thi hành|ban hành kèm theo", re.IGNORECASE)
#: a part of the document that tells what happened
_TELLS_OF = re.compile(
    r"\b(?:danh gia|nhan dinh|boi canh|ket qua|tinh hinh|ton tai|han che|nguyen nhan|uu diem|can cu|muc dich|quan diem|muc tieu)\b"
)
_AIMS = re.compile(r"(?:muc dich|yeu cau|quan diem|muc tieu|nguyen tac|phuong cham)\b")
_DUTIES = re.compile(r"\b(?:nhiem vu|giai phap|thuc hien|trien khai|phan cong|yeu cau|thoi gian toi)\b")
#: what was said at a meeting stands above what was concluded, in a part of its own
_CONCLUDES = re.compile(r"kết luận\W*$", re.IGNORECASE)
#: so few lines stand behind the one that closes a document
_FAREWELL = 4
#: and so many between the news of an order and the list of what is ordered
_NEWS = 3
#: a paragraph more for whoever was told in the one before
_GOES_ON = re.compile(r"(?:Đồng thời|Bên cạnh đó|Ngoài ra),\s+(?=[a-zà-ỹ])")
#: whom whoever stands above sends himself
_OWN_PEOPLE = re.compile(
    r"Cử |(?:Phân công|Giao) (?:\d+ (?-i:[a-zđ])|cán bộ|đảng viên|công chức|viên chức|lực lượng|người|thành viên|nhân viên|giáo viên|bộ phận)",
    re.IGNORECASE,
)
#: whoever closes a document speaks to
_EVERYBODY = re.compile(
    r"(?:thu truong |giam doc |nguoi dung dau |lanh dao |chu tich |truong )*(?:cac (?:dong chi(?! (?:pho|thanh|uy|truong|giam))|co quan|so|don vi|dia phuong|cap|nganh|phong|ban)|co quan|don vi)\b"
)
_ANNOUNCES = re.compile(r"\bthông báo (?:đến|để|tới|cho)\b|được phổ biến|có hiệu lực", re.IGNORECASE)


def read_orders(paragraphs: Sequence[str], reader: Reader, issuer: str = "") -> Iterator[TaskDraft]:
    """A task for each sentence that names who is to do what; lines under an agency are its tasks.

    ``issuer``: who issues the document; it gives orders, and is not told itself.
    """
    known = Known(reader.register, names_elsewhere(paragraphs), plain(issuer))
    lines = with_labels(lines_of(paragraphs))
    opening = next((i for i, line in enumerate(lines) if not line.level and opens(line)), 0)
    parts_above = any(line.roman for line in lines[:opening])
    heard = parts_above and bool(_CONCLUDES.search(lines[opening].text))
    places = [_place(lines, index, opening, heard=heard) for index in range(len(lines))]
    run = _Orders(reader, known)
    run.over_all(places)
    if naming := run.sisters():  # what others beside it begin with is known now
        run = _Orders(reader, known, naming=naming)
        run.over_all(places)
    return iter(run.finished())


def _place(lines: Sequence[Line], index: int, opening: int, *, heard: bool) -> Place:
    below, rest = lines[index + 1] if index + 1 < len(lines) else None, lines[index + 1 :]
    last = len(rest) < _FAREWELL and not any(other.level for other in rest)
    before = index < opening and (heard or not lines[index].level)
    plain_below = takewhile(lambda line: not line.level and not line.roman, rest[:_NEWS])
    announcing = not lines[index].level and any(map(opens, plain_below))
    beside = lines[max(index - 1, 0)].level
    within = beside if below and beside == below.level and not lines[index].level else 0
    return Place(lines[index], index, below, before, last, announcing, within)


@dataclass(slots=True)
class _Orders:
    """The run over the lines of a document."""

    reader: Reader
    known: Known
    section: str = ""
    above: list[Over] = field(default_factory=list)  # whom the lines below belong to, the nearest last
    base: Over = field(default_factory=Over)
    telling: bool = False  # in a part that tells what happened
    tasks: list[TaskDraft] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)
    naming: frozenset[tuple[int, int]] = frozenset()  # below which line, how deep, lines begin with a name
    named: Counter[tuple[int, int]] = field(default_factory=Counter)  # how many of them named somebody
    nameless: Counter[tuple[int, int]] = field(default_factory=Counter)  # how many may have, in unknown words
    missed: str = ""  # an order nobody was found for, before the first task

    @property
    def over(self) -> Over:
        """The nearest that the next line may belong to."""
        return self.above[-1] if self.above else self.base

    def _leave(self, line: Line) -> None:
        """A line leaves behind whatever is not above it. A plain one below a name may still say what that is to do."""
        if line.level:
            self.above = [over for over in self.above if over.whole or over.level < line.level]

    def over_all(self, places: Sequence[Place]) -> None:
        """All lines, one by one."""
        for place in places:
            self.take(place)

    def sisters(self) -> frozenset[tuple[int, int]]:
        """Where most lines beside each other named somebody, but not all: the others may do so in words nobody knows."""
        return frozenset(at for at, count in self.named.items() if at[1] and 0 < self.nameless[at] <= count)

    def take(self, place: Place) -> None:
        """The next line."""
        line = place.line
        if line.roman:
            self._open_section(place)
        elif opens_list(line, self.known):
            who = last_given(line.text, self.known)
            self.base, self.above = (Over(who, whole=True, general=True) if who else Over()), []
        elif not self._closes(place):
            self._line(place)
        elif not line.level:
            self.above = []

    def finished(self) -> list[TaskDraft]:
        """The tasks. Where most lines name somebody themselves, one that the opening alone gives to all is doubted."""
        if len(self.inherited) < len(self.tasks):
            for place in self.inherited:
                self.tasks[place] = doubted(
                    self.tasks[place], "leads", "lead_from_above", self.tasks[place].leads
                )
        return self.tasks

    def _closes(self, place: Place) -> bool:
        """Whether a plain line behind the tasks only says once more that everybody should do as told."""
        line = place.line
        if line.level:
            return bool((_IN_FORCE if line.level == ARTICLE else ALL_OBEY).search(line.text))
        if _CLOSING.search(line.text.partition("./.")[0]):
            return True
        if not place.last:
            return False
        told = addressed(line.text, self.known, numbered=False)
        everybody = bool(_EVERYBODY.match(plain(told.who)))
        says_more = bool(deadline(told.what, self.reader).frame.text)
        return bool(self.tasks) and bool((everybody and not says_more) or _ANNOUNCES.search(line.text))

    def _open_section(self, place: Place) -> None:
        line = place.line
        told = addressed(line.said, self.known, numbered=True)
        words = plain(line.said)
        self.telling = bool(_AIMS.match(words) or (_TELLS_OF.search(words) and not _DUTIES.search(words)))
        if told.given and len(plain(told.what)) > LEAST and not place.deeper:
            self._line(replace(place, line=replace(line, level=ARTICLE)))
            return
        self.section = line.text
        name = line.said.strip(" :")
        if looks_like_agency(name) and len(name) < LONGEST_NAME and first_verb(name.lower()) < 0:
            self.above = [Over(name, whole=True)]
        else:
            names_who = told.given or (told.start > 0 and len(plain(told.what)) < LEAST)
            self.above = [Over(told.who, whole=True)] if told.who and names_who else []

    def _line(self, place: Place) -> None:
        line = place.line
        told = addressed(line.said, self.known, numbered=bool(line.level))
        if (self.telling or place.before) and not told.given:
            return
        if place.only_announces(told) or (place.announcing and told.start and not told.given):
            return
        self._leave(line)
        if not told.who and ((self.over.at, line.level) in self.naming or self._lists_some(line)):
            told = unknown_name(line.said, self.known)
        if self._goes_on(line):
            self._add(Order(self.over.who, line.said, self.section))
        elif (self.over.holds(line.level) or self.over.says_plainly(line, told)) and not self._is_own(
            line, told
        ):
            self._part(place)
        elif told.who:
            self._own(place, told)
        else:
            self._nobody(line)

    def _lists_some(self, line: Line) -> bool:
        """Whether a line below "CÁC PHÒNG" names one of them: "Thanh tra, Pháp chế: …"."""
        return self.over.whole and plain(self.over.who).startswith("cac ") and names_by_capitals(line.said)

    def _goes_on(self, line: Line) -> bool:
        """Whether a plain line tells more to whoever was told in the one before: "Đồng thời, chủ trì …"."""
        more = _GOES_ON.match(line.said)
        plainly = not line.level and self.over.who and not self.over.level
        return bool(plainly and more and begins_with_verb(line.said[more.end() :]))

    def _is_own(self, line: Line, told: Addressed) -> bool:
        """Whether a line below somebody names somebody else who is told, not only directed by the one above."""
        if not told.who or DIRECTS.match(line.said) or _OWN_PEOPLE.match(line.said):
            return False
        colon = line.said[told.begin + len(told.who) :].lstrip().startswith(":")
        group = self.over.whole and plain(self.over.who).startswith("cac ")
        if self.over.general or group or _EVERYBODY.match(plain(self.over.who)):
            unasked = self.over.general and not begins_with_verb(line.said)
            return told.given or told.sure or told.start == 0 or unasked
        alone = told.start == 0 or line.said[: told.start].strip(" ,").lower() == "riêng"
        return alone and (told.given or colon or told.sure or (self.over.at, line.level) in self.named)

    def _nobody(self, line: Line) -> None:
        """A line that tells nobody: what it heads is told to all; an order among such lines is not passed over."""
        self.nameless[self.over.at, line.level] += bool(unknown_name(line.said, self.known).who)
        if not line.level:
            self.above = []
        elif line.level < LETTER:  # what stands below "3." is no part of a plain sentence below "2."
            self.above = [over for over in self.above if over.whole or over.level or over.bare]
        if _tells_somebody(line.said) and len(line.said) > LONGEST_NAME and not self.telling:
            if self.tasks:
                self.tasks[-1] = doubted(self.tasks[-1], "row", "order_beside", line.said)
            else:
                self.missed = line.said

    def _own(self, place: Place, told: Addressed) -> None:
        line = place.line
        if is_remark(line.said, told):
            return
        if not line.level and not told.given and line.said.isupper() and self.known.issues(told.who):
            return
        if place.is_name(told):
            told = replace(told, who=line.said[told.begin :].strip(" :"), what="")
        heading = place.is_heading(told.what) or place.heads_parts(told)
        helps = helping(told.what, told.who, self.known)[0] if heading else ""
        self.named[self.over.at, line.level] += 1
        level = line.level or (0 if heading else place.within)
        over = Over(told.who, line.number, level, bare=heading, at=place.at, helps=helps)
        self.above = [*(self.above if level else []), over]
        if not heading:
            self._tell(line, told)

    def _part(self, place: Place) -> None:
        """A line that belongs to whoever stands above it."""
        line, over = place.line, self.over
        if over.general and not begins_with_verb(line.said):
            return
        if place.is_subject():
            return
        if over.general:
            self.inherited.append(len(self.tasks))
        number = f"{over.number}.{line.number}".strip(".") if line.number else ""
        if over.number and line.number.startswith(f"{over.number}."):
            number = line.number  # "1.2" below "1"
        torn = not line.level and line.said[:1].islower()
        plainly = not line.level and over.bare
        for piece in sentences(line.said) if plainly else by_their_times(line.said, self.reader, self.known):
            self._add(Order(over.who, piece, self.section, number, over.helps, torn=torn))
        far = not line.level and over.bare and over.at != place.at - 1
        if (far and not begins_with_verb(line.said)) or (line.level and may_name(line.said)):
            self.tasks[-1] = doubted(self.tasks[-1], "leads", "lead_from_above", over.who)

    def _tell(self, line: Line, first: Addressed) -> None:
        """The tasks of a line: one for each who is told something of his own, or for each of the parts it counts."""
        told = clauses(line.said, self.known, first)
        for index, one in enumerate(told):
            begin = clause_begin(line.said, one) if index else 0
            end = clause_begin(line.said, told[index + 1]) if index + 1 < len(told) else len(line.said)
            for part in parts_of(line.said[begin:end].strip()):
                for piece in by_their_times(part, self.reader, self.known):
                    self._add(Order(one.who, piece, self.section, line.number))
            if one.guessed:
                self.tasks[-1] = doubted(self.tasks[-1], "leads", "unlikely_lead", one.who, 0.3)
            elif not one.sure:
                self.tasks[-1] = doubted(self.tasks[-1], "leads", "name_guessed", one.who)

    def _add(self, order: Order) -> None:
        task = order_task(order, self.reader, self.known)
        if self.missed:
            task, self.missed = doubted(task, "row", "order_beside", self.missed), ""
        self.tasks.append(task)


def _tells_somebody(said: str) -> bool:
    """Whether a line gives an order, whomever it tells."""
    return bool(GIVEN.match(said) or _CHAIRS.search(said))
