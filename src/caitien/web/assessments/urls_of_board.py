"""Addresses of the level board, what-if, life of the criteria."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.board import board
from caitien.web.assessments.views.changes import changes
from caitien.web.assessments.views.findings import findings
from caitien.web.assessments.views.try_levels import try_levels

urlpatterns = [
    path("", board, name="board"),
    path("thu-muc/", try_levels, name="try_levels"),
    path("lich-su/", changes, name="changes"),
    path("soat-loi/", findings, name="findings"),
]
