"""Addresses of the list of evidence, one evidence, its health."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import listing, many, one

urlpatterns: list[URLPattern] = [
    path("", listing.evidence_list, name="list"),
    path("nhieu/", many.many, name="many"),
    path("nhieu/lay-lai/", many.undo, name="undo"),
    path("<uuid:evidence>/", one.evidence, name="evidence"),
]
