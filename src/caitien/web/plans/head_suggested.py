"""What can be proposed for the head of a plan: legal bases of its framework, usual purposes, organisation, rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.standards import find_document, legal_documents, school_year_day
from caitien.web.frameworks.words import MARKS
from caitien.web.plans.frameworks import framework

RULES_OF_LEVELS = {
    "Điều lệ trường phổ thông": ("tieu_hoc", "thcs", "thpt", "th_thcs", "thcs_thpt", "nhieu_cap"),
    "Điều lệ trường tiểu học": ("tieu_hoc", "th_thcs", "nhieu_cap"),
    "Điều lệ trường trung học": ("thcs", "thpt", "th_thcs", "thcs_thpt", "nhieu_cap"),
    "Điều lệ trường mầm non": ("mam_non", "nhieu_cap"),
}


@dataclass(frozen=True, slots=True)
class SuggestedBasis:
    """A legal basis that could stand in the plan. `how_sure`: where the fact comes from, in words."""

    basis: dict[str, Any]
    name: str
    how_sure: str
    key: str


def legal_bases(head: Mapping[str, Any], framework_id: str | None, level: str | None) -> list[SuggestedBasis]:
    """The circular of the framework, what amends it, and the school's charter, in force and not cited yet."""
    day = school_year_day(head.get("school_year")) or date.today()
    found = framework(framework_id)
    cited = {d.number for b in head.get("legal_bases") or [] if (d := _known(b)) is not None}
    wanted = []
    if found is not None:
        wanted.append(find_document(found.document.number, found.document.kind))
        wanted += [find_document(amended) for amended in getattr(found.document, "amended_by", ())[:2] if isinstance(amended, str)]  # fmt: skip
    wanted += [d for d in legal_documents() if level and level in RULES_OF_LEVELS.get(d.subject, ())]
    wanted += [d for d in legal_documents() if d.number == "09/2024/TT-BGDĐT"]
    return [
        SuggestedBasis(
            {"kind": d.kind, "number": d.number, "date": d.issued.isoformat() if d.issued else None, "subject": f"về {d.subject[:1].lower()}{d.subject[1:]}"},
            f"{d.kind} {d.number}",
            str(MARKS[d.mark][0]),
            d.number,
        )
        for d in dict.fromkeys(one for one in wanted if one is not None)
        if d.number not in cited and not d.is_repealed_on(day)
    ]  # fmt: skip


def warnings_of_bases(bases: Sequence[Mapping[str, Any]], school_year: str | None) -> list[str]:
    """A sentence for each basis that is no longer in force when the school year opens ("" for the others)."""
    day = school_year_day(school_year) or date.today()
    found = []
    for basis in bases:
        document = _known(basis)
        if document is None or not document.is_repealed_on(day):
            found.append("")
            continue
        said = {"name": document.name, "day": f"{document.repealed:%d/%m/%Y}", "by": document.repealed_by or ""}
        found.append(
            _("%(name)s hết hiệu lực từ %(day)s, thay bằng %(by)s.") % said
            if document.repealed_by
            else _("%(name)s hết hiệu lực từ %(day)s.") % said
        )
    return found


def texts(path: str) -> list[Any] | None:
    """What the program proposes for a part that is empty: lines, or rows. None where it proposes nothing."""
    from caitien.writing.forms.tt57_bieu_2 import ORGANISATION, PURPOSES, ROUNDS

    if path == "purposes":
        return list(PURPOSES)
    if path == "organisation":
        return [{"role": role.role, "tasks": list(role.tasks)} for role in ORGANISATION]
    if path == "monitoring":
        content = gettext_noop("Tiến độ, kết quả từng mục của kế hoạch; minh chứng; việc cần điều chỉnh")
        return [{"round": each, "content": content, "result": None, "adjustment": None, "reviewer": None} for each in ROUNDS]  # fmt: skip
    return None


def _known(basis: Mapping[str, Any]) -> Any:
    return find_document(basis["number"], basis.get("kind")) if basis.get("number") else None
