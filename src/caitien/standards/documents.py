"""Circulars and letters that plans cite: when each came into force and when it was repealed, from `documents.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from caitien.standards import marked_yaml
from caitien.standards.folding import fold
from caitien.standards.parts import Mark, Part, Text
from caitien.standards.problems import FrameworkFileError, Problem
from caitien.standards.validating import build_value

FILE = Path(__file__).parent / "documents.yaml"


class LegalDocument(Part):
    """A document that plans cite. `repealed`: the first day on which it is no longer in force; null: still is, as known."""

    kind: Text
    number: Text
    subject: Text
    issued: date | None = None
    in_force: date | None = None
    amended_by: tuple[Text, ...] = ()
    repealed: date | None = None
    repealed_by: Text | None = None
    mark: Mark
    note: Text | None = None

    def is_repealed_on(self, day: date) -> bool:
        """True when the document is known to be no longer in force on that day."""
        return self.repealed is not None and day >= self.repealed

    @property
    def name(self) -> str:
        return f"{self.kind} {self.number}"


class _Documents(Part):
    schema_: Annotated[Literal["caitien.documents/1"], Field(alias="schema")]
    documents: tuple[LegalDocument, ...]


def legal_documents() -> tuple[LegalDocument, ...]:
    """Every document known, in the order of the file."""
    return _load(FILE)


def repealed_documents(on: date) -> tuple[LegalDocument, ...]:
    """The documents that are no longer in force on a day."""
    return tuple(document for document in legal_documents() if document.is_repealed_on(on))


def find_document(number: str, kind: str | None = None, issued: date | None = None) -> LegalDocument | None:
    """The document that a citation means; None when it is not known or when it could be another's.

    `number`: as printed, with what spaces and letters it has ("17/2018/TT- BGDĐT", "số 17/2018/TT-BGD&ĐT",
    "TT 17/2018"); `kind`: the word before it ("Thông tư"), `issued`: the date after it, where known. A number with the letters of another kind
    or another body is another document: "47/2012/TT-BNNPTNT" is not ours.
    """
    serial, year, letters = _parts(number)
    if serial is None:
        return None
    found = [
        d
        for d in legal_documents()
        if _is_same(_parts(d.number), (serial, year, letters), d, kind) and _same_year(d, year, issued)
    ]
    return found[0] if len(found) == 1 else None


_Parts = tuple[int | None, int | None, str]
_NUMBER = re.compile(r"(\d{1,5})\s*/\s*((?:19|20)\d{2})?\s*/?\s*([A-Za-z&\s/–-]*)")


def _parts(number: str) -> _Parts:
    """ "17/2018/TT-BGDĐT" -> 17, 2018, "ttbgddt"; the serial is None when it is no document number."""
    match = _NUMBER.search(fold(number))
    if match is None:
        alone = re.fullmatch(r"\D*(\d{3,5})\D*", fold(number))
        return (int(alone[1]), None, "") if alone else (None, None, "")
    year = int(match[2]) if match[2] else None
    return int(match[1]), year, re.sub(r"[^a-z]", "", match[3])


def _is_same(known: _Parts, cited: _Parts, document: LegalDocument, kind: str | None) -> bool:
    if known[0] != cited[0] or known[1] != cited[1]:
        return False
    if kind is not None and fold(kind) != fold(document.kind) and not _same_kind_of_letter(kind, document.kind):
        return False
    # "17/2018/TT" says less than "17/2018/TT-BGDĐT" and nothing else
    if cited[2]:
        return known[2].startswith(cited[2]) or cited[2].startswith(known[2])
    return cited[1] is not None or kind is not None


def _same_year(document: LegalDocument, year: int | None, issued: date | None) -> bool:
    """A letter's number has no year and comes again every year: the date tells."""
    return year is not None or issued is None or document.issued is None or issued.year == document.issued.year


def _same_kind_of_letter(kind: str, known: str) -> bool:
    """Schools call a "Công văn" a "Hướng dẫn", an "Văn bản": a letter is known by its number."""
    letters = {"cong van", "huong dan", "van ban"}
    return fold(kind) in letters and fold(known) in letters


def cited_in(texts: Iterable[str]) -> list[LegalDocument]:
    """The known documents that texts cite by their numbers, each once, in the order of the texts."""
    found: list[LegalDocument] = []
    for text in texts:
        for match in _CITED.finditer(text):
            document = find_document(match[0])
            if document is not None and document not in found:
                found.append(document)
    return found


_CITED = re.compile(r"\d{1,5}\s*/\s*(?:(?:19|20)\d{2}\s*/\s*)?[A-ZĐ]{2,}(?:\s?[-–]\s?[A-ZĐ&]{2,})?")


@cache
def _load(path: Path) -> tuple[LegalDocument, ...]:
    try:
        raw = marked_yaml.read(path)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(path), error.line, "", error.message)]) from error
    return build_value(_Documents, raw, str(path)).documents
