"""Addresses of lists of evidence in and out, and the package."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import lists
from caitien.web.evidence.views.package import package
from caitien.web.evidence.views.renumber import code_table, renumber

urlpatterns: list[URLPattern] = [
    path("danh-muc/", lists.lists, name="lists"),
    path("danh-muc/tep.<slug:format>", lists.list_file, name="list_file"),
    path("danh-muc/nhap/<uuid:list>/", lists.list_read, name="list_read"),
    path("danh-muc/nhap/<uuid:list>/bo/", lists.list_discard, name="list_discard"),
    path("danh-muc/ma-moi/", renumber, name="renumber"),
    path("danh-muc/ma-moi/doi-chieu.xlsx", code_table, name="code_table"),
    path("goi/", package, name="package"),
]
