"""Which field a column of a pasted block holds when it has no heading: told by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from caitien.plan.criteria import parse_criteria, parse_standard
from caitien.plan.money import parse_money
from caitien.plan.money_words import amount_in_words
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress
from caitien.plan.text import fold
from caitien.reading.pasted_people import is_people

_LEAST = 0.55  # below this, what stands in a column does not tell what it is
_CERTAIN = 0.8  # what a column beside others with headings must reach
_MOST = 0.97
_SAMPLE = 60  # cells of a column that are looked at

Guesses = dict[int, tuple[str, float]]


def guess_by_content(texts: Mapping[int, list[str]], held: set[str], *, headless: bool) -> Guesses:
    """Column to its field and how sure that is (0 to 1). `texts`: the cells of each open column, none empty; `held`: fields
    that other columns have by their headings. In a block without headings every column of words gets a guess.
    """
    scores = {index: _scores(cells[:_SAMPLE], index) for index, cells in texts.items()}
    found: Guesses = {}
    taken = set(held)
    least = _LEAST if headless else _CERTAIN
    wishes = [
        (score, -index, index, name) for index, by in scores.items() for name, score in by.items() if score >= least
    ]
    for score, _, index, name in sorted(wishes, reverse=True):
        if index not in found and name not in taken:
            found[index] = (name, round(min(score, _MOST), 2))
            taken.add(name)
    _second_of_a_kind(found, scores, taken)
    if headless:
        _long_texts({index: cells for index, cells in texts.items() if index not in found}, texts, found, taken)
    return found


def _second_of_a_kind(found: Guesses, scores: Mapping[int, dict[str, float]], taken: set[str]) -> None:
    """Two columns of people: who does it, who helps. Two of times side by side: from, to."""
    place = {name: index for index, (name, _) in found.items()}
    for index, by in scores.items():
        if index in found:
            continue
        if by.get("responsible", 0) >= _LEAST and "responsible" in place and "collaborators" not in taken:
            first, second = sorted((place["responsible"], index))
            found[first], found[second] = ("responsible", found[place["responsible"]][1]), ("collaborators", 0.6)
            taken.add("collaborators")
        elif by.get("period", 0) >= _LEAST and abs(place.get("period", -9) - index) == 1 and "period_end" not in taken:
            first, second = sorted((place["period"], index))
            found[first], found[second] = ("period_start", 0.8), ("period_end", 0.8)
            taken |= {"period_start", "period_end"}


def _long_texts(left: Mapping[int, list[str]], texts: Mapping[int, list[str]], found: Guesses, taken: set[str]) -> None:
    """The columns of words that nothing tells apart: what is lacking, what is to be done, how, as plans print them."""
    length = {index: sum(map(len, cells)) / len(cells) for index, cells in left.items()}
    least = 1 if len(texts) == 1 else 6
    wordy = [i for i, cells in left.items() if length[i] >= least and re.search(r"[^\W\d_]", "".join(cells))]
    content = next((index for index, (name, _) in found.items() if name == "content"), None)
    if content is None and wordy and "content" not in taken:
        lacking = [i for i in wordy[:-1] if "weakness" not in taken and _lacking(left[i]) >= 0.3]
        longest = max(wordy, key=lambda i: length[i])
        content = longest if len(wordy) > 3 else next(i for i in wordy if i not in lacking[:1])
        found[content] = ("content", 0.8 if len(wordy) == 1 else 0.6)
        wordy.remove(content)
    before = next((i for i in wordy if content is not None and i < content), None)
    if before is not None and "weakness" not in taken and _lacking(left[before]) >= 0.3:
        found[before] = ("weakness", 0.5)
        wordy.remove(before)
    names = [name for name in ("measures", "expected_evidence", "note") if name not in taken]
    for index, name in zip(wordy, names, strict=False):
        found[index] = (name, 0.4)


def _lacking(cells: list[str]) -> float:
    return sum(bool(_LACKS.search(fold(t))) for t in cells) / len(cells)


def _scores(texts: list[str], place: int) -> dict[str, float]:
    """How well each field fits the texts of a column, 0 to 1."""
    folded = [fold(t) for t in texts]
    count = len(texts)

    def share(test: Callable[[str], object], among: list[str] = texts) -> float:
        return sum(bool(test(t)) for t in among) / count

    length = sum(map(len, texts)) / count
    scores: dict[str, float] = {}
    numbers = [int(t.strip(" .)(")) for t in texts if re.fullmatch(r"\(?\d{1,3}\s?[.)]?", t)]
    bare = len(numbers) >= 0.8 * count
    rising = bare and all(b > a for a, b in pairwise(numbers))
    counting = rising and all(b == a + 1 for a, b in pairwise(numbers))
    if rising:
        scores["number"] = 0.95 if count > 1 and place == 0 and counting else 0.75 if place == 0 else 0.6
    repeated = bare and not rising and numbers == sorted(numbers) and max(numbers) <= 8
    scores["criteria"] = share(_only_criteria, folded)
    names_standard = share(lambda t: re.fullmatch(r"(tieu chuan )?([ivx]{1,4}|\d)\.?(:.*)?", t) and parse_standard(t), folded)  # fmt: skip
    scores["standard"] = 0.9 * names_standard if repeated or not bare else 0.0
    scores["period"] = (0.55 if bare else 1.0) * share(_is_time) * (not rising and not repeated)
    amounts = share(_is_money) * (0.5 if bare else 1.0) if any(re.search(r"\d", t) for t in texts) else 0.0
    scores["resources" if length > 40 else "budget"] = amounts
    scores["responsible"] = 0.97 * share(is_people)
    scores["funding_sources"] = 0.9 * share(lambda t: len(t) <= 60 and not re.search(r"\d", t) and _SOURCE.match(t), folded)  # fmt: skip
    if length <= 60:
        scores["progress"] = 0.95 * share(lambda t: _PROGRESS.match(t) and parse_progress(t).status, folded)
    scores["expected_evidence"] = 0.9 * share(_EVIDENCE.search, folded)
    scores["indicators"] = 0.75 * share(
        lambda t: _COUNTED.search(t) and not _BEGINS_WORK.match(t) and not _is_time(t), folded
    )
    if length >= 12:
        scores["cause"] = 0.85 * share(lambda t: re.match(r"\W*(do|vi|nguyen nhan)\b", t), folded)
        scores["weakness"] = 0.75 * share(lambda t: _LACKS.search(t) and not _BEGINS_WORK.match(t), folded)
        scores["objective"] = 0.8 * share(lambda t: re.match(r"\W*(nham|de|phan dau|muc tieu|100%)\b", t), folded)
        scores["content"] = 0.7 * share(_BEGINS_WORK.match, folded)
        scores["measures"] = 0.78 * share(lambda t: len(re.findall(r"(?:^|\s)[-+•]\s?\S", t)) >= 2)
    return scores


_SOURCE = re.compile(
    r"\W*(tu )?(nguon )?(ngan sach|ns\b|nsnn|xhh|xa hoi hoa|chi thuong xuyen|hoc phi|quy\b|tai tro|van dong|cmhs|phu huynh|cha me|dong gop|"
    r"thu su nghiep|tu chu|kinh phi (thuong xuyen|tu chu|khong tu chu)|cong doan|nha truong|ubnd|khong$|dau tu cong)"
)
_PROGRESS = re.compile(r"\W*(da|dang|chua|hoan thanh|xong|qua han|\d{1,3} ?%)")
_EVIDENCE = re.compile(
    r"^\W*(bien ban|quyet dinh|danh sach|anh|hinh anh|ho so|so (theo doi|ghi|dau bai)|bao cao|hoa don|phieu|giay|bang (tong hop|ke|diem|diem danh)|"
    r"video|minh chung|ke hoach so|to trinh|chung (chi|nhan)|giao an|bai thu hoach|ket qua khao sat|h\d+-|mc\.)"
)
_COUNTED = re.compile(
    r"\d ?%|\d+ ?/ ?\d+|\b(it nhat|toi thieu|tro len|dat)\b.{0,20}\d|^\W*\d+ (may|buoi|bo|phong|lop|tiet|lan|cuon)"
)
_LACKS = re.compile(r"\b(chua|con|thieu|han che|khong|yeu|thap|cham|xuong cap|hu hong|it)\b")
_BEGINS_WORK = re.compile(
    r"\W*(to chuc|tham muu|xay dung|boi duong|mua|sua|lap|bo sung|trang bi|phoi hop|tang cuong|ra soat|cu|dang ky|hoan thien|huy dong|"
    r"tuyen truyen|trong|nang|cai tao|kiem tra|day manh|tap huan|thuc hien|trien khai|phan cong|ky|bo tri|dau tu|cap nhat|doi moi|duy tri|"
    r"thanh lap|khao sat|lam|ho tro|van dong|de nghi|xin|phu dao|ban hanh|thay)\b"
)


def _only_criteria(text: str) -> bool:
    """Codes and nothing else, or one code and the name of its criterion; not "Tiêu chí 1.2: Sửa quy chế"."""
    found = re.fullmatch(
        r"\W*((tieu chi|tc)\W*)?((\d|[ivx]{1,4})[.,]\d{1,2}|m4\.\d)(\W+(va |tc |tieu chi )?(\d[.,]\d{1,2}|\d{1,2}|m4\.\d))*\W*(:(.*))?", text
    )  # fmt: skip
    return found is not None and not _BEGINS_WORK.match(found[8] or "") and bool(parse_criteria(text))


def _is_time(text: str) -> bool:
    words = fold(text)
    if len(text) > 60 or text.startswith(("-", "+", "•")) or _only_criteria(words):
        return False
    if _BEGINS_WORK.match(words) and not re.match(r"(trong|ky|lam|thuc hien)\b", words):
        return False
    if re.fullmatch(r"\W*\d{1,2}\W{1,3}\d{1,2}(\W\d{2,4})?\W*", text):
        return True  # 31/02 too: it was meant as a day
    kind = parse_period(text, "2025-2026").kind
    return kind not in ("unknown", "none") and (kind != "yearly" or len(text) < 20)


def _is_money(text: str) -> bool:
    if len(text) > 80 or re.search(r"\d\s?/\s?\d", text) or re.fullmatch(r"[1-9]\d?([.,]\d{1,2})?", text):
        return False
    if re.fullmatch(r"\d{1,3}([.,]\d+)?E\+?\d{1,2}", text, re.IGNORECASE) or amount_in_words(text):
        return True
    return parse_money(text).vnd is not None
