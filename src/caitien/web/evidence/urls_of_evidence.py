"""Addresses of the list of evidence, one evidence, its health."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
