"""What schools write at the head of a column, and which field of the plan it means.

Adding a wording is adding a phrase here. Phrases are compared without diacritics, case, brackets and units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from caitien.plan.text import fold, one_space

WORDINGS: dict[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự", "Stt.", "No", "Thứ tự"),
    "standard": (
        "Tiêu chuẩn",
        "Tiêu chuẩn số",
        "Tên tiêu chuẩn",
        "Mã tiêu chuẩn",
        "T.chuẩn",
        "TCh",
    ),
    "criteria": (
        "Tiêu chí",
        "TC",
        "Mã TC",
        "Mã tiêu chí",
        "T.chí",
        "Tên tiêu chí",
        "Tiêu chuẩn, tiêu chí",
        "Tiêu chuẩn/Tiêu chí",
        "Tiêu chuẩn - Tiêu chí",
        "Tiêu chí liên quan",
        "Tiêu chí cần cải tiến",
        "Tiêu chí chưa đạt",
        "Thuộc tiêu chí",
        "TC, TChí",
        "Mã tiêu chuẩn, tiêu chí",
        "Mã số tiêu chí",
        "Mã",
        "Tiêu chuẩn, tiêu chí liên quan",
    ),
    "current_state": (
        "Hiện trạng",
        "Thực trạng",
        "Đánh giá hiện trạng",
        "Mô tả hiện trạng",
        "Tình hình hiện tại",
        "Thực trạng hiện nay",
        "Kết quả tự đánh giá",
        "Hiện trạng, kết quả",
        "Kết quả hiện tại",
        "Kết quả năm học trước",
        "Kết quả năm trước",
    ),
    "strength": ("Điểm mạnh", "Ưu điểm", "Mặt mạnh"),
    "weakness": (
        "Điểm yếu",
        "Hạn chế",
        "Tồn tại",
        "Tồn tại, hạn chế",
        "Hạn chế, tồn tại",
        "Điểm hạn chế",
        "Điểm yếu cần khắc phục",
        "Những điểm yếu",
        "Những tồn tại, hạn chế",
        "Mặt yếu",
        "Điểm chưa đạt",
        "Nội dung chưa đạt",
        "Nội dung hạn chế",
        "Khuyết điểm",
        "Nhược điểm",
        "Điểm yếu/Hạn chế",
        "Những hạn chế cần khắc phục",
        "Vấn đề cần cải tiến",
        "Vấn đề cần khắc phục",
        "Vấn đề tồn tại",
        "Vấn đề",
        "Chỉ báo chưa đạt",
        "Những điểm còn hạn chế",
        "Điểm còn hạn chế",
        "Nội dung tồn tại",
        "Khó khăn, hạn chế",
        "Khó khăn, vướng mắc",
        "Nội dung còn hạn chế",
    ),
    "cause": (
        "Nguyên nhân",
        "Nguyên nhân của hạn chế",
        "Nguyên nhân hạn chế",
        "Lý do",
        "Nguyên nhân tồn tại",
        "Nguyên nhân cốt lõi",
    ),
    "content": (
        "Nội dung công việc",
        "Nội dung kế hoạch",
        "Nội dung cải tiến",
        "Nội dung cải tiến chất lượng",
        "Nội dung cần cải tiến",
        "Nội dung thực hiện",
        "Nội dung",
        "Nội dung hoạt động",
        "Nội dung nhiệm vụ",
        "Công việc",
        "Công việc thực hiện",
        "Công việc cần thực hiện",
        "Công việc cụ thể",
        "Nhiệm vụ",
        "Nhiệm vụ cải tiến",
        "Tên công việc",
        "Việc cần làm",
        "Kế hoạch cải tiến",
        "Kế hoạch cải tiến chất lượng",
        "Nội dung khắc phục",
        "Nội dung cần khắc phục",
        "Đầu việc",
        "Hạng mục",
        "Hạng mục công việc",
        "Việc phải làm",
        "Tên hoạt động",
        "Tên hoạt động cải tiến",
        "Hoạt động, công việc",
        "Công tác trọng tâm",
        "Nhiệm vụ trọng tâm",
    ),
    "objective": (
        "Mục tiêu",
        "Mục tiêu cải tiến",
        "Mục tiêu cần đạt",
        "Mục đích",
        "Mục tiêu cụ thể",
        "Mục tiêu phấn đấu",
        "Yêu cầu cần đạt",
        "Mục đích, yêu cầu",
        "Yêu cầu",
        "Yêu cầu đặt ra",
    ),
    "measures": (
        "Biện pháp",
        "Giải pháp",
        "Biện pháp thực hiện",
        "Giải pháp thực hiện",
        "Giải pháp khắc phục",
        "Biện pháp khắc phục",
        "Biện pháp cải tiến",
        "Giải pháp cải tiến",
        "Hoạt động/giải pháp",
        "Hoạt động",
        "Hoạt động cải tiến",
        "Hoạt động cụ thể",
        "Các hoạt động",
        "Hoạt động thực hiện",
        "Cách thực hiện",
        "Cách thức thực hiện",
        "Cách thức tiến hành",
        "Cách thức, biện pháp tiến hành",
        "Cách làm",
        "Phương pháp thực hiện",
        "Giải pháp/Biện pháp cải tiến",
        "Biện pháp, giải pháp cụ thể",
        "Hướng khắc phục",
        "Biện pháp tổ chức thực hiện",
        "Hình thức thực hiện",
        "Các bước thực hiện",
        "Cách thức tổ chức",
        "Hướng cải tiến",
        "Hướng giải quyết",
        "Hành động cải tiến",
    ),
    "indicators": (
        "Chỉ số",
        "Chỉ tiêu",
        "Chỉ số đánh giá",
        "Chỉ số đánh giá kết quả",
        "Chỉ tiêu phấn đấu",
        "Chỉ tiêu cần đạt",
        "Kết quả cần đạt",
        "Kết quả mong đợi",
        "Kết quả dự kiến",
        "Dự kiến kết quả",
        "Kết quả cần đạt được",
        "Kết quả dự kiến đạt được",
        "Chuẩn đầu ra",
        "Kết quả đầu ra",
        "Tiêu chí đánh giá kết quả",
        "Chỉ số đo lường",
        "Chỉ số hoàn thành",
        "Mức cần đạt",
        "Mức phấn đấu",
        "Kết quả kỳ vọng",
        "Kết quả phải đạt",
        "Yêu cầu kết quả",
        "Tiêu chí hoàn thành",
        "Thước đo",
        "Dự kiến đạt được",
    ),
    "period": (
        "Thời gian",
        "Thời điểm",
        "Thời gian thực hiện",
        "Thời điểm thực hiện",
        "Thời gian dự kiến",
        "Dự kiến thời gian",
        "Thời gian hoàn thành",
        "Thời hạn",
        "Thời hạn hoàn thành",
        "Hạn hoàn thành",
        "Hạn",
        "Hạn chót",
        "Thời hạn thực hiện",
        "Tiến độ thời gian",
        "Thời gian bắt đầu, kết thúc",
        "Mốc thời gian",
        "Thời gian, tiến độ",
        "Lộ trình",
        "Lộ trình thực hiện",
        "Thời lượng",
        "Ngày thực hiện",
        "Tháng",
        "Tháng thực hiện",
        "Deadline",
        "Khi nào",
        "Khi nào xong",
        "Bao giờ xong",
        "Kỳ hạn",
        "Thời gian thực hiện và hoàn thành",
        "T/gian",
        "T.gian",
        "Lịch thực hiện",
    ),
    "period_start": (
        "Bắt đầu",
        "Thời gian bắt đầu",
        "Ngày bắt đầu",
        "Từ ngày",
        "Từ tháng",
        "Từ",
        "Thời gian từ",
        "Thời gian từ ngày",
        "Thời điểm bắt đầu",
        "Tháng bắt đầu",
        "Thời gian thực hiện từ",
    ),
    "period_end": (
        "Kết thúc",
        "Thời gian kết thúc",
        "Ngày kết thúc",
        "Đến ngày",
        "Đến tháng",
        "Đến",
        "Thời gian đến",
        "Thời gian đến ngày",
        "Thời điểm kết thúc",
        "Ngày hoàn thành",
        "Hoàn thành trước",
        "Hoàn thành trước ngày",
        "Dự kiến hoàn thành",
        "Hoàn thành",
        "Thời gian hoàn thành trước",
        "Tháng kết thúc",
        "Thời gian thực hiện đến",
        "Thời gian thực hiện hoàn thành",
    ),
    "responsible": (
        "Người phụ trách",
        "Người chịu trách nhiệm",
        "Người thực hiện",
        "Cá nhân, tổ chức thực hiện",
        "Cá nhân/ tổ chức thực hiện",
        "Tổ chức, cá nhân thực hiện",
        "Chủ trì",
        "Người chủ trì",
        "Đơn vị chủ trì",
        "Đơn vị, cá nhân phụ trách",
        "Đơn vị/cá nhân phụ trách",
        "Đơn vị, cá nhân thực hiện",
        "Đơn vị thực hiện",
        "Bộ phận thực hiện",
        "Bộ phận phụ trách",
        "Bộ phận, cá nhân phụ trách",
        "Phụ trách",
        "Phụ trách chính",
        "Chịu trách nhiệm",
        "Chịu trách nhiệm chính",
        "Trách nhiệm",
        "Trách nhiệm thực hiện",
        "Phân công",
        "Phân công thực hiện",
        "Phân công nhiệm vụ",
        "Phân công trách nhiệm",
        "Người được phân công",
        "Nhân lực thực hiện",
        "Lực lượng thực hiện",
        "Nhân sự",
        "Nhân sự thực hiện",
        "Nhân sự phụ trách",
        "Đầu mối",
        "Họ và tên người phụ trách",
        "Cá nhân thực hiện",
        "Thành phần thực hiện",
        "Giao cho",
        "Người/bộ phận phụ trách",
        "Thực hiện chủ trì",
        "Thực hiện chính",
        "Phụ trách thực hiện",
        "Người phụ trách, phối hợp",
        "Ai làm",
        "Ai phụ trách",
        "Ai thực hiện",
        "Người đảm nhiệm",
        "Người đứng đầu thực hiện",
        "Cá nhân, bộ phận chủ trì",
        "Người làm",
    ),
    "collaborators": (
        "Phối hợp",
        "Người phối hợp",
        "Đơn vị phối hợp",
        "Bộ phận phối hợp",
        "Phối hợp thực hiện",
        "Lực lượng phối hợp",
        "Cá nhân, đơn vị phối hợp",
        "Đơn vị/cá nhân phối hợp",
        "Người hỗ trợ",
        "Tham gia phối hợp",
        "Lực lượng tham gia",
        "Thành phần phối hợp",
        "Cộng tác",
        "Thực hiện phối hợp",
        "Người tham gia",
        "Tham gia",
        "Người cùng thực hiện",
        "Người cùng làm",
        "Ai phối hợp",
    ),
    "resources": (
        "Nguồn lực",
        "Nguồn lực bảo đảm",
        "Nguồn lực đảm bảo",
        "Nguồn lực thực hiện",
        "Nguồn lực cần thiết",
        "Nguồn lực cần có",
        "Nguồn lực, kinh phí",
        "Nguồn lực/kinh phí",
        "Kinh phí, nguồn lực",
        "Điều kiện thực hiện",
        "Điều kiện bảo đảm",
        "Điều kiện đảm bảo",
        "Điều kiện cần thiết",
        "Điều kiện, nguồn lực",
        "Nhân lực, vật lực, tài lực",
        "Dự kiến nguồn lực",
        "Cơ sở vật chất, kinh phí",
        "Cơ sở vật chất, tài chính",
        "Điều kiện hỗ trợ",
        "Cần gì",
        "Điều kiện, phương tiện",
        "Phương tiện, điều kiện",
        "Phương tiện",
    ),
    "budget": (
        "Kinh phí",
        "Kinh phí dự kiến",
        "Dự kiến kinh phí",
        "Dự kiến kinh phí thực hiện",
        "Kinh phí thực hiện",
        "Số tiền",
        "Kinh phí số tiền",
        "Dự toán",
        "Dự toán kinh phí",
        "Tổng kinh phí",
        "Nhu cầu kinh phí",
        "Mức kinh phí",
        "Mức kinh phí dự kiến",
        "Thành tiền",
        "Chi phí",
        "Ngân sách dự kiến",
        "Kinh phí mức",
        "Tài chính",
    ),
    "funding_sources": (
        "Nguồn kinh phí",
        "Nguồn",
        "Dự kiến nguồn kinh phí",
        "Nguồn kinh phí dự kiến",
        "Kinh phí nguồn",
        "Nguồn vốn",
        "Nguồn tài chính",
        "Nguồn chi",
        "Nguồn ngân sách",
        "Nguồn tiền",
        "Kinh phí lấy từ nguồn",
    ),
    "expected_evidence": (
        "Minh chứng",
        "Sản phẩm",
        "Sản phẩm/Minh chứng",
        "Sản phẩm, minh chứng",
        "Sản phẩm/Minh chứng sau thực hiện",
        "Minh chứng dự kiến",
        "Minh chứng cần có",
        "Minh chứng cần bổ sung",
        "Dự kiến minh chứng",
        "Dự kiến sản phẩm",
        "Sản phẩm dự kiến",
        "Sản phẩm đầu ra",
        "Sản phẩm cần đạt",
        "Hồ sơ minh chứng",
        "Hồ sơ, minh chứng",
        "Thông tin, dữ liệu hoặc minh chứng dự kiến",
        "Thông tin, minh chứng",
        "Sản phẩm, kết quả",
        "Kết quả, sản phẩm",
        "Hồ sơ",
        "Minh chứng thu được",
        "Kết quả, minh chứng",
    ),
    "progress": (
        "Tiến độ",
        "Tiến độ thực hiện",
        "Mức độ thực hiện",
        "Mức độ hoàn thành",
        "Mức độ",
        "Tình trạng",
        "Tình trạng thực hiện",
        "Trạng thái",
        "Tiến độ hoàn thành",
        "Tỉ lệ hoàn thành",
        "Tỷ lệ hoàn thành",
        "% hoàn thành",
        "Tình hình thực hiện",
        "Đã thực hiện",
        "Tiến độ đến nay",
        "Đánh giá tiến độ",
        "Đánh giá tiến độ thực hiện",
        "Đánh giá mức độ thực hiện",
        "Đánh giá mức độ hoàn thành",
        "Đánh giá tình hình thực hiện",
        "Đã làm đến đâu",
        "Làm đến đâu",
        "Tình hình khắc phục",
        "Đã hoàn thành/Chưa hoàn thành",
        "Đánh giá mức độ",
        "Theo dõi tiến độ",
    ),
    "result": (
        "Kết quả",
        "Kết quả thực hiện",
        "Kết quả đạt được",
        "Kết quả đã đạt",
        "Kết quả sau cải tiến",
        "Kết quả thực tế",
        "Đánh giá kết quả",
        "Kết quả cải tiến",
        "Đánh giá",
    ),
    "note": (
        "Ghi chú",
        "Chú thích",
        "Ghi chú khác",
        "Lưu ý",
        "Nhận xét",
        "Ý kiến khác",
        "GC",
        "Chú giải",
        "Đề xuất, kiến nghị",
        "Kiến nghị, đề xuất",
        "Kiến nghị",
    ),
}
"""Field → wordings. Beside the fields of `Action`: standard, strength, period_start, period_end."""

ISSUE_WORDINGS = (
    "Vấn đề trọng tâm",
    "Đánh giá hiện trạng",
    "Điểm hạn chế",
    "Nguyên nhân của hạn chế",
    "Tiêu chí liên quan",
)
"""Section IV of Biểu 2 (Thông tư 57/2026): its six columns are those of issues, not of actions."""

MONITORING_WORDINGS: dict[str, tuple[str, ...]] = {
    "round": (
        "Thời điểm",
        "Thời điểm theo dõi",
        "Thời điểm giám sát",
        "Thời điểm rà soát",
        "Đợt",
        "Lần",
        "Đợt giám sát",
        "Lần rà soát",
    ),
    "content": (
        "Nội dung theo dõi",
        "Nội dung giám sát",
        "Nội dung rà soát",
        "Nội dung theo dõi, giám sát",
        "Nội dung kiểm tra",
    ),
    "result": ("Kết quả thực hiện", "Kết quả", "Kết quả theo dõi", "Kết quả giám sát", "Kết quả rà soát"),
    "adjustment": (
        "Điều chỉnh",
        "Nội dung điều chỉnh",
        "Điều chỉnh kế hoạch",
        "Đề xuất điều chỉnh",
        "Kiến nghị, điều chỉnh",
    ),
    "reviewer": (
        "Người đánh giá",
        "Người theo dõi",
        "Người giám sát",
        "Người rà soát",
        "Đơn vị giám sát",
        "Bộ phận giám sát",
        "Người kiểm tra",
    ),
}
"""Section VI of Biểu 2: the five columns of internal monitoring."""

_SOURCE_HEADING = re.compile(
    r"(tu )?(nguon )?(ngan sach( .*)?|ns|nsnn|xa hoi hoa( .*)?|xhh|hoc phi|quy .*|tai tro( .*)?|van dong( .*)?|nguon khac|khac|cmhs|"
    r"phu huynh( .*)?|cha me.*|dong gop( .*)?|thu su nghiep|su nghiep|thu hop phap( .*)?|chi thuong xuyen|tu chu|nguon thu( .*)?)"
)
_SHORT = {"kp": "kinh phi", "tg": "thoi gian", "mc": "minh chung", "nd": "noi dung", "kq": "ket qua", "bp": "bien phap"}
_SURE = 0.72  # below this a guess is not a guess; found on the wordings above with one letter lost each


@dataclass(frozen=True, slots=True)
class Guess:
    """A field and how sure the lexicon is of it: 1 is a wording that it knows, letter for letter."""

    field: str
    score: float


def field_of(header_text: str) -> str | None:
    """The plan field that a column with this heading holds, or None when no wording is near enough."""
    guesses = guess_fields(header_text)
    return guesses[0].field if guesses and guesses[0].score >= _SURE else None


@lru_cache(maxsize=4096)
def guess_fields(header_text: str) -> tuple[Guess, ...]:
    """Every field that the heading may mean, surest first; fuzzy: lost letters, other endings, extra words."""
    guesses = _guess(_key(header_text), "action")
    parts = re.split(r"[,/;&+]|\bvà\b|\bhoặc\b|\s[-–]\s", one_space(header_text))
    if len(parts) < 2 or (guesses and guesses[0].score >= 0.9):
        return guesses
    # "Hạn chế, nguyên nhân": a column of two things is of the one that is named first
    first = next((g for g in _guess(_key(parts[0]), "action") if g.score >= 0.97), None)
    if first is None:
        return guesses
    return (Guess(first.field, 0.9), *(g for g in guesses if g.field != first.field))


@lru_cache(maxsize=1024)
def guess_monitoring(header_text: str) -> tuple[Guess, ...]:
    """As `guess_fields`, for the columns of the monitoring table (round, content, result, adjustment, reviewer)."""
    return _guess(_key(header_text), "monitoring")


def names_a_source(header_text: str) -> bool:
    """Whether a heading names where money comes from ("Ngân sách", "XHH", "Khác"): one of several columns of amounts."""
    return _SOURCE_HEADING.fullmatch(_key(header_text)) is not None


def unit_of(header_text: str) -> int:
    """How many đồng one unit of a column of money is: 1, 1_000 or 1_000_000 ("Kinh phí (triệu đồng)")."""
    words = fold(header_text)
    if re.search(r"\b(trieu|tr\.? ?d(ong)?|trd)\b", words):
        return 1_000_000
    if re.search(r"\b(nghin|ngan)\b|\b1[., ]?000 ?(d|vnd)?\b|\bngd\b", words):
        return 1_000
    return 1_000_000_000 if re.search(r"\b(ty|ti) dong\b", words) else 1


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: "(1) (2) (3)", "1 2 3", "A B 1 2", "[1] [2]"."""
    marks = [re.sub(r"[\s()\[\].*]", "", text) for text in texts if text.strip()]
    if len(marks) < 3 or not all(re.fullmatch(r"\d{1,2}([=+\-x:]\S+)?|[A-Za-zĐđ]", mark) for mark in marks):
        return False
    digits = [int(mark) for mark in marks if mark.isdecimal()]
    return len(digits) >= 2 and all(b == a + 1 for a, b in pairwise(digits)) and digits[0] <= 2


