"""Addresses of school data."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.assessments.views.data import data, level
from caitien.web.assessments.views.data_cells import cells, undo_batch
from caitien.web.assessments.views.data_table import table

urlpatterns: list[URLPattern] = [
    path("so-lieu/", data, name="data"),
    path("so-lieu/cap-hoc/", level, name="data_level"),
    path("so-lieu/bang/<slug:table>/", table, name="data_table"),
    path("so-lieu/bang/<slug:table>/o/", cells, name="data_cells"),
    path("so-lieu/bang/<slug:table>/hoan-tac/<uuid:batch>/", undo_batch, name="data_undo"),
]
