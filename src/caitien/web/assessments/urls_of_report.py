"""Addresses of the words of the whole report, its documents, its approval."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
