"""What the words for a person say: name, post, form of address, person or group. Words in, values out; no database."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from caitien.plan.text import fold, one_space

LONGEST = 200  # characters of a name that are kept; the whole text is then an alias

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ADDRESS = re.compile(
    r"^(?:(?:các\s+)?(?:đồng\s+chí|đ\s*/\s*c|đc|đ\s*\.\s*c)\s*[.:]?|thầy(?:\s+giáo)?|cô(?:\s+giáo)?|ông|bà|anh|chị)\s+(?=\S)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)$")
_BESIDE = re.compile(r"^(?P<first>.+?)\s*(?:\s[-–—]\s|\s*:\s*|,\s*)(?P<second>.+)$")
_SHORT = {  # abbreviations that every school writes
    "ht": "hieu truong",
    "pht": "pho hieu truong",
    "p.ht": "pho hieu truong",
    "phieu truong": "pho hieu truong",
    "p. hieu truong": "pho hieu truong",
    "tt": "to truong",
    "ttcm": "to truong chuyen mon",
    "tpcm": "to pho chuyen mon",
    "tptd": "tong phu trach doi",
    "tpt": "tong phu trach doi",
    "tpt doi": "tong phu trach doi",
    "tong phu trach": "tong phu trach doi",
    "ctcd": "chu tich cong doan",
    "nvyt": "nhan vien y te",
    "yte": "nhan vien y te",
    "nv y te": "nhan vien y te",
    "kt": "ke toan",
    "tk": "thu ky",
    "bt chi bo": "bi thu chi bo",
    "bt doan": "bi thu doan",
}
_POSTS = (  # what a post begins with: a text that begins so, and goes on with a full name, names both
    "phó hiệu trưởng", "p. hiệu trưởng", "p.hiệu trưởng", "hiệu trưởng", "hiệu phó", "giám đốc", "phó giám đốc",
    "pht", "p.ht", "ht", "tổ trưởng", "tổ phó", "ttcm", "trưởng ban", "phó ban", "thư ký", "kế toán", "văn thư", "thủ quỹ",
    "bí thư", "phó bí thư", "chủ tịch", "phó chủ tịch", "tổng phụ trách", "tpt", "nhân viên", "nv", "giáo viên", "gv",
    "gvcn", "trưởng khối", "khối trưởng", "bảo vệ", "y tế", "thiết bị", "thư viện",
)  # fmt: skip
_POST = re.compile(rf"^(?P<post>{'|'.join(map(re.escape, _POSTS))})\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:các|những|mọi|tất\s+cả|hai|ba)\s", re.IGNORECASE)  # "Tổ trưởng các khối"
_ONE_IN_A_GROUP = re.compile(
    r"^(?:tổ\s+(?:trưởng|phó)|trưởng|phó|khối\s+trưởng|nhóm\s+trưởng|bí\s+thư|chủ\s+tịch|thư\s+ký|đội\s+trưởng|hội\s+trưởng)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:tổ|nhóm|ban|bộ\s+phận|hội(?:\s+đồng)?|các|toàn\s+(?:thể|trường)|tập\s+thể|khối|đội|công\s*đoàn|chi\s+(?:bộ|đoàn|hội)"
    r"|liên\s+đội|đảng\s+(?:bộ|ủy|uỷ)|phòng|gvcn|gvbm|gvpt|gv|giáo\s+viên|cbgv\w*|cb|cán\s+bộ|nhân\s+viên(?=$|\s*[,.;])"
    r"|bgh|hđt|hđsp|hđ|tcm|cmhs|phhs|phụ\s+huynh|cha\s+mẹ|học\s+sinh|hs|lãnh\s+đạo|những|mọi|tất\s+cả|trạm|trung\s+tâm|công\s+an|bếp\s+ăn|trường|sở|ủy\s+ban|uỷ\s+ban|đơn\s+vị|đoàn\s+(?:thanh|tn|trường|thể|viên|đội)"
    r"|ubnd|đtn|cđ)(?=$|[\s,.;:&/+–—-]|\d)",
    re.IGNORECASE,
)
_FAMILY_NAMES_LIKE_GROUPS = re.compile(
    r"^(?:to|doan|hoi|doi|ban)\s+(?:thi|van|ngoc|duc|huu|quang|minh|thanh)\s+\S", re.I
)
_BARE_GROUP = re.compile(
    r"^(?:to|nhom|ban|bo phan|hoi dong|cac|toan the|khoi|cong doan|chi bo|chi doan|giao vien|can bo)\b"
)


class Said(NamedTuple):
    """What a text says of somebody: `name` may itself be a post ("Hiệu trưởng"); `role` is "" when none is named."""

    name: str
    role: str


def read(text: str) -> Said:
    """The name and the post in a printed text.

    "Lò Thị Mẩy (Hiệu trưởng)", "HT Lò Thị Mẩy", "Hiệu trưởng: Lò Thị Mẩy", "Đ/c Lò Thị Mẩy - Hiệu trưởng" all say the
    same two things.
    """
    text = one_space(text).strip(" ;,.")
    if not text:
        return Said("", "")
    if found := _BRACKET.match(text):
        name, role = without_address(found["name"]), one_space(found["role"])
        if is_full_name(role) and _POST.match(name):
            name, role = role, name
        return Said(name, role)
    if is_group(text):
        return Said(text, "")
    if found := _BESIDE.match(text):
        first, second = without_address(found["first"]), without_address(found["second"])
        if is_full_name(second) and _POST.match(first):
            return Said(second, first)
        if is_full_name(first) and _POST.match(second):
            return Said(first, second)
    plain = without_address(text)
    if found := _POST.match(plain):
        rest = without_address(plain[found.end() :].strip())
        if is_full_name(rest):
            return Said(rest, found["post"])
    return Said(plain, "")


def without_address(text: str) -> str:
    """Without "Đ/c", "Đồng chí", "Thầy", "Cô", "Ông", "Bà" before it."""
    text = one_space(text)
    return _ADDRESS.sub("", text, count=1) or text


def is_full_name(text: str) -> bool:
    """Whether it looks like a whole Vietnamese name: two to six words, each beginning with a capital."""
    words = text.split()
    if not 2 <= len(words) <= 6 or _POST.match(text) or is_group(text):
        return False
    return all(word[:1].isupper() and word.strip("'’.-").isalpha() for word in words)


def is_group(text: str) -> bool:
    """Whether it names several people: Tổ, Ban, Các, GVCN, … and not one of them ("Tổ trưởng"), nor a Mr Tô or Đoàn."""
    text = one_space(text)
    if _ONE_IN_A_GROUP.match(text):
        return bool(_MANY.search(text))
    if text.isascii():
        return bool(_GROUP.match(text) or _BARE_GROUP.match(text.lower())) and not _FAMILY_NAMES_LIKE_GROUPS.match(text)
    found = _GROUP.match(text)
    if found is None:
        return False
    one = re.match(r"^(?:giáo\s+viên|gv)\s+(?P<rest>.+)$", text, re.IGNORECASE)
    return not (one and _looks_like_a_name(one["rest"]))


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    return 3 <= len(words) <= 5 and all(word[:1].isupper() and word[1:].islower() for word in words)


def key(text: str) -> str:
    """For asking whether two texts are the same words: case, spaces and the place of the tone do not matter ("Hoà", "Hòa")."""
    return " ".join(_tone_last(word) for word in one_space(text).lower().strip(" ;,.").split())


def _tone_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)) + tones


def post_key(text: str) -> str:
    """For asking whether two posts are the same: no diacritics, abbreviations in full. "HT" is "hieu truong"."""
    bare = fold(text).strip(" ;,.")
    return _SHORT.get(bare, bare)


def has_no_tones(text: str) -> bool:
    """Whether it was typed without diacritics, as on an old phone."""
    return fold(text) == one_space(text).lower().strip()


def given_name_first(name: str) -> str:
    """The name with the given name before the rest, which is how a Vietnamese class list is sorted."""
    words = one_space(name).split(" ")
    return " ".join([words[-1], *words[:-1]])
