"""The form of a vấn đề trọng tâm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from caitien.web.plans.decisions import NotAnswered, known_codes
from caitien.web.plans.fields import Columns, plain
from caitien.web.plans.forms import LONGEST_TEXT
from caitien.web.plans.issue_fields import ISSUE_FIELDS, codes_in


class IssueForm(forms.Form):
    """All fields of an issue. `base`: the issue as the editor saw it (or an empty one), `framework`: of its plan."""

    mark_optional = False

    def __init__(self, data: Mapping[str, str] | None = None, *, base: Any, framework: str | None) -> None:
        self.base, self.framework = base, framework
        initial = {name: field.shown(base) for name, field in ISSUE_FIELDS.items()}
        super().__init__(data, initial=initial, use_required_attribute=False)
        for name, field in ISSUE_FIELDS.items():
            widget = forms.Textarea(attrs={"rows": field.rows}) if field.rows > 1 else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=field.label, help_text=field.help, required=False, max_length=LONGEST_TEXT, widget=widget
            )

    def clean_criteria(self) -> str:
        words = self.cleaned_data["criteria"]
        codes = codes_in(words)
        if codes and codes != self.base.criteria:
            try:
                known_codes(self.framework, codes)
            except NotAnswered as error:
                raise forms.ValidationError(str(error)) from None
        return words

    def wanted(self) -> dict[str, Columns]:
        """Field name to columns, for the fields whose words the editor changed. Call after `is_valid()`."""
        said = {name: self.cleaned_data[name] if name in self.data else self.initial[name] for name in ISSUE_FIELDS}
        return {
            name: ISSUE_FIELDS[name].parsed(said, self.base, None)
            for name in ISSUE_FIELDS
            if plain(said[name]) != plain(self.initial[name])
        }

    def columns(self) -> Columns:
        """All columns, for a new issue."""
        columns: Columns = {}
        for field in ISSUE_FIELDS.values():
            columns |= field.parsed(self.cleaned_data, self.base, None)
        return columns
