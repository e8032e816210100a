"""What the head and the foot of the paper say: school, year, title, number, place, date, bodies, signer."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from caitien.plan.model import DocumentInfo, EducationLevel, School, Signer
from caitien.plan.text import fold, one_space, squash

_KINDS = (
    r"mầm\s+non|mẫu\s+giáo|mầm\s+chồi|nhà\s+trẻ|tiểu\s+học(?:\s*(?:và|&|-)\s*(?:trung\s+học\s+cơ\s+sở|THCS))?|"
    r"TH\s*(?:&|và|-)\s*THCS|THCS\s*(?:&|và|-)\s*THPT|TH,\s*THCS\s*(?:&|và)\s*THPT|trung\s+học\s+cơ\s+sở(?:\s+và\s+trung\s+học\s+phổ\s+thông)?|"
    r"trung\s+học\s+phổ\s+thông|THCS|THPT|TH|MN|MG|PTDTBT(?:\s+(?:TH|THCS|tiểu\s+học|TH\s*&\s*THCS))?|PTDTNT(?:\s+(?:THCS|THPT))*|"
    r"phổ\s+thông(?:\s+dân\s+tộc\s+(?:nội|bán)\s+trú)?(?:\s+(?:liên\s+cấp|tiểu\s+học|trung\s+học\s+cơ\s+sở|THCS|THPT|TH))?|PT|liên\s+cấp|chuyên\s+biệt"
)
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME_WORD = rf"(?:[{_UPPER}][\w.’'-]*|\d{{1,2}}(?:[/.-]\d{{1,2}}){{0,2}}(?![\w/]))"
_SCHOOL = re.compile(
    rf"\b(?i:trường|trung\s+tâm)\s+((?i:{_KINDS}|GDNN\s*-\s*GDTX|GDTX|giáo\s+dục\s+thường\s+xuyên|giáo\s+dục\s+nghề\s+nghiệp\s*-\s*giáo\s+dục\s+thường\s+xuyên))((?:\s+(?:số\s+)?{_NAME_WORD}){{1,7}})"
)
_LEVELS: tuple[tuple[str, EducationLevel], ...] = (
    (r"gdtx|giao duc thuong xuyen", "gdtx"),
    (r"mam non|mau giao|nha tre|mam choi|\bmn\b|\bmg\b", "mam_non"),
    (r"lien cap|\bth, ?thcs|tieu hoc, (thcs|trung hoc)", "nhieu_cap"),
    (r"(\bth|tieu hoc) ?(&|va|-) ?(thcs|trung hoc co so)|ptcs", "th_thcs"),
    (r"(thcs|trung hoc co so) ?(&|va|-) ?(thpt|trung hoc pho thong)", "thcs_thpt"),
    (r"thcs|trung hoc co so", "thcs"),
    (r"thpt|trung hoc pho thong", "thpt"),
    (r"tieu hoc|\bth\b", "tieu_hoc"),
)  # fmt: skip
_MOTTO = re.compile(r"\s*(?:CỘNG\s+H[OÒ]|Độc\s+lập|ĐỘC\s+LẬP).*$")
_YEAR = re.compile(r"năm\s+học\s*:?\s*(20\d\d)\s*[-–—/]\s*(20\d\d)", re.IGNORECASE)
_DATED = re.compile(
    r"^\W*(?P<place>[^\d,;:()]{2,50}?)\s*,?\s*ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>20\d\d)\W*$",
    re.IGNORECASE,
)
_DATE_IN = re.compile(
    r"(?P<place>[^\d,;:()]{2,40}?),\s*ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>20\d\d)\s*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:(?:T/?M\.?|KT\.?|TL\.?|TUQ\.?)\s*)?(?:Q\.\s*)?(?:PHÓ\s+)?(?:HIỆU\s+TRƯỞNG|GIÁM\s+ĐỐC|CHỦ\s+TỊCH(?:\s+H[ỘÔ]I\s+ĐỒNG(?:\s+T[ỰƯ]\s+ĐÁNH\s+GIÁ|\s+TRƯỜNG|\s+TĐG)?)?|"
    r"THỦ\s+TRƯỞNG(?:\s+ĐƠN\s+VỊ)?|HỘI\s+ĐỒNG\s+TỰ\s+ĐÁNH\s+GIÁ|NGƯỜI\s+ĐỨNG\s+ĐẦU)\s*$"
)
_ROLE_LOOSE = re.compile(r"^(?:(?:T/?M\.?|KT\.?)\s*)?(?:Phó\s+)?(?:Hiệu\s+trưởng|Giám\s+đốc)$", re.IGNORECASE)
_NOT_NAMES = re.compile(  # how a body or a note begins; with its tones, for Lưu, Tô, Phong, Trương and Trường are people
    r"^(?:Trường|Phòng|Sở|UBND|Ủy|Ban|Tổ|Hội|Nơi|Lưu VT|Kế Hoạch|Cộng|Độc|Hiệu|Phó H|Chủ Tịch|Giám|Đã|Ký|Năm|Công|Đoàn (?:TN|Thanh|Đội))\b"
)


def read_school(lines: list[str]) -> School:
    """The school's name and level. A name in capitals is written as a name ("Trường Tiểu học …")."""
    found: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for line in lines:
        text = _MOTTO.sub("", line)
        for match in _SCHOOL.finditer(text):
            name = _proper("Trường" if fold(match[0]).startswith("truong") else "Trung tâm", match[1], match[2])
            key = squash(name)
            found[key] += 1
            if key not in printed or (printed[key].split()[-1].isupper() and not match[0].isupper()):
                printed[key] = name
    if not found:
        return School()
    best, _ = max(found.items(), key=lambda item: (item[1], -list(found).index(item[0])))
    name = printed[best]
    return School(name=name, level=level_of(name))


