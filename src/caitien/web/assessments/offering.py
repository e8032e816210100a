"""The school's evidence offered to who writes: by code or name, without diacritics; what serves the criterion stands first."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from caitien.web.evidence.models import Evidence, EvidenceUse
from caitien.web.evidence.search import BEGINS, BY_NAME, find

MOST = 8
LONGEST = 80  # letters that are looked at
_LIKE_A_CODE = re.compile(r"^\[?\(?\s*(?:MC|H)?[\s.\-–]*\d[\d\s.\-–]*\]?$", re.IGNORECASE)
_CODE_BEGUN = re.compile(r"^(?:MC|H)[.\-]?$", re.IGNORECASE)


def offered(
    school: Any, framework_id: str, criterion: str, asked: str, *, sensitive: bool, most: int = MOST
) -> list[Evidence]:
    """At most `most` evidences for what was typed ("MC.1.3", "ke hoach", ""), each with `here`: its use for the criterion
    ("used", "offered", "declined", None). Two queries at most."""
    asked = asked.strip().strip("[(").strip()[:LONGEST]
    use = EvidenceUse.objects.for_school(school).filter(
        framework=framework_id, criterion=criterion, evidence=OuterRef("pk")
    )
    rows = _found(school, asked, sensitive=sensitive)
    near = Case(When(here="used", then=0), When(here="offered", then=1), default=2, output_field=IntegerField())
    good = Case(
        When(state=Evidence.State.VERIFIED, then=0),
        When(state=Evidence.State.SUBMITTED, then=0),
        default=1,
        output_field=IntegerField(),
    )
    rows = rows.annotate(here=Subquery(use.values("state")[:1])).annotate(near=near, good=good)
    return list(rows.order_by("good", "near", "rank", "code_order", "created_at", "id")[:most])


def _found(school: Any, asked: str, *, sensitive: bool) -> QuerySet[Evidence]:
    rows = Evidence.objects.for_school(school).annotate(rank=Value(BY_NAME, IntegerField()))
    if not asked or _CODE_BEGUN.match(asked):
        return rows  # type: ignore[no-any-return]
    if _LIKE_A_CODE.match(asked):
        numbers = [part.lstrip("0") or "0" for part in re.findall(r"\d+", asked)]
        # "MC.1.3.5" is MC.1.3.05 typed in a hurry, "1.3.1" the beginning of 1.3.10 too
        pattern = r"[^0-9]+0*".join(numbers)
        by_code = Q(code__iregex=rf"(^|[^0-9])0*{pattern}")
        return rows.filter(by_code | Q(number__icontains=asked))  # type: ignore[no-any-return]
    found = find(school, asked, sensitive=sensitive)
    return found.filter(rank__in=[rank for rank in range(2 * BEGINS) if rank % BEGINS <= BY_NAME])
