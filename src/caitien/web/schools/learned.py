"""What an imported plan says of the school fills what the school has not said of itself yet, so that nobody types it twice."""

from __future__ import annotations

import re
from typing import Any

from caitien.plan.text import one_space
from caitien.web.schools.models import School

ACRONYMS = {"UBND", "GD&ĐT", "GDĐT", "GD-ĐT", "GD", "ĐT", "VH-XH"}
_KINDS = re.compile(r"(?<=\s)(?:Xã|Phường|Huyện|Quận|Tỉnh|Thành Phố|Thị Trấn|Thị Xã|Đặc Khu|Ban Nhân Dân)(?=\s|$)")
_ABBREVIATION = re.compile(r"/\s*[A-ZĐ]+\s*-\s*(?P<school>[\w&.-]*\w[\w&.-]*)$")
_COMMUNE = re.compile(
    r"^(?:UBND|ủy ban nhân dân|uỷ ban nhân dân)\s+(?P<commune>(?:xã|phường|đặc khu)\s+\S.*)$", re.IGNORECASE
)


def facts_of(plan: Any) -> dict[str, str]:
    """Field of School -> what the plan's head and foot say. `plan`: an ImprovementPlan."""
    info, of_school = plan.document, plan.school
    parent = sentence_case(info.parent_body)
    number = _ABBREVIATION.search(one_space(info.number))
    commune = _COMMUNE.match(parent)
    found = {
        "code": of_school.code,
        "address": of_school.address,
        "parent_body": parent,
        "commune": commune["commune"] if commune else "",
        "place": sentence_case(info.place),
        "abbreviation": number["school"] if number else "",
        "head_name": sentence_case(info.signer.name),
    }
    said = {name: one_space(value) for name, value in found.items()}
    return {
        name: value for name, value in said.items() if value and len(value) <= School._meta.get_field(name).max_length
    }


def sentence_case(text: str | None) -> str:
    """ "UBND XÃ THANH HÀ" is "UBND xã Thanh Hà"; what is not in capitals stays as it is."""
    text = one_space(text)
    if not text.isupper() or text in ACRONYMS:
        return text
    capitals = " ".join(word if word in ACRONYMS else word.capitalize() for word in text.split(" "))
    capitals = capitals.replace("Giáo Dục Và Đào Tạo", "Giáo dục và Đào tạo")
    return _KINDS.sub(lambda found: found[0].lower(), capitals)


def learn(school: School, plan: Any, user: Any) -> list[str]:
    """Fills the fields of the school that are empty. Returns their names; the history says whence they came."""
    row = School.objects.get(pk=school.pk)
    filled = {name: value for name, value in facts_of(plan).items() if not getattr(row, name)}
    if filled:
        for name, value in filled.items():
            setattr(row, name, value)
            setattr(school, name, value)
        row._history_user = user if getattr(user, "pk", None) else None
        row._change_reason = "theo tệp kế hoạch đã nhập"
        row.save(update_fields=list(filled))
    return list(filled)
