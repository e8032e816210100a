"""What the words of a piece of text look like: a time, a person, money, a label, a phrase of progress."""

from __future__ import annotations

import re
from functools import lru_cache

from caitien.plan.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PERIOD_WORDS = _words(
    """
    tháng năm học quý tuần ngày kỳ kì hk hki hkii đến tới từ trước sau hết cuối đầu hằng hàng thường xuyên cả
    và giữa trong dịp hè i ii iii iv giai đoạn suốt liên tục mỗi xong nay
    """
)
_PERIOD_KEY = re.compile(
    r"thang|nam hoc|ca nam|quy\b|tuan\b|ngay|hoc k[iy]|\bhk|hang (nam|thang|quy|tuan|ngay)|thuong xuyen|\d{4}|\d\s*[-–/]\s*\d|\bt\d"
)
_NUMBERISH = re.compile(
    r"^[\d/.\-–,()→>:;]+$|^[T]\d+([-–/][T]?\d+)*\.?$|^[IVX]+[/.\-–]\d{2,4}[.,;]?$|^HK[I12]*[.,;]?$|^hk[i12]*$"
)
_ROLE_WORDS = _words(
    """
    hiệu trưởng phó ht pht p.ht ttcm tpcm gvcn gvbm gv nv cb cbql cbgv bgh bgđ cmhs phhs tptđ tpt ttvp tổ khối
    chuyên môn văn phòng giáo viên nhân kế toán thư ký chủ tịch công đoàn đảng uỷ ủy chi bộ bí đội thanh niên
    tổng phụ trách ban hội đồng nhóm các tất cả toàn thể lớp nhiệm thiết bị y tế bảo vệ quỹ giám sát tra dân
    đại diện cha mẹ huynh sinh lãnh đạo địa phương ubnd xã quản lý ông bà cô thầy và phận dạy csvc pháp chế
    ttnd liên thi tuổi đtn kiểm cntt nuôi dưỡng cấp ktnb cán
    """
)
_ROLE_STARTS = (
    "hieu truong", "pho hieu", "hieu pho", "ht", "pht", "p.ht", "ttcm", "to truong", "to pho", "to chuyen", "to van", "to khoi",
    "cac to", "gvcn", "gvbm", "gv", "giao vien", "nhan vien", "nv", "ke toan", "chu tich", "cong doan", "bi thu", "tong phu",
    "tpt", "ban giam", "ban dai", "ban thanh", "ban chap", "bgh", "bgd", "cb", "toan the", "tat ca", "hoi dong", "hdsp", "hdt",
    "khoi truong", "khoi", "nhom", "doan", "doi", "chi bo", "chi doan", "thu vien", "thu ky", "y te", "bao ve", "truong ban",
    "lanh dao", "cmhs", "phu huynh", "ong", "ba", "thay", "co", "can bo", "phu trach", "dang uy", "lien doi", "van thu", "hieu",
    "to", "pho", "ubnd", "ban", "bo phan", "nguoi",
)  # fmt: skip
_SURNAMES = _words(
    """
    nguyen tran le pham hoang huynh vu vo phan truong bui dang do ngo ho duong dinh ly lam trinh dao doan mai
    luong ha cao chau luu ta to thai quach lo quang vuong tong ca deo leo lu phung kieu nghiem khuat la tang
    mac ong van thach kim danh son giang mua vang sung thao hang phu cam vi sam be nong hua ma trieu chu lai
    co dam khong khuc tieu than rmah ksor siu y h k tan ban lieu linh mong luc nhan bach dong tu thieu au cu
    tien
    """
)
_MONEY = re.compile(
    r"^(khoảng |tổng:? )?(\d{1,3}([.,]\d{3})+|\d+([.,]\d+)?\s*(đồng|đ|vnđ|vnd|triệu|tỷ|tỉ|nghìn|ngàn|tr)\b|[\d.,]+$)",
    re.I,
)
_MONEY_SURE = re.compile(r"\d{1,3}([.,]\d{3}){1,}|\d\s*(đồng|triệu|tỷ|tỉ|nghìn|ngàn|tr\b|đ\b|vnđ)", re.I)
_NO_MONEY = re.compile(
    r"^(không( cần( kinh phí)?| có| phát sinh)?|0( đ(ồng)?)?|chưa xác định|chi khác|-|–|x)[.;]?$", re.I
)
_FUND = re.compile(
    r"^(không|nguồn|ngân sách|nsnn|ns\b|xhh|xã hội hóa|xã hội hoá|ubnd|cmhs|chi khác|chi thường|chưa xác|tài trợ|quỹ|thu|kinh phí|vận động|hội phí|học phí|phhs|địa phương|dự án|nhà trường|0$|-$|–$)",
    re.I,
)
_PROGRESS = re.compile(
    r"^(đã|đang|chưa|hoàn thành|tiếp tục|sẽ|bắt đầu|triển khai|đạt|xong|cơ bản|\d{1,3}\s*%|chậm|quá hạn|đúng tiến độ|thường xuyên)\b",
    re.I,
)
_CODE = re.compile(r"^((TC|Tiêu chí|T\.?chí)\s*)?(M?\d{1,2}\.\d{1,2})([,;]\s*\d{1,2}(\.\d{1,2})?)*[.:]?$", re.I)
_SHORT_LABEL = re.compile(
    r"^(\d{1,2}([,;&]\s*\d{1,2})*|[IVX]{1,5}|(TC|Tiêu chuẩn|TCh?)\s*(\d{1,2}|[IVX]{1,4})|(ĐG\s*)?(mức|m)\s*\d|ĐG)\.?$",
    re.I,
)
BULLET = re.compile(r"^[-–—+•*●▪◦○]\s*(?=[^\d\s])")
_BETWEEN_WORDS = re.compile(r"[\s,;:/()]+")
_INTEGER = re.compile(r"^(\d{1,3})\.?$")
DANGLING = _words(
    """
    và của các những để cho trong với có một đến từ theo về hoặc hay bằng tại do vì mà là thì được bị như trên
    dưới cùng không chưa đã đang sẽ cần phải nhằm khi nếu qua giữa vào ra lên ở – - số việc sự rất hơn cả từng
    mỗi mọi nhiều ít
    """
)

