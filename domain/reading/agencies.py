"""What a cell of agencies says: agencies, groups, and the conditions that a person or data must decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.agencies import Kind, Register
from domain.plans import Doubt
from domain.reading.focus import cut_focus
from domain.reading.fold import plain, tidy
from domain.reading.name_index import home_of, said
from domain.reading.name_pieces import OPEN_GROUP, named, settle
from domain.reading.plan_names import Hit, Match, find_agency, scan

__all__ = ["Hit", "Match", "Resolved", "find_agency", "resolve", "scan"]

_MONITORS = re.compile(r"\b(?:theo doi|don doc|giam sat|kiem tra)\b")
_QUALIFIED = re.compile(
    r"^\s*(?:,?\s*(?:va )?(?:don vi|co quan|dia phuong|to chuc|doan the) )?(?:co|duoc|chua|thuoc|lien quan|theo|khi|neu|dang|con (?!tum)|phu trach|quan l[iy]|o|tren|truc tiep|noi|ven|giap|bien gioi|mien nui|vung|khu vuc|da|bi|trong|con lai|neu tren|tiep (?:nhan|quan)|thu huong)\b"
)
#: what narrows no group of the province's own
_WHOLE = re.compile(
    r"\s*(?:(?:truc thuoc|thuoc|tren|trong|o|dia ban|cua|toan|ubnd) ?)+(?:tinh|thanh pho)?\s*(?:[,;.)]|va\b|$)"
)
_DEPARTMENTS = re.compile(r"^\W*(?:Giám đốc |Lãnh đạo )?các sở\s*:", re.IGNORECASE)
_TOGETHER = re.compile(r"[,;(\s]+phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?\s+(?=\S)", re.IGNORECASE)
_MARK = re.compile(r"\[(\d+)\]")
_MAX_SAID = 120  # letters; longer ones are not said twice


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a cell names. ``condition`` is the text a person must decide by, else ""."""

    agencies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    group_members: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    condition: str = ""
    monitors: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()  # named as "phối hợp" in a cell of leads
    focus: tuple[str, ...] = ()
    focus_named: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def resolve(text: str, register: Register | None, notes: Mapping[str, str] | None = None) -> Resolved:
    """Everything a cell of lead or coordinating agencies says. ``notes`` are footnotes by mark."""
    text = tidy(text)
    if register is None or notes or len(text) > _MAX_SAID:
        return _resolve(text, register, notes)
    known: dict[str, Resolved] = said(register)
    key = f"{text}\n"  # a whole cell; segments have no line ends
    found = known.get(key)
    if found is None:
        found = _resolve(text, register, None)
        known[key] = found
    return found


def _resolve(text: str, register: Register | None, notes: Mapping[str, str] | None) -> Resolved:
    focus_named, body = cut_focus(text)
    if register is None:
        return Resolved(focus_named=focus_named)
    body, *together = _TOGETHER.split(body, maxsplit=1)
    noted = " ; ".join((notes or {}).get(mark, "") for mark in _MARK.findall(body)) if "[" in body else ""
    parts = [_segment(s, register) for s in _segments(_MARK.sub(" ", body) if "[" in body else body)]
    if len(parts) == 1 and not (together or noted or focus_named or parts[0].supporting):
        return _each_once(parts[0])
    agencies = [c for p in parts for c in p.agencies if c not in p.supporting]
    helping = [_segment(s, register) for s in _segments(" ; ".join(together))]
    doubts = [d for p in parts for d in p.doubts]
    if noted and not agencies:
        agencies += [h.agencies[0].code for h in named(noted, register) if len(h.agencies) == 1]
    stressed = [(name, find_agency(name, register)) for name in focus_named]
    focus = [match.only.code for _, match in stressed if match.only]
    doubts += [Doubt("focus", "unknown_agency", name, 0.3) for name, match in stressed if not match.only]
    condition = "; ".join(p.condition for p in parts if p.condition)
    if noted and agencies:
        condition = ""
    return Resolved(
        agencies=_once(agencies),
        groups=_once(g for p in parts for g in p.groups),
        group_members=_once(c for p in parts for c in p.group_members),
        conditional=_once(c for p in parts for c in p.conditional),
        condition=condition,
        monitors=_once(c for p in parts for c in p.monitors),
        supporting=_once(
            (
                *(c for p in parts for c in p.supporting),
                *(c for p in helping for c in (*p.agencies, *p.group_members)),
            )
        ),
        focus=_once(focus),
        focus_named=focus_named,
        doubts=tuple(doubts),
    )


