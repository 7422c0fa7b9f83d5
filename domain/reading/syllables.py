"""Whether a word can be Vietnamese: a scan's mistakes ("tbeo", "ngàrih", "kh0a") are mostly no possible syllable.

A Vietnamese word is one written syllable: an onset, a rime, a tone. Foreign words and names of other peoples do
occur, so a word is only called misread where marks or digits in it show that it should be Vietnamese, or where
undoing what scans confuse makes a syllable of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_SPELT = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y ych ym yn yp ynh yt yu ya yêc yêm yên yêng yêp yêt yêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot "
    "ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyn uyt uyu uơ uơn "
    "ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
)  # fmt: skip
_RIMES = frozenset(unicodedata.normalize("NFC", rime) for rime in _SPELT.split())
#: what a scan writes for a letter, and the letter
_CONFUSED = (("ri", "n"), ("rn", "m"), ("ii", "u"), ("q", "g"), ("0", "o"), ("1", "l"))
_CONFUSED_SMALL = (*_CONFUSED, ("b", "h"), ("l", "i"), ("e", "c"), ("c", "e"), ("f", "t"), ("h", "b"))
_WORD = re.compile(r"[^\W_]+")
#: words of other languages that look like such mistakes
_FOREIGN = frozenset(
    (
        "ii",
        "iii",
        "iv",
        "vi",
        "vii",
        "viii",
        "ix",
        "xi",
        "xii",
        "file",
        "files",
        "clip",
        "clips",
        "ref",
        "true",
    )
)
_AT_MOST = 4  # a word with more mistakes is not looked into


def misread_word(text: str) -> str:
    """The first word of a text that a scan seems to have misread; "" where there is none."""
    if not any(map(_has_misread, text.split())):
        return ""
    words = [m[0] for m in _WORD.finditer(unicodedata.normalize("NFC", text))]
    for index, word in enumerate(words):
        if not _is_misread(word):
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if not (is_syllable((before + word).lower()) or is_syllable((word + after).lower())):
            return word  # else only torn: "trư ờng"
    return ""


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word can be a Vietnamese syllable, whatever its tone."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))
    if bare in ("gi", "gin", "giêng", "giêt", "gia"):
        return True
    for onset in _ONSETS:
        rest = bare[len(onset) :]
        if bare.startswith(onset) and (rest in _RIMES or (onset == "qu" and f"u{rest}" in _RIMES)):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def _has_misread(run: str) -> bool:
    """Whether there is such a word between two spaces."""
    return any(_is_misread(m[0]) for m in _WORD.finditer(unicodedata.normalize("NFC", run)))


@lru_cache(maxsize=1 << 14)
def _is_misread(word: str) -> bool:
    lower = word.lower()
    if len(word) < 3 or word[1:] != lower[1:] or lower in _FOREIGN or is_syllable(lower):
        return False
    if not word.isalpha():
        letters = [c.isalpha() for c in word]  # "kh0a", not "4h" or "T12"
        return letters[0] and letters[-1] and _is_meant(lower, _CONFUSED_SMALL)
    if word[0].islower() and not word.isascii() and len(word) < 8:
        return True
    return _is_meant(lower, _CONFUSED_SMALL if word[0].islower() else _CONFUSED)


def _is_meant(word: str, confused: tuple[tuple[str, str], ...]) -> bool:
    """Whether undoing a few confusions makes a syllable."""
    seen, layer = {word}, {word}
    for _ in range(_AT_MOST):
        layer = {new for one in layer for new in _undone(one, confused)} - seen
        if any(is_syllable(new) for new in layer):
            return True
        seen |= layer
        if not layer or len(seen) > 400:
            return False
    return False


def _undone(word: str, confused: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for wrong, right in confused:
        at = word.find(wrong)
        while at >= 0:
            yield word[:at] + right + word[at + len(wrong) :]
            at = word.find(wrong, at + 1)
