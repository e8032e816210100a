"""How do I want to be reminded?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caitien.web.reminders.models import ReminderChoice


class ChoiceForm(forms.ModelForm):
    """The letters: how often, in which language."""

    mark_optional = False

    class Meta:
        model = ReminderChoice
        fields = ["digest", "language"]
        widgets = {"digest": forms.RadioSelect, "language": forms.RadioSelect}
        labels = {"digest": _("Thư nhắc việc"), "language": _("Ngôn ngữ của thư")}
        error_messages = {
            "digest": {"invalid_choice": _("Hãy chọn một trong các cách."), "required": _("Hãy chọn một cách.")},
            "language": {"invalid_choice": _("Hãy chọn một ngôn ngữ."), "required": _("Hãy chọn một ngôn ngữ.")},
        }
