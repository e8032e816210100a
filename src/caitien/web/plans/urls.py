"""Addresses of plans, below /truong/<school>/ke-hoach/."""

from __future__ import annotations

from django.urls import include, path

from caitien.web.plans.urls_of_planning import of_a_school
from caitien.web.plans.views.board import board
from caitien.web.plans.views.calendar import calendar
from caitien.web.plans.views.calendar_file import plan_ics
from caitien.web.plans.views.export import export
from caitien.web.plans.views.findings import apply_fix, dismiss, findings, restore_finding
from caitien.web.plans.views.paste import paste
from caitien.web.plans.views.plan import plan, plan_json
from caitien.web.plans.views.situation import picture, situation
from caitien.web.plans.views.timeline import timeline
from caitien.web.plans.views.undo import undo

app_name = "plans"

of_a_plan = [
    path("", plan, name="plan"),
    path("cot/", board, name="board"),
    path("thoi-gian/", timeline, name="timeline"),
    path("lich/", calendar, name="calendar"),
    path("lich.ics", plan_ics, name="plan_ics"),
    path("tinh-hinh/", situation, name="situation"),
    path("tinh-hinh/<slug:picture>.svg", picture, name="picture"),
    path("dan/", paste, name="paste"),
    path("json/", plan_json, name="plan_json"),
    path("xuat/<slug:form>.<slug:format>", export, name="export"),
    path("soat-loi/", findings, name="findings"),
    path("soat-loi/sua-giup/", apply_fix, name="apply_fix"),
    path("soat-loi/bo-qua/", dismiss, name="dismiss"),
    path("soat-loi/bo-qua/<uuid:dismissal>/huy/", restore_finding, name="restore_finding"),
    path("hoan-tac/<uuid:record>/", undo, name="undo"),
    path("", include("caitien.web.plans.urls_of_actions")),
    path("", include("caitien.web.plans.urls_of_table")),
    path("", include("caitien.web.plans.urls_of_life")),
    path("", include("caitien.web.plans.urls_of_planning")),
]
urlpatterns = [*of_a_school, path("<uuid:plan>/", include(of_a_plan))]
