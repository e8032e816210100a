"""Addresses of the list of evidence, one evidence, its health."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import listing, one

urlpatterns: list[URLPattern] = [
    path("", listing.evidence_list, name="list"),
    path("<uuid:evidence>/", one.evidence, name="evidence"),
]
