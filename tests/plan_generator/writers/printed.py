"""A document as other programs print it: Word, LibreOffice, cairo, Windows' own printer, a scanner that lays recognised
text under its picture. None of them is needed: their ways of writing the same page are imitated, operator by operator."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Literal

from domain.documents import Document
from tests.plan_generator.writers.laid_out import Sheet, Words, lay_out
from tests.plan_generator.writers.pdf_file import File, Font, PlainFont

_THIN = 0.48


def word(
    document: Document,
    *,
    wide: bool = False,
    spread: bool = False,
    form: str = "NFC",
    mapped: bool = True,
    stamped: bool = False,
    fed: bool = False,
    broken: bool = False,
    dotted: bool = False,
    one_font: bool = False,
    sealed: bool = False,
) -> bytes:
    """Word: letters of the western code page in one font and all others in a second, so that most words are drawn in
    several runs (``one_font``: lines are one); kerning between letters; a space alone behind each line; borders as
    filled boxes, cell by cell. ``sealed``: there is a picture on every page."""
    file, plain, other = File(stamped=stamped, fed=fed), PlainFont(), Font(form=form, mapped=mapped)
    for sheet in lay_out(document, plain.width, wide=wide, spread=spread, broken=broken):
        clip = f"q\n0.000008871 0 {sheet.width} {sheet.height} re\nW* n\n"
        out = []
        for number, line in enumerate(sheet.words):
            out.append(f"/P <</MCID {number}>> BDC ")
            x = line.x
            runs = ((False, line.text), (True, " ")) if one_font else _runs(f"{line.text} ", plain.has)
            for is_plain, run in runs:
                shown, length = _kerned(run, line, plain if is_plain else other, number)
                out.append(
                    f"{clip}BT\n/F{1 if is_plain else 2} {line.size} Tf\n1 0 0 1 {x:.3f} {line.y:.2f} Tm\n0 g\n0 G\n[{shown}] TJ\nET\nQ\n"
                )
                x += length
            out.append(" EMC ")
        for box in sheet.boxes:
            out += [
                f"{x:.2f} {y:.2f} {w:.5f} {h:.5f} re\nf*\n"
                for x, y, w, h in (_dots(box) if dotted else _borders(box))
            ]
        picture = f"/XObject<</Im1 {_picture(file)} 0 R>>" if sealed else ""
        _page(file, sheet, [*out, "q 60 0 0 60 400 30 cm /Im1 Do Q "] if sealed else out, picture)
    return _done(file, {"F1": plain, "F2": other})


def _runs(text: str, has: Callable[[str], bool]) -> Iterator[tuple[bool, str]]:
    for is_plain, letters in itertools.groupby(text, has):
        yield is_plain, "".join(letters)


def _kerned(run: str, line: Words, font: PlainFont | Font, seed: int) -> tuple[str, float]:
    """What stands between the brackets of TJ, and how far it reaches."""
    random, parts, length = Random(f"{seed} {run}"), [], 0.0
    for letter in run:
        text = f"<{font.codes(letter)}>" if isinstance(font, Font) else f"({_escaped(letter)})"
        more = -1000 * line.wider / line.size if letter == " " else random.choice((0, 0, 0, 4, -3, 8, -9))
        parts.append(f"{text}{more:.3f}" if more else text)
        length += (font.width(letter) - more / 1000) * line.size
    return "".join(parts), length


def _escaped(letter: str) -> str:
    code = letter.encode("cp1252")[0]
    return f"\\{code:03o}" if code > 126 or letter in "()\\" else letter


def _borders(box: tuple[float, float, float, float]) -> Iterator[tuple[float, float, float, float]]:
    """(x, y, width, height) of the corners and edges of a cell."""
    left, bottom, right, top = box
    for y in (bottom, top):
        yield left, y, _THIN, _THIN
        yield left + _THIN, y, right - left - _THIN, _THIN
    for x in (left, right):
        yield x, bottom + _THIN, _THIN, top - bottom - _THIN


def _dots(box: tuple[float, float, float, float]) -> Iterator[tuple[float, float, float, float]]:
    """Edges across as dots, edges down as they are: how many tables part their rows."""
    for x, y, w, h in _borders(box):
        if w > _THIN:
            for n in range(int(w / (2 * _THIN))):
                yield x + 2 * n * _THIN, y, _THIN, _THIN
        elif h > _THIN:
            yield x, y, w, h


def writer(document: Document, *, wide: bool = False, spread: bool = False, mapped: bool = True) -> bytes:
    """LibreOffice: fonts of one byte a letter, each portion of a line placed and kerned, lines spread by the spaces;
    borders as long strokes."""
    file, fonts = File(), [Font(wide=False, mapped=mapped)]
    for sheet in lay_out(document, fonts[0].width, wide=wide, spread=spread):
        out = [f"0.1 w\nq 0 0.028 {sheet.width} {sheet.height} re\nW* n\n"]
        for line in sheet.words:
            if fonts[-1].is_full(line.text):
                fonts.append(Font(wide=False, mapped=mapped))
            shown = "".join(
                f"<{fonts[-1].codes(letter)}>{-1000 * line.wider / line.size if letter == ' ' else -(index % 3)}"
                for index, letter in enumerate(line.text)
            )
            out.append(
                f"q 0 0 0 rg\nBT\n{line.x:.3f} {line.y:.3f} Td /F{len(fonts)} {line.size} Tf[{shown}]TJ\nET\nQ\n"
            )
        for x0, y0, x1, y1 in _strokes(sheet):
            out.append(f"q 0.5 w 0 0 0 RG\n{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S\nQ\n")
        _page(file, sheet, [*out, "Q\n"])
    return _done(file, {f"F{n}": font for n, font in enumerate(fonts, 1)})


def _strokes(sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    """Each edge once, whatever cells share it."""
    edges = {
        edge
        for left, bottom, right, top in sheet.boxes
        for edge in (
            (left, bottom, right, bottom),
            (left, top, right, top),
            (left, bottom, left, top),
            (right, bottom, right, top),
        )
    }
    yield from sorted(edges)


def cairo(
    document: Document,
    *,
    wide: bool = False,
    mapped: bool = True,
    told: Callable[[str], str] | None = None,
    apart: bool = False,
) -> bytes:
    """cairo: the page upside down, fonts of one unit made large by the matrix, word after word within one text.
    ``apart``: the marks of letters are drawn by themselves."""
    file, font = File(), Font(mapped=mapped, told=told)
    form: Literal["NFC", "NFD"] = "NFD" if apart else "NFC"
    for sheet in lay_out(document, font.width, wide=wide):
        out = [f"1 0 0 -1 0 {sheet.height} cm\nq\n0 0 0 rg BT\n"]
        for line in sheet.words:
            out.append(
                f"{line.size} 0 0 {-line.size} {line.x:.6f} {sheet.height - line.y:.6f} Tm\n/f-0-0 1 Tf\n"
            )
            parts = line.text.split(" ")
            for index, part in enumerate(parts):
                text = unicodedata.normalize(form, part if index + 1 == len(parts) else f"{part} ")
                out.append(f"[<{font.codes(text)}>]TJ\n{font.width(text):.6f} 0 Td\n")
        out.append("ET\nQ\n")
        for x0, y0, x1, y1 in _strokes(sheet):
            out.append(f"0.7 w\n{x0:.4f} {sheet.height - y0:.4f} m {x1:.4f} {sheet.height - y1:.4f} l S\n")
        _page(file, sheet, out)
    return _done(file, {"f-0-0": font})


def typeset(document: Document, *, wide: bool = False) -> bytes:
    """TeX and others that write no spaces: the words of a line in one piece, gaps between them; borders as strokes."""
    file, font = File(), Font()
    for sheet in lay_out(document, font.width, wide=wide):
        out = ["BT\n"]
        for line in sheet.words:
            shown = "-260".join(f"<{font.codes(part)}>" for part in line.text.split(" "))
            out.append(f"/F1 {line.size} Tf 1 0 0 1 {line.x:.3f} {line.y:.3f} Tm [{shown}]TJ\n")
        out.append("ET\n")
        for x0, y0, x1, y1 in _strokes(sheet):
            out.append(
                f"q 1 0 0 1 {x0:.3f} {y0:.3f} cm []0 d 0 J 0.398 w 0 0 m {x1 - x0:.3f} {y1 - y0:.3f} l S Q\n"
            )
        _page(file, sheet, out)
    return _done(file, {"F1": font})


def windows(document: Document, *, wide: bool = False) -> bytes:
    """Windows' printer: the page scaled and upside down, all cells on one line in a single piece, wide gaps between."""
    file, font = File(), Font()
    for sheet in lay_out(document, font.width, wide=wide):
        out = [f"0.750000 0.000000 0.000000 -0.750000 0.000000 {sheet.height} cm\n"]
        for _, group in itertools.groupby(sheet.words, lambda line: line.y):
            lines = sorted(group, key=lambda line: line.x)
            at, shown = lines[0].x, ""
            for line in lines:
                shown += f"{-1000 * (line.x - at) / line.size:.6f}" if line.x > at else ""
                shown += f"<{font.codes(line.text)}>"
                at = line.x + font.width(line.text) * line.size
            first = lines[0]
            out.append(
                f"q\nBT\n2 Tr\n/F1 {first.size / 0.75:.6f} Tf\n1.000000 0.000000 0.000000 -1.000000 {first.x / 0.75:.6f}"
                f" {(sheet.height - first.y) / 0.75:.6f} Tm\n[{shown}] TJ\nET\nQ\n"
            )
        for box in sheet.boxes:
            for x, y, w, h in _borders(box):
                out.append(
                    f"{x / 0.75:.4f} {(sheet.height - y - h) / 0.75:.4f} {w / 0.75:.4f} {h / 0.75:.4f} re f\n"
                )
        _page(file, sheet, out)
    return _done(file, {"F1": font})