def _each_once(part: Resolved) -> Resolved:
    """What most cells are: one segment, as it is."""
    lists = (part.agencies, part.groups, part.group_members, part.conditional, part.monitors)
    if all(len(named) < 2 or len(set(named)) == len(named) for named in lists):
        return part
    agencies, groups, members, conditional, monitors = map(_once, lists)
    return replace(part, agencies=agencies, groups=groups, group_members=members, conditional=conditional, monitors=monitors)  # fmt: skip


def _once(items: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _segments(text: str) -> list[str]:
    if _DEPARTMENTS.match(text):  # "Các Sở: Tư pháp; Tài chính": one prefix for all
        text = text.replace(";", ",")
    return [s.strip() for s in re.split(r";|(?<=[a-zà-ỹ])\.\s+(?=[A-ZĐ])", text) if s.strip(" .,…")]


def _segment(text: str, register: Register) -> Resolved:
    if len(text) > _MAX_SAID:
        return _read_segment(text, register)
    known: dict[str, Resolved] = said(register)
    found = known.get(text)
    if found is None:
        found = known[text] = _read_segment(text, register)
    return found


def _read_segment(text: str, register: Register) -> Resolved:
    hits, doubts = settle(text, scan(text, register), home_of(register))
    words = plain(text)
    qualifier = _qualifier(text, hits)
    open_words = OPEN_GROUP.search(words) and not any(h.group for h in hits)
    agencies, groups, members = [], [], []
    for hit in hits:
        if hit.group:
            groups.append(hit.group.code)
            members += [a.code for a in register.members(hit.group)]
        elif len(hit.agencies) == 1:
            if hit.agencies[0].kind is not Kind.PROVINCE_COMMITTEE:  # who is advised ("tham mưu UBND tỉnh")
                agencies.append(hit.agencies[0].code)
        else:
            names = ", ".join(f"{a.name} ({a.code})" for a in hit.agencies)
            doubts.append(Doubt("agency", "ambiguous_agency", f"{text[hit.start : hit.end]}: {names}", 0.4))
    condition = text if qualifier or (open_words and not agencies) else _trailing_open(text, hits)
    helps = "phoi hop" in words and "chu tri" not in words
    monitors = agencies if _MONITORS.search(words) else []
    return Resolved(
        agencies=tuple(agencies),
        groups=tuple(groups),
        group_members=() if qualifier else tuple(members),
        conditional=tuple(members) if qualifier else (),
        condition=condition,
        monitors=tuple(monitors),
        supporting=tuple(agencies) if helps else (),
        doubts=tuple(doubts),
    )


def _qualifier(text: str, hits: Sequence[Hit]) -> bool:
    """Words right behind a group that narrow it: "Các sở, ban, ngành có CSDL … chưa được kết nối"."""
    grouped = [h for h in hits if h.group]
    behind = " " + plain(text[grouped[-1].end :][:80]) if grouped else ""
    return bool(_QUALIFIED.match(behind)) and not _WHOLE.match(behind)


def _trailing_open(text: str, hits: Sequence[Hit]) -> str:
    """An open group after a comma ("…, các cơ quan liên quan") is kept as a condition of its own."""
    end = hits[-1].end if hits else 0
    rest = text[end:].strip(" ,.")
    return rest if OPEN_GROUP.search(plain(rest)) else ""
