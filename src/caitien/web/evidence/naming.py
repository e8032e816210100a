"""Which evidence somebody means who typed its code, or words of its name without diacritics."""

from __future__ import annotations

from caitien.web.evidence.models import Evidence
from caitien.web.evidence.search import find
from caitien.web.schools.models import School

MOST = 8  # that are offered


def named(school: School, words: str, *, but: Evidence | None = None) -> list[Evidence]:
    """The evidence of exactly this code, alone; else what is found by the words, best first, at most `MOST` (two queries)."""
    asked = words.strip()[:300]
    if not asked:
        return []
    rows = Evidence.objects.for_school(school)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    bare = asked.strip("[]() ").upper()
    exact = list(rows.filter(code__in=[bare, f"[{bare}]"]))
    if exact:
        return exact
    found = find(school, asked, sensitive=False)
    if but is not None:
        found = found.exclude(pk=but.pk)
    return list(found.defer("summary", "note")[:MOST])
