"""What people write about a member of the council and about a group: the fields of their forms, words to columns. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from caitien.plan.people import split_people
from caitien.web.assessments.models import CouncilMember, WorkingGroup
from caitien.web.plans.fields import plain
from caitien.web.plans.head_parts import HeadField, NotUsable, value_of, words
from caitien.web.sent import storable

LONGEST = {"name": 200, "post": 200, "gender": 20, "leader": 200}
PEOPLE = ("members",)
"""Fields of people: a line, or a semicolon, between one and the next."""

MEMBER: tuple[HeadField, ...] = (
    HeadField("name", _("Họ và tên"), help=_("Ghi như sẽ in trong quyết định. Người chưa có tài khoản cũng ghi được.")),
    HeadField("post", _("Chức vụ, đơn vị"), help=_("Ví dụ: Phó Hiệu trưởng; Tổ trưởng tổ 4, 5.")),
    HeadField("role", _("Nhiệm vụ trong hội đồng"), "choice", choices=tuple(CouncilMember.Role.choices)),
    HeadField("gender", _("Giới tính"), "choice", choices=(("", _("không ghi")), ("Nam", _("Nam")), ("Nữ", _("Nữ")))),
    HeadField("tasks", _("Việc được giao"), "lines", _("Mỗi dòng một việc.")),
    HeadField("note", _("Ghi chú"), "area"),
)
GROUP: tuple[HeadField, ...] = (
    HeadField("name", _("Tên nhóm"), help=_("Ví dụ: Nhóm công tác 1.")),
    HeadField("kind", _("Loại"), "choice", choices=tuple(WorkingGroup.Kind.choices)),
    HeadField("leader", _("Nhóm trưởng")),
    HeadField("members", _("Thành viên"), "lines", _("Mỗi dòng một người.")),
    HeadField("tasks", _("Nhiệm vụ"), "lines", _("Mỗi dòng một việc.")),
)


def fields_of(model: Any) -> tuple[HeadField, ...]:
    return MEMBER if model is CouncilMember else GROUP


def wanted(model: Any, base: Any, sent: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Column to value of the fields that differ from `base`; field to sentence of what cannot be used."""
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields_of(model):
        if field.path not in sent:
            continue
        text = storable(sent[field.path])
        before = getattr(base, field.path)
        if plain(text) == plain(words(field, before)):
            continue
        try:
            value = value_of(field, text)
        except NotUsable as error:
            errors[field.path] = str(error)
            continue
        if field.path in PEOPLE:
            value = list(dict.fromkeys(name for line in value for name in split_people(line)))
        if field.kind == "choice" and value is None and "" not in dict(field.choices):
            continue  # nothing that can be chosen was sent: as it was
        value = value if value is not None else ""
        if len(value) > LONGEST.get(field.path, len(value)):
            errors[field.path] = _now("Dài quá %s chữ cái. Hãy ghi ngắn lại.") % LONGEST[field.path]
        elif value != before:
            found[field.path] = value
    name = found.get("name", base.name)
    if not name.strip() and "name" not in errors:
        errors["name"] = _now("Hãy ghi tên.")
    return found, errors


def inputs(model: Any, row: Any, sent: Mapping[str, str] | None, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields as a template shows them: `field`, `value`, `error`."""
    return [
        {
            "field": field,
            "value": sent[field.path] if sent is not None and field.path in sent else words(field, getattr(row, field.path)),
            "error": errors.get(field.path, ""),
        }
        for field in fields_of(model)
    ]  # fmt: skip
