"""Names and times in the words of a task that none of its fields claims, and leads that read like no name.

A sentence that says who helps, who else is told, or by when, may say so in words nobody has met; the name and the
time in them are seen all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import fold
from domain.reading.orders.name_ends import may_go_on
from domain.reading.orders.order_beside import may_name, speaks_of
from domain.reading.orders.plan_addressed import FOR, GIVEN
from domain.reading.orders.plan_who import names_at_start
from domain.reading.tables.plan_columns import looks_like_agency
from domain.reading.verbs import does_something, doing_at, verb_at
from domain.reading.who_words import HEAD, POST
from domain.timeframes import TimeFrameKind

_SHOWN = 80
#: letters looked at for a name; words of a phrase before a colon; orders, and the share of them that have numbers
_BEHIND, _LABEL, _MANY, _NUMBERED = 120, 6, 5, 0.6
_PERSON = re.compile(r"(?:(?:các )?(?:đồng chí|ông|bà)|đ/c|thầy|cô|anh|chị)\b", re.IGNORECASE)
#: with whom, whatever the doing is
_WITH = re.compile(
    r"(?:\b(?:bàn|bàn bạc|hiệp đồng|thống nhất|trao đổi|kết hợp|cộng tác|liên kết|liên hệ|phối hợp) với"
    r"|\bphối hợp|\bcùng(?: lo)?(?: với| có)?|(?<=[,;] )(?:có|mời|nhờ))\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
#: behind these anything is somebody: "có sự hiện diện của …"; "Phòng Kỹ thuật cùng …", "Hiệp đồng với …"
_PART = re.compile(
    r"\b(?i:có|với|cùng)(?: lo)? sự \S+(?: \S+){0,2} của\s+(?=[^\W\d_])|(?<=[,;] )có\s+(?=[A-ZĐ])|chủ trì,? cùng(?! (?:lúc|cấp|ngày|thời))\s+(?=[^\W\d_])"
)
_TOGETHER = re.compile(
    r"\s*,?\s*(?:cùng(?! (?:lúc|kỳ|thời|cấp|ngày|nhau|một|loại|thực hiện)(?!\w))(?: với)?|hiệp đồng(?: chặt chẽ)?(?: với)?|phối hợp(?: chặt chẽ)? với)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[,;]\s+(?=[A-ZĐ])")
#: behind a name these begin no doing of helpers
_NOT_HELPING = re.compile(r"\s+(?:sẽ|và|nếu|cũ|có|là|để|trong|ban|giai đoạn)(?!\w)|\s*[^\sa-zà-ỹđ]|\s*$")
_SENTENCE = re.compile(r"[.;]\s+(?=\S)")
#: words that set a time, or a schedule, where no time was read
_TIMELY = re.compile(
    r"\b(?:(?:trước|sau|trong|đến|hết|vào|từ|giữa|cuối|đầu|qua|nửa|đợt)[ ,](?:[^\s.;]+ ){0,3}(?:ngày|tháng|quý|năm|tuần|mùa|vụ|kỳ|lễ|tết|rằm)(?!\w)(?! công)(?! làm việc)"
    r"|(?:thời (?:hạn|điểm)|hạn (?:cuối|chót|nộp|trả)|(?<!du )lịch|tiến độ|lộ trình)(?= (?:theo|là|của|luật|do|học|riêng|như))|lộ trình [^.;]{0,40}theo "
    r"|năm 20\d\d(?=\W*$| (?:mỗi|phải|xong|hoàn))|định kỳ|(?:mỗi )?(?:\S+ ){1,2}(?:một|hai|\d{1,2}) lần(?!\w)|(?:mỗi|hằng|hàng) (?:ngày|đêm|tuần|tháng|quý|năm|buổi|kỳ|vụ)|tới (?:hết |ngày ))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:đến|tới)\b")
#: whom somebody above is to move, not whom the line tells
_CALLS = re.compile(r"(?:Vận động|Kêu gọi|Khuyến khích|Mời)\s")
_GROUP = re.compile(r"(?:các|những|ủy ban|đồng chí)\s", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"(?:các|toàn thể|thủ trưởng|chánh văn phòng|(?:giám đốc|lãnh đạo|chủ tịch|trưởng)(?: \S+){0,3} (?:các|sở))\b|.*;",
    re.IGNORECASE,
)
#: "UBND huyện chỉ đạo UBND các xã …": who directs may be told as well
_DIRECTS, _CLAUSE = re.compile(r"\bchỉ đạo\s+$"), re.compile(r"^.*[,:;] ")
_APART = re.compile(r"Riêng\s+")
#: a phrase before a colon that says on what, not who
_MATTER = re.compile(
    r"(?:về|đối với|riêng|với|từ|trong|tại|việc|cử tri|thứ|lần|đợt|trước|sau|khi)\b", re.IGNORECASE
)
#: a short phrase, a colon and what it says: two of them in a title are labels that were not read
_LABELS = re.compile(r"(?:^|[.;] )[A-ZĐ][^\s:.;]*(?: [^\s:.;]+){0,4}: (?=[^\W_])")
_ROLE_SAID = re.compile(r"\b(?i:chủ trì|phối hợp)\s*:\s*\S|\b[A-ZĐ]{2,4}:\s.*\b[A-ZĐ]{2,4}:\s")
_ROLE = re.compile(r"chủ trì|phối hợp|thực hiện$")


def with_unclaimed(tasks: Sequence[TaskDraft], *, orders: bool) -> list[TaskDraft]:
    """The tasks that stand in lines of prose, with doubts about what their words say and no field claims. ``orders``:
    they are sentences that tell somebody something."""
    found: list[TaskDraft] = []
    for task in tasks:
        doubts = [] if task.origin.row else [*_times(task), *_helpers(task), *_others(task), *_titles(task)]
        if not task.origin.row and (orders or task.title.endswith((".", ";"))):
            doubts += [*_leads(task), *_ends(task)]
        found.append(replace(task, doubts=(*task.doubts, *doubts)) if doubts else task)
    if orders and _closes(found):
        last = found[-1]
        found[-1] = replace(last, doubts=(*last.doubts, _doubt("title", "unlikely_title", last.title)))
    return found


def _doubt(field: str, code: str, detail: str) -> Doubt:
    return Doubt(field, code, detail.strip()[:_SHOWN], 0.4)


def _name(text: str) -> str:
    """The name that a text begins with; "" for none."""
    return text[: names_at_start(text[:_BEHIND]).end].strip(" ,;")


def _strange_name(text: str, task: TaskDraft) -> str:
    """The name that a text begins with, where it neither leads nor helps; else ""."""
    name = _name(text)
    return name if name and fold(name) not in fold(f"{task.leads} {task.coordinators}") else ""


def _times(task: TaskDraft) -> Iterator[Doubt]:
    if not task.frame.text and (said := _TIMELY.search(task.title)):
        yield _doubt("timeframe", "time_unclaimed", task.title[said.start() :])
    elif task.leads and len(task.leads) > 3 and task.leads in task.frame.text:
        yield _doubt("timeframe", "unlikely_time", task.frame.text)
    elif task.frame.kind is TimeFrameKind.OPEN_ENDED and _UNTIL.search(task.frame.text):
        yield _doubt("timeframe", "time_unclaimed", task.frame.text)


def _helpers(task: TaskDraft) -> Iterator[Doubt]:
    """Whoever a sentence names as helping, where nobody was found to help."""
    title = task.title
    if task.coordinators:
        return
    behind = title.partition(task.leads)[2] if task.leads and task.leads in title else title
    places = [m.start() for m in _WITH.finditer(title) if _strange_name(title[m.end() :], task)]
    places += [m.start() for m in _PART.finditer(title)]
    if task.title.endswith((".", ";")) and _TOGETHER.match(behind):
        places.append(len(title) - len(behind))
    for aside in _ASIDE.finditer(title):
        if name := _strange_name(title[aside.end() :], task):
            rest = title[aside.end() + len(name) :]
            if not _NOT_HELPING.match(rest) and not verb_at(rest, 1):
                places.append(aside.end())
    if places:
        yield _doubt("coordinators", "name_unclaimed", title[min(places) :])


def _others(task: TaskDraft) -> Iterator[Doubt]:
    """Somebody else who is told something in the words of the same task."""
    title = task.title
    for stop in _SENTENCE.finditer(title):
        rest = title[stop.end() :]
        new = stop[0][0] == "." and rest[:1].isupper() and task.leads in title
        shaped = new and may_name(rest) and not speaks_of(rest) and not _name(rest)
        named = (rest[:1].isupper() or _GROUP.match(rest)) and bool(_strange_name(rest, task))
        if shaped or named:
            yield _doubt("row", "told_another", rest)
            return


def _titles(task: TaskDraft) -> Iterator[Doubt]:
    """A title that is made of labels."""
    title = task.title
    label, _, rest = (part.strip() for part in title.partition(":"))
    named = len(label.split()) <= _LABEL and looks_like_agency(rest) and not does_something(rest)
    bare = len(title.split()) < _LABEL and bool(_ROLE.search(title))
    labelled = len(_LABELS.findall(title)) > 1 or bool(_ROLE_SAID.search(title))
    if bare or labelled or (named and fold(task.leads) not in fold(rest)):
        yield _doubt("title", "unlikely_title", title)


def _ends(task: TaskDraft) -> Iterator[Doubt]:
    """Names of a sentence that may end elsewhere."""
    for field, said in (("leads", task.leads), ("coordinators", task.coordinators)):
        behind = task.title.partition(said)[2] if said else ""
        if behind and may_go_on(said, behind):
            yield _doubt(field, "name_guessed", said + behind)


def _leads(task: TaskDraft) -> Iterator[Doubt]:
    """Whoever leads by a sentence, and reads like no name, or is not the one whom its words begin with."""
    said, title = task.leads, task.title
    if not said:
        return
    if _is_no_name(task):
        yield _doubt("leads", "unlikely_lead", said)
    if said in title:
        before = title.partition(said)[0]
        given = GIVEN.match(before)
        named = given and before.rstrip().endswith(",") and len(before[given.end() :].split()) <= _LABEL
        directs = _DIRECTS.search(before) and _name(_CLAUSE.sub("", before))
        if named or directs:
            yield _doubt("leads", "told_another", before)
        return
    label, _, rest = (part.strip() for part in title.partition(":"))
    begin = apart.end() if (apart := _APART.match(title)) else 0
    if (name := _strange_name(title[begin:], task)) and (apart or _is_told(name, task)):
        yield _doubt("leads", "told_another", name)
    elif rest and len(label.split()) <= _LABEL and _tells(label, rest):
        yield _doubt("leads", "told_another", label)


def _is_told(name: str, task: TaskDraft) -> bool:
    """Whether a name that the words of a task begin with is told them, though somebody else leads."""
    longer = len(name.split()) > 2 and not FOR.match(task.title) and fold(task.leads) not in fold(name)
    does = verb_at(task.title[:1].lower() + task.title[1:], 0)
    return longer and (task.title[len(name) :].startswith(":") or not does)


def _tells(label: str, rest: str) -> bool:
    """Whether a phrase before a colon may be somebody who is told what stands behind it: "Thanh tra, Pháp chế: dự thảo"."""
    return (
        rest[:1].islower()
        and doing_at(rest, 0)
        and not does_something(label)
        and not _MATTER.match(label)
        and any(c.isupper() for c in label)
    )


def _heads_an_office(said: str) -> bool:
    """ "PHÒNG QUẢN LÝ ĐÔ THỊ" over what it is to do; "CÁC PHÒNG" alone heads a part."""
    small = said.lower()
    begins = HEAD.match(small) or POST.match(small)
    return begins is not None and begins.end() < len(small)


def _is_no_name(task: TaskDraft) -> bool:
    """Whether a lead is a heading, a single word, a count of people, a post nobody is named for, or whoever is only called upon."""
    said, words = task.leads, task.leads.split()
    person = bool(_PERSON.match(said))
    behind = task.title.partition(said)[2]
    begin = task.title.find(said)
    unnamed = person and len(words) < 4 and not words[-1].endswith("trưởng")
    bare = (
        len(words) == 2
        and said in task.title
        and not behind.startswith(":")
        and not (verb_at(behind, 1) and not behind.startswith(" lãnh đạo"))
    )
    called = bool(_CALLS.match(task.title)) and 0 < begin <= len("Khuyến khích ")
    return (
        (said.isupper() and len(words) > 1 and not _heads_an_office(said))
        or (len(words) == 1 and not said.isupper())
        or said[0].isdecimal()
        or unnamed
        or bare
        or called
    )


def _closes(tasks: Sequence[TaskDraft]) -> bool:
    """Whether the last of the orders stands apart: no number where most have one, and no time."""
    last = tasks[-1] if len(tasks) >= _MANY else None
    numbered = sum(bool(task.number) for task in tasks)
    apart = last is not None and not last.number and numbered > _NUMBERED * len(tasks)
    return last is not None and apart and not last.frame.text and bool(_EVERYBODY.match(last.leads))
