"""What a column holds, by its heading; and how well a cell fits a column, by its content."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from domain.reading.fold import plain


class Column(StrEnum):
    """The columns plans have."""

    NUMBER = "number"
    TITLE = "title"
    LEAD = "lead"
    COORDINATE = "coordinate"
    MONITOR = "monitor"
    TIME = "time"
    PRODUCT = "product"
    SOURCE = "source"
    NOTE = "note"


#: the first that matches decides; headings are compared without diacritics
_HEADINGS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NUMBER, r"^(?:stt|tt|so tt|so thu tu|so|s/tt|t\.t|no|#)$"),
        (Column.NOTE, r"^(?:gio$|buoi$|(?:don vi|co quan|to chuc|ca nhan|dia phuong) (?:duoc|bi) (?:thanh tra|kiem tra|giam sat|ho tro|thu huong|kiem toan|danh gia|khao sat)|don vi tinh|dvt$|bat dau$|tu(?: ngay| thang)?$|ghi chu|nguon|kinh phi|von\b|du toan|ngay (?:giao|ban hanh|ky|van ban|thang)|so ngay|so luong|ngay den(?! han)|trang thai|dia diem|ly do|muc do|diem\b|nguyen nhan|kho khan|lanh dao|(?:thoi gian|ngay) (?:giao|bat dau(?!.*ket thuc))|cap (?:trinh|phe duyet|ban hanh|quyet dinh)|tinh trang|lanh dao(?!, don vi)|hinh thuc(?! van ban))"),
        (Column.SOURCE, r"van ban (?:giao|chi dao)|so,? ?(?:va )?ngay van ban|can cu giao|so,? ?ky hieu|^so (?:hieu|van ban|hieu van ban)|^van ban$|^can cu"),
        (Column.TITLE, r"^(?:cac )?(?:noi dung|nhiem vu|cong viec|ten |dau viec|danh muc|hoat dong|giai phap|nhom nhiem vu|hang muc|van de|de an|chuyen de|y kien chi dao|viec\b|phan viec|trich yeu|bien phap (?:khac phuc|thuc hien)|tieu chi|muc tieu(?:,| va|/|;) ?nhiem vu)(?!.*thoi gian)"),
        (Column.TIME, r"^(?:thoi (?:gian|han|diem)|han |tien do|lo trinh|ngay hoan thanh|moc (?:thoi gian|hoan thanh|tien do|cam ket)|thang hoan|hoan thanh|du kien (?:hoan thanh|thoi gian|xong|ket thuc)|ngay|tan suat|ky han|deadline|quy/ ?thang|xong truoc|lich (?:thuc|trien)|den han$|ke hoach thoi gian|thang (?:thuc hien|trinh)|yeu cau (?:tien do|thoi gian)|(?:quy|thang|nam|ket thuc|den(?: ngay| thang)?|thu(?: |, ?|/)ngay(?: thang)?)$)|thoi (?:gian|han) (?:thuc hien|hoan thanh)"),
        (Column.COORDINATE, r"phoi hop|cung (?:thuc hien|tham gia)|hiep dong|^(?:cac )?(?:co quan|don vi)(?:, (?:co quan|don vi))? (?:lien quan|ho tro|tham gia)|^(?:thanh phan )?tham gia|^thanh phan(?: tham du| du)?$"),
        (Column.MONITOR, r"theo doi|don doc|giam sat"),
        (Column.LEAD, r"chu tri|(?:co quan|don vi|bo phan|nguoi|to chuc) (?:duoc giao|thuc hien|chiu trach nhiem|phu trach|tham muu|dau moi|soan thao|trinh|xay dung|chuan bi|xu ly|giai quyet|thuong truc)|^(?:chu the|luc luong|dau moi) (?:thuc hien|trien khai)|^trach nhiem chinh|^phu trach$|^giao don vi|^d/v|^(?:cac )?co quan, don vi$|^(?:co quan|don vi|thuc hien|dau moi)$|trach nhiem(?: thuc hien)?$|phan cong|^don vi\b|^chu (?:dau tu|du an|nhiem|quan)$|^cap thuc hien|(?:can bo|thanh vien|dong chi) phu trach"),
        (Column.PRODUCT, r"^loai van ban|^hinh thuc van ban|san pham|ket qua|dau ra|muc tieu|chi tieu|yeu cau"),
        (Column.TITLE, r"nhiem vu|noi dung|cong viec|hoat dong|giai phap|dau viec|linh vuc"),
        (Column.NOTE, r"ghi chu|kinh phi|nguon|hinh thuc|can cu|bieu mau"),
    )
)  # fmt: skip
#: with the spaces gone: a heading torn by a converter ("Cơ qu an chủ trì") is still that heading
_TORN = tuple(
    (column, re.compile(pattern.pattern.replace(" ", "").replace(r"\b", "")))
    for column, pattern in _HEADINGS
    if column in (Column.TITLE, Column.LEAD, Column.COORDINATE, Column.TIME, Column.PRODUCT)
)

_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Z]|[a-zđ])[.)/]?$")
_AGENCY = re.compile(
    r"^[-–+•]?\s*(?:cac )?(?:so\b(?! huu| hoa| lieu)|ubnd|uy ban|van phong|vp\b|ban\b(?! hanh| do| ke)|cong an|trung tam|cuc\b|vien\b|co quan|don vi"
    r"|dia phuong|thanh tra(?!,)|hoi\b(?! nghi| thao| thi\b)|bo\b(?! tieu chi| thu tuc| chi so| cong cu| tai lieu| phan mem| sung| tri)|truong\b(?! hop)"
    r"|phong\b(?!,? ?chong| ngua| benh)|chi cuc|bao\b(?! cao| dam| ve| ton| hanh| quan| mat)|lien minh|kho bac|bhxh|bao hiem xa|mat tran|mttq|tinh doan|lien doan"
    r"|thu truong|chu tich|giam doc|chanh van phong|huyen\b|thanh pho\b|thi xa\b|xa\b(?! hoi)|phuong\b(?! (?:an|tien|thuc|phap|huong))|dac khu|hdnd|doan\b"
    r"|dai\b|toa an|ngan hang|tong cuc|doanh nghiep|to chuc(?: chinh tri| doan the| hoi| co| lien quan|,|$)|nganh\b|dang uy|tinh uy|thanh uy|huyen uy"
    r"|s[a-z]{1,4}\b$|bch|bo chi huy|bo tu lenh|quy (?:bao|dau tu|phat trien|ho tro|tin dung|khuyen)|ubmt|bql\b|tt (?!\d)|ttpv|cong ty|tong cong ty|tap doan"
    r"|benh vien|dai hoc|hiep hoi|hoi dong|cap (?:xa|huyen)\b|chinh quyen(?! so| dien tu| do thi)|tat ca|nhu tren|nt\b|phong,? ban|khoi\b(?! luong| phuc)"
    r"|buu dien|vnpt|viettel|dien luc|lanh dao|cac (?:don vi|chu dau tu|bo\b|phong|truong|cap)|co so (?!du lieu|vat chat|ha tang|phap ly|nha dat|so lieu|ket qua)|to (?!chuc\b|trinh|roi|khai|chat)|tieu ban|khoa (?!hoc\b|luan|an\b|hop)|giao vien|pho (?:chu tich|giam doc|hieu truong|truong|chanh|bi thu)|y te (?:hoc duong|thon)|dieu duong|thu quy|toan (?:truong|co quan|don vi)|bo mon|thi hanh an|hoc vien (?:hanh|chinh|can bo|khoa|nong|ky|y|tu)|vuon quoc gia|dong chi\b|chanh (?:van|thanh|toa)|ca tinh|don (?:bien phong|cong an)|doi (?!ngu|moi|voi|thoai|chieu|tuong|song|ngoai|khang)"
    r"|cang vu|cum (?:thi dua|truong)|ke toan|van thu(?!,)|cong chuc (?!xa|duoc)|cap uy|cac thanh vien|uy vien|toan the (?:co|can|don)|nhu muc \d|luc luong|hieu truong|bi thu|truong (?:thon|ban|ap|cong|phong)|gia lang|ca nhan|nguoi|vu\b(?! viec| an\b| mua| dong| he)|vien thong|mobifone|tram (?:y te|kiem)|hat kiem|hai doi \d|vung \d hai quan|doi (?:quan|thanh)|cau lac bo|hop tac xa|htx\b|nha (?:may|truong|van hoa|xuat ban|khach|thieu nhi)|thuong truc|cac (?:vu|cuc|hoi|co so|luc luong|doan|to chuc|ban|doanh nghiep|chi cuc|trung tam|chu)\b|chu dau tu|chi nhanh|(?:thanh|huyen|quan|xa|phuong|thi) doan\b|nha hat|thu vien|bao tang|khach san|mang luoi|thon\b|to dan pho|khu pho|thue (?:tinh|thanh pho|co so|khu vuc|huyen)|hai quan|kiem lam|quan ly thi truong|thong ke (?:tinh|co so))"
)
_TORN_AGENCY = re.compile(
    r"(?:cac)?(?:vanphong|uyban|congan|trungtam|thanhtratinh|banquanly|bandantoc|chicuc|coquan|donvi)"
)
_TIME = re.compile(
    r"^(?:nam \d{4}|trong nam|trong (?:quy|thang)|qu[iy] (?:[ivxl]{1,4}|\d)\b|q[1-4]\b|thang (?:\d|(?:gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?: mot| hai)?)(?:\W*$|,? nam 20))|thuong xuyen|hang (?:nam|quy|thang|tuan|ngay|dem|buoi)|dinh ky"
    r"|truoc |cham nhat|den (?:het |ngay |nam )|khong qua|hoan thanh (?:trong|truoc|vao|nam|thang|quy)|giai doan (?!(?:\d{1,2}|[iv]{1,3})\s*[:.]\s*(?!tu |nam |thang |qu[iy] |truoc |den |hoan thanh |xong )[a-z])(?:\d|tu|nam|i{1,3}\b)|tu nam|tu \d"
    r"|ngay (?:\d|sau|trong|tu|khi)|\d{1,2} ?[/.-] ?(?:\d{1,2}(?!\d)|20\d\d)|\d{4}|\d{1,2}/\d{4}|sau (?!day\b|dai hoc|benh)|khi |theo (?!doi\b)|muon nhat|(?:trong )?suot |trong (?:vong )?\d+ (?:ngay|thang|gio|tuan)"
    r"|cuoi |dau (?!tu\b)|het |0?6 thang|0?9 thang|lien tuc|nhu tren$|xuyen suot|bat dau|\d{1,2} (?:ngay|gio|thang|tuan|lan)\b(?! (?:dau|cong))|dot \d|moi (?:ngay|tuan|thang|qu[iy]|nam)\b"
    r"|(?:sang|chieu|toi) (?:thu|ngay|\d)|(?:thu|t\.) ?(?:hai|ba|tu|nam|sau|bay|[2-7])\b|chu nhat\b|q\.? ?(?:i{1,3}|iv)\b|t\d{1,2} ?/ ?20\d\d)"
)


#: headings as most plans have them, for those with misread letters, and how alike they must be
_USUAL = {
    "co quan chu tri": Column.LEAD, "don vi chu tri": Column.LEAD, "co quan thuc hien": Column.LEAD, "don vi thuc hien": Column.LEAD,
    "co quan phoi hop": Column.COORDINATE, "don vi phoi hop": Column.COORDINATE, "co quan, don vi phoi hop": Column.COORDINATE,
    "co quan, don vi chu tri": Column.LEAD, "co quan, don vi thuc hien": Column.LEAD, "phoi hop": Column.COORDINATE,
    "thoi gian": Column.TIME, "thoi han": Column.TIME, "thoi gian thuc hien": Column.TIME, "thoi gian hoan thanh": Column.TIME,
    "thoi han hoan thanh": Column.TIME, "noi dung": Column.TITLE, "nhiem vu": Column.TITLE, "ten nhiem vu": Column.TITLE,
    "noi dung cong viec": Column.TITLE, "noi dung nhiem vu": Column.TITLE, "san pham": Column.PRODUCT, "ket qua": Column.PRODUCT,
}  # fmt: skip
_LIKE = 0.84
#: "Sở, ngành chủ trì", "Phòng, ban phối hợp": kinds of bodies and a role, no name
_BODY = (
    r"(?:so|phong|ban|nganh|co quan|don vi|dia phuong|bo phan|to chuc|ca nhan|khoa|to|truong|trung tam|lop|nguoi|can bo|vien chuc|giao vien"
    r"|thanh vien|doan the|hoi|xa|phuong|huyen|cap|vu|cuc|chi cuc|doanh nghiep|luc luong|dau moi|chu dau tu)(?: (?:chuyen mon|lien quan|truc thuoc|cong tac))?"
)
_BODIES = re.compile(
    rf"(?:cac )?{_BODY}(?:\s*(?:,|/|-| va| hoac)\s*{_BODY})*\s*(?:duoc |truc tiep )?((?:cung )?(?:chu tri|phoi hop|thuc hien|phu trach|chiu trach nhiem|dam nhan|dam nhiem"
    r"|tham muu|trien khai|tham gia|giup viec|giup|ho tro|giao|phan cong|cung lam)[a-z, ]{0,25})"
)
_ITEM = re.compile(r"(?:[ivxlc]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)]\s")

_HELPS = ("phoi", "cung", "tham gia", "giup", "ho tro")
_GENERAL = ("co quan", "don vi", "cac co quan", "cac don vi", "nguoi", "to chuc", "phong, ban", "lanh dao", "dia phuong", "bo phan", "ca nhan")  # fmt: skip


@lru_cache(maxsize=4096)
def heading(text: str) -> Column | None:
    """The column a heading cell names; None when it is no heading (or too long to be one)."""
    words = plain(text.replace("_", " ")).strip(" .:*|")  # "Don_vi_Chu_tri", as exports have it
    if not words or len(words) > 70 or ": " in words or words[0] in "-+•" or _ITEM.match(words):
        return None  # "- Cơ quan chủ trì: Sở Nội vụ" is a line of prose, "II. Nội dung" a heading of a part
    if (
        words.startswith(("co quan", "don vi", "cac co quan", "cac don vi", "lanh dao"))
        and "chu tri" in words
    ):
        return Column.LEAD
    if words == "chu dau tu":
        return Column.LEAD
    if bodies := _BODIES.fullmatch(words):
        return Column.COORDINATE if bodies[1].startswith(_HELPS) else Column.LEAD
    found = next((column for column, pattern in _HEADINGS if pattern.search(words)), None)
    if found is not Column.NUMBER and _is_content(text, words):
        return None
    if found is None and len(words) < 40:
        torn = words.replace(" ", "")
        found = (
            Column.NUMBER
            if torn in ("stt", "tt", "sott")
            else next((column for column, pattern in _TORN if pattern.search(torn)), None)
        )
    return found or (_misread(words) if 5 < len(words) < 40 and not _is_content(text, words) else None)


def _misread(words: str) -> Column | None:
    """A heading with a letter or two that a scan took for others."""
    for name, column in _USUAL.items():
        if abs(len(name) - len(words)) <= 3:
            match = SequenceMatcher(None, name, words, autojunk=False)
            if match.real_quick_ratio() >= _LIKE and match.quick_ratio() >= _LIKE and match.ratio() >= _LIKE:
                return column
    return None


#: people and forces by what they do
_BY_ROLE = re.compile(
    r"(?:cac )?(?:luc luong|dong chi|can bo|cong chuc|thanh vien|to|nha|ban|doi)(?: (?:duoc|truc tiep|cung))? (?:phu trach|chu tri|thuc hien|phoi hop|tham gia|theo doi|chi dao|chiu|giao|phan cong)\b"
)
_RHYTHMS = ("hang ", "thuong xuyen", "lien tuc", "dinh ky", "theo ")


def _is_content(text: str, words: str) -> bool:
    """ "Sở Y tế theo dõi, đôn đốc", "Hoàn thành trong năm 2025": cells of the body, not names of columns."""
    if looks_like_time(text) and (any(c.isdecimal() for c in words) or words.startswith(_RHYTHMS)):
        return True
    return looks_like_agency(text) and not words.startswith(_GENERAL) and not _BY_ROLE.match(words)


@lru_cache(maxsize=4096)
def looks_like_number(text: str) -> bool:
    """ "1", "2.b", "IV", "a)" — a cell of the number column."""
    return bool(_NUMBER.match(ordinal(text)))


@lru_cache(maxsize=4096)
def ordinal(text: str) -> str:
    """A number as it is meant: usual digits, put together where a narrow column broke them ("1 0")."""
    if text.isascii() and (text.isdecimal() or not text):
        return text
    plain_text = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"\s+", "", plain_text) if re.fullmatch(r"[\dIVXLC\s]+[.)]?", plain_text) else plain_text


@lru_cache(maxsize=4096)
def looks_like_agency(text: str) -> bool:
    """Whether a cell reads like the name of an agency or a group."""
    words = plain(text)
    if _PERSON.match(text) or ((initials := _INITIALS.match(text)) and initials[1] not in _NO_BODIES):
        return True
    return bool(_AGENCY.match(words) or _TORN_AGENCY.match(words.replace(" ", ""))) and not _is_misspelt(text)


#: what names of bodies begin with, as it is spelt: "Bàn giao", "Sơ kết", "Viên chức" only look like them without marks
_SPELT = {
    "khoa": ("khoa",), "so": ("sở",), "ban": ("ban",), "vien": ("viện", "viễn"), "dai": ("đài", "đại"), "doan": ("đoàn",), "hoi": ("hội",), "bao": ("báo", "bảo"),
    "to": ("tổ",), "vu": ("vụ",), "cuc": ("cục",), "bo": ("bộ",), "truong": ("trường", "trưởng"), "phong": ("phòng",), "phuong": ("phường",),
    "huyen": ("huyện",), "xa": ("xã",), "nganh": ("ngành",), "quy": ("quỹ",), "tram": ("trạm",), "doi": ("đội",), "khoi": ("khối",),
    "thon": ("thôn",), "toa": ("tòa", "toà"), "cum": ("cụm",), "thue": ("thuế",), "nha": ("nhà",), "hat": ("hạt",), "chanh": ("chánh",),
}  # fmt: skip
_FIRST_WORD = re.compile(r"[\W\d]*(?:[Cc]ác |CÁC )?([^\W\d_]+)(?: ([^\W\d_]+))?")
#: "các bản" are villages, "các bản đồ" maps
_VILLAGES = re.compile(
    r"[Cc]ác bản(?:\W*$|[,;]| [A-ZĐ]| (?:có|trong|thuộc|trên|nơi|vùng|biên giới|xã|khó khăn)\b)"
)
_NO_GREAT = ("hội", "biểu", "lễ", "trà", "diện", "tu", "dịch", "đoàn")  # "Đại hội", "Đại biểu"
_PERSON = re.compile(r"(?:Ông|Bà|Đ/c|Đồng chí)\s+[A-ZĐ]")
_INITIALS = re.compile(r"([A-ZĐ]{2,8})(?=[ ,;&]|$)(?!.*\d{3})")
_NO_BODIES = frozenset(
    ("QĐ", "NQ", "KH", "BC", "TT", "CV", "TB", "CSDL", "CNTT", "HS", "BB", "ĐA", "CT", "HD", "VB", "VBQPPL", "TTHC", "KT", "II", "III", "IV", "VI", "VII", "CCHC", "TX")
)  # fmt: skip


def _is_misspelt(text: str) -> bool:
    """Whether the first word only looks like a body's without its marks."""
    found = _FIRST_WORD.match(text)
    if not found or found[1].isascii():
        return False
    word = found[1].lower()
    if word == "bản" and _VILLAGES.match(text):
        return False
    allowed = _SPELT.get(plain(word))
    if allowed is None:
        return False
    return word not in allowed or (word == "đại" and (found[2] or "").lower() in _NO_GREAT)


