"""Codes of evidence in running text: they stay where they were written and lead to their line of the evidence list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caitien.assessment.evidence_codes import in_order, segments
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.standards import Framework
from caitien.standards.model import EvidenceStyle
from caitien.writing.document import Align, Cell, Paragraph, Run, cell
from caitien.writing.text import lines

_WEB = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Citations:
    """`entries`: the list in the order of its codes; `anchors`: code -> name of its line. Empty where there is no list."""

    style: EvidenceStyle
    entries: tuple[EvidenceEntry, ...]
    anchors: dict[str, str]

    def runs(self, text: str) -> tuple[Run, ...]:
        """A line of text; codes that the list has are links to it."""
        made = []
        for words, code in segments(text, self.style):
            anchor = self.anchors.get(code) if code else None
            made.append(Run(words, link=f"#{anchor}" if anchor else None))
        return tuple(made)

    def paragraphs(self, text: str | None, *, align: Align = "left", key: str | None = None) -> tuple[Paragraph, ...]:
        """The lines of a text as paragraphs of a cell."""
        return tuple(Paragraph(self.runs(line), align=align, key=key) for line in lines(text or ""))

    def cell(self, text: str | None, *, key: str | None = None, label: str | None = None) -> Cell:
        """A cell of a text; an empty one can still be filled in."""
        made = self.paragraphs(text, key=key)
        return Cell(made) if made else cell("", key=key, label=label)

    def body(self, text: str | None, *, key: str | None = None) -> Iterator[Paragraph]:
        """The lines of a text as paragraphs of running text."""
        for line in lines(text or ""):
            yield Paragraph(self.runs(line), first_line=10, before=4, key=key)


def citations(assessment: SelfAssessment, framework: Framework, *, linked: bool = True) -> Citations:
    """The evidence of a self-assessment as its papers cite it. `linked`: the paper holds the list itself."""
    entries = listed(assessment, framework)
    anchors = {one.code: f"mc_{n:04d}" for n, one in enumerate(entries) if one.code}
    return Citations(framework.evidence, entries, anchors if linked else {})


def listed(assessment: SelfAssessment, framework: Framework) -> tuple[EvidenceEntry, ...]:
    """The evidence that the list names, by code; entries without a code at its end.

    What was rejected, and what a newer version has replaced, is left out unless a text still cites it.
    """
    style = framework.evidence
    used = {code for text in _cited_texts(assessment) for _, code in segments(text, style) if code}
    shown = [one for one in assessment.evidence if one.state not in ("rejected", "replaced") or one.code in used]
    place = {code: n for n, code in enumerate(in_order({one.code for one in shown if one.code}, style))}
    return tuple(sorted(shown, key=lambda one: place.get(one.code or "", len(place))))


def _cited_texts(assessment: SelfAssessment) -> Iterator[str | None]:
    for review in assessment.criteria:
        yield from (level.description for level in review.levels)
        yield from (*review.strengths, review.improvement)
        for weakness in review.weaknesses:
            yield from (weakness.text, weakness.cause)
    for standard in assessment.standards:
        yield from (standard.opening, *standard.strengths, standard.trend, *standard.priorities, standard.conclusion)


def with_addresses(text: str) -> tuple[Run, ...]:
    """A line of text; web addresses in it are links."""
    made: list[Run] = []
    end = 0
    for match in _WEB.finditer(text):
        address = match.group().rstrip(".,;)")
        made += [Run(text[end : match.start()]), Run(address, link=address)]
        end = match.start() + len(address)
    return tuple(run for run in (*made, Run(text[end:])) if run.text)
