"""Which words of a cell of people are names of persons, and whom of the school they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from caitien.plan.people import split_people
from caitien.plan.text import fold, one_space

SAME_NAME = 88  # likeness (0-100) from which two names may be one with a slip: "Lò Thi Mai", "Lò Thị Mai"
_TITLES = re.compile(
    r"^(?:(?:thầy|cô|ông|bà|anh|chị|đ/c|đc|đồng chí|ths|th\.s|ts|nhà giáo|giáo viên|gv|cô giáo|thầy giáo|đại diện)\.?:?\s+)+", re.IGNORECASE
)  # fmt: skip
_POST_BEFORE = re.compile(
    r"^(?:(?:phó\s+)?(?:hiệu trưởng|bí thư|chủ tịch)|p\.?ht|ht|tổ trưởng|tổ phó|kế toán|thư viện|văn thư|y tế|thủ quỹ|bảo vệ|"
    r"tổng phụ trách(?: đội)?|tpt(?: đội)?|thư ký|nhân viên|gvcn|chủ trì|trưởng ban)\s+(?:[-–:]\s*)?(?=[^\W\d_])",
    re.IGNORECASE,
)
_NOT_A_SURNAME = re.compile(
    r"^(?:tổ|ban|trưởng|đội|hội|lớp|khối|ca|xã|toàn|mọi|các|công đoàn|đoàn (?:thanh niên|trường|đội|xã|thể|viên)|chủ nhiệm|phụ huynh|bộ môn)\b", re.IGNORECASE
)  # fmt: skip
_POSTS = re.compile(
    r"^\W*(hieu truong|pho|p\.|ht|pht|hp|bgh|ban|bo phan|to|truong|nhom|gv|gvcn|gvbm|giao vien|nhan vien|nv|ke toan|thu vien|thiet bi|"
    r"van thu|y te|bao ve|thu quy|cong doan|doan|doi|lien doi|tpt|tong phu trach|cmhs|ph|phu huynh|hoc sinh|hs|nha truong|toan|tat ca|"
    r"ubnd|hdnd|lanh dao|bi thu|chi bo|chi doan|can bo|cb|cbql|cbgv|khoi|lop|cac|hoi|hoi dong|so|phong|dang|chu tich|thu ky|uy vien|"
    r"to truong|ttcm|csvc|don vi|dia phuong|mat tran|cong an|tram|hdtd|hdt|quan ly|chuyen mon|van phong|tap the|ca nhan|cha me)\b"
)
_DOES = re.compile(
    r"\b(hop|dung|duoc|co|chua|la|lam|to chuc|tham gia|can|dat|phai|con|thieu|dung|day|hoc|thuc hien|nang|bi)\b"
)
_SURNAMES = frozenset(
    re.findall(
        r"\w+",
        "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly lo quang ca luong tong giang sung vang thao mua lau hang nong ha "
        "dinh truong mai doan trinh luu to dao cao chu ta vi be hua trieu ban dam ma phung quach tang thai chau kieu lam mac nghiem nhu ninh phi "
        "tra tu van vuong y thach son kim danh dieu siu ksor khuat la lai loc luc mach moc nhan phu sam tieu tien ton trang ung vien xa",
    )
)
_NAME_WORD = re.compile(r"^[^\W\d_][^\W\d_'’-]*$")


def names_in(text: str | None) -> list[str]:
    """The names of persons among the words of a cell, without titles and posts: "Cô Lò Thị Mai (tổ trưởng)" is "Lò Thị Mai"."""
    return [name for part in split_people(text) if (name := _name(part))]


def is_people(text: str) -> bool:
    """Whether a cell lists persons or posts and nothing else."""
    parts = split_people(text)
    return bool(parts) and all(len(p) <= 70 and (_name(p) or _is_post(fold(p))) for p in parts)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The one name of `known` that is most like this one but for slips and marks; None when none is near, or two are."""
    from rapidfuzz.fuzz import ratio

    near = [other for other in dict.fromkeys(known) if ratio(fold(name), fold(other)) >= SAME_NAME]
    return near[0] if len(near) == 1 else None


def _is_post(words: str) -> bool:
    """A post or a group, and not a sentence about them: "Giáo viên khối 4", not "Giáo viên dùng được máy chiếu"."""
    return bool(_POSTS.match(words)) and len(words.split()) <= 8 and not _DOES.search(words)


def _name(entry: str) -> str | None:
    """The name of the person that an entry names; None for a post, a group, or other words."""
    plain = one_space(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", entry))
    plain = re.split(r"\s+[-–—]\s+|:\s+", plain)[0]
    bare = _TITLES.sub("", plain).strip(" .,;:-–")
    bare = _TITLES.sub("", _POST_BEFORE.sub("", bare))
    words = bare.split(" ")
    if _NOT_A_SURNAME.match(bare) or not 2 <= len(words) <= 6:
        return None
    if not all(_NAME_WORD.match(w) and w[0].isupper() for w in words):
        return None
    if fold(words[0]) in _SURNAMES:
        return bare
    return (
        bare if len(words) in (3, 4) and all(w[1:].islower() for w in words) and not _POSTS.match(fold(bare)) else None
    )