VERBS = _words(
    """
    xây tổ thực tăng nâng bồi tham phân thành duy đề chấn điều đẩy phát cải tiếp rà bổ sửa mua kiểm tuyên phối
    vận huy chỉ triển cử lập làm khai ban đổi bố tích hướng giáo động tạo đảm bảo củng hoàn cập nghiên trang
    đầu lắp khảo theo đa khuyến ứng
    """
)
NOUNS_OF_EVIDENCE = _words(
    """
    kế biên hồ quyết báo hình ảnh danh phiếu đề quy văn sổ giấy chứng hợp bảng tờ video thông nghị công kết
    hóa số
    """
)
WEAK_STARTS = _words(
    """
    chưa còn một việc số do công tỉ tỷ cơ thiếu trong đồ nhà học giáo đội chất sự hoạt khuôn nội thiết sĩ
    phòng
    """
)


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    return fold(word).strip(".,;:()“”\"'")


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """The word in small letters without the marks round it."""
    return word.lower().strip(".,;:()“”\"'")


def period_share(words: list[str]) -> float:
    """The share of the words that can stand in a time; 0 when they are none that only a time has."""
    return sum(map(_of_a_period, words)) / len(words) if words else 0.0


@lru_cache(maxsize=20_000)
def _of_a_period(word: str) -> bool:
    return bool(_NUMBERISH.match(word)) or (bare(word) in _PERIOD_WORDS and word != "Học") or word in "-–→"


def period_key(text: str) -> bool:
    return bool(_PERIOD_KEY.search(fold(text)))


def is_name(words: list[str]) -> bool:
    """Two words or more, all with a capital, the first a family name."""
    return len(words) >= 1 and folded(words[0]) in _SURNAMES and all(is_capitalised(w) for w in words)


def is_family_name(word: str) -> bool:
    """A family name alone, as it is written in a name."""
    return word.istitle() and word.isalpha() and folded(word) in _SURNAMES and bare(word) not in _ROLE_WORDS


def is_capitalised(word: str) -> bool:
    letters = word.strip("(“\"'")
    return letters[:1].isupper()


def people_share(words: list[str]) -> float:
    """The share of the words that are parts of names or of roles."""
    group = bare(words[0]) in ("tổ", "khối", "lớp", "nhóm")
    hits = sum(map(_of_people, words))
    if group:
        hits += sum(not _of_people(word) and any(p.isdigit() for p in word.split("/")) for word in words)
    return hits / max(1, len(words))


@lru_cache(maxsize=20_000)
def _of_people(word: str) -> bool:
    return any(is_capitalised(p) or not bare(p) or bare(p) in _ROLE_WORDS for p in word.split("/"))


@lru_cache(maxsize=20_000)
def starts_role(text: str) -> bool:
    words = [folded(word) for word in _BETWEEN_WORDS.split(text.lstrip("-+•* "), maxsplit=2)[:2]]
    if not words[0]:
        return False
    two = " ".join(words)
    return two in _ROLE_STARTS or words[0] in _ROLE_STARTS


def is_money(text: str) -> bool:
    return bool(_MONEY.match(text))


def is_sure_money(text: str) -> bool:
    return bool(_MONEY_SURE.search(text))


def is_no_money(text: str) -> bool:
    return bool(_NO_MONEY.match(text))


def is_fund(text: str) -> bool:
    return bool(_FUND.match(text))


def is_progress(text: str) -> bool:
    return bool(_PROGRESS.match(text))


def is_code(text: str) -> bool:
    return bool(_CODE.match(text))


@lru_cache(maxsize=20_000)
def is_short_label(text: str) -> bool:
    return bool(_SHORT_LABEL.match(text)) or is_code(text)


def integer(text: str) -> int | None:
    match = _INTEGER.match(text)
    return int(match.group(1)) if match else None
