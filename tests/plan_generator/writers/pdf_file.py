"""A PDF file written by hand: objects, streams, and fonts of the kinds that programs embed."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

_FOLDER = Path("/usr/share/fonts/truetype")
_FILES = ("noto/NotoSerif-Regular.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSans.ttf", "noto/NotoSans-Regular.ttf", "liberation/LiberationSerif-Regular.ttf")  # fmt: skip


@lru_cache
def font_file() -> TTFontFile | None:
    """A font with Vietnamese letters; None where the machine has none."""
    path = next((path for name in _FILES if (path := _FOLDER / name).exists()), None)
    return TTFontFile(str(path)) if path else None


class File:
    """Objects in the order they are added; the first is the catalogue, the second the tree of pages."""

    def __init__(self, *, stamped: bool = False, fed: bool = False) -> None:
        self.stamped, self.fed = stamped, fed
        self._with_fonts: list[int] = []
        self._objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
        self._pages: list[int] = []
        self.fonts = ""  # names and objects of the fonts of every page

    def add(self, body: str | bytes) -> int:
        """An object's number."""
        self._objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self._objects)

    def stream(self, data: bytes, more: str = "") -> int:
        """A packed stream's number."""
        packed = zlib.compress(data, 6)
        head = f"<</Length {len(packed)}/Filter/FlateDecode{more}>>stream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def page(self, width: float, height: float, content: bytes, resources: str = "") -> None:
        """A page with its content, and what it uses besides fonts."""
        if self.stamped:  # as what lays a stamp on pages does: all that was there is one form
            form = self.stream(
                content,
                f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Matrix[.5 0 0 .5 5 7]/Resources<</Font<<FONTS>>{resources}>>",
            )
            self._with_fonts.append(form)
            content, resources = b"q 2 0 0 2 -10 -14 cm /Fm0 Do Q", f"/XObject<</Fm0 {form} 0 R>>"
        turn = ""
        if self.fed:  # as paper is fed into a scanner: drawn on its side, and shown turned
            content = b"q 0 1 -1 0 %.2f 0 cm " % height + content + b" Q"
            width, height, turn = height, width, "/Rotate 90"
        number = self.stream(content)
        body = f"<</Type/Page{turn}/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {number} 0 R/Resources<</Font<<FONTS>>{resources}>>>>"
        self._pages.append(self.add(body))

    def bytes(self) -> bytes:
        """The whole file."""
        kids = " ".join(f"{n} 0 R" for n in self._pages)
        self._objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(self._pages)}>>".encode()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._objects, 1):
            if number in self._pages or number in self._with_fonts:
                body = body.replace(b"FONTS", self.fonts.encode(), 1)
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
        return bytes(out)


class Font:
    """Letters as they are used, by number; ``wide`` fonts write two bytes a letter (Identity-H), others one."""

    def __init__(
        self,
        *,
        wide: bool = True,
        form: str = "NFC",
        mapped: bool = True,
        embedded: bool = True,
        told: Callable[[str], str] | None = None,
    ) -> None:
        made = font_file()
        assert made is not None
        self._font = made
        self.wide, self._form, self._mapped, self._embedded = wide, form, mapped, embedded
        self._told = told or (lambda letter: unicodedata.normalize(self._form, letter))
        self._numbers: dict[str, int] = {}

    def width(self, text: str) -> float:
        """The width of a text of one point; marks over letters have none."""
        widths, usual = self._font.charWidths, self._font.defaultWidth
        shown = (letter for letter in text if not unicodedata.combining(letter))
        return sum(widths.get(ord(letter), usual) for letter in shown) / 1000

    def codes(self, text: str) -> str:
        """The text as hexadecimal digits for a string."""
        size = 4 if self.wide else 2
        return "".join(
            f"{self._numbers.setdefault(letter, len(self._numbers) + 1):0{size}x}" for letter in text
        )

    def is_full(self, text: str) -> bool:
        """Whether a font of one byte a letter has no numbers left for these letters."""
        return not self.wide and len(self._numbers | dict.fromkeys(text, 0)) > 250

    def add_to(self, file: File, name: str = "TimesNewRoman") -> int:
        """The font's number in the file, when every letter has been used."""
        letters = list(self._numbers)
        widths = [round(self.width(letter) * 1000) for letter in letters]
        embedded = (
            f"/FontFile2 {file.stream(self._font.makeSubset([ord(c) for c in letters]))} 0 R"
            if self._embedded
            else ""
        )
        about = file.add(
            f"<</Type/FontDescriptor/FontName/AAAAAA+{name}/Flags 4/FontBBox[-500 -300 1500 1000]/ItalicAngle 0"
            f"/Ascent 891/Descent -216/CapHeight 693/StemV 80{embedded}>>"
        )
        map_ = f"/ToUnicode {file.stream(self._map(letters))} 0 R" if self._mapped else ""
        if not self.wide:
            shown = " ".join(map(str, widths))
            return file.add(
                f"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+{name}/FirstChar 1/LastChar {len(letters)}"
                f"/Widths[{shown}]/FontDescriptor {about} 0 R{map_}>>"
            )
        shown = " ".join(map(str, widths))
        below = file.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/CIDToGIDMap/Identity/DW 500/W[1[{shown}]]/FontDescriptor {about} 0 R>>"
        )
        return file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+{name}/Encoding/Identity-H/DescendantFonts[{below} 0 R]{map_}>>"
        )

    def _map(self, letters: Sequence[str]) -> bytes:
        size = 4 if self.wide else 2
        lines = [
            f"<{number:0{size}x}> <{self._told(letter).encode('utf-16-be').hex()}>"
            for number, letter in enumerate(letters, 1)
        ]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
            f"1 begincodespacerange <{'0' * size}> <{'f' * size}> endcodespacerange\n{body}\n"
            "endcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()


class PlainFont:
    """A font that is not embedded, its letters those of Windows' western code page: what Word uses where it can."""

    def __init__(self) -> None:
        made = font_file()
        assert made is not None
        self._font = made

    def width(self, text: str) -> float:
        """The width of a text of one point."""
        widths, usual = self._font.charWidths, self._font.defaultWidth
        return sum(widths.get(ord(letter), usual) for letter in text) / 1000

    @staticmethod
    def has(letter: str) -> bool:
        """Whether the code page has a letter."""
        try:
            return len(letter.encode("cp1252")) == 1
        except UnicodeEncodeError:
            return False

    def add_to(self, file: File, name: str = "TimesNewRomanPSMT") -> int:
        """The font's number in the file."""
        widths = [
            round(self.width(bytes([code]).decode("cp1252", "replace")) * 1000) for code in range(32, 256)
        ]
        about = file.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 32/FontBBox[-568 -216 2046 693]/ItalicAngle 0/Ascent 891"
            "/Descent -216/CapHeight 693/StemV 40/AvgWidth 401/MaxWidth 2614/XHeight 250/Leading 42>>"
        )
        return file.add(
            f"<</Type/Font/Subtype/TrueType/Name/F1/BaseFont/{name}/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
            f"/Widths[{' '.join(map(str, widths))}]/FontDescriptor {about} 0 R>>"
        )
