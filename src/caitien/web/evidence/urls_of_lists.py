"""Addresses of lists of evidence in and out, and the package."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
