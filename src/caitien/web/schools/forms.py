"""The forms of a school's own pages. Each wrong input gets a sentence that says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.plan.periods import DEFAULT_TERMS, FIRST_MONTH_OF_PLAN, term_bounds, years_of
from caitien.plan.text import one_space
from caitien.web.schools import names
from caitien.web.schools.models import Person, School, SchoolYear, Site

TERM_FIELDS = ("first_term_start", "first_term_end", "second_term_start", "second_term_end")
_DAY = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*[/.\-]\s*(?:tháng\s*)?(\d{1,2})(?:\s*[/.\-]\s*(?:năm\s*)?(\d{4}|\d{2}))?", re.I
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class OneSpace(forms.CharField):
    """Words on one line, in NFC, with one space between them, whatever was pasted."""

    def to_python(self, value: Any) -> str:
        return one_space(super().to_python(value))


class Day(forms.CharField):
    """A day as people write it: 05/09/2026, 5-9-26, 5.9.2026; without a year when `years` are known. Cleans to a date."""

    def __init__(
        self, *args: Any, years: tuple[int, int] | None = None, example: str = "05/09/2026", **kwargs: Any
    ) -> None:
        self.years, self.example = years, example
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "placeholder": "nn/tt/nnnn"})
        )
        super().__init__(*args, max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        if isinstance(value, date):
            return value
        text = one_space(super().clean(value))
        if not text:
            return None
        if found := _ISO.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
        elif found := _DAY.fullmatch(text):
            day, month = int(found[1]), int(found[2])
            year = self._year(found[3], month, text)
        else:
            raise ValidationError(
                _("“%(text)s” không phải là một ngày. Hãy ghi như %(example)s.")
                % {"text": text, "example": self.example}
            )
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                _("Không có ngày “%(text)s” trong lịch. Hãy xem lại ngày và tháng.") % {"text": text}
            ) from None

    def _year(self, printed: str | None, month: int, text: str) -> int:
        if printed:
            return int(printed) + (2000 if len(printed) == 2 else 0)
        if self.years is None:
            raise ValidationError(
                _("“%(text)s” thiếu năm. Hãy ghi như %(example)s.") % {"text": text, "example": self.example}
            )
        return self.years[0] if month >= FIRST_MONTH_OF_PLAN else self.years[1]


class SchoolForm(forms.ModelForm):
    """Who the school is, and what stands in the head of its documents."""

    mark_optional = False  # all but the name is

    class Meta:
        model = School
        fields = (
            "name", "code", "level", "province", "commune", "address", "phone", "email", "website",
            "parent_body", "place", "abbreviation", "head_role", "head_name",
        )  # fmt: skip
        field_classes = dict.fromkeys(
            ("name", "code", "province", "commune", "address", "phone", "website", "parent_body", "place", "abbreviation",
             "head_role", "head_name"),
            OneSpace,
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Tên trường"),
            "code": gettext_lazy("Mã trường"),
            "level": gettext_lazy("Cấp học"),
            "province": gettext_lazy("Tỉnh, thành phố"),
            "commune": gettext_lazy("Xã, phường, đặc khu"),
            "address": gettext_lazy("Địa chỉ"),
            "phone": gettext_lazy("Điện thoại"),
            "email": gettext_lazy("Thư điện tử"),
            "website": gettext_lazy("Trang thông tin điện tử"),
            "parent_body": gettext_lazy("Cơ quan chủ quản"),
            "place": gettext_lazy("Địa danh"),
            "abbreviation": gettext_lazy("Chữ viết tắt tên trường"),
            "head_role": gettext_lazy("Chức vụ người ký"),
            "head_name": gettext_lazy("Họ tên người ký"),
        }
        help_texts = {
            "code": gettext_lazy("Mã của trường trong cơ sở dữ liệu ngành, nếu có."),
            "commune": gettext_lazy("Tên từ ngày 01/7/2025, ví dụ “xã Thanh Hà”."),
            "parent_body": gettext_lazy("Dòng đầu bên trái của văn bản, ví dụ “UBND xã Thanh Hà”."),
            "place": gettext_lazy("Đứng trước ngày tháng của văn bản, ví dụ “Thanh Hà”."),
            "abbreviation": gettext_lazy("Đứng trong số, ký hiệu: “THSL” thành Số: …/KH-THSL."),
        }
        widgets = {"province": forms.TextInput(attrs={"list": "tinh", "autocomplete": "off"})}
        error_messages = {
            "name": {"required": gettext_lazy("Trường phải có tên. Hãy ghi tên đầy đủ, như trong văn bản.")},
            "email": {"invalid": gettext_lazy("Đây không phải là một địa chỉ thư, ví dụ: th.suoilim@example.edu.vn.")},
        }

    def clean_website(self) -> str:
        site = self.cleaned_data["website"]
        if site and not re.fullmatch(r"(?:https?://)?[^\s/]+\.[^\s/]+(?:/\S*)?", site):
            raise ValidationError(_("Đây không phải là một địa chỉ trang, ví dụ: thsuoilim.example.edu.vn."))
        return site


class YearForm(forms.ModelForm):
    """A school year and the days on which its terms begin and end."""

    mark_optional = False  # each day says what holds when it is left empty

    name = OneSpace(
        label=gettext_lazy("Năm học"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "2026-2027", "autocomplete": "off"}),
    )

    class Meta:
        model = SchoolYear
        fields = ("name",)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        school: School,
        instance: SchoolYear | None = None,
        **kwargs: Any,
    ) -> None:
        self.school = school
        super().__init__(data, instance=instance, **kwargs)
        printed = (
            (data or {}).get(self.add_prefix("name"))
            if data is not None
            else (instance.name if instance else self.initial.get("name"))
        )
        years = years_of(str(printed or ""))
        labels = (_("Học kỳ I bắt đầu"), _("Học kỳ I kết thúc"), _("Học kỳ II bắt đầu"), _("Học kỳ II kết thúc"))
        usual = term_defaults(years) if years else (None,) * 4
        for name, label, day in zip(TERM_FIELDS, labels, usual, strict=True):
            self.fields[name] = Day(
                label=label, years=years, required=False, example=f"{day:%d/%m/%Y}" if day else "05/09/2026"
            )
            if instance:
                self.initial[name] = getattr(instance, name)
            if day:
                self.fields[name].help_text = _("Để trống là %(day)s.") % {"day": f"{day:%d/%m/%Y}"}

    def clean_name(self) -> str:
        printed = self.cleaned_data["name"]
        years = years_of(printed)
        if years is None:
            raise ValidationError(
                _("“%s” không phải là một năm học. Hãy ghi hai năm liền nhau, ví dụ 2026-2027.") % printed
            )
        name = f"{years[0]}-{years[1]}"
        others = SchoolYear.objects.for_school(self.school).filter(name=name)
        if self.instance.pk:
            others = others.exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Trường đã có năm học %s.") % name)
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        years = years_of(cleaned.get("name"))
        days = [cleaned.get(name) for name in TERM_FIELDS]
        if years is None or any(self.errors.get(name) for name in TERM_FIELDS):
            return cleaned
        for name, day in zip(TERM_FIELDS, days, strict=True):
            if day and not date(years[0], 6, 1) <= day <= date(years[1], 8, 31):
                self.add_error(
                    name,
                    _("Ngày %(day)s không thuộc năm học %(year)s.")
                    % {"day": f"{day:%d/%m/%Y}", "year": cleaned["name"]},
                )
        if self.errors:
            return cleaned
        a, b, c, d = (day or usual for day, usual in zip(days, term_defaults(years), strict=True))
        if b <= a:
            self.add_error(
                "first_term_end", _("Học kỳ I kết thúc (%(end)s) phải sau ngày bắt đầu (%(start)s).") % _said(a, b)
            )
        if d <= c:
            self.add_error(
                "second_term_end", _("Học kỳ II kết thúc (%(end)s) phải sau ngày bắt đầu (%(start)s).") % _said(c, d)
            )
        if not self.errors and c <= b:
            self.add_error(
                "second_term_start",
                _("Học kỳ II bắt đầu (%(start)s) phải sau khi học kỳ I kết thúc (%(end)s).") % _said(c, b),
            )
        return cleaned

    def save(self, commit: bool = True) -> SchoolYear:
        for name in TERM_FIELDS:
            setattr(self.instance, name, self.cleaned_data.get(name))
        self.instance.school = self.school
        return super().save(commit)


def _said(start: date, end: date) -> dict[str, str]:
    return {"start": f"{start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"}


def term_defaults(years: tuple[int, int]) -> tuple[date, date, date, date]:
    """The days that hold where a school has set none: 5/9, 17/1, 19/1, 31/5."""
    return (*term_bounds(1, years, DEFAULT_TERMS), *term_bounds(2, years, DEFAULT_TERMS))


class SiteForm(forms.ModelForm):
    """Điểm trường."""

    class Meta:
        model = Site
        fields = ("name", "address", "is_main", "note")
        field_classes = dict.fromkeys(("name", "address", "note"), OneSpace)
        labels = {
            "name": gettext_lazy("Tên điểm trường"),
            "address": gettext_lazy("Địa chỉ"),
            "is_main": gettext_lazy("Đây là điểm trường chính"),
            "note": gettext_lazy("Ghi chú"),
        }
        error_messages = {"name": {"required": gettext_lazy("Hãy ghi tên điểm trường, ví dụ “Điểm trường bản Lót”.")}}


class PersonForm(forms.ModelForm):
    """Someone of the school, or a group."""

    name = OneSpace(
        label=gettext_lazy("Họ và tên (hoặc tên tổ, ban)"), max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên, hoặc tên tổ, ban.")},
    )  # fmt: skip
    role_title = OneSpace(
        label=gettext_lazy("Chức danh"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Ví dụ: Hiệu trưởng, Tổ trưởng tổ 4-5, Kế toán."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Là"),
        choices=(("person", gettext_lazy("một người")), ("group", gettext_lazy("tổ, nhóm, ban"))),
        widget=forms.RadioSelect,
    )
    aliases = forms.CharField(
        label=gettext_lazy("Cách ghi khác trong kế hoạch"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một cách ghi, ví dụ “Đ/c Mẩy”, “HT”. Kế hoạch ghi như vậy thì hiểu là người này."),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        error_messages={
            "invalid": gettext_lazy(
                "Đây không phải là một địa chỉ thư, ví dụ: sim@example.edu.vn. Không có thì để trống."
            )
        },
    )

    class Meta:
        model = Person
        fields = ("name", "role_title", "kind", "aliases", "email")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instance: Person | None = None,
        people: Iterable[Person] = (),
        **kwargs: Any,
    ) -> None:
        """`people`: everybody else of the school, whose names and aliases cannot be this one's alias."""
        self.others = [other for other in people if instance is None or other.pk != instance.pk]
        super().__init__(data, instance=instance, **kwargs)
        if instance is not None:
            self.initial["aliases"] = "\n".join(instance.aliases)
        self.initial.setdefault("kind", "person")

    def clean_aliases(self) -> list[str]:
        said = dict.fromkeys(one_space(part) for part in re.split(r"[\n;]", self.cleaned_data["aliases"]))
        found = [words for words in said if words]
        theirs = {
            names.key(words): other for other in self.others for words in (other.name, str(other), *other.aliases)
        }
        for words in found:
            if other := theirs.get(names.key(words)):
                raise ValidationError(
                    _("“%(words)s” đang là cách ghi của %(other)s. Nếu hai dòng là một người, hãy dùng “Gộp”.")
                    % {"words": words, "other": other}
                )
        return found

    def save(self, commit: bool = True) -> Person:
        """A name that is changed stays an alias: plans that print it still mean her."""
        if not self.instance._state.adding and "name" in self.changed_data:
            before = self.initial["name"]
            self.instance.aliases = list(dict.fromkeys([*self.instance.aliases, before]))
        known = {names.key(self.instance.name), names.key(str(self.instance))}
        self.instance.aliases = [words for words in self.instance.aliases if names.key(words) not in known]
        return super().save(commit)
