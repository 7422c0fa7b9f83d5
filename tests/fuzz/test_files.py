"""Hostile files: whatever comes in is read or refused with a sentence, soon and within the memory.

``./run fuzz`` reads 10 000 mutants; the suite reads a few of each format.
"""

from __future__ import annotations

import io
import resource
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bot.intake import formats, read_document
from bot.intake.format import Limits
from domain.errors import BadInput
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from tests.plan_generator.made import make
from tests.plan_generator.measure import FORMATS
from tests.plan_generator.writers import pdf, word
from tests.plan_generator.writers.pdf_file import File

SECONDS, MEGABYTES = 20, 500
CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
FORMS = [form for form in FORMATS if not form.startswith("pdf") or pdf.font()]


def seeds(form: str) -> list[bytes]:
    """Whole files of one format."""
    write = FORMATS[form][1]
    return [
        write(make(Random(n), layout).document)
        for n, layout in enumerate(("roman", "spans", "labelled prose"))
    ]


def mutant(seed: bytes, random: Random) -> bytes:
    """The file, damaged: bits flipped, pieces cut, doubled, or swapped; office files also inside their parts."""
    if seed[:2] == b"PK" and random.random() < 0.7:
        return _inside(seed, random)
    data = bytearray(seed)
    for _ in range(random.choice((1, 1, 3, 10, 60))):
        at, size = random.randrange(len(data) + 1), random.choice((1, 2, 8, 64, 1024))
        action = random.randrange(5)
        if action == 0 and at < len(data):
            data[at] ^= 1 << random.randrange(8)
        elif action == 1:
            del data[at : at + size]
        elif action == 2:
            data[at:at] = data[at : at + size]
        elif action == 3:
            data[at : at + size] = random.randbytes(size)
        else:
            data[at:at] = random.choice(
                (
                    b"<",
                    b"|",
                    b"]]>",
                    b"\x00",
                    b"&#x41;",
                    b"\xff\xfe",
                    b"999999999",
                    b"-1",
                    b"obj",
                    b"<w:tbl><w:tr>",
                )
            )
        if not data:
            break
    return bytes(data)


def _inside(seed: bytes, random: Random) -> bytes:
    """Damage within one part of a zip archive, which stays a whole archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = random.choice(names)
        for name in names:
            data = old.read(name)
            new.writestr(name, mutant(data, random) if name == chosen and data[:2] != b"PK" else data)
    return out.getvalue()


def survives(data: bytes) -> str:
    """Read a file to the end; "read" or the code of the sentence it was refused with. Anything else is a defect."""
    began = time.monotonic()
    try:
        document = read_document(data, "file")
        read_plan(document, register=None, calendar=CALENDAR, today=date(2024, 6, 20))
        told = "read"
    except BadInput as error:
        told = error.code if error.phrase.msgid else ""
    assert told
    assert time.monotonic() - began < SECONDS
    return told


def grown() -> int:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("form", FORMS)
def test_a_few_mutants_of_each_format(form: str) -> None:
    random = Random(f"short {form}")
    for seed in seeds(form):
        for _ in range(12):
            survives(mutant(seed, random))


@pytest.mark.long
@pytest.mark.timeout(0)
def test_ten_thousand_mutants() -> None:
    before = grown()
    random = Random("long")
    files = [seed for form in FORMS for seed in seeds(form)]
    for index in range(10_000):
        survives(mutant(files[index % len(files)], random))
    assert grown() - before < MEGABYTES


# --- attacks with a name


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(2, 40)) + b"]><x>&a39;</x>"  # fmt: skip
DEEP = b"<w:p>" * 100_000
ATTACKS: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: zipped({"word/document.xml": b"\x00" * 400_000_000}),
    "large part": lambda: zipped({"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}),
    "billion laughs": lambda: zipped({"word/document.xml": LAUGHS}),
    "outside entity": lambda: zipped({"word/document.xml": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'}),
    "sheet bomb": lambda: zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 100_000_000}),
    "nested without end": lambda: word.package(DEEP.decode()),
    "wide spans": lambda: word.package("<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr>" * 50 + "</w:tbl>"),
    "many files": lambda: zipped({"word/document.xml": b"<a/>"} | {f"f{n}": b"" for n in range(12_000)}),
    "html nested": lambda: b"<html><body>" + b"<div>" * 50_000 + b"x",
    "html tables nested": lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + b"x",
    "html spans": lambda: b"<html><table>" + b"<tr><td rowspan=999999 colspan=999999>x</td></tr>" * 500,
    "pipes": lambda: b"|" * 2_000_000,
    "rules": lambda: b"|---|---|---|\n" * 60_000,
    "cells": lambda: "STT | Nội dung | Cơ quan chủ trì | Thời gian |\n".encode() * 20_000,
    "one line": lambda: ("Giao Sở Nội vụ " * 200_000).encode(),
    "no spaces": lambda: b"a" * 4_000_000,
    "dates": lambda: ("trước ngày 30/6/2024 " * 40_000).encode(),
    "nothing": lambda: b"  \n ",
    "not text": lambda: bytes(range(256)) * 1000,
    "empty pdf": lambda: b"%PDF-1.7\n%%EOF",
    "pdf bomb": lambda: _pdf_stream(zlib.compress(b" " * 700_000_000, 9)),
    "pdf of forms": lambda: _forms(60),
    "pdf of many lines": lambda: _pdf_stream(zlib.compress(b"0 0 m 9 9 l S " * 9_000_000, 9)),
    "locked office file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4096,
}  # fmt: skip


def _pdf_stream(packed: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
        + b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def _forms(times: int) -> bytes:
    """Forms that draw forms that draw lines, each so many times: a thousand bytes, and a page of a million pieces."""
    file = File()
    inner = file.stream(b"0 0 m 9 0 l S " * times, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    for _ in range(2):
        drawn = f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A {inner} 0 R>>>>"
        inner = file.stream(b"/A Do " * times, drawn)
    file.page(600, 800, b"/A Do " * times, f"/XObject<</A {inner} 0 R>>")
    return file.bytes()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_answered_soon(name: str) -> None:
    before = grown()
    told = survives(ATTACKS[name]())
    assert told != "" and grown() - before < 2 * MEGABYTES, told


@pytest.mark.parametrize(
    ("name", "code"),
    [("zip bomb", "bomb"), ("large part", "bomb"), ("billion laughs", "damaged"), ("outside entity", "damaged"),
     ("nothing", "empty"), ("not text", "unknown_format"), ("pdf bomb", "bomb"), ("pdf of forms", "bomb"), ("pdf of many lines", "bomb"), ("locked office file", "encrypted"), ("many files", "bomb")],
)  # fmt: skip
def test_what_is_said_of_it(name: str, code: str) -> None:
    assert survives(ATTACKS[name]()) == code


def test_a_file_too_large_and_a_pdf_too_long_are_refused() -> None:
    with pytest.raises(BadInput) as told:
        read_document(b"a" * 1_000_001, "a.txt", Limits(max_bytes=1_000_000))
    assert told.value.code == "too_large"
    if pdf.font():
        whole = FORMATS["pdf"][1](make(Random(1), "roman").document)
        with pytest.raises(BadInput) as told:
            read_document(whole, "a.pdf", Limits(max_pages=0))
        assert told.value.code == "too_long"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    survives(b"{\\rtf1 broken")
    assert list(tmp_path.iterdir()) == []
    assert {f.name for f in formats()} >= {
        "word",
        "pdf",
        "spreadsheet",
        "web_page",
        "markdown",
        "text",
        "converted",
    }
