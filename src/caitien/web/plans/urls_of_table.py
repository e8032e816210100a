"""Addresses of the plan's table: cells, rows, many rows at once, columns, undoing."""

from __future__ import annotations

from django.urls import path

from caitien.web.plans.views.bulk import bulk
from caitien.web.plans.views.cells import cells
from caitien.web.plans.views.plan import columns
from caitien.web.plans.views.table_rows import add, move
from caitien.web.plans.views.undo import undo_many

urlpatterns = [
    path("o/", cells, name="cells"),
    path("chon-cot/", columns, name="columns"),
    path("them-muc/", add, name="add"),
    path("doi-cho/", move, name="move"),
    path("nhieu-muc/", bulk, name="bulk"),
    path("hoan-tac/lo/<uuid:batch>/", undo_many, name="undo_batch"),
]
