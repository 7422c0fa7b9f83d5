"""Measurable aims in a task's words: "tối thiểu đạt 95% đối với từng cơ quan"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.plans import Target
from domain.reading.fold import tidy

_UNIT = r"(?P<unit>%|phần trăm)"
_TARGET = re.compile(
    r"(?P<metric>[^.;()]{3,200}?)\s*"
    r"(?P<op>tối thiểu(?: phải)?(?: đạt)?|ít nhất(?: đạt)?|đạt tối thiểu|đạt ít nhất|không dưới|từ|đạt trên|trên|lớn hơn|≥|>=|đạt|"
    r"tối đa|không quá|không vượt quá|dưới|nhỏ hơn|≤|<=|hoàn thành|bằng|=|là|có)\s*"
    rf"(?P<value>\d{{1,3}}(?:[.,]\d+)?)\s*{_UNIT}(?P<more>\s*trở lên)?(?P<rest>[^.;()]{{0,120}})",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"((?:đối với|của|cho) (?:từng|mỗi|tất cả|toàn bộ|các) [^.;(),]+)", re.IGNORECASE)
_LOWER = ("tối đa", "không quá", "không vượt quá", "dưới", "nhỏ hơn", "≤", "<=")
_LEADS = re.compile(r"^(?:.*?\b(?:phấn đấu|bảo đảm|đảm bảo|trong đó|nâng cao|và)\b\s*)", re.IGNORECASE)


def read_targets(text: str) -> tuple[Target, ...]:
    """Every percentage that is aimed at. A figure already reached or cited is not a target."""
    if "%" not in text and "phần trăm" not in text:
        return ()
    found: list[Target] = []
    for match in _TARGET.finditer(tidy(text)):
        op = match["op"].lower()
        metric = _LEADS.sub("", match["metric"]).strip(' ,:-“”"')
        scope = _SCOPE.search(match["rest"])
        if not scope and re.match(r"\s*[\wÀ-ỹ]", match["rest"]):
            metric = f"{metric} {re.split(r',', match['rest'])[0].strip()}".strip()
        value = float(match["value"].replace(",", "."))
        if value > 100:
            continue
        sign = "<=" if op.startswith(_LOWER) else ">="
        found.append(Target(metric, sign, value, "%", scope[1] if scope else ""))
    return tuple(found)


#: "Tỷ lệ hồ sơ trực tuyến: ≥ 80 % (từng cơ quan)", as the board shows a target and a person may write one
_WRITTEN = re.compile(
    r"^(?P<metric>.+?)\s*:?\s*(?P<op>>=|<=|≥|≤|>|<|=)\s*(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>[^()\d]*?)\s*"
    r"(?:\((?P<scope>[^()]*)\))?$"
)
_SIGNS = {"≥": ">=", "≤": "<="}
_SHOWN = {">=": "≥", "<=": "≤"}


def target_lines(targets: Iterable[Target]) -> str:
    """Targets as lines; :func:`targets_of` is the inverse."""
    return "\n".join(
        f"{t.metric}: {_SHOWN.get(t.op, t.op)} {t.value:g} {t.unit}".strip()
        + (f" ({t.scope})" if t.scope else "")
        for t in targets
    )


def targets_of(lines: str) -> tuple[Target, ...]:
    """Targets as a person wrote them, one a line: with a sign, or in words ("tối thiểu 80%")."""
    found: list[Target] = []
    for line in filter(None, map(tidy, lines.splitlines())):
        if written := _WRITTEN.match(line):
            found.append(
                Target(
                    written["metric"].rstrip(" :"),
                    _SIGNS.get(written["op"], written["op"]),
                    float(written["value"].replace(",", ".")),
                    written["unit"].strip(),
                    (written["scope"] or "").strip(),
                )
            )
        else:
            found.extend(read_targets(line))
    return tuple(found)
