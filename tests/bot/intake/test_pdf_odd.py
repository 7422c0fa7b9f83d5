"""Files that could be bombs and are none: opened by a process of its own first, and then read like any other."""

from __future__ import annotations

from random import Random

import pytest

from bot.intake import pdf_guard, read_document
from domain.errors import BadInput
from tests.plan_generator.made import make
from tests.plan_generator.writers import printed
from tests.plan_generator.writers.pdf_file import File, font_file

pytestmark = pytest.mark.skipif(
    font_file() is None,
    reason="no font with Vietnamese letters is installed (fonts-noto-core, fonts-dejavu-core)",
)


def test_a_stamped_plan_with_a_picture_in_its_form_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    attempt = pdf_guard._try
    monkeypatch.setattr(
        pdf_guard, "_try", lambda data, limits: (tried.append(len(data)), attempt(data, limits))
    )
    made = make(Random("odd"), "sections").document
    whole = read_document(printed.word(made, stamped=True), "a.pdf")
    assert tried == []
    assert read_document(printed.word(made, stamped=True, sealed=True), "a.pdf") == whole
    assert len(tried) == 1


def test_what_takes_too_long_to_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "_SECONDS", 0.001)
    made = make(Random("odd"), "sections").document
    with pytest.raises(BadInput) as told:
        read_document(printed.word(made, stamped=True, sealed=True), "a.pdf")
    assert told.value.code == "too_slow"


@pytest.mark.parametrize(
    ("about", "content"),
    [
        ("/Subtype/Form", b"q /Fm0 Do Q"),
        ("/Sub#74ype/F#6frm", b"q Q"),
        ("/Filter[/FlateDecode/FlateDecode]", b"q Q"),
        ("/Filter/LZWDecode", b"q Q"),
    ],
)
def test_what_could_be_more_than_it_seems_is_odd(about: str, content: bytes) -> None:
    file = File()
    file.add(f"<<{about}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream")
    data = file.bytes()
    start = data.index(b"stream")
    assert pdf_guard._is_odd(data[data.rfind(b"obj", 0, start) : start], memoryview(content))
