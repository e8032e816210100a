"""Addresses of files: looking at them, taking them."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import files

urlpatterns: list[URLPattern] = [
    path("tep/<uuid:attachment>/", files.view, name="file_view"),
    path("tep/<uuid:attachment>/tai-ve/", files.take, name="file"),
    path("tep/<uuid:attachment>/trang/<int:page>/", files.page, name="file_page"),
    path("tep/<uuid:attachment>/doc-lai/", files.read_again, name="file_read_again"),
]
