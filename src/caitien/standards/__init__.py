"""Frameworks as data: what schools are judged against, when each applies, and how old criteria become new ones.

Importing this is light: nothing is read and Pydantic is not loaded before a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caitien.standards.asking import Question, answer, read_question
    from caitien.standards.attaching import AttachReport, attach, forget_official, official_text, save_official
    from caitien.standards.carrying import Carried, Proposal, carry, confirm
    from caitien.standards.choosing import framework_on, guess_framework, national, school_year_day
    from caitien.standards.circular_lines import lines_of
    from caitien.standards.comparing import ComparedRow, compare
    from caitien.standards.crosswalks import Crosswalk, available_crosswalks, crosswalk
    from caitien.standards.documents import LegalDocument, cited_in, find_document, legal_documents, repealed_documents
    from caitien.standards.folding import fold
    from caitien.standards.judgements import Judgement, Judgements, read_judgements
    from caitien.standards.judging import judge, judge_units, what_if
    from caitien.standards.loading import available, check_file, forget, install_file, load, nearest_id, refused
    from caitien.standards.model import Criterion, Framework, FrameworkInfo, Standard
    from caitien.standards.official import OfficialText
    from caitien.standards.parts import MARK_WORDS
    from caitien.standards.problems import FrameworkFileError, JudgementError, Problem, UnknownFramework
    from caitien.standards.results import Blocker, ConditionResult, CriterionResult, SchoolResult, StandardResult
    from caitien.standards.searching import Hit, search

_HOME = {
    "compare": "comparing",
    "ComparedRow": "comparing",
    "lines_of": "circular_lines",
    "OfficialText": "official",
    "save_official": "attaching",
    "official_text": "attaching",
    "forget_official": "attaching",
    "attach": "attaching",
    "AttachReport": "attaching",
    "confirm": "carrying",
    "carry": "carrying",
    "Proposal": "carrying",
    "Carried": "carrying",
    "read_question": "asking",
    "answer": "asking",
    "Question": "asking",
    "StandardResult": "results",
    "SchoolResult": "results",
    "CriterionResult": "results",
    "ConditionResult": "results",
    "Blocker": "results",
    "JudgementError": "problems",
    "read_judgements": "judgements",
    "Judgements": "judgements",
    "Judgement": "judgements",
    "what_if": "judging",
    "judge_units": "judging",
    "judge": "judging",
    "MARK_WORDS": "parts",
    "Criterion": "model",
    "Crosswalk": "crosswalks",
    "Framework": "model",
    "FrameworkFileError": "problems",
    "FrameworkInfo": "model",
    "Hit": "searching",
    "LegalDocument": "documents",
    "Problem": "problems",
    "Standard": "model",
    "UnknownFramework": "problems",
    "available": "loading",
    "available_crosswalks": "crosswalks",
    "check_file": "loading",
    "cited_in": "documents",
    "crosswalk": "crosswalks",
    "find_document": "documents",
    "fold": "folding",
    "forget": "loading",
    "install_file": "loading",
    "national": "choosing",
    "framework_on": "choosing",
    "guess_framework": "choosing",
    "legal_documents": "documents",
    "load": "loading",
    "nearest_id": "loading",
    "refused": "loading",
    "repealed_documents": "documents",
    "school_year_day": "choosing",
    "search": "searching",
}

__all__ = [
    "MARK_WORDS",
    "AttachReport",
    "Blocker",
    "Carried",
    "ComparedRow",
    "ConditionResult",
    "Criterion",
    "CriterionResult",
    "Crosswalk",
    "Framework",
    "FrameworkFileError",
    "FrameworkInfo",
    "Hit",
    "Judgement",
    "JudgementError",
    "Judgements",
    "LegalDocument",
    "OfficialText",
    "Problem",
    "Proposal",
    "Question",
    "SchoolResult",
    "Standard",
    "StandardResult",
    "UnknownFramework",
    "answer",
    "attach",
    "available",
    "available_crosswalks",
    "carry",
    "check_file",
    "cited_in",
    "compare",
    "confirm",
    "crosswalk",
    "find_document",
    "fold",
    "forget",
    "forget_official",
    "framework_on",
    "guess_framework",
    "install_file",
    "judge",
    "judge_units",
    "legal_documents",
    "lines_of",
    "load",
    "national",
    "nearest_id",
    "official_text",
    "read_judgements",
    "read_question",
    "refused",
    "repealed_documents",
    "save_official",
    "school_year_day",
    "search",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used."""
    if name in _HOME:
        found = globals()[name] = getattr(import_module(f"caitien.standards.{_HOME[name]}"), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
