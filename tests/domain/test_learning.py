"""Cases keep what was said, not who is spoken of."""

import pytest

from domain.learning import anonymous


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("xong 80%, hỏi anh Nam số 0912 345 678", "xong 80%, hỏi anh <name> số <number>"),
        ("chuyển cho đ/c Nguyễn Văn Hoa phòng CCHC", "chuyển cho đ/c <name> phòng CCHC"),
        ("anh ấy làm xong rồi, Chị Ánh Tuyết duyệt", "anh ấy làm xong rồi, Chị <name> duyệt"),
        ("gửi a@kontum.gov.vn rồi", "gửi <mail> rồi"),
        ("cảm ơn anh nhé, được 60%", "cảm ơn anh nhé, được 60%"),
        ("theo Văn bản số 80/UBND ngày 20/6/2024", "theo Văn bản số 80/UBND ngày 20/6/2024"),
        ("giải ngân 1.200.000.000 đồng", "giải ngân 1.200.000.000 đồng"),
    ],
)
def test_names_and_numbers_are_left_out(said: str, kept: str) -> None:
    assert anonymous(said) == kept
