"""Addresses of the level board, what-if, life of the criteria."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
