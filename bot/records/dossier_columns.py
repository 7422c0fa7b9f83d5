"""Columns of a dossier system's export, the words its cells may hold, and those that are never read.

An applicant's columns have no name here, so nothing can read them: they are dropped while the file goes by.
"""

from __future__ import annotations

import re

from bot.records.table import Column
from domain.dossiers.dossier import Channel, State
from domain.phrases import say
from domain.reading.fold import fold

CODE, AGENCY, RECEIVING, LEVEL, GROUP = "code", "agency", "receiving", "level", "group"
PROCEDURE_CODE, PROCEDURE, FIELD = "procedure_code", "procedure", "field"
STATE, CHANNEL = "state", "channel"
RECEIVED, PROMISED, PUT_OFF, APOLOGY = "received_on", "promised_on", "latest_on", "apology_on"
STOPPED, RESUMED, RESULT, RETURNED = "stopped_on", "resumed_on", "result_on", "returned_on"

STATE_WORDS = "chờ tiếp nhận, đã tiếp nhận, đang xử lý, yêu cầu bổ sung, tạm dừng, có kết quả, đã trả, trả lại, rút, hủy"
_DAY = say("A day, as 24/6/2024; hours after it are passed over.")

COLUMNS = (
    Column(
        CODE,
        ("Mã hồ sơ", "Số hồ sơ", "Mã số hồ sơ", "Mã biên nhận", "Mã HS", "Số biên nhận", "Mã hồ sơ TTHC"),
        "Dossier code",
        say("The dossier's code, as 000.00.16.H34-240620-0001. Required."),
        needed=True,
        synonyms=("dossier", "ma ho so tthc", "ma so bien nhan", "so ho so tiep nhan", "code"),
    ),
    Column(
        PROCEDURE_CODE,
        ("Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính"),
        "Procedure code",
        say("The procedure's code."),
    ),
    Column(
        PROCEDURE,
        ("Tên TTHC", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục hành chính", "Thủ tục", "TTHC"),
        "Procedure",
        say("The procedure's name."),
        synonyms=("procedure name", "ten dich vu cong", "dich vu cong"),
    ),
    Column(FIELD, ("Lĩnh vực", "Tên lĩnh vực", "Nhóm lĩnh vực"), "Field", say("The procedure's field.")),
    Column(
        AGENCY,
        ("Cơ quan xử lý", "Cơ quan giải quyết", "Đơn vị xử lý", "Đơn vị giải quyết", "Cơ quan thực hiện", "Đơn vị"),
        "Deciding agency",
        say("The code or the name of the agency that decides. Required, unless rows stand under their agency."),
        synonyms=(
            "agency", "co quan", "don vi thuc hien", "don vi thu ly", "co quan thu ly", "co quan co tham quyen",
            "co quan quyet dinh", "ten don vi", "don vi xu ly chinh",
        ),
    ),
    Column(
        RECEIVING,
        ("Nơi tiếp nhận", "Đơn vị tiếp nhận", "Cơ quan tiếp nhận", "Bộ phận tiếp nhận", "Nơi nộp"),
        "Receiving agency",
        say("The agency that took it in, where it is another one."),
        synonyms=("received at", "bo phan mot cua"),
    ),
    Column(
        LEVEL,
        ("Cấp", "Cấp thực hiện", "Cấp giải quyết", "Cấp hành chính", "Cấp cơ quan"),
        "Level",
        say("Tells agencies of one name apart: tỉnh, huyện, xã."),
    ),
    Column(
        RECEIVED,
        ("Ngày tiếp nhận", "Ngày nhận", "Thời gian tiếp nhận", "Ngày nhận hồ sơ", "Ngày tiếp nhận hồ sơ"),
        "Received on",
        _DAY,
        needed=True,
        synonyms=("received", "thoi diem tiep nhan", "ngay tiep nhan ho so chinh thuc"),
    ),
    Column(
        PROMISED,
        ("Ngày hẹn trả", "Hạn xử lý", "Ngày hẹn", "Hạn giải quyết", "Ngày hẹn trả kết quả", "Thời hạn giải quyết"),
        "Promised on",
        _DAY,
        synonyms=("promised", "due", "han tra ket qua", "thoi gian hen tra", "han tra", "ngay hen tra kq", "due on"),
    ),
    Column(
        PUT_OFF,
        ("Ngày hẹn lại", "Ngày hẹn trả lại", "Ngày gia hạn", "Gia hạn đến ngày", "Ngày hẹn trả mới"),
        "Put off to",
        _DAY,
        synonyms=("rescheduled", "ngay hen tra sau gia han", "ngay hen tra lan 2"),
    ),
    Column(
        APOLOGY,
        ("Ngày xin lỗi", "Ngày gửi thư xin lỗi", "Ngày văn bản xin lỗi", "Ngày phiếu xin lỗi"),
        "Letter of apology on",
        _DAY,
        synonyms=("apology", "ngay thu xin loi", "ngay xin loi va hen lai"),
    ),
    Column(
        STOPPED,
        ("Ngày tạm dừng", "Ngày dừng xử lý", "Ngày yêu cầu bổ sung", "Ngày tạm dừng xử lý"),
        "Clock stopped on",
        _DAY,
        synonyms=("stopped", "ngay bat dau tam dung"),
    ),
    Column(
        RESUMED,
        ("Ngày tiếp tục", "Ngày tiếp tục xử lý", "Ngày bổ sung", "Ngày kết thúc tạm dừng"),
        "Clock resumed on",
        _DAY,
        synonyms=("resumed", "ngay bo sung ho so", "ngay nop bo sung"),
    ),
    Column(
        RESULT,
        ("Ngày có kết quả", "Ngày kết thúc xử lý", "Ngày hoàn thành", "Ngày xử lý xong", "Ngày giải quyết"),
        "Result on",
        _DAY,
        synonyms=("result", "ngay ket thuc", "ngay co kq", "thoi gian co ket qua", "ngay giai quyet xong"),
    ),
    Column(
        RETURNED,
        ("Ngày trả", "Ngày trả kết quả", "Ngày trả thực tế", "Thời gian trả kết quả"),
        "Returned on",
        _DAY,
        synonyms=("returned", "ngay tra kq", "ngay tra ket qua thuc te"),
    ),
    Column(
        CHANNEL,
        ("Hình thức nộp", "Hình thức tiếp nhận", "Kênh nộp", "Hình thức nộp hồ sơ"),
        "Handed in by",
        say("One of: {allowed}.", allowed="trực tuyến, trực tiếp, bưu chính"),
        synonyms=("channel", "kenh tiep nhan", "hinh thuc"),
    ),
    Column(
        STATE,
        ("Trạng thái", "Tình trạng", "Trạng thái hồ sơ", "Tình trạng hồ sơ", "Trạng thái xử lý"),
        "State",
        say("One of: {allowed}.", allowed=STATE_WORDS),
        synonyms=("status", "tinh trang xu ly"),
    ),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)

_STATES = {
    State.WAITING: ("chờ tiếp nhận", "mới đăng ký", "chờ duyệt tiếp nhận", "hồ sơ mới", "waiting"),
    State.RECEIVED: ("đã tiếp nhận", "được tiếp nhận", "mới tiếp nhận", "tiếp nhận", "chờ xử lý", "received"),
    State.PROCESSING: (
        "đang xử lý", "đang giải quyết", "đang thụ lý", "đang trình ký", "chờ ký duyệt", "chờ phê duyệt", "đang thẩm định",
        "xử lý", "đã phân công", "liên thông", "đang xử lý liên thông", "đang xử lý quá hạn", "đang xử lý trong hạn", "processing",
    ),
    State.SUPPLEMENT: (
        "yêu cầu bổ sung", "chờ bổ sung", "bổ sung hồ sơ", "yêu cầu bổ sung hồ sơ", "đang chờ bổ sung", "chờ bổ sung hồ sơ",
        "yêu cầu bổ sung giấy tờ", "supplement",
    ),
    State.PAUSED: (
        "tạm dừng", "tạm dừng xử lý", "dừng xử lý tạm thời", "chờ nghĩa vụ tài chính", "thực hiện nghĩa vụ tài chính",
        "yêu cầu thực hiện nghĩa vụ tài chính", "chờ thực hiện nghĩa vụ tài chính", "chờ thanh toán", "chờ thuế", "paused",
    ),
    State.RESULT: (
        "có kết quả", "đã có kết quả", "chờ trả", "chờ trả kết quả", "đã xử lý xong", "hoàn thành xử lý", "đã hoàn thành",
        "đã giải quyết", "hoàn thành", "đã xử lý", "result",
    ),
    State.RETURNED: ("đã trả", "đã trả kết quả", "trả kết quả", "đã trả kết quả cho công dân", "kết thúc", "returned"),
    State.REFUSED: (
        "trả lại", "trả lại hồ sơ", "đã trả lại", "từ chối", "từ chối giải quyết", "không đủ điều kiện", "từ chối tiếp nhận",
        "hồ sơ trả lại", "không giải quyết", "hồ sơ bị từ chối", "refused",
    ),
    State.WITHDRAWN: ("rút", "rút hồ sơ", "công dân rút hồ sơ", "đã rút", "công dân yêu cầu rút hồ sơ", "withdrawn"),
    State.CANCELLED: ("hủy", "hủy hồ sơ", "đã hủy", "dừng xử lý", "đã dừng xử lý", "cancelled"),
}  # fmt: skip
STATES = {fold(word): state for state, words in _STATES.items() for word in words}
_CHANNELS = {
    Channel.ONLINE: ("trực tuyến", "qua mạng", "nộp trực tuyến", "online", "dịch vụ công", "dịch vụ công quốc gia", "cổng dịch vụ công"),
    Channel.COUNTER: ("trực tiếp", "nộp trực tiếp", "tại bộ phận một cửa", "một cửa", "counter", "tại quầy"),
    Channel.POST: ("bưu chính", "bưu chính công ích", "qua bưu chính", "dịch vụ bưu chính công ích", "post", "bưu điện"),
}  # fmt: skip
CHANNELS = {fold(word): channel for channel, words in _CHANNELS.items() for word in words}

#: folded headings of columns about a person: named in the report as not read
PERSONAL = re.compile(
    r"\b(?:nguoi nop|nguoi ieu cau|nguoi (?:duoc )?ui quien|nguoi giao|nguoi nhan|chu ho so|chu ho|chu so huu|chu su dung|cong dan|ho (?:va )?ten|ten (?:cong dan|to chuc|nguoi)|to chuc|"
    r"doanh nghiep|dia chi|dien thoai|so dt|sdt|di dong|cccd|cmnd|can cuoc|ho chieu|dinh danh|email|"
    r"thu dien tu|ngai sinh|nam sinh|gioi tinh|nguoi dai dien|lien he|ma so thue|mst|applicant|phone|address|name)\b"
)

EXAMPLES = (
    {
        CODE: "000.00.16.H34-240603-0001",
        PROCEDURE_CODE: "1.001122.000.00.00.H34",
        PROCEDURE: "Thủ tục thi tuyển công chức",
        FIELD: "Công chức, viên chức",
        AGENCY: "snv",
        RECEIVED: "3/6/2024",
        PROMISED: "21/6/2024",
        RESULT: "20/6/2024",
        RETURNED: "21/6/2024",
        CHANNEL: "trực tuyến",
        STATE: "đã trả",
    },
    {
        CODE: "000.00.16.H34-240610-0002",
        PROCEDURE_CODE: "1.001122.000.00.00.H34",
        PROCEDURE: "Thủ tục thi tuyển công chức",
        FIELD: "Công chức, viên chức",
        AGENCY: "snv",
        RECEIVED: "10/6/2024",
        PROMISED: "28/6/2024",
        CHANNEL: "trực tiếp",
        STATE: "đang xử lý",
    },
)
