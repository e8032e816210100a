"""Addresses of lists of evidence in and out, and the package."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views.package import package

urlpatterns: list[URLPattern] = [
    path("goi/", package, name="package"),
]
