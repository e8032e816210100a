"""The health of evidence: what is cited and not there, there and never cited, unverified, expired, doubled.

Each finding says where: the letters of the text that cite a code, or the entry of the list (its index).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caitien.assessment.evidence_codes import cited, written
from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.assessment.texts import place_words, texts_of
from caitien.plan.days import last_day
from caitien.plan.model import Severity
from caitien.plan.text import fold, one_space, squash
from caitien.standards.model import EvidenceStyle, Framework

ALIKE = 94  # of 100: names that differ by a slip; those that differ in a number are two things
MOST_COMPARED = 300  # names in a group compared each with each; of larger groups only neighbours in the alphabet
NEIGHBOURS = 8
_LOOKS_LIKE_A_CODE = re.compile(
    r"\[?\b(?:MC\s?[.\-–]?\s?\d+(?:\s?[.\-–]\s?\d+)+|H\s?\d+\s?[.\-–]\s?\d+(?:\s?[.\-–]\s?\d+)+)\]?"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A code where it is cited. `entry`: its index in the list, None when nothing has this code."""

    code: str
    place: Place
    quote: str
    entry: int | None
    by_old_code: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """Every citation of a self-assessment, in the order of the report; `doubtful`: what looks like a code and is none."""

    citations: tuple[Citation, ...]
    doubtful: tuple[tuple[Place, str], ...]

    def of(self, entry: int) -> list[Citation]:
        return [one for one in self.citations if one.entry == entry]


def citations(assessment: SelfAssessment, style: EvidenceStyle) -> Cited:
    """Where evidence is cited, and which entry is meant: by its code, or by one it had in an older list."""
    codes, old_codes = _by_code(assessment.evidence, style)
    found: list[Citation] = []
    doubtful: list[tuple[Place, str]] = []
    for place, text in texts_of(assessment):
        taken: list[tuple[int, int]] = []
        for one in cited(text, style):
            entry = codes.get(one.code)
            by_old = entry is None and one.code in old_codes
            entry = old_codes[one.code] if by_old else entry
            at = replace(place, start=one.start, end=one.end, code=one.code, evidence=entry)
            found.append(Citation(one.code, at, text[one.start : one.end], entry, by_old))
            taken.append((one.start, one.end))
        for match in _LOOKS_LIKE_A_CODE.finditer(text):
            before = bisect_left(taken, (match.end(), 0))  # what is taken stands in order and apart
            if before and taken[before - 1][1] > match.start():
                continue
            words = match[0]
            if old_codes.get(words.strip("[]")) is not None or old_codes.get(words) is not None:
                entry = old_codes.get(words, old_codes.get(words.strip("[]")))
                at = replace(place, start=match.start(), end=match.end(), code=words, evidence=entry)
                found.append(Citation(words, at, words, entry, True))
            else:
                doubtful.append((replace(place, start=match.start(), end=match.end()), words))
    return Cited(tuple(found), tuple(doubtful))


def evidence_findings(assessment: SelfAssessment, framework: Framework, on: date) -> list[Finding]:
    """What is unwell about the evidence on a day: first what is wrong in texts, then the list, then the criteria."""
    style = framework.evidence
    all_cited = citations(assessment, style)
    by_entry: dict[int, list[Citation]] = defaultdict(list)
    for one in all_cited.citations:
        if one.entry is not None:
            by_entry[one.entry].append(one)
    found = [*_in_texts(assessment, all_cited, style, on)]
    for n, entry in enumerate(assessment.evidence):
        found += _of_entry(n, entry, by_entry.get(n, []), style, on)
    found += _same_code_twice(assessment.evidence, style)
    found += _same_thing_twice(assessment.evidence)
    found += _criteria_without(assessment, framework, all_cited)
    return found


def is_expired(entry: EvidenceEntry, on: date) -> bool:
    """Whether an evidence no longer holds on a day: it was said so, or its last day is over."""
    until = last_day(entry.valid_until)
    return entry.state == "expired" or (until is not None and until < on)


