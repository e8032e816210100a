"""Frameworks as data: what schools are judged against, when each applies, and how old criteria become new ones.

Importing this is light: nothing is read and Pydantic is not loaded before a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caitien.standards.choosing import framework_on, guess_framework, school_year_day
    from caitien.standards.crosswalks import Crosswalk, available_crosswalks, crosswalk
    from caitien.standards.documents import LegalDocument, cited_in, find_document, legal_documents, repealed_documents
    from caitien.standards.folding import fold
    from caitien.standards.loading import available, check_file, forget, load, nearest_id, refused
    from caitien.standards.model import MARK_WORDS, Criterion, Framework, FrameworkInfo, Standard
    from caitien.standards.problems import FrameworkFileError, Problem, UnknownFramework
    from caitien.standards.searching import Hit, search

_HOME = {
    "MARK_WORDS": "model",
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
    "Criterion",
    "Crosswalk",
    "Framework",
    "FrameworkFileError",
    "FrameworkInfo",
    "Hit",
    "LegalDocument",
    "Problem",
    "Standard",
    "UnknownFramework",
    "available",
    "available_crosswalks",
    "check_file",
    "cited_in",
    "crosswalk",
    "find_document",
    "fold",
    "forget",
    "framework_on",
    "guess_framework",
    "legal_documents",
    "load",
    "nearest_id",
    "refused",
    "repealed_documents",
    "school_year_day",
    "search",
]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used."""
    if name in _HOME:
        return getattr(import_module(f"caitien.standards.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