@lru_cache(maxsize=4096)
def looks_like_time(text: str) -> bool:
    """Whether a cell reads like a time phrase."""
    words = plain(text)
    return len(words) < 160 and (bool(_TIME.match(words)) or _is_mostly_time(words))


#: a day, a month, a rhythm, wherever it stands
_DAYLIKE = re.compile(
    r"\d ?[/.-] ?\d|\b20\d\d\b|\bthang \d|\bqu[iy] [ivx\d]|\b(?:hang|moi) (?:ngay|tuan|thang|qu[iy]|nam)\b|\b(?:mot|\d) lan\b"
)
#: "giải ngân hết vốn trước 31/12/2023"
_LIMITED = re.compile(
    r"\b(?:truoc|cham nhat|xong|den het)\W+(?:ngay )?\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?\W*$"
)
_TIME_WORDS = frozenset(
    re.findall(
        r"\w+",
        "ngay thang nam quy qui tuan thu hai ba tu sau bay chu nhat sang chieu toi trua gio hang moi dinh ky lan mot cuoi dau giua"
        " truoc trong den het xong hoan thanh cham nhat muon la vao cua va cac tiep theo dot giai doan ke tu phat song i ii iii iv"
        " suot lien tuc thuong xuyen du kien khoang ca nua khong qua h",
    )
)
_NOT_TIME_SHARE = 0.3


