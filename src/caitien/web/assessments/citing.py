"""What the words of a criterion's sheet cite: links for a page, and what is wrong with a code, with a likely right one.

The rules are the library's (`caitien.assessment.evidence_health`); here the school's evidence is found for them (one query).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caitien.assessment.evidence_codes import made, written
from caitien.assessment.evidence_health import citations, evidence_findings
from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import CriterionReview as SheetValue
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.assessment.model import LevelReview as LevelValue
from caitien.assessment.texts import place_words
from caitien.standards.model import EvidenceStyle, Framework
from caitien.web.evidence.models import Evidence, EvidenceCode

ABOUT_CITATIONS = frozenset(
    {
        "cited-but-missing",
        "rejected-but-cited",
        "replaced-but-cited",
        "expired-but-cited",
        "not-verified",
        "cited-by-old-code",
        "cited-not-linked",
        "not-a-code",
    }
)
"""Rules of the library that speak of a code in a text."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a code. `instead`: the code that is likely meant ("" when nobody can say)."""

    severity: str
    message: str
    words: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain words, or a code with the evidence that it means and what is wrong with it."""

    words: str
    is_code: bool = False
    evidence: Any = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class CitedText:
    """A text in pieces; each evidence it cites once, in order; what is wrong, in order."""

    pieces: list[Piece] = field(default_factory=list)
    evidence: list[Any] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class Citing:
    """All texts of a sheet: by level, and of the sheet's own fields ("improvement", "strengths[0]")."""

    levels: dict[int, CitedText]
    fields: dict[str, CitedText]

    @property
    def doubts(self) -> list[Doubt]:
        return [doubt for text in (*self.levels.values(), *self.fields.values()) for doubt in text.doubts]


def citing_of(review: Any, levels: Sequence[Any], uses: Iterable[Any], framework: Framework, today: date) -> Citing:
    """What the texts of a sheet cite. `uses`: of its criterion, each with its evidence loaded. One query when codes are cited."""
    style = framework.evidence
    value = SelfAssessment(criteria=[_sheet(review, levels)])
    known: dict[Any, tuple[Evidence, set[str], set[str]]] = {}
    for use in uses:
        if use.state == "used":
            known[use.evidence.pk] = (use.evidence, {review.code}, set())
        elif use.state == "declined":  # somebody said that it does not serve this criterion
            known[use.evidence.pk] = (use.evidence, {"-"}, set())
    for row in _ledger(review.school_id, value, style):
        evidence, _of, old = known.setdefault(row.evidence_id, (row.evidence, set(), set()))
        if row.code != evidence.code:
            old.add(row.code)
    rows = [evidence for evidence, _of, _old in known.values()]
    value.evidence = [_entry(*one) for one in known.values()]
    found = citations(value, style)
    doubts = _doubts(value, framework, today, [row.code for row in rows if row.code])
    texts: dict[tuple[int | None, str], CitedText] = {}
    marks: dict[tuple[int | None, str], list[tuple[Place, Any]]] = defaultdict(list)
    for one in found.citations:
        marks[one.place.level, one.place.field or ""].append(
            (one.place, rows[one.entry] if one.entry is not None else None)
        )
    for place, _words in found.doubtful:
        marks[place.level, place.field or ""].append((place, None))
    for level in levels:
        key = (level.level, "description")
        texts[key] = _cut(level.description, marks[key], doubts)
    for name, text in _own_texts(review):
        texts[None, name] = _cut(text, marks[None, name], doubts)
    return Citing(
        {level.level: texts[level.level, "description"] for level in levels},
        {name: texts[None, name] for name, _text in _own_texts(review)},
    )


def _sheet(review: Any, levels: Sequence[Any]) -> SheetValue:
    described = [LevelValue(level=one.level, description=one.description or None) for one in levels]
    return SheetValue(
        code=review.code, levels=described, strengths=list(review.strengths), improvement=review.improvement or None
    )


