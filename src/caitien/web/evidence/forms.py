"""The form of what people write about an evidence, and how two people's words of it are shown to the second."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caitien.plan.text import lines_of, one_space
from caitien.web.evidence.models import Evidence
from caitien.web.plans.merge import Clash
from caitien.web.schools.forms import Day
from caitien.web.ui import vietnamese

LONGEST_TEXT = 8_000
_LIKE_A_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
KEPT_APART = ("summary", "note", "sensitive")
"""Fields of sensitive evidence that only those see and change who may open it."""
MINE, THEIRS, BOTH = "toi", "nguoi-khac", "ca-hai"
JOINABLE = ("summary", "place", "note")


class EvidenceForm(forms.Form):
    """What people write about an evidence. `fields`: those that were asked for (None: all); others are taken out."""

    name = forms.CharField(
        label=_("Tên minh chứng"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Như ghi trên văn bản: “Quyết định thành lập hội đồng trường”."),
        error_messages={"required": _("Hãy ghi tên minh chứng.")},
    )
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=120, required=False)
    date = forms.CharField(
        label=_("Ngày ban hành"),
        max_length=60,
        required=False,
        help_text=_("Ngày (05/09/2026), tháng (9/2026), hoặc như trên văn bản (năm học 2025-2026)."),
    )
    issuer = forms.CharField(label=_("Nơi ban hành, người thực hiện"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("Trích yếu"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(
        label=_("Nơi lưu bản giấy"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Như: Hộp 3, phòng văn thư."),
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    box = forms.CharField(
        label=_("Hộp"),
        max_length=10,
        required=False,
        help_text=_("Số hộp trong mã kiểu [H1-1.1-01]; chỉ dùng khi cấp mã."),
    )
    valid_until = Day(label=_("Có hiệu lực đến ngày"), required=False)
    sensitive = forms.BooleanField(
        label=_("Có thông tin cần giữ kín (hồ sơ học sinh, sức khỏe, kỷ luật)"),
        required=False,
        help_text=_(
            "Mọi người thấy tên trong danh mục; chỉ người có quyền mở được tệp, và mỗi lần mở đều được ghi lại."
        ),
    )

    def __init__(self, *args: Any, names: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [one for one in self.fields if names is not None and one not in names]:
            del self.fields[name]

    def clean_name(self) -> str:
        return one_space(self.cleaned_data["name"])

    def clean_date(self) -> str:
        return day_or_words(self.cleaned_data["date"])

    def _lines(self, name: str) -> str:
        return "\n".join(lines_of(self.cleaned_data[name]))

    def clean_number(self) -> str:
        return one_space(self.cleaned_data["number"])

    def clean_issuer(self) -> str:
        return one_space(self.cleaned_data["issuer"])

    def clean_summary(self) -> str:
        return self._lines("summary")

    def clean_place(self) -> str:
        return self._lines("place")

    def clean_note(self) -> str:
        return self._lines("note")


def day_or_words(said: str) -> str:
    """A day as ISO, a month as "2026-09", anything else as written.

    Raises ValidationError for what is written like a day and is none (31/02/2026).
    """
    text = one_space(said)
    try:
        found = Day(required=False).clean(text)
    except ValidationError:
        if _LIKE_A_DAY.fullmatch(text):
            raise
        found = None
    if found is not None:
        return found.isoformat()
    month, slash, year = text.partition("/")
    if slash and month.isdecimal() and year.isdecimal() and len(year) == 4 and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02d}"
    return text


def words_of(row: Any, names: Collection[str]) -> dict[str, Any]:
    """An evidence (or an older version of it) as the form's initial words."""
    return {name: _written(name, getattr(row, name)) for name in names}


def shown(name: str, value: Any) -> str:
    """A value of a field as a person reads it."""
    if name == "sensitive":
        return str(_("cần giữ kín") if value else _("không cần giữ kín"))
    return str(_written(name, value) or "")


def _written(name: str, value: Any) -> Any:
    if isinstance(value, date) or (name == "date" and value):
        return vietnamese.day(value)
    return value


@dataclass(frozen=True, slots=True)
class ShownClash:
    """A field that two people changed. `again`: what is sent when she keeps hers."""

    name: str
    label: Any
    mine: str
    theirs: str
    again: str
    joinable: bool


def clashes_of(clashes: Collection[Clash]) -> list[ShownClash]:
    found = []
    for one in clashes:
        mine, theirs = one.mine[one.field], one.theirs[one.field]
        label = EvidenceForm.base_fields[one.field].label
        again = ("on" if mine else "") if one.field == "sensitive" else shown(one.field, mine)
        found.append(
            ShownClash(one.field, label, shown(one.field, mine), shown(one.field, theirs), again, one.field in JOINABLE)
        )
    return found


def settled(sent: Any, row: Evidence) -> dict[str, Any]:
    """What the page of a clash sent, as an ordinary form: where she took the other's words the field is left out."""
    data = {name: sent.get(name) for name in sent}
    names = sent.getlist("truong")
    for name in list(names):
        choice = sent.get(f"chon_{name}")
        if choice == THEIRS:
            names.remove(name)
        elif choice == BOTH and name in JOINABLE:
            data[name] = "\n".join(part for part in (getattr(row, name), data.get(name)) if part)
    return {**data, "truong": names}


def names_for(row: Evidence, sent: Mapping[str, Any] | None, *, may_open: bool, boxes: bool) -> list[str]:
    """The fields of the form: what is kept apart only for who may open it, the box where codes have one."""
    every = [name for name in EvidenceForm.base_fields if may_open or not row.sensitive or name not in KEPT_APART]
    if not (boxes or row.box):
        every.remove("box")
    asked = None if sent is None else sent.get("truong")
    return every if asked is None else [name for name in every if name in asked]
