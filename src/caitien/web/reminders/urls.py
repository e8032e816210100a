"""Addresses of one's own work and of reminders; what is of one school stands below /truong/<school>/."""

from __future__ import annotations

from django.urls import path

from caitien.web.reminders.views.choices import choices, letter, stop
from caitien.web.reminders.views.feed import calendar
from caitien.web.reminders.views.identity import claims, who_am_i
from caitien.web.reminders.views.mine import my_work, my_work_json
from caitien.web.reminders.views.school import school

app_name = "reminders"
urlpatterns = [
    path("viec-cua-toi/", my_work, name="my_work"),
    path("viec-cua-toi/json/", my_work_json, name="my_work_json"),
    path("viec-cua-toi/nhac-viec/", choices, name="choices"),
    path("viec-cua-toi/nhac-viec/thu-hom-nay/", letter, name="letter"),
    path("thoi-nhac/<str:token>/", stop, name="stop"),
    path("lich/<str:token>.ics", calendar, name="calendar"),
    path("truong/<slug:school>/nhac-viec/", school, name="school"),
    path("truong/<slug:school>/toi-la-ai/", who_am_i, name="who_am_i"),
    path("truong/<slug:school>/ai-la-ai/", claims, name="claims"),
]
