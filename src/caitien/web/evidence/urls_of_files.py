"""Addresses of files: looking at them, taking them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
