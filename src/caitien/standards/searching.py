"""Find words in the frameworks, with or without Vietnamese marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from caitien.standards.folding import fold
from caitien.standards.loading import available, load
from caitien.standards.model import Criterion, Framework

PLACES = {"title": "tên", "requirement": "yêu cầu", "indicator": "dữ liệu định lượng", "evidence": "minh chứng gợi ý"}
"""Where words can stand, from the weightiest; the Vietnamese word for each."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A criterion that has the words. `place` is a key of PLACES, `text` the sentence, `code` its own code."""

    framework: str
    criterion: str
    title: str
    place: str
    code: str
    text: str


def search(words: str, framework_ids: Iterable[str] | None = None) -> list[Hit]:
    """Every sentence that has all the words, best first: the words side by side, then titles, then the marks as typed.

    `words` may lack diacritics ("ke hoach cai tien"); each must begin a word of the text. Frameworks: all when None.
    """
    asked = _words(words).split()
    if not asked:
        return []
    ids = [info.id for info in available()] if framework_ids is None else list(framework_ids)
    marked = unicodedata.normalize("NFC", words).lower().split()
    places = list(PLACES)
    hits: list[tuple[tuple[bool, int, bool, int], Hit]] = []
    for order, framework_id in enumerate(ids):
        for hit, folded in _sentences(framework_id):
            if all(f" {word}" in folded for word in asked):
                apart = f" {' '.join(asked)}" not in folded
                other_marks = not all(word in hit.text.lower() for word in marked)
                hits.append(((apart, places.index(hit.place), other_marks, order), hit))
    hits.sort(key=lambda h: h[0])
    return [hit for _, hit in hits]


def forget_sentences() -> None:
    """What was looked through is looked through again: frameworks were read anew."""
    _sentences.cache_clear()


@cache
def _sentences(framework_id: str) -> tuple[tuple[Hit, str], ...]:
    framework = load(framework_id)
    return tuple(
        (hit, f" {_words(hit.text)}")
        for criterion in (*framework.criteria, *framework.level_items)
        for hit in _hits(framework, criterion)
    )


def _hits(framework: Framework, criterion: Criterion) -> Iterator[Hit]:
    def hit(place: str, code: str, text: str) -> Hit:
        return Hit(framework.id, criterion.code, criterion.title, place, code, text)

    yield hit("title", criterion.code, criterion.title)
    for requirement in criterion.requirements:
        yield hit("requirement", requirement.code, requirement.text)
    for indicator in criterion.indicators:
        yield hit("indicator", indicator.code, indicator.name)
    for evidence in criterion.suggested_evidence:
        yield hit("evidence", criterion.code, evidence.name)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