def _key(text: str) -> str:
    """A heading for comparing: folded, brackets and units dropped, only words."""
    words = fold(text)
    without = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", words)
    words = without if re.search(r"\w", without) else words
    words = re.sub(r"\b(dvt|don vi tinh|don vi)\s*:.*$", " ", words)
    words = re.sub(r"[^\w%]+", " ", words)
    return " ".join(_SHORT.get(word, word) for word in words.split())


@lru_cache(maxsize=4)
def _phrases(table: str) -> tuple[tuple[str, str], ...]:
    source = WORDINGS if table == "action" else MONITORING_WORDINGS
    return tuple((_key(wording), field) for field, wordings in source.items() for wording in wordings)


def _guess(key: str, table: str) -> tuple[Guess, ...]:
    if not key or len(key) > 120:
        return ()
    best: dict[str, float] = {}
    for phrase, field in _phrases(table):
        score = _nearness(key, phrase)
        if score > best.get(field, 0.0):
            best[field] = score
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return tuple(Guess(field, round(score, 3)) for field, score in ranked if score >= 0.5)


def _nearness(key: str, phrase: str) -> float:
    """How near a heading is to a wording, 0 to 1: the same; nearly the same letters; the wording within the heading."""
    if key == phrase:
        return 1.0
    if key.replace(" ", "") == phrase.replace(" ", ""):
        return 0.98
    if len(phrase) > 3 and f" {phrase} " in f" {key} ":
        share = len(phrase) / len(key)
        first = 0.06 if key.startswith(phrase) else 0.0
        return min(0.96, 0.62 + 0.3 * share + first)
    if len(phrase) <= 4 or abs(len(key) - len(phrase)) > 4:
        return 0.0
    from rapidfuzz.fuzz import ratio

    likeness: float = ratio(key, phrase) / 100
    return likeness - 0.04 if likeness >= 0.84 else 0.0
