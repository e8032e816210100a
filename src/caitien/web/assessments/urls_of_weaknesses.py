"""Addresses of standards, weaknesses, and the actions that answer them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
