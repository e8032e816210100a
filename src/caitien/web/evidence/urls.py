"""Addresses of evidence, below /truong/<school>/minh-chung/."""

from __future__ import annotations

from django.urls import include, path

app_name = "evidence"

urlpatterns = [
    path("", include("caitien.web.evidence.urls_of_uploads")),
    path("", include("caitien.web.evidence.urls_of_lists")),
    path("", include("caitien.web.evidence.urls_of_files")),
    path("", include("caitien.web.evidence.urls_of_evidence")),
]
