"""Forms of the import pages: the facts of a document, its legal bases, its results of earlier years."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caitien.plan.periods import years_of

SCHOOL_YEAR_EXAMPLE = "2025-2026"


class DayField(forms.CharField):
    """A day typed as a school types it, 15/10/2025; kept as ISO text."""

    def prepare_value(self, value: Any) -> Any:
        found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value or ""))
        return f"{found[3]}/{found[2]}/{found[1]}" if found else value

    def clean(self, value: Any) -> str | None:
        text = super().clean(value).strip()
        if not text:
            return None
        for pattern in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, pattern).date().isoformat()
            except ValueError:
                continue
        raise forms.ValidationError(_("Chưa hiểu ngày “%(text)s”. Hãy ghi như 15/10/2025.") % {"text": text})


def _frameworks() -> list[tuple[str, str]]:
    from caitien.standards import available

    return [("", _("— Chọn khung tiêu chuẩn —")), *((f.id, f.short_title) for f in available())]


class FactsForm(forms.Form):
    """What the head and the foot of the plan say. School year and framework must be there: dates and checks rest on them."""

    mark_optional = False  # nearly all of it is: saying so on every line would be noise
    school_year = forms.CharField(label=_("Năm học"), max_length=20, help_text=_("Ví dụ: 2025-2026"))
    framework = forms.ChoiceField(label=_("Khung tiêu chuẩn"), choices=_frameworks)
    school_name = forms.CharField(label=_("Tên trường ghi trong tệp"), max_length=300, required=False)
    title = forms.CharField(label=_("Tên kế hoạch"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    document_number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    place = forms.CharField(label=_("Địa danh"), max_length=120, required=False)
    date = DayField(label=_("Ngày ký"), required=False, help_text=_("Ví dụ: 10/09/2025"))
    signer_role = forms.CharField(label=_("Chức vụ người ký"), max_length=120, required=False)
    signer_name = forms.CharField(label=_("Người ký"), max_length=200, required=False)
    level_reached = forms.IntegerField(label=_("Mức tự đánh giá đã đạt"), min_value=0, max_value=9, required=False)

    def clean_school_year(self) -> str:
        years = years_of(self.cleaned_data["school_year"])
        if years is None:
            raise forms.ValidationError(
                _("Năm học gồm hai năm liền nhau, ví dụ %(example)s.") % {"example": SCHOOL_YEAR_EXAMPLE}
            )
        return f"{years[0]}-{years[1]}"

    def facts(self) -> dict[str, Any]:
        """The facts as plan values: an empty text is null."""
        return {name: (None if value == "" else value) for name, value in self.cleaned_data.items()}


class LegalBasisForm(forms.Form):
    mark_optional = False
    kind = forms.CharField(label=_("Loại văn bản"), max_length=120, required=False)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=120, required=False)
    date = DayField(label=_("Ngày"), required=False)
    subject = forms.CharField(label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 1}))


class PriorResultForm(forms.Form):
    mark_optional = False
    school_year = forms.CharField(label=_("Năm học"), max_length=20, required=False)
    level = forms.IntegerField(label=_("Mức"), min_value=0, max_value=9, required=False)
    assessed = forms.IntegerField(label=_("Số tiêu chí đánh giá"), min_value=0, required=False)
    met = forms.IntegerField(label=_("Số tiêu chí đạt"), min_value=0, required=False)


LegalBases = forms.formset_factory(LegalBasisForm, extra=1, can_delete=True)
PriorResults = forms.formset_factory(PriorResultForm, extra=1, can_delete=True)


def rows_of(formset: Any, read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a formset that were not deleted and are not empty, over what was read of each (fields not shown stay)."""
    rows = []
    for number, form in enumerate(formset.forms):
        given = {k: (None if v == "" else v) for k, v in form.cleaned_data.items() if k != "DELETE"}
        if form.cleaned_data.get("DELETE") or not any(v is not None for v in given.values()):
            continue
        rows.append((read[number] if number < len(read) else {}) | given)
    return rows


def default_school_year(today: date) -> str:
    """The school year that a day falls into: it begins in July, when schools plan the next one."""
    first = today.year if today.month >= 7 else today.year - 1
    return f"{first}-{first + 1}"
