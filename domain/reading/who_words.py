"""The words that names of offices, companies, groups and people are made of; all in small letters, with their marks.

What begins a name (``HEAD``; ``LATER``: only behind another name), what stands before one (``POST``), the words that stand
within one (``TERM``), what it belongs to (``LEVEL``), what narrows it (``CLOSED``, ``OPEN``), and what may stand between a
name and its verb (``ADVERB``).
"""

from __future__ import annotations

import re

_END = r"(?![^\W_])"


def _words(pattern: str) -> re.Pattern[str]:
    """Any of the alternatives as a whole word, the longest first."""
    return re.compile(rf"(?:{'|'.join(sorted(_alternatives(pattern), key=len, reverse=True))}){_END}")


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, cut at the bars outside parentheses."""
    found, depth = [""], 0
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return found


_EACH = r"(?:(?:các|những|mỗi|mọi|toàn thể|toàn bộ|tất cả(?: các)?|từng|một số|hai|ba|\d{1,2})\s+)"
#: usual words, too: what may not follow where they are a head
_SINGLE = (
    r"sở(?! hữu)|bộ(?! tiêu chí| thủ tục| chỉ số| công cụ| tài liệu| phần mềm| dữ liệu| quy tắc| câu hỏi| hồ sơ| nhận diện| máy)"
    r"|ban(?! hành| bố| đầu| ngày| đêm)|phòng(?!,? chống| ngừa| tránh| cháy| bệnh| trừ| học)|hội(?! nghị| thảo| thi| đàm| họp| chợ| nhập| tụ)"
    r"|đoàn(?! kết)|tổ(?! chức)|đội(?! ngũ)|khối(?! lượng)|vụ(?! việc| án| mùa| đông| hè| xuân| nổ)|cục(?! bộ)|viện(?! trợ| dẫn)|ngành(?! nghề)"
    r"|trường(?! hợp)|báo(?! cáo| đảm| tin| động| giá| hiệu| oan)|đài(?! thọ)|xã(?! hội)|phường|huyện|quận|tỉnh|thành phố|thị xã|thị trấn|đặc khu"
    r"|thôn|bản(?! đồ| thảo| kế| cam| tin| án| thân| quyền| vẽ| chất| sao| sắc)|làng|ấp|khóm|xóm|buôn(?! bán| lậu)|đồn|hạt|trạm|thuế(?! suất| thu| giá| đất| phí)|quỹ(?! đất| nhà| thời)"
    r"|nhóm(?! nhiệm| giải| vấn| hàng)|cụm|chốt(?! số| danh| hạn| sổ| chặn| lại| phương)|cảng|vườn|vùng|đại đội|chủ (?:đầu tư|rừng|hồ|đập|tàu|dự án|cơ sở|nhà|phương tiện|sử dụng|doanh nghiệp|hộ|trang trại|vật nuôi|thể|các)"
)
_LONGER = (
    r"ubnd|(?:ủy|uỷ) ban(?! hành)|hđnd|hội đồng(?! hương)|hội đồng hương|văn phòng(?! phẩm)|vp|công an|trung tâm|tt[a-zđ]{2,6}|chi cục|tổng cục|cơ quan|đơn vị|địa phương|thanh tra(?=, giám sát (?:ngân hàng|nhnn)| (?:giao thông|xây dựng|môi trường|lao động|tỉnh|bộ|sở|huyện|thành phố|chính phủ|xã))"
    r"|ban đại diện|bộ đội|btl|thủ tướng|phó thủ tướng|bộ chính trị|ban bí thư|bộ chỉ huy|ban chỉ huy|ban chỉ đạo|ban quản lý|b[qlcđh]{2,5}\w*|chính phủ|(?:thành|tỉnh|huyện|quận|xã|phường) (?:ủy|uỷ|đoàn)|đảng (?:ủy|uỷ|bộ)|cấp (?:ủy|uỷ)|chi,? (?:và )?đảng bộ|chi bộ|tổ đảng"
    r"|mặt trận|mttq|ubmttq\w*|liên minh|liên đoàn|liên hiệp|hiệp hội|kho bạc|bảo hiểm xã hội|bhxh|ngân hàng|bưu điện|viễn thông|điện lực|vnpt|viettel|mobifone|cảnh sát|quân sự(?= xã)"
    r"|mỏ than|phân hiệu|phân xưởng|tổng đội|trại (?:giam|tạm giam|giống|thực nghiệm|cai nghiện)|tòa soạn|lái xe|kỹ sư|tổng phụ trách|đảng viên|kỹ thuật viên|hộ lý|nông hộ|vườn ươm|đoàn khối|tổ tiết kiệm(?: và vay vốn)?|cảng (?:cá|biển|hàng không)|bảo hiểm (?:tiền gửi|y tế)|tạp chí|cổng (?:thông tin|dịch vụ)|truyền tải điện|văn thư(?= [a-zđ])|thôn trưởng|chủ tọa|công ty|tổng công ty|tập đoàn|doanh nghiệp|nhà (?:thiếu nhi|tang lễ|thầu|đầu tư|máy|trường|xe|mạng|hát|báo|văn hóa|xuất bản)|liên danh|hợp tác xã|htx|hộ (?:dân|gia đình|kinh doanh|chăn nuôi|nuôi|sản xuất)"
    r"|trang thông tin(?: điện tử)?|chi bộ, đảng bộ|(?:ủy|uỷ) ban quản lý vốn nhà nước(?: tại doanh nghiệp)?|tổ đại biểu|tp(?!\.\w)"
    r"|(?:các )?đại biểu (?:hội đồng|hđnd|quốc hội)(?: nhân dân)?"
    r"|ban (?:liên lạc|điều hành|trù bị|thanh tra nhân dân|giám sát đầu tư|kiểm soát|bảo vệ dân phố|công tác mặt trận|thường vụ|thường trực|nhân dân|quản trị)|cửa hàng|nữ hộ sinh"
    r"|bệnh viện|cơ sở(?! vật chất| hạ tầng| dữ liệu| pháp lý| lý luận| khoa học| thực tiễn)|đại học|học viện"
    r"|tòa án|toà án|viện kiểm sát|vksnd|tand|cục thi hành án|thi hành án dân sự|hải quan|kiểm lâm(?= (?:tỉnh|địa bàn))|quản lý thị trường(?= tỉnh)|thống kê(?= (?:tỉnh|cơ sở|thành phố))|quân khu|hải đoàn|bộ tư lệnh"
    r"|khu phố|khu dân cư|tổ dân phố|tổ công tác|(?:đội|tổ) bảo vệ|chính quyền(?! số| điện tử| đô thị)|lực lượng|mạng lưới|câu lạc bộ|đoàn thể|đoàn viên|hội viên|công đoàn|phóng viên|tuyên truyền viên|ban chấp hành|siêu thị"
    r"|tổ chức (?:chính trị|đoàn thể|tín dụng|hành nghề|hội(?! nghị| thảo| thi| trại| chợ| họp)|dịch vụ|tôn giáo|công đoàn|đảng|có liên quan|xã hội|tư vấn|đấu giá)|cán bộ|công chức|viên chức|giáo viên|nhân viên|kế toán|thủ quỹ|điều dưỡng|bác sĩ|khoa|thầy|cô|lớp|chi đoàn|liên đội|chi hội|phụ huynh|ban giám hiệu|quán|nhà cung cấp|nhà phân phối|phòng khám|hãng|hải đội|thuyền trưởng|máy trưởng|ngư dân|tiểu thương|nghệ nhân|hiệu trưởng|ban trị sự|tu sĩ|cử tri(?! xã| phường| huyện| ngành)|vị chức sắc|chức sắc|chức việc|tín đồ|nhà tài trợ|học sinh|sinh viên|báo cáo viên|bảo vệ(?= (?:khóa|mở|đóng|trực|canh|nhà trường|cơ quan))"
    r"|người (?:dân|đứng đầu|lao động|nộp thuế|sử dụng|có uy tín|phát ngôn|chăn nuôi|bán|sản xuất|phụ trách|điều khiển)|bộ phận|tiểu ban|thư viện|bảo tàng|khu (?:kinh tế|công nghiệp|bảo tồn|du lịch)|vườn quốc gia"
    r"|cảng vụ|ban cán sự(?: đảng)?|đảng đoàn|xí nghiệp|lâm trường|nông trường|trung đoàn|tiểu đoàn|lữ đoàn|sư đoàn|thanh tra viên|thống kê viên|chấp hành viên|công chứng viên|bộ môn|kiểm soát viên|giám sát viên|điều tra viên|cộng tác viên|nhà khách|toàn (?:ngành|trường|xã|tỉnh|huyện|thể cán bộ|lực lượng|hệ thống)|khách sạn|bến xe|chi nhánh|già làng|trưởng (?:thôn|bản|ấp|khu|phòng|công an|ban|đoàn|họ|tiểu ban|các)|thủ trưởng|kiểm toán nhà nước|bên (?:a|b|mời thầu)|thành viên|(?:ủy|uỷ) viên"
)
HEAD = _words(
    rf"{_EACH}?(?:{_LONGER}|{_SINGLE})|{_EACH}(?:tổ chức|cá nhân|tập thể|hộ|chủ|cấp|đại biểu|đối tượng|cửa hàng|đại lý|trang trại|chủ tàu)"
)
#: groups that go on behind another name: "các sở, ban, ngành, đoàn thể và tổ chức"
LATER = _words(rf"{_EACH}?(?:tổ chức|cá nhân|tập thể|nhân dân|đoàn thể|hội|thanh tra|lãnh đạo)")
PERSON = r"(?:(?:bs|bs\.?\s?ck(?:i|ii|1|2)|ths|ts|cn|ks|pgs|gs|ds|đd)\.?|đồng chí|đ/c|ông, bà|ông \(bà\)|ông|bà(?! con)|thầy|cô|anh|chị)"
_POSTS = (
    r"chủ nhiệm|quản đốc|giám đốc|tổng giám đốc|thủ trưởng|chủ tịch|chánh(?: văn phòng| thanh tra| án)?|chánh, phó|trưởng(?= (?:ban|phòng|công an|đoàn|các|tiểu ban|khoa|trạm|đồn|thôn|thuế|hạt|cơ quan|bộ môn|chi nhánh|bộ phận|đài|khu|xóm|nhóm|đội|khối|hải quan))|tổ trưởng|đội trưởng|bí thư(?: chi bộ| đảng (?:ủy|uỷ))?"
    r"|cục trưởng|chi cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|bộ trưởng|thứ trưởng|tư lệnh|chỉ huy trưởng|chính (?:ủy|uỷ)|đồn trưởng|hạt trưởng|trạm trưởng|người đứng đầu|lãnh đạo|thành viên|(?:ủy|uỷ) viên"
    r"|đại diện|tập thể(?: lãnh đạo)?|thường trực|trưởng ban|kế toán trưởng|người phát ngôn|thư ký|công chức|viên chức|chuyên viên|cán bộ|nhân viên"
)
POST = re.compile(
    rf"(?:{_EACH}?(?:{PERSON}\s+)?(?:phó )?(?:{_POSTS})(?: (?:thường trực|phụ trách|điều hành))?(?:\s+(?:các|toàn))?|{_EACH}?{PERSON})\s+(?=[^\W_])"
)
_LEVELS = r"tỉnh|toàn quốc|xóm|buôn|ấp|khóm|thành phố|tp(?!\.\w)|huyện|quận|xã(?! hội)|phường|đặc khu|thị xã|thị trấn|thôn|bản(?! đồ)|khu vực|trung ương|quân khu|quốc gia|miền(?: núi| bắc| trung| nam| đông| tây)?|(?:hai|ba|bốn|năm|\d{1,2}) (?:xã|phường|huyện|tỉnh|thôn)"
LEVEL = _words(
    rf"(?:tỉnh|thành|huyện|xã|phường|đảng) (?:ủy|uỷ|đoàn)|toàn (?:tỉnh|xã|huyện|ngành|thành phố)|các cấp|cấp (?:tỉnh|huyện|xã|cơ sở|trên|dưới)|{_LEVELS}"
)
TERM = _words(
    r"(?<=công nghệ )số|chuyển đổi số|than(?= )|công ích|vận tải(?= [a-zđ])|ứng dụng công nghệ cao|(?<=tổng )điều tra|(?<=quy hoạch )điều tra|(?<=quản lý )vận hành(?= lưới)|(?<=quản lý )bảo trì|trẻ(?= (?:khuyết|mồ côi|em|thơ))|mồ côi|đầu mối|tin học|xuất nhập khẩu|trước bạ|(?<=thpt )chuyên|(?<=nghiên cứu )phát triển(?= kinh)|(?<=cửa khẩu )cảng|cơ giới|khuyết tật|tiến bộ|chất độc|da cam|ký sinh|trùng(?= )|côn trùng"
    r"|nghĩa trang|dân phố|giáo viên|ô tô|hình ảnh|sinh sản|trị liệu|ngân sách|sức khỏe|hóa nghiệm|thủy nông|bộ binh|tuyến(?= biển)|lồng bè|tư nhân|vật lý|xung phong|tư thục|giáp ranh|chăn nuôi bò|chuyên khoa|phụ sản|nhi đồng|phong trào|học đường|năng khiếu|cộng tác viên|thể hình|thực nghiệm|giống(?= (?:thủy|cây|vật|lúa|nông))"
    r"|(?<=xúc tiến )đầu tư|pháp lý|cây trồng|vật nuôi|(?<=an ninh )mạng|(?:(?:phòng,? )?chống )?tội phạm(?: sử dụng công nghệ cao)?|công nghệ cao|xuất nhập cảnh|(?<=thẩm định )giá|(?<=thanh )quyết toán|(?<=đền bù )giải tỏa|(?<=quy hoạch )xây dựng|(?<=đầu tư )phát triển(?= (?:tỉnh|thành|địa))"
    r"|(?<=nhà máy )xử lý (?:rác|chất|nước)(?: thải)?(?: rắn)?|(?<=trả )kết quả|nông,? lâm sản|y khoa|động vật|thực vật|hoang dã|ca múa|gây mê|khối \d+|lớp \d+[a-z]?|tâm lý|vịnh|cha mẹ|khuyến nông|lữ hành|hạ du|gói thầu(?= số)|(?<=sự nghiệp )công|cổ truyền|truyền thống(?! về| cho| trên)|(?<=thu hồi )nợ|nhiễm khuẩn|tim mạch|tiết chế|kiến thiết|chung cư|nhà trường"
    r"|(?<=đoàn )trường|(?<=hội đồng )trường|(?<=tổ chức )cán bộ|(?<=tàu )cá|(?<=vận tải )biển|(?<=bảo tồn )biển|nội thành|ngoại thành|(?<=thôn )trưởng|(?<=nghiệp vụ )y|nhạc|(?<=đốc )phân xưởng|vùng hạ du|xạ trị|thận nhân tạo|thận|răng hàm mặt|tai mũi họng|chấn thương|truyền nhiễm|nội soi|huyết học|sinh học|hóa sinh|vi sinh|dinh dưỡng|lão khoa|nhi khoa|sản khoa|chống độc|thông quan|giám sát quản lý|chống buôn lậu|tổng hợp(?= và )|"
    r"chuyên gia(?: đấu thầu)?|quản lý thị trường|(?<=cảnh sát )điều tra|(?<=dịch vụ )hỗ trợ phát triển|giải quyết khiếu nại(?:,| và) tố cáo|"
    r"các (?:sở|ban|ngành|cấp|hội|công trình|dự án|cơ quan|đơn vị|phòng|xã|phường|huyện|vùng|khu|bộ|địa phương|trường|chủ|tổ chức|doanh nghiệp|thôn|bản|đồng chí|nhà|thành phố|hội đặc thù|trung tâm)"
    r"|của (?:tỉnh|trung ương|xã|huyện|ngành|bộ)|(?:quản lý )?dự án(?: đầu tư)?(?: xây dựng)?|đầu tư xây dựng|đầu tư công|xây dựng(?= (?:các công|công trình|khu vực|tỉnh|cầu|giao thông|dân dụng))|chất lượng(?: công trình)?(?: xây dựng)?"
    r"|công trình|giao thông|dân dụng|công nghiệp|nông nghiệp|nông thôn(?: mới)?|lâm nghiệp|thủy lợi|thủy sản|chăn nuôi|thú y|bảo vệ thực vật|trồng trọt|môi trường|tài nguyên|khoáng sản|đất đai|quỹ đất"
    r"|kinh tế|xã hội|chính trị|văn hóa|văn hoá|thể thao|du lịch|thể dục|giáo dục|đào tạo(?= nghề)|nghề nghiệp|khoa học|công nghệ|kỹ thuật|thương mại|hạ tầng|đô thị|nhà ở|nhà đất|bất động sản|kiến trúc"
    r"|đường bộ|đường sắt|đường thủy|hàng hải|hàng không|vận tải(?= (?:hành|hàng|khách|đường|tỉnh|công))|đăng kiểm|y tế|dân số|bệnh tật|an toàn(?= (?:thực phẩm|giao thông|vệ sinh|bức xạ))|thực phẩm|vệ sinh|đa khoa|chuyên khoa|chức năng|tâm thần|sản nhi"
    r"|truyền hình|phát thanh|báo chí|điện tử|bưu chính|viễn thông|nước sạch|cấp nước|thoát nước|điện|rừng|phòng hộ|đặc dụng|đầu nguồn|thiên nhiên|hành chính(?: công)?|một cửa|dịch vụ công|công ích|sự nghiệp|công lập|việc làm"
    r"|lao động|người có công|trẻ em|phụ nữ|thanh niên|thiếu nhi|cựu chiến binh|nông dân|người cao tuổi|người khuyết tật|chữ thập đỏ|khuyến học|luật gia|nghệ thuật|doanh nhân|hợp tác xã|quân sự|quốc phòng|an ninh|biên phòng|cảnh sát|tìm kiếm|cứu nạn|cứu hộ|thiên tai|dân sự"
    r"|(?:phòng cháy,? (?:và )?)?chữa cháy|phòng thủ|dân tộc|tôn giáo|tín ngưỡng|tư pháp|pháp luật|pháp chế|thi hành án|nội chính|tuyên giáo|dân vận|cơ sở dữ liệu|dữ liệu|di tích|di sản|lưu trữ|lịch sử|thi đua|khen thưởng|khí tượng|thủy văn|đo lường|sở hữu trí tuệ|đổi mới|sáng tạo|xúc tiến|hợp tác|đối ngoại"
    r"|nước ngoài|quốc tế|cửa khẩu|cảng cá|nghề cá|tàu cá|hồ chứa|bến xe|hành khách|hàng hóa|mầm non|tiểu học|trung học(?: cơ sở| phổ thông)?|phổ thông|nội trú|bán trú|cao đẳng|đại học|trung cấp|nghiệp vụ|chuyên môn|giúp việc|tư vấn(?: giám sát| thiết kế)?|thi công|giám sát(?= (?:thi công|cộng đồng|ngân hàng|nhnn))|thiết kế"
    r"|chuyên ngành|liên ngành|ngành dọc|quần chúng|đoàn thể|nhân dân|nhà nước|chính quyền|cơ sở|doanh nghiệp|công ty|cổ phần|một thành viên|chi nhánh|phòng giao dịch|tín dụng|ngân hàng|chính sách|bảo hiểm|kho bạc|công đoàn|mặt trận|tổ quốc|vũ trang|kiểm lâm|bộ đội|dân quân(?: tự vệ)?|xung kích(?! hỗ)"
    r"|công chức|viên chức|người lao động|đảng viên|đoàn viên|hội viên|học sinh|sinh viên|gia đình|kinh doanh|sản xuất|khám(?:,? chữa)? bệnh|chữa bệnh|giết mổ|lưu trú|nuôi trồng|chế biến|xăng dầu|bán lẻ|siêu thị|chợ|thường trực|đứng đầu|số \d+|hội|ban|sở|bộ|ngành|phòng|(?<=, )lãnh đạo|(?<=và )lãnh đạo|thành viên|trưởng"
    r"|công nhân|kế toán|thiết bị|kỹ thuật viên"
    r"|bậc(?= (?:tiểu học|trung học|mầm non|đại học|học|thcs|thpt))|cấp học|thcs|thpt"
    r"|thị trường|trật tự(?: xây dựng)?(?: đô thị)?|nhà thầu|tư vấn giám sát|thờ tự|cai nghiện|bảo trợ|dạy nghề|dịch vụ|đào tạo(?! bồi)|bán lẻ|phòng,? chống (?:thiên tai|tham nhũng|tội phạm|tệ nạn|ma túy|dịch bệnh|lụt bão)|thứ cấp|đăng ký (?:đất đai|quyền sử dụng đất)|khai thác(?= các (?:cảng|công trình))|ký túc xá|cấp cứu|đê điều|đê|kho quỹ|nhà đầu tư|đầu tư(?= (?:hạ tầng|tư nhân))|đương nhiệm|(?<=thanh tra )xây dựng|tuyến(?= (?:biên|huyện|xã|tỉnh|trung))|thuế|thượng tá|đại tá|trung tá|thiếu tá|đại úy|thượng úy|thiếu tướng|thiếu úy|trung úy|công dân|đập(?= thủy)|thủy điện|hồ(?= chứa)|chùa|thôn|quản lý(?=,? khai thác)|khai thác(?= (?:công trình|thủy|thuỷ))|trường học|học(?= (?:trên|trong|thuộc))|chức sắc|nhà tài trợ|ngang bộ|phòng khám|thể chất|chủ nhiệm|năng lượng|tái tạo|phát triển bền vững|cơ động|bảo vệ rừng|quản lý rừng|tư tưởng|dịch vụ nông nghiệp|du lịch|mỏ|mỏ đá|xóm|lâm sàng|cận lâm sàng|điện lực|hồi sức|chăm sóc khách hàng|(?<=kế hoạch )tổng hợp|(?<=ngoại )tổng hợp|(?<=nội )tổng hợp|(?<=- )tổng hợp|bệnh viện|hai cấp|quân đội|nghỉ dưỡng|sinh thái|lễ hội|công nghệ thông tin|văn hóa thông tin|hệ thống thông tin|xuất khẩu(?= (?:thủy|nông|gạo|hàng|lao động|gỗ))|ngoại trú|thanh thiếu niên|lúa|mía đường|dệt may|vật liệu|lưới điện|thủy nội địa|nội địa|xã hội hóa|cộng đồng|bản địa|bảo vệ(?= (?:rừng|thực|môi|sức|trẻ|người))|trật tự(?: xây dựng)?(?: đô thị)?|tự quản|tổ dân phố|khu dân cư|khu phố|chi hội|chi đoàn|chi bộ|mạng xã hội|di động|đại chúng|(?:chính trị|kinh tế|văn hóa) - xã hội|xã hội - nghề nghiệp|hội đồng|ubnd|hđnd|(?:ủy|uỷ) ban nhân dân|văn phòng|trung tâm|công an|chỉ huy|quản trị|cấp (?:ủy|uỷ)|tp|đỏ|chí|địa phương|trực thuộc(?= (?:tỉnh|bộ|sở|ubnd|trung ương|xã))|thuộc (?=(?:tỉnh|sở|ubnd|bộ|huyện|xã|thành phố)\b)"
)
#: no second syllable of anything
HALF_LEVEL = _words(
    r"(?:tỉnh|thành|huyện) (?:ủy|uỷ|đoàn)|tỉnh|thành phố|huyện|khu vực|các cấp|cấp (?:tỉnh|huyện|xã)"
)
#: boards are named by what they are for, in whatever words
TOPICAL = _words(
    r"(?:(?:các|trưởng|phó|thường trực|thành viên|cơ quan|phó trưởng|tổ trưởng|chủ tịch|ủy viên|thư ký) )*(?:ban chỉ đạo|ban chỉ huy|ban tổ chức|ban vận động|ban đại diện|tổ công tác|tổ chỉ đạo|tổ giúp việc|hội đồng|đoàn (?:kiểm tra|thanh tra|công tác|giám sát|liên ngành)|tiểu ban|ban an toàn|tổ|đội|nhóm|lực lượng|bộ phận|trung tâm|chốt)"
)
TOPIC = _words(
    r"tỉnh|thành phố|huyện|xã(?! hội)|phường|đặc khu|thị xã|các cấp|cấp (?:tỉnh|huyện|xã)|trung ương|quốc gia"
)
#: what narrows a name and has an end of its own
CLOSED = _words(
    r"\s*,?\s*(?:(?:có )?liên quan(?! đến| tới)|có thẩm quyền|thuộc (?:chính phủ|ubnd|tỉnh|bộ|sở|trung ương|huyện|thành phố)|của trung ương|nêu trên|nói trên|này|còn lại|trực thuộc(?! trung)|cùng cấp|sở tại|các cấp|mình|ven biển|ven sông|miền núi|biên giới|trong (?:toàn )?(?:tỉnh|xã|huyện|thành phố|ngành)|ngoài công lập"
    r"|(?:đóng |đứng chân |hoạt động |có trụ sở )?trên địa bàn(?: (?:toàn )?(?:tỉnh|thành phố|huyện|xã|phường|thị xã|quản lý|đặc khu))?|trong cả nước|cả nước|theo lĩnh vực(?: được)? (?:phân công|phụ trách)(?: phụ trách)?|là (?:tổ chức|cá nhân|hộ gia đình)|tương ứng|thụ hưởng|phụ trách(?! chung)(?: lĩnh vực| địa bàn| khối| ngành)?)"
)
OPEN = re.compile(
    r"\s+(?:có(?!(?: các| những)?(?: mặt| trách nhiệm| phương án| giải pháp| biện pháp| kế hoạch| văn bản| báo cáo| ý kiến| hình thức| công văn| tờ trình| chính sách| nhiệm vụ))|đã|còn(?= nợ| thiếu| tồn| chưa| vướng| có)|được(?! phép| đề nghị| yêu cầu| mời)|đang|chưa|nằm|thuộc(?! phạm vi)|tại|ở|trên(?! cơ sở| tinh thần)"
    r"|trong(?! việc| quá trình| phạm vi| thời gian| tháng| quý| năm| tuần| ngày| vòng| khi| \d)|giáp|dọc|bị|đóng(?= tại| ở)|đạt|chậm(?! nhất)|là chủ|vùng|khu vực|mà|nơi|ngoài|do|không (?:có|thuộc|đạt)|gồm)\s+"
)
#: what a business does, as its name
TRADE = re.compile(
    r"\s+(?:(?:khai thác|chế biến|kinh doanh|sản xuất|chăn nuôi|nuôi trồng|vận tải|cung ứng|cung cấp|giết mổ|đánh bắt|xuất khẩu|nhập khẩu|bán lẻ|thu mua|sử dụng|bốc xếp|lữ hành|may mặc|gia công|mua bán|nuôi|trồng)(?:,\s+|\s+và\s+|\s+)){1,4}(?=[^\W_])"
)
#: what may stand between a name and its verb
ADVERB = _words(
    r"mỗi|vẫn|hãy|nên|trước|trong|chậm nhất|muộn nhất|hằng|hàng|đến|từ|ngay|khi|sau khi|theo|trên cơ sở|trên tinh thần|căn cứ|thông qua|bằng|để|nhằm|cùng|với|không|phải|cần|sẽ|nhanh chóng|kịp thời|đồng thời|tuyệt đối|kiên quyết"
    r"|tùy|tuỳ|qua|nếu|xong|quý|tháng|tuần|vào|định kỳ|đột xuất|sớm|hết sức|tích cực|chủ động|có (?:trách nhiệm|nhiệm vụ|phương án|giải pháp|biện pháp|kế hoạch|văn bản|báo cáo|ý kiến|hình thức|chính sách)|chịu|được (?:phép|giao|đề nghị|yêu cầu|phân công|mời)|tự|thống nhất|là|đã"
)
#: behind these a verb is no doing of those named, but what was done to them
BEING = re.compile(r"(?:đã|được|đang|chưa|bị)\s$")
