"""The forms of an action: any of its fields, and a report of progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.web.plans.fields import FIELDS, STATUSES, Columns, EditField, NotADay, iso_day, plain, vietnamese_day
from caitien.web.plans.models import ProgressEntry

LONGEST_TEXT = 20_000  # letters; the longest cell seen in a real plan has 1,900
DATES_OF_PERIOD = {"period_from": "period_start", "period_to": "period_end"}


class ActionForm(forms.Form):
    """The named fields of an action. `base`: the row as the editor saw it, `year`: "2025-2026", for dates without a year."""

    mark_optional = False  # nothing of an action is required; to say so twenty times is noise

    def __init__(
        self, data: Mapping[str, str] | None = None, *, names: Iterable[str], base: Any, year: str | None
    ) -> None:
        self.names = [name for name in names if name in FIELDS]
        self.base, self.year = base, year
        super().__init__(data, initial=words_of(base, self.names), auto_id="id_%s", use_required_attribute=False)
        for name in self.names:
            self.fields[name] = _form_field(FIELDS[name], base)
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
            inputs = [name, *(DATES_OF_PERIOD if name == "period" else ())]
            words = {one: self._words(one) for one in inputs}
            if any(plain(words[one]) != plain(str(self.initial.get(one, ""))) for one in inputs):
                found[name] = FIELDS[name].parsed(words, self.base, self.year)
        return found

    def _words(self, name: str) -> str:
        """What was written in an input; what it showed before, when the form did not have it."""
        said = self.cleaned_data.get(name) if name in self.data else self.initial.get(name)
        return "" if said is None else str(said)


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
    on = forms.DateField(
        label=gettext_lazy("Ngày (ngày/tháng/năm)"),
        initial=timezone.localdate,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        # not type=date: an English browser would show 05/06 the other way round
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = ProgressEntry
        fields = ["text", "status", "percent", "on"]

    def clean_text(self) -> str:
        return plain(self.cleaned_data["text"])

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


def _day_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "15/10/2025", "inputmode": "numeric", "autocomplete": "off"}),
    )
