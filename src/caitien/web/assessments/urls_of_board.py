"""Addresses of the level board, what-if, life of the criteria."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.board import board

urlpatterns = [path("", board, name="board")]
