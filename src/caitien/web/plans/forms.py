"""The forms of an action: any of its fields, and a report of progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.web.ids import new_id
from caitien.web.plans.fields import (
    ADDED,
    FIELDS,
    STATUSES,
    Columns,
    EditField,
    NotADay,
    Year,
    iso_day,
    plain,
    vietnamese_day,
)
from caitien.web.plans.involved import PARTS as PEOPLE
from caitien.web.plans.models import ProgressEntry
from caitien.web.schools.forms import Day

FIRST_YEAR = 2000  # before it nobody reported anything here
LONGEST_TEXT = 20_000  # letters; the longest cell seen in a real plan has 1,900
DATES_OF_PERIOD = {"period_from": "period_start", "period_to": "period_end"}


class ActionForm(forms.Form):
    """The named fields of an action. `base`: the row as the editor saw it, `year`: of its plan, for dates without a year."""

    mark_optional = False  # nothing of an action is required; to say so twenty times is noise

    def __init__(self, data: Mapping[str, str] | None = None, *, names: Iterable[str], base: Any, year: Year) -> None:
        self.names = [name for name in names if name in FIELDS]
        self.base, self.year = base, year
        super().__init__(data, initial=words_of(base, self.names), auto_id="id_%s", use_required_attribute=False)
        for name in self.names:
            self.fields[name] = _form_field(FIELDS[name], base)
            if name in PEOPLE:
                self.fields[name + ADDED] = _one_more_person()
            if name == "period":
                for date_name, label in (("period_from", _("Từ ngày")), ("period_to", _("Đến ngày, hạn"))):
                    self.fields[date_name] = _day_field(label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in DATES_OF_PERIOD:
            if name in cleaned:
                try:
                    iso_day(cleaned[name])
                except NotADay:
                    self.add_error(
                        name, _("“%s” không phải là một ngày. Hãy ghi như 15/10/2025 hoặc 10/2025.") % cleaned[name]
                    )
        return cleaned

    def wanted(self) -> dict[str, Columns]:
        """Field name to columns, for the fields whose words the editor changed. Call after `is_valid()`."""
        found = {}
        for name in self.names:
            inputs = inputs_of(name)
            words = {one: self._words(one) for one in inputs}
            if any(plain(words[one]) != plain(str(self.initial.get(one, ""))) for one in inputs):
                found[name] = FIELDS[name].parsed(words, self.base, self.year)
        return found

    def _words(self, name: str) -> str:
        """What was written in an input; what it showed before, when the form did not have it."""
        said = self.cleaned_data.get(name) if name in self.data else self.initial.get(name)
        return "" if said is None else str(said)


def inputs_of(name: str) -> list[str]:
    """The inputs that a field has in a form: its own, the dates of the period, one more name for people."""
    if name == "period":
        return [name, *DATES_OF_PERIOD]
    return [name, name + ADDED] if name in PEOPLE else [name]


def words_of(row: Any, names: Iterable[str]) -> dict[str, str]:
    """What the form shows of a row: input name to words."""
    words = {name: FIELDS[name].shown(row) for name in names}
    if "period" in words:
        words |= {name: vietnamese_day(getattr(row, column)) for name, column in DATES_OF_PERIOD.items()}
    return words


class ProgressForm(forms.ModelForm):
    """Cập nhật tiến độ: made for one hand on a phone."""

    REPORTED = ("in_progress", "done", "not_started")

    text = forms.CharField(
        label=gettext_lazy("Đã làm gì"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Mức độ"), choices=[(name, STATUSES[name]) for name in REPORTED], widget=forms.RadioSelect
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Phần trăm"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    on = Day(label=gettext_lazy("Ngày (ngày/tháng/năm)"), initial=timezone.localdate)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    class Meta:
        model = ProgressEntry
        fields = ["text", "status", "percent", "on"]

    def clean_text(self) -> str:
        return plain(self.cleaned_data["text"])

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Ngày cập nhật không thể ở sau hôm nay. Hãy xem lại năm và tháng."))
        if day is not None and day.year < FIRST_YEAR:
            raise forms.ValidationError(_("Năm %s quá xa. Hãy xem lại năm.") % day.year)
        return day

    def clean_key(self) -> Any:
        return self.cleaned_data["key"] or new_id()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == "done" and "percent" in cleaned and "percent" not in self.changed_data:
            cleaned["percent"] = (
                None if cleaned["percent"] is None else 100
            )  # 40 was the report before, nobody wrote it now
        if cleaned.get("status") == "done" and cleaned.get("percent") not in (None, 100):
            self.add_error("percent", _("Mục đã hoàn thành thì phần trăm là 100, hoặc để trống."))
        return cleaned


def _form_field(field: EditField, base: Any) -> forms.Field:
    common = {"label": field.label, "help_text": field.help, "required": False}
    if field.name == "progress_status":
        choices = [
            (value, label) for value, label in STATUSES.items() if value != "overdue" or base.progress_status == value
        ]
        return forms.ChoiceField(choices=choices, **common)
    if field.name == "progress_percent":
        return forms.IntegerField(min_value=0, max_value=100, **common)
    widget = forms.Textarea(attrs={"rows": field.rows}) if field.rows > 1 else forms.TextInput()
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **common)


def _one_more_person() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Thêm một người của trường"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Gõ vài chữ để chọn trong danh sách của trường, hoặc ghi tên mới."),
        widget=forms.TextInput(attrs={"list": "nguoi-cua-truong", "autocomplete": "off"}),
    )


def _day_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "15/10/2025", "inputmode": "numeric", "autocomplete": "off"}),
    )
