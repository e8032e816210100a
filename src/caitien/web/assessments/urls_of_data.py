"""Addresses of school data."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.assessments.views.data import data, level
from caitien.web.assessments.views.data_cells import cells, undo_batch
from caitien.web.assessments.views.data_file import data_workbook, take_in
from caitien.web.assessments.views.data_history import carry_over, from_profile, history, restore_version
from caitien.web.assessments.views.data_table import table

urlpatterns: list[URLPattern] = [
    path("so-lieu/", data, name="data"),
    path("so-lieu/cap-hoc/", level, name="data_level"),
    path("so-lieu/nam-truoc/", carry_over, name="data_carry"),
    path("so-lieu/ho-so/", from_profile, name="data_profile"),
    path("so-lieu/tep/", data_workbook, name="data_workbook"),
    path("so-lieu/nhap-tep/", take_in, name="data_take_in"),
    path("so-lieu/bang/<slug:table>/", table, name="data_table"),
    path("so-lieu/bang/<slug:table>/o/", cells, name="data_cells"),
    path("so-lieu/bang/<slug:table>/hoan-tac/<uuid:batch>/", undo_batch, name="data_undo"),
    path("so-lieu/bang/<slug:table>/lich-su/", history, name="data_history"),
    path("so-lieu/bang/<slug:table>/khoi-phuc/<int:version>/", restore_version, name="data_restore"),
]