def _in_texts(assessment: SelfAssessment, all_cited: Cited, style: EvidenceStyle, on: date) -> Iterator[Finding]:
    for one in all_cited.citations:
        where = place_words(one.place)
        if one.entry is None:
            said = f"{where}: viện dẫn {one.code} nhưng danh mục không có minh chứng này."
            yield Finding("cited-but-missing", "error", said, one.place, one.quote)
            continue
        entry = assessment.evidence[one.entry]
        name = _short(entry.name)
        if entry.state == "rejected":
            said = f"{where}: viện dẫn {one.code} “{name}”, là minh chứng đã bị từ chối."
            yield Finding("rejected-but-cited", "error", said, one.place, one.quote)
        elif entry.state == "replaced":
            said = f"{where}: viện dẫn {one.code} “{name}”, đã có bản mới thay thế."
            yield Finding("replaced-but-cited", "warning", said, one.place, one.quote)
        elif is_expired(entry, on):
            said = f"{where}: viện dẫn {one.code} “{name}”, đã hết hiệu lực{_since(entry)}."
            yield Finding("expired-but-cited", "warning", said, one.place, one.quote)
        elif entry.state == "submitted":
            said = f"{where}: viện dẫn {one.code} “{name}”, chưa được xác nhận."
            yield Finding("not-verified", "warning", said, one.place, one.quote)
        if one.by_old_code:
            now = f"; mã hiện nay là {entry.code}" if entry.code else ""
            yield Finding(
                "cited-by-old-code", "warning", f"{where}: {one.code} là mã cũ của “{name}”{now}.", one.place, one.quote
            )
        criterion = one.place.criterion
        if criterion and entry.criteria and criterion not in entry.criteria:
            said = (
                f"{where}: viện dẫn {one.code} nhưng danh mục không ghi minh chứng này dùng cho tiêu chí {criterion}."
            )
            yield Finding("cited-not-linked", "hint", said, one.place, one.quote)
    for place, words in all_cited.doubtful:
        meant = _meant(words, assessment.evidence, style)
        hint = f" Có phải {meant}?" if meant else f" Mã viết như {style.example}."
        yield Finding(
            "not-a-code",
            "warning",
            f"{place_words(place)}: “{words}” không đúng dạng mã minh chứng.{hint}",
            place,
            words,
        )


def _of_entry(
    n: int, entry: EvidenceEntry, its: Sequence[Citation], style: EvidenceStyle, on: date
) -> Iterator[Finding]:
    place = Place(evidence=n, code=entry.code)
    who = f"{entry.code} “{_short(entry.name)}”" if entry.code else f"Minh chứng “{_short(entry.name)}”"

    def said(rule: str, severity: Severity, words: str) -> Finding:
        return Finding(rule, severity, f"{who} {words}.", place)

    if not entry.code:
        yield said("no-code", "hint", "chưa có mã")
    elif written(entry.code, style) is None:
        yield said("not-a-code", "warning", f"có mã không đúng dạng của khung này; mã viết như {style.example}")
    in_use = entry.state in ("submitted", "verified")
    if not entry.criteria and not any(one.place.criterion for one in its) and in_use:
        yield said("evidence-without-criterion", "warning", "chưa gắn với tiêu chí nào")
    if not its and in_use:
        yield said("never-cited", "hint", "chưa được viện dẫn ở chỗ nào trong báo cáo")
    if its or not in_use:
        pass  # what is cited is told where it is cited; what is out of use troubles nobody
    elif is_expired(entry, on):
        yield said("expired", "hint", f"đã hết hiệu lực{_since(entry)}")
    elif entry.state == "submitted":
        yield said("not-verified", "hint", "chưa được xác nhận")
    if entry.valid_until and last_day(entry.valid_until) is None:
        yield said("no-date", "hint", f"có hạn “{entry.valid_until[:30]}” không phải là ngày")


def _same_code_twice(evidence: Sequence[EvidenceEntry], style: EvidenceStyle) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for n, entry in enumerate(evidence):
        code = (written(entry.code, style) or squash(entry.code)) if entry.code else ""
        if code and code in first:
            other = evidence[first[code]]
            said = (
                f"Mã {entry.code} dùng cho hai minh chứng: “{_short(other.name)}” và “{_short(entry.name)}”; "
                "mỗi minh chứng một mã."
            )
            yield Finding("same-code-twice", "error", said, Place(evidence=n, code=entry.code))
        elif code:
            first[code] = n


