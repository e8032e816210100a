"""Addresses of the alternative: Django's admin with the table of actions, and the program that serves it."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.contrib import admin  # noqa: E402  (models can be imported only now)
from django.urls import path  # noqa: E402

from caitien.web.assessments.models import LevelReview  # noqa: E402
from caitien.web.evidence.models import Evidence  # noqa: E402
from caitien.web.plans.models import Action  # noqa: E402


class ActionList(admin.ModelAdmin):
    list_display = ("criteria", "content", "responsible", "period_text", "ends_on", "progress_status", "budget_vnd")
    list_filter = ("progress_status",)
    list_per_page = 60


class LevelList(admin.ModelAdmin):
    list_display = ("criterion", "level", "judged", "changed_by", "changed_at")
    list_filter = ("judged",)
    list_select_related = ("changed_by",)


class EvidenceList(admin.ModelAdmin):
    list_display = ("code", "name", "number", "date", "issuer", "state", "valid_until", "created_by", "created_at")
    list_filter = ("state", "sensitive")
    list_select_related = ("created_by",)
    list_per_page = 50


if not admin.site.is_registered(Action):
    admin.site.register(Action, ActionList)
    admin.site.register(Evidence, EvidenceList)
    admin.site.register(LevelReview, LevelList)
urlpatterns = [path("admin/", admin.site.urls)]