def scanned(
    document: Document,
    *,
    wide: bool = False,
    turned: float = 0.3,
    beside: float = 0.6,
    fed: bool = False,
    seed: int = 1,
) -> bytes:
    """A scanner: one picture, and under it invisible words in a font without shapes, slightly turned, each as wide and
    high as it was seen, some points ``beside`` its place. No lines are drawn."""
    file, font, random = File(fed=fed), Font(embedded=False), Random(seed)
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    picture = _picture(file)
    for sheet in lay_out(document, font.width, wide=wide):
        out = [f"q {sheet.width} 0 0 {sheet.height} 0 0 cm /Im1 Do Q\nBT\n3 Tr\n"]
        for line in sheet.words:
            size, x = round(line.size * random.uniform(0.94, 1.06)), line.x
            lift = random.uniform(-beside, beside) * 0.6
            for part in line.text.split(" "):
                width = font.width(part) * line.size
                left, y = x + random.uniform(-beside, beside), line.y + lift
                scale = 100 * (width + random.uniform(-beside, beside)) / (font.width(part) * size)
                across, up = left * cos - y * sin, left * sin + y * cos
                out.append(
                    f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {across:.3f} {up:.3f} Tm /F1 {size} Tf {scale:.2f} Tz [<{font.codes(f'{part} ')}>]TJ\n"
                )
                x += width + font.width(" ") * line.size
        _page(file, sheet, [*out, "ET\n"], f"/XObject<</Im1 {picture} 0 R>>")
    return _done(file, {"F1": font})