def _same_thing_twice(evidence: Sequence[EvidenceEntry]) -> Iterator[Finding]:
    """Entries that are one document: the same number and day, or names that differ by a slip only."""
    told: set[tuple[int, int]] = set()
    for pair in [*_same_number(evidence), *_same_name(evidence)]:
        first, second = sorted(pair)
        if (first, second) in told:
            continue
        told.add((first, second))
        one, other = evidence[first], evidence[second]
        codes = " và ".join(entry.code or "chưa có mã" for entry in (one, other))
        said = f"“{_short(one.name)}” có thể ghi hai lần trong danh mục ({codes}); một minh chứng chỉ một mã."
        yield Finding("same-thing-twice", "warning", said, Place(evidence=second, code=other.code), other.name)


def _same_number(evidence: Sequence[EvidenceEntry]) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, str, str], int] = {}
    for n, entry in enumerate(evidence):
        number = squash(entry.number)
        if not re.search(r"\d", number) or not re.search(r"[^\W\d]", number) or not (entry.date or entry.issuer):
            continue  # "12" alone is many documents
        key = (number, squash(entry.date), squash(entry.issuer))
        if key in first:
            yield first[key], n
        else:
            first[key] = n


def _same_name(evidence: Sequence[EvidenceEntry]) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz

    groups: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for n, entry in enumerate(evidence):
        name = one_space(entry.name).casefold()
        if len(name) >= 8:
            numbers = tuple(re.findall(r"\d+|\b[ivx]+\b", fold(entry.name)))
            groups[(*numbers, "|", squash(entry.number), squash(entry.date))].append((name, n))
    for group in groups.values():
        group.sort()
        reach = len(group) if len(group) <= MOST_COMPARED else NEIGHBOURS
        for i, (name, n) in enumerate(group):
            for other, m in group[i + 1 : i + 1 + reach]:
                if name == other or fuzz.ratio(name, other, score_cutoff=ALIKE) >= ALIKE:
                    yield n, m


def _criteria_without(assessment: SelfAssessment, framework: Framework, all_cited: Cited) -> Iterator[Finding]:
    served = {code for entry in assessment.evidence if entry.state != "rejected" for code in entry.criteria}
    served |= {one.place.criterion for one in all_cited.citations if one.entry is not None and one.place.criterion}
    reviews = {review.code: review for review in assessment.criteria}
    for code in (*framework.codes, *(item.code for item in framework.level_items if item.code in reviews)):
        if code in served:
            continue
        review = reviews.get(code)
        is_met = review is not None and any(level.judged == "met" for level in review.levels)
        words = "được nhận định đạt mà chưa có minh chứng nào" if is_met else "chưa có minh chứng nào"
        yield Finding(
            "criterion-without-evidence",
            "error" if is_met else "warning",
            f"Tiêu chí {code} {words}.",
            Place(criterion=code),
        )


def _by_code(evidence: Sequence[EvidenceEntry], style: EvidenceStyle) -> tuple[dict[str, int], dict[str, int]]:
    codes: dict[str, int] = {}
    old_codes: dict[str, int] = {}
    for n, entry in enumerate(evidence):
        if entry.code:
            codes.setdefault(written(entry.code, style) or entry.code, n)
        for old in entry.old_codes:
            for form in {old.strip(), old.strip().strip("[]"), written(old, style) or old}:
                old_codes.setdefault(form, n)
    return codes, {code: n for code, n in old_codes.items() if code not in codes}


def _meant(words: str, evidence: Sequence[EvidenceEntry], style: EvidenceStyle) -> str | None:
    """The code of the list that has the same numbers."""
    numbers = [int(part) for part in re.findall(r"\d+", words)]
    for entry in evidence:
        if entry.code and [int(part) for part in re.findall(r"\d+", entry.code)] == numbers:
            return entry.code
    return None


def _since(entry: EvidenceEntry) -> str:
    day = last_day(entry.valid_until)
    return f" từ ngày {day.day:02d}/{day.month:02d}/{day.year}" if day else ""


def _short(name: str) -> str:
    words = one_space(name)
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"
