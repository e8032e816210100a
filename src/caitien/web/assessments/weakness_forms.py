"""The form of a weakness: what it is, its cause core, how urgent, which criteria it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caitien.standards.model import Framework
from caitien.web.assessments.models import Weakness
from caitien.web.assessments.words import NotKept, text_of

LONGEST = 4_000  # letters of a weakness, or of its cause


class WeaknessForm(forms.Form):
    """`base`: the weakness as the editor saw it (or an empty one with its standard, or its criterion)."""

    text = forms.CharField(
        label=_("Hạn chế"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Một việc cụ thể còn yếu, có số liệu nếu có. Có thể viện dẫn mã minh chứng."),
        error_messages={"required": _("Hãy viết hạn chế.")},
    )
    cause = forms.CharField(
        label=_("Nguyên nhân cốt lõi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vì sao có hạn chế này? Kế hoạch cải tiến sẽ nhằm vào nguyên nhân."),
    )
    priority = forms.ChoiceField(
        label=_("Mức ưu tiên"), required=False, choices=[("", _("chưa xếp")), *Weakness.Priority.choices]
    )
    criteria = forms.MultipleChoiceField(
        label=_("Tiêu chí liên quan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Tiêu chuẩn này không có tiêu chí %(value)s.")},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, base: Weakness | Any, framework: Framework) -> None:
        initial = {name: getattr(base, name) for name in ("text", "cause", "priority", "criteria")}
        super().__init__(data, initial=initial, use_required_attribute=False)
        codes = criteria_for(base, framework)
        if codes:
            self.fields["criteria"].choices = codes  # type: ignore[attr-defined]
        else:
            del self.fields["criteria"]

    def clean_text(self) -> str:
        return self._words("text")

    def clean_cause(self) -> str:
        return self._words("cause")

    def _words(self, name: str) -> str:
        try:
            return text_of(self.cleaned_data[name], LONGEST).strip()
        except NotKept as refused:
            raise forms.ValidationError(str(refused)) from None

    def wanted(self) -> dict[str, Any]:
        """The columns that the editor changed; what her form did not hold stays out. Call after `is_valid()`."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if (name in self.data or name == "criteria") and value != self.initial[name]
        }


def criteria_for(base: Any, framework: Framework) -> list[tuple[str, str]]:
    """(code, words) of the criteria that a weakness can concern: those of its standard; none to choose on a criterion's sheet.

    Codes that it has and the framework does not have any more stay to be chosen.
    """
    if base.criterion:
        return []
    standard = next((one for one in framework.standards if one.code == base.standard), None)
    found = [(one.code, f"{one.code} {one.title}") for one in standard.criteria] if standard else []
    known = {code for code, _words in found}
    return [*found, *((code, code) for code in base.criteria if code not in known)]