def _picture(file: File) -> int:
    """One white point."""
    about = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    return file.stream(b"\xff", about)


def _page(file: File, sheet: Sheet, out: Sequence[str], more: str = "") -> None:
    file.page(sheet.width, sheet.height, "".join(out).encode("latin-1"), more)


def _done(file: File, fonts: dict[str, Font | PlainFont]) -> bytes:
    file.fonts = " ".join(f"/{name} {font.add_to(file)} 0 R" for name, font in fonts.items())
    return file.bytes()


#: each program's way of writing a plan on its side
WIDE: dict[str, Callable[[Document], bytes]] = {
    "Word": lambda d: word(d, wide=True),
    "Word, one font": lambda d: word(d, wide=True, one_font=True),
    "LibreOffice": lambda d: writer(d, wide=True),
    "cairo": lambda d: cairo(d, wide=True),
    "Windows": lambda d: windows(d, wide=True),
    "scanner": lambda d: scanned(d, wide=True),
}
PROGRAMS: dict[str, Callable[[Document], bytes]] = {
    **WIDE,
    "Word, upright": word,
    "Word, justified": lambda d: word(d, spread=True),
    "Word, decomposed letters": lambda d: word(d, wide=True, form="NFD"),
    "Word, turned": lambda d: word(d, wide=True, fed=True),
    "scanner, turned": lambda d: scanned(d, wide=True, fed=True, seed=2),
    "Word, stamped": lambda d: word(d, stamped=True),
    "Word, rows over page ends": lambda d: word(d, broken=True),
    "Word, dotted": lambda d: word(d, wide=True, dotted=True),
    "TeX": typeset,
    "LibreOffice, justified": lambda d: writer(d, spread=True),
}
