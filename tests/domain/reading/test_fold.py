"""Folding: the quick way over bytes says what composing and decomposing letter by letter says."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.reading.fold import fold, plain, tidy

_MARKED = "ĂăẰằÂâẤấÊêỂểÔôỖỗƠơỢợƯưỰựĐđÝýỹỴIıİ&–—“”•·…\u00a0\u3000\u00ad\u200b\ufeff\u0301\u0323０９ﬁÅŁKKyYiÏ\x00\x01\x1c\x85\ufffe"
TEXTS = st.text(
    st.one_of(
        st.sampled_from(_MARKED), st.characters(min_codepoint=9, max_codepoint=0x1EFF), st.characters()
    ),
    max_size=40,
)
_INVISIBLE = "[\u00ad\u200b\u200c\u200d\u2060\ufeff]"


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _plain(text: str) -> str:
    """Letter by letter."""
    text = re.sub(_INVISIBLE, "", unicodedata.normalize("NFKC", text))
    text = "".join(_base(char) for char in text).lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _spaced(text.replace("đ", "d"))


def _base(char: str) -> str:
    """The letter under the marks, for letters of Latin script with marks."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else "d" if char in "đĐ" else char


@given(TEXTS)
def test_for_showing(text: str) -> None:
    assert tidy(text) == _spaced(re.sub(_INVISIBLE, "", unicodedata.normalize("NFC", text)))


@given(TEXTS)
def test_for_phrases(text: str) -> None:
    assert plain(text) == _plain(text)


@given(TEXTS)
def test_for_names(text: str) -> None:
    words = re.sub("[^a-z0-9]+", " ", _plain(text).replace("&", " va ")).strip()
    assert fold(text) == words.replace("k", "c").replace("y", "i")


def test_one_name_however_it_is_written() -> None:
    spellings = ("Sở Thông tin & Truyền thông", "SỞ  THÔNG TIN VÀ TRUYỀN THÔNG", "Sơ\u0309 Thông tin va\u0300 Truyền thông", "sở thông\u00ad tin\nvà truyền thông.")  # fmt: skip
    assert {fold(name) for name in spellings} == {"so thong tin va truien thong"}
    assert fold("Đăk Hà") == fold("ĐĂC HÀ") == "dac ha"
