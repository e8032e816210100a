"""Addresses of one's own work and of reminders; what is of one school stands below /truong/<school>/."""

from __future__ import annotations

from django.urls import path

from caitien.web.reminders.views.identity import claims, who_am_i
from caitien.web.reminders.views.mine import my_work, my_work_json

app_name = "reminders"
urlpatterns = [
    path("viec-cua-toi/", my_work, name="my_work"),
    path("viec-cua-toi/json/", my_work_json, name="my_work_json"),
    path("truong/<slug:school>/toi-la-ai/", who_am_i, name="who_am_i"),
    path("truong/<slug:school>/ai-la-ai/", claims, name="claims"),
]