def _own_texts(review: Any) -> list[tuple[str, str]]:
    return [
        ("improvement", review.improvement),
        *((f"strengths[{n}]", text) for n, text in enumerate(review.strengths)),
    ]


def _ledger(school_id: Any, value: SelfAssessment, style: EvidenceStyle) -> list[EvidenceCode]:
    """The lines of the ledger that the codes in the texts could mean: the newest old list last, so that it is not preferred."""
    found = citations(value, style)
    wanted = {one.code for one in found.citations} | {one.quote for one in found.citations}
    for _place, words in found.doubtful:
        wanted |= {words, words.strip("[]"), _guess(words, style)}
    wanted.discard("")
    if not wanted:
        return []
    rows = EvidenceCode.objects.for_school(school_id).filter(code__in=wanted, evidence__removed_at=None)
    return list(rows.exclude(evidence=None).select_related("evidence").order_by("series", "given_at"))


def _guess(words: str, style: EvidenceStyle) -> str:
    """The code with the same numbers, as the framework writes it: "MC 1.3.5" -> "MC.1.3.05"; "" when there is none."""
    numbers = [int(part) for part in re.findall(r"\d+", words)]
    try:
        match numbers:
            case [standard, criterion, number]:
                return made(f"{standard}.{criterion}", number, style)
            case [box, standard, criterion, number]:
                return made(f"{standard}.{criterion}", number, style, box=box)
    except ValueError:
        pass
    return ""


def _entry(evidence: Evidence, criteria: set[str], old: set[str]) -> EvidenceEntry:
    return EvidenceEntry(
        code=evidence.code or None,
        old_codes=sorted(old),
        name=evidence.name,
        criteria=sorted(criteria),
        state=evidence.state,  # type: ignore[arg-type]
        valid_until=evidence.valid_until.isoformat() if evidence.valid_until else None,
    )


def _doubts(
    value: SelfAssessment, framework: Framework, today: date, codes: Sequence[str]
) -> dict[tuple[Any, ...], list[Doubt]]:
    """Place -> what is wrong there."""
    found: dict[tuple[Any, ...], list[Doubt]] = defaultdict(list)
    for finding in evidence_findings(value, framework, today):
        if finding.rule in ABOUT_CITATIONS and finding.place.start is not None:
            place = finding.place
            found[place.level, place.field, place.start].append(_doubt(finding, codes, framework.evidence))
    return found


def _doubt(finding: Finding, codes: Sequence[str], style: EvidenceStyle) -> Doubt:
    said = finding.message.removeprefix(f"{place_words(finding.place)}: ")
    words = finding.quote or ""
    instead = ""
    if finding.rule in ("cited-but-missing", "not-a-code"):
        guess = _guess(words, style)
        digits = sorted(re.sub(r"\D", "", written(words, style) or words))
        swapped = [code for code in codes if sorted(re.sub(r"\D", "", code)) == digits]  # MC.1.3.50 for MC.1.3.05
        instead = guess if guess in codes else (swapped[0] if len(swapped) == 1 else "")
    return Doubt(finding.severity, said[:1].upper() + said[1:], words, instead if instead != words else "")


def _cut(text: str, marks: list[tuple[Place, Any]], doubts: dict[tuple[Any, ...], list[Doubt]]) -> CitedText:
    cut = CitedText()
    at = 0
    for place, evidence in sorted(marks, key=lambda one: one[0].start or 0):
        start, end = place.start or 0, place.end or 0
        if start > at:
            cut.pieces.append(Piece(text[at:start]))
        wrong = tuple(doubts.get((place.level, place.field, start), ()))
        cut.pieces.append(Piece(text[start:end], True, evidence, wrong))
        if evidence is not None and evidence not in cut.evidence:
            cut.evidence.append(evidence)
        cut.doubts += [one for one in wrong if one not in cut.doubts]
        at = end
    if at < len(text):
        cut.pieces.append(Piece(text[at:]))
    return cut
