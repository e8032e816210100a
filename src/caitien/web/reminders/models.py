"""What a user chose about reminders, and what users say they are, until a leader has said that it is so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from caitien.web.ids import new_id
from caitien.web.schools.models import Person
from caitien.web.schools.owned import SchoolOwned


class ReminderChoice(models.Model):
    """How a user wants to be reminded, in all her schools. No row: the defaults."""

    class Digest(models.TextChoices):
        OFF = "off", _("Không gửi thư")
        WEEKLY = "weekly", _("Thứ Hai hằng tuần")
        DAILY = "daily", _("Những ngày có việc đến hạn, và thứ Hai hằng tuần")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choice")
    digest = models.CharField("thư nhắc việc", max_length=8, choices=Digest.choices, default=Digest.WEEKLY)
    language = models.CharField("ngôn ngữ của thư", max_length=8, choices=settings.LANGUAGES, default="vi")
    sent_on = models.DateField(null=True, blank=True)  # the day for which the last digest was taken in hand
    calendar_seed = models.CharField(max_length=40, blank=True)  # of the private address; another seed, another address
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_digest_display()}"


class IdentityClaim(SchoolOwned):
    """That a user says she is a person of the school. It joins nothing until a leader has agreed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"], condition=models.Q(settled_at=None), name="one_open_identity_claim_a_school"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} = {self.person}"
