"""Columns of a file of people, and the words its cells may hold."""

from __future__ import annotations

import re

from bot.records.table import Column
from domain.officials import Role
from domain.phrases import say
from domain.reading.fold import fold

_ROLES: dict[Role, tuple[str, ...]] = {
    Role.FOCAL: ("đầu mối", "cán bộ đầu mối", "chuyên viên đầu mối", "focal person", "contact"),
    Role.HEAD: (
        "thủ trưởng", "lãnh đạo", "người đứng đầu", "giám đốc", "chủ tịch", "chánh văn phòng", "leader",
    ),
    Role.MONITOR: ("theo dõi", "đôn đốc", "theo dõi, đôn đốc", "giám sát", "follow-up"),
    Role.ADMIN: ("quản trị", "quản trị viên", "quản trị hệ thống", "administrator"),
}  # fmt: skip
_CHANNELS = {
    "browser": ("trình duyệt", "web", "website", "trang web"),
    "telegram": ("tele",),
    "zalo": ("zalo bot", "zalo oa"),
}
_LOCALES = {"vi": ("tiếng Việt", "Việt", "Vietnamese"), "en": ("tiếng Anh", "Anh", "English")}
_ACTIVE = {
    True: ("có", "x", "1", "đang làm việc", "đang công tác", "hoạt động", "đang hoạt động", "yes", "active", "true"),
    False: (
        "không", "0", "nghỉ", "ngừng", "thôi việc", "nghỉ việc", "nghỉ hưu", "chuyển công tác", "ngừng hoạt động",
        "no", "inactive", "false",
    ),
}  # fmt: skip

ROLES = {fold(w): role for role, words in _ROLES.items() for w in (*words, role.value)}
CHANNELS = {fold(w): channel for channel, words in _CHANNELS.items() for w in (*words, channel)}
LOCALES = {fold(w): locale for locale, words in _LOCALES.items() for w in (*words, locale)}
ACTIVE = {fold(w): state for state, words in _ACTIVE.items() for w in words}
ROLE_WORDS = ", ".join(words[0] for words in _ROLES.values())
CHANNEL_WORDS = "trình duyệt, telegram, zalo"
LOCALE_WORDS = "tiếng Việt, tiếng Anh"
ACTIVE_WORDS = "có, không"

#: headings of columns with personal data nobody here needs (Law 91/2025/QH15): dropped, never stored
PERSONAL = re.compile(
    r"\b(?:dien thoai|di dong|sdt|dt|phone|mobile|tel|zalo|email|e mail|mail|thu dien tu|cccd|cmnd|cmt|can cuoc|"
    r"chung minh|dinh danh|ho chieu|passport|id number|ngai sinh|nam sinh|birth|dia chi|address|que quan|"
    r"tai choan|luong|gioi tinh|ma so thue|so the)\b"
)

KEY, NAME, AGENCY, LEVEL, ROLE = "key", "name", "agency", "level", "role"
LOCALE, DIGEST_AT, PREFERS, IS_ACTIVE = "language", "digest_at", "channel", "active"

COLUMNS = (
    Column(
        KEY,
        ("Mã cán bộ", "Mã", "Mã số", "Mã người dùng", "Mã công chức", "Tên đăng nhập"),
        "Key",
        say(
            "The office's own code for the person, which never changes; no phone or identity number. "
            "Without it one is made from name and agency."
        ),
        synonyms=("code", "user", "username", "person"),
    ),
    Column(
        NAME,
        ("Họ và tên", "Họ tên", "Tên", "Tên cán bộ", "Cán bộ", "Họ và tên cán bộ", "Họ, tên"),
        "Name",
        say("Name as it is addressed. Required."),
        needed=True,
        synonyms=("full name", "official"),
    ),
    Column(
        AGENCY,
        (
            "Cơ quan",
            "Đơn vị",
            "Cơ quan, đơn vị",
            "Tên cơ quan",
            "Tên đơn vị",
            "Đơn vị công tác",
            "Nơi công tác",
        ),
        "Agency",
        say("Code or name of the agency. Required."),
        needed=True,
        synonyms=("organisation", "organization", "office"),
    ),
    Column(
        LEVEL,
        ("Cấp", "Cấp hành chính"),
        "Level",
        say("Level of the agency where several share a name: tỉnh, huyện or xã."),
    ),
    Column(
        ROLE,
        ("Vai trò", "Nhiệm vụ", "Phân công", "Vai trò, nhiệm vụ", "Chức năng"),
        "Role",
        say("One or several of: {allowed}. Required.", allowed=ROLE_WORDS),
        needed=True,
        synonyms=("roles",),
    ),
    Column(
        LOCALE,
        ("Ngôn ngữ", "Tiếng"),
        "Language",
        say("One of: {allowed}.", allowed=LOCALE_WORDS),
        synonyms=("locale",),
    ),
    Column(
        DIGEST_AT,
        ("Giờ nhận tin", "Giờ nhận", "Giờ nhắc", "Giờ nhận bản tin"),
        "Digest hour",
        say("Hour of the morning digest, as 07:45; empty: the service's hour."),
        synonyms=("digest", "digest at", "hour"),
    ),
    Column(
        PREFERS,
        ("Kênh nhận tin", "Kênh", "Kênh ưu tiên", "Kênh liên lạc"),
        "Channel",
        say("One of: {allowed}.", allowed=CHANNEL_WORDS),
        synonyms=("preferred channel", "prefers"),
    ),
    Column(
        IS_ACTIVE,
        ("Đang sử dụng", "Hoạt động", "Trạng thái", "Còn công tác", "Tình trạng"),
        "Active",
        say("One of: {allowed}; empty: yes.", allowed=ACTIVE_WORDS),
        synonyms=("status", "enabled"),
    ),
)
#: two rows a template shows; posts, not people
EXAMPLES = (
    {
        KEY: "dm-snv", NAME: "Đầu mối Sở Nội vụ", AGENCY: "Sở Nội vụ", ROLE: "đầu mối; theo dõi",
        DIGEST_AT: "07:30", IS_ACTIVE: "có",
    },
    {
        KEY: "tt-snv", NAME: "Giám đốc Sở Nội vụ", AGENCY: "snv", LEVEL: "tỉnh", ROLE: "thủ trưởng",
        LOCALE: "tiếng Việt", PREFERS: "trình duyệt", IS_ACTIVE: "có",
    },
)  # fmt: skip