def _is_mostly_time(words: str) -> bool:
    """Whether a cell that begins otherwise still speaks of a time: "xong trước 15/12", "thứ năm hằng tuần"."""
    if len(words) > 90 or not _DAYLIKE.search(words):
        return False
    if _LIMITED.search(words) and len(words) < 60:
        return True
    said = [w for w in re.split(r"[^a-z0-9]+", words) if w]
    others = sum(not w.isdecimal() and w not in _TIME_WORDS for w in said)
    return others <= _NOT_TIME_SHARE * len(said) and (said[0] in _TIME_WORDS or said[0].isdecimal())


_ROMAN_SECTION = re.compile(r"^[IVX]{1,5}\s*[.)]\s+\S")


#: "- Tiêu chí số 5 …": what is to be done more often has a dash in front than what comes of it
_IS_ITEM = re.compile(r"[-–+]\s+[A-ZĐ][^\n]{20}")
_ITEMS = 0.7


def fit(text: str, column: Column) -> float:
    """How well a cell's content suits a column; only differences matter."""
    if not text:
        return -0.3
    number, agency, time = looks_like_number(text), looks_like_agency(text), looks_like_time(text)
    if column is Column.NUMBER:
        return 5.0 if number else -8.0
    if number:
        return -6.0
    if column is Column.TIME:
        return 4.0 if time else -2.5
    if column in (Column.LEAD, Column.COORDINATE, Column.MONITOR):
        return 3.0 if agency else -2.5 if time else -1.5
    if column is Column.TITLE:
        long = min(len(text), 120) / 60
        long += _ITEMS if _IS_ITEM.match(text) else 0.0
        return long - (2.0 if time and len(text) < 40 else 0) - (1.5 if agency and len(text) < 60 else 0)
    return (
        0.5
        - (1.5 if time else 0)
        - (0.5 if agency else 0)
        - (4.0 if _ROMAN_SECTION.match(text) else _ITEMS if _IS_ITEM.match(text) else 0)
    )


#: what it costs to leave a column of a row empty
GAP = {
    Column.NUMBER: 0.2,
    Column.TITLE: 4.0,
    Column.LEAD: 2.0,
    Column.COORDINATE: 0.8,
    Column.MONITOR: 0.8,
    Column.TIME: 1.5,
    Column.PRODUCT: 0.3,
    Column.SOURCE: 0.3,
    Column.NOTE: 0.1,
}
