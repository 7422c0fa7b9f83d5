"""Columns of a file of agencies, and the words its cells may hold."""

from __future__ import annotations

from bot.records.table import Column
from domain.agencies import Kind, Level
from domain.phrases import say
from domain.reading.fold import fold

_LEVELS: dict[Level, tuple[str, ...]] = {
    Level.CENTRAL: ("trung ương", "cấp trung ương", "central"),
    Level.PROVINCE: ("tỉnh", "cấp tỉnh", "province", "provincial"),
    Level.DISTRICT: (
        "huyện", "cấp huyện", "thị xã", "quận", "thành phố thuộc tỉnh", "huyện, thành phố", "district",
    ),
    Level.COMMUNE: (
        "xã", "cấp xã", "phường", "thị trấn", "đặc khu", "xã, phường, thị trấn", "xã, phường", "commune",
    ),
}  # fmt: skip
_KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.PROVINCE_COMMITTEE: ("UBND tỉnh", "Ủy ban nhân dân tỉnh", "province committee"),
    Kind.DEPARTMENT: ("sở", "department"),
    Kind.OFFICE: ("văn phòng", "văn phòng UBND", "office"),
    Kind.INSPECTORATE: ("thanh tra", "inspectorate"),
    Kind.BOARD: ("ban", "board"),
    Kind.MANAGEMENT_BOARD: ("ban quản lý", "BQL", "management board"),
    Kind.COMMITTEE: ("UBND", "Ủy ban nhân dân", "UBND huyện", "UBND xã", "committee"),
    Kind.VERTICAL: ("ngành dọc", "cơ quan ngành dọc", "vertical"),
    Kind.FORCE: ("lực lượng vũ trang", "công an", "quân sự", "công an, quân sự", "force"),
    Kind.ORGANISATION: (
        "đoàn thể", "tổ chức", "MTTQ", "mặt trận, đoàn thể", "tổ chức chính trị - xã hội", "organisation",
        "organization",
    ),
    Kind.CENTRE: ("trung tâm", "centre", "center"),
    Kind.OTHER: ("khác", "other"),
}  # fmt: skip

LEVELS = {fold(w): level for level, words in _LEVELS.items() for w in (*words, level.value)}
KINDS = {fold(w): kind for kind, words in _KINDS.items() for w in (*words, kind.value)}
#: what a person is offered
LEVEL_WORDS = ", ".join(words[0] for words in _LEVELS.values())
KIND_WORDS = ", ".join(words[0] for words in _KINDS.values())

CODE, NAME, LEVEL, KIND, PARENT = "code", "name", "level", "kind", "parent"
ALIASES, OFFICIAL_CODE = "aliases", "official_code"
VALID_FROM, VALID_TO, SUCCESSORS = "valid_from", "valid_to", "successors"

COLUMNS = (
    Column(
        CODE,
        ("Mã cơ quan", "Mã", "Mã đơn vị", "Mã viết tắt"),
        "Code",
        say(
            "Short code of lower-case letters, digits and hyphens, such as snv; it never changes. "
            "Without it one is made from the name."
        ),
        synonyms=("agency code", "slug"),
    ),
    Column(
        NAME,
        ("Tên cơ quan", "Tên", "Tên đơn vị", "Cơ quan", "Đơn vị", "Cơ quan, đơn vị", "Tên cơ quan, đơn vị"),
        "Name",
        say("Full name, as it stands in documents. Required."),
        needed=True,
        synonyms=("agency", "agency name"),
    ),
    Column(
        LEVEL,
        ("Cấp", "Cấp hành chính"),
        "Level",
        say("One of: {allowed}. Required for a new agency.", allowed=LEVEL_WORDS),
    ),
    Column(
        KIND,
        ("Loại", "Loại cơ quan", "Loại hình", "Loại đơn vị"),
        "Kind",
        say("One of: {allowed}. Required for a new agency.", allowed=KIND_WORDS),
        synonyms=("type",),
    ),
    Column(
        PARENT,
        ("Cơ quan cấp trên", "Trực thuộc", "Cấp trên", "Cơ quan chủ quản", "Đơn vị chủ quản"),
        "Parent",
        say("Code or name of the agency above it."),
        synonyms=("parent agency", "belongs to"),
    ),
    Column(
        ALIASES,
        ("Tên gọi khác", "Tên khác", "Tên viết tắt", "Viết tắt", "Bí danh"),
        "Aliases",
        say("Other names and short forms it is known by, parted by semicolons; added to those known."),
        synonyms=("other names", "alias"),
    ),
    Column(
        OFFICIAL_CODE,
        ("Mã định danh", "Mã định danh điện tử", "Mã định danh cơ quan"),
        "Official code",
        say("Official identification code, such as 000.00.16.H34, where the office has one."),
        synonyms=("identification code",),
    ),
    Column(
        VALID_FROM,
        ("Hiệu lực từ", "Có hiệu lực từ", "Từ ngày", "Ngày thành lập", "Ngày bắt đầu"),
        "Valid from",
        say("First day on which the agency exists, as 1/7/2025; empty: always."),
        synonyms=("from",),
    ),
    Column(
        VALID_TO,
        ("Hiệu lực đến", "Hết hiệu lực", "Đến ngày", "Ngày giải thể", "Ngày kết thúc"),
        "Valid to",
        say("Last day on which the agency exists, as 30/6/2025; empty: still does."),
        synonyms=("to", "until"),
    ),
    Column(
        SUCCESSORS,
        ("Cơ quan kế thừa", "Kế thừa", "Sáp nhập vào", "Cơ quan tiếp nhận"),
        "Successors",
        say("Codes or names of the agencies that take over its work, parted by semicolons."),
        synonyms=("successor", "merged into"),
    ),
)
#: two rows a template shows
EXAMPLES = (
    {
        CODE: "snv", NAME: "Sở Nội vụ", LEVEL: "tỉnh", KIND: "sở", ALIASES: "SNV; Sở NV",
    },
    {
        CODE: "sldtbxh", NAME: "Sở Lao động - Thương binh và Xã hội", LEVEL: "tỉnh", KIND: "sở",
        ALIASES: "Sở LĐ-TB&XH; Sở LĐTBXH", VALID_TO: "28/2/2025", SUCCESSORS: "snv",
    },
)  # fmt: skip