def level_of(name: str | None) -> EducationLevel | None:
    """The level that a school's name says."""
    words = fold(name)
    return next((level for pattern, level in _LEVELS if re.search(pattern, words)), None)


def read_school_year(before: list[str], everything: list[str], title: str | None) -> str | None:
    """The plan's year: of the title, else of the head, else the one named most."""
    for lines in ([title or ""], before[:25], before):
        for line in lines:
            if year := _year(line):
                return year
    years = Counter(year for line in everything if (year := _year(line)))
    return years.most_common(1)[0][0] if years else None


def read_title(before: list[str]) -> str | None:
    """The title: from the line that begins with "KẾ HOẠCH", with the lines that belong to it."""
    for i, line in enumerate(before):
        words = fold(line)
        if not re.match(r"(bieu \d+\W+|mau( so)? \d+\W+)?ke hoach\b", words) or len(line) > 200:
            continue
        if words != "ke hoach" and not re.search(r"cai tien|chat luong", words) and not line.isupper():
            continue
        parts = [line]
        for following in before[i + 1 : i + 5]:
            if re.match(r"^([IVX]+|\d+)\s*[.)]", following) or following.startswith("(") or len(following) > 150:
                break
            if not (
                following.isupper()
                or _YEAR.match(following)
                or fold(following).startswith(("cai tien", "nam hoc", "sau tu"))
            ):
                break
            parts.append(following)
        return one_space(" ".join(parts))
    return None


def read_document(before: list[str], after: list[str], school: School) -> DocumentInfo:
    """Number, place, date, bodies and signer."""
    info = DocumentInfo()
    head = before[:20]
    for line in head:
        text = _MOTTO.sub("", line).strip()
        if found := re.match(r"S[ốô]\s*:?\s*(\d{1,4}\s*[a-zA-Z]?\s*/\s*[\w\-–/&.ĐđƯưÂâÔô]+)", text):
            info.number = info.number or re.sub(r"\s+", "", found[1])
        elif (
            text
            and re.match(r"(?i)(ubnd|u[ỷỶ] ban|ủy ban|phòng|sở|bộ)\b", text)
            and text.isupper()
            and info.parent_body is None
        ):
            info.parent_body = text
        elif text.isupper() and (
            (info.issuing_body is None and _SCHOOL.match(text))
            or (info.issuing_body is not None and re.match(r"H[ỘÔ]I ĐỒNG T", text))
        ):
            info.issuing_body = text
    info.issuing_body = info.issuing_body or school.name
    for line in [*before[:25], *reversed(after)]:
        found = _DATED.match(line) or _DATE_IN.search(line)
        if found and (day := _iso(found)):
            info.place, info.date = _clean_place(found["place"]), day
            break
    info.signer = read_signer(after) if after else Signer()
    return info


def read_signer(after: list[str]) -> Signer:
    """Who signs: the last role under the text, and the name under it."""
    for i in range(len(after) - 1, -1, -1):
        found = _ROLE.search(after[i]) or _ROLE_LOOSE.match(after[i])
        if not found or len(after[i]) > 120:
            continue
        if (
            found.start()
            and after[i][: found.start()].strip()
            and not re.search(r"(:|;|\.)\s*$", after[i][: found.start()])
        ):
            continue
        role = one_space(found[0])
        if i and re.match(r"^(KT|TM|T/M)\.?\s*", after[i - 1]) and _ROLE.search(after[i - 1]):
            role = f"{one_space(after[i - 1])} {role}"
        name = next((line for line in after[i + 1 : i + 9] if _is_name(line)), None)
        return Signer(role=role, name=name)
    return Signer()


def _is_name(line: str) -> bool:
    words = re.sub(r"^(?:ThS|TS|Th\.S|PGS)\.?\s*", "", line).split()
    if not 2 <= len(words) <= 6 or _NOT_NAMES.match(line):
        return False
    return all(re.fullmatch(rf"[{_UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?", w) for w in words)


def _proper(kind_word: str, kind: str, name: str) -> str:
    kind, name = one_space(kind), one_space(name).rstrip(".-’'")
    if name.isupper() and len(name) > 3:
        name = " ".join(
            w if re.search(r"\d", w) or re.fullmatch(r"[IVX]+", w) else w.capitalize() for w in name.split()
        )
    if not re.fullmatch(r"[A-ZĐ&,\- ]+", kind) or len(kind) > 12 or "ỂỌẦƯƠỄ" in kind:
        kind = kind[:1].upper() + kind[1:].lower() if not re.search(r"THCS|THPT|PTDT|GDTX", kind) else kind
    return f"{kind_word} {kind} {name}"


def _year(text: str) -> str | None:
    found = _YEAR.search(text)
    return f"{found[1]}-{found[2]}" if found and int(found[2]) == int(found[1]) + 1 else None


def _iso(found: re.Match[str]) -> str | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
    except ValueError:
        return None


def _clean_place(text: str) -> str:
    """A letterhead in two columns may have left its own words before the place."""
    return one_space(re.sub(r"^.*(?:Hạnh phúc|HẠNH PHÚC)\s*", "", text)).strip(" ,.-")
