"""Evidence marked "cần giữ kín" on paper: its entry and nothing more, since a paper goes to whoever asks for it."""

from __future__ import annotations

import re

from caitien.assessment.model import EvidenceEntry, SelfAssessment

ADDRESS = re.compile(r"https?://[^\s;,<>\"]+")


def as_index_entries(value: SelfAssessment) -> SelfAssessment:
    """The value with what is kept apart as entries of the list alone: without summary, note and addresses. Values only."""
    if not any(one.sensitive for one in value.evidence):
        return value
    return value.model_copy(update={"evidence": [_entry(one) if one.sensitive else one for one in value.evidence]})


def without_addresses(place: str) -> str:
    """Where a paper is kept, without the addresses that lead to it: "PDF; Hộp 3; https://…" -> "PDF; Hộp 3"."""
    parts = (ADDRESS.sub("", part).strip() for part in place.split(";"))
    return "; ".join(part for part in parts if part)


def _entry(one: EvidenceEntry) -> EvidenceEntry:
    place = without_addresses(one.place or "") or None
    return one.model_copy(update={"summary": None, "note": None, "place": place})
