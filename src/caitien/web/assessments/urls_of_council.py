"""Addresses of the council, its groups, the legal calendar."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.assignments import assignments
from caitien.web.assessments.views.calendar import calendar, calendar_date
from caitien.web.assessments.views.council import (
    council,
    council_changes,
    council_suggest,
    group_add,
    group_edit,
    group_move,
    group_remove,
    group_restore,
    member_add,
    member_edit,
    member_move,
    member_remove,
    member_restore,
)

urlpatterns = [
    path("hoi-dong/", council, name="council"),
    path("hoi-dong/de-xuat/", council_suggest, name="council_suggest"),
    path("hoi-dong/lich-su/", council_changes, name="council_changes"),
    path("hoi-dong/them/", member_add, name="member_add"),
    path("hoi-dong/<uuid:member>/", member_edit, name="member_edit"),
    path("hoi-dong/<uuid:member>/bo/", member_remove, name="member_remove"),
    path("hoi-dong/<uuid:member>/lay-lai/", member_restore, name="member_restore"),
    path("hoi-dong/<uuid:member>/cho/", member_move, name="member_move"),
    path("nhom/them/", group_add, name="group_add"),
    path("nhom/<uuid:group>/", group_edit, name="group_edit"),
    path("nhom/<uuid:group>/bo/", group_remove, name="group_remove"),
    path("nhom/<uuid:group>/lay-lai/", group_restore, name="group_restore"),
    path("nhom/<uuid:group>/cho/", group_move, name="group_move"),
    path("phan-cong/", assignments, name="assignments"),
    path("lich/", calendar, name="calendar"),
    path("lich/<slug:event>/", calendar_date, name="calendar_date"),
]
