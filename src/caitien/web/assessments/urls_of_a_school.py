"""Addresses of a school's self-assessments: where one lands, a new one."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
