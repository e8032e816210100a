"""In which texts of which year's self-assessment an evidence is cited, by any code it has or had. One query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.assessment.evidence_codes import cited
from caitien.web.assessments.models import Assessment, CriterionReview, LevelReview, StandardReview, Weakness
from caitien.web.plans.frameworks import framework
from caitien.web.schools.models import School

MOST = 200  # texts that are looked at


@dataclass(frozen=True, slots=True)
class Citing:
    """A text that cites the evidence: its year, place and page. `code`: by which code."""

    year: str
    place: str
    url: str
    code: str
    approved: bool


def cited_where(school: School, codes: Sequence[str]) -> list[Citing]:
    """Newest year first, then in the order of the report."""
    codes = [code for code in dict.fromkeys(codes) if code]
    if not codes:
        return []
    parts = [
        _found(LevelReview, "review__assessment", 0, "criterion", "level", ("description",), school, codes),
        _found(CriterionReview, "assessment", 1, "code", None, ("improvement", "strengths"), school, codes),
        _found(
            StandardReview, "assessment", 2, "code", None,
            ("opening", "trend", "conclusion", "strengths", "priorities"), school, codes,
        ),
        _found(Weakness, "assessment", 3, "standard", None, ("text", "cause"), school, codes),
        _found(Assessment, "", 4, None, None, ("head",), school, codes),
    ]  # fmt: skip
    first, *others = parts
    found = [_citing(school, row, codes) for row in first.union(*others, all=True)[:MOST]]
    return sorted(
        (one for one in found if one is not None), key=lambda one: ([-ord(letter) for letter in one.year], one.place)
    )


def _found(
    model: Any, path: str, kind: int, code: str | None, level: str | None, texts: Sequence[str], school: School,
    codes: Sequence[str],
) -> QuerySet[Any]:  # fmt: skip
    """(assessment, year, state, framework, kind, code, level, words) of the rows of a model whose words have one of the codes."""
    of = f"{path}__" if path else ""
    asked = Q()
    words: list[Any] = []
    for name in texts:
        words += [Cast(name, TextField()), Value("\n")]
    for one in codes:
        asked |= Q(_words__contains=one)
    rows = model.objects.filter(school=school).alias(_words=Concat(*words, output_field=TextField())).filter(asked)
    return rows.order_by().values_list(  # type: ignore[no-any-return]
        F(f"{of}id"),
        F(f"{of}year__name"),
        F(f"{of}state"),
        F(f"{of}framework"),
        Value(kind),
        F(code) if code else Value(""),
        F(level) if level else Value(0),
        F("_words"),
    )


def _citing(school: School, row: tuple[Any, ...], codes: Sequence[str]) -> Citing | None:
    key, year, state, framework_id, kind, code, level, words = row
    by = _code_in(words, codes, framework_id)
    if by is None:
        return None
    here: dict[str, Any] = {"school": school.slug, "assessment": key}
    if kind in (0, 1):
        place = _("Tiêu chí %(code)s") % {"code": code}
        place += _(", Mức %(level)s") % {"level": level} if kind == 0 else ""
        url = reverse("assessments:criterion", kwargs={**here, "code": code})
    elif kind in (2, 3) and code:
        place = _("Tiêu chuẩn %(code)s") % {"code": code}
        url = _address("assessments:standard", {**here, "code": code}) or reverse("assessments:board", kwargs=here)
    else:
        place = _("Hạn chế của một tiêu chí") if kind == 3 else _("Phần mở đầu, kết luận")
        url = _address("assessments:report", here) or reverse("assessments:board", kwargs=here)
    return Citing(year, place, url, by, state != Assessment.State.WORKING)


def _code_in(words: str, codes: Sequence[str], framework_id: str) -> str | None:
    """Which of the codes is cited: MC.1.3.05 is not in “MC.1.3.051”."""
    style = found.evidence if (found := framework(framework_id)) else None
    said = {one.code for one in cited(words, style)} if style else set()
    for code in codes:
        if code in said:
            return code
    for code in codes:  # a code of an old list, in another way of writing codes
        at = words.find(code)
        while at >= 0:
            after = words[at + len(code) : at + len(code) + 1]
            if not after.isalnum() and not (at and words[at - 1].isalnum()):
                return code
            at = words.find(code, at + 1)
    return None


def _address(name: str, kwargs: dict[str, Any]) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
