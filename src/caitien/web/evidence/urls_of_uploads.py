"""Addresses of uploads and links."""

from __future__ import annotations

from django.urls import URLPattern, path

from caitien.web.evidence.views import links, tus, uploads

urlpatterns: list[URLPattern] = [
    path("tai-len/", uploads.upload, name="upload"),
    path("tai-len/dat-ten/", uploads.name_received, name="name_received"),
    path("tai-len/tep/", tus.new_upload, name="upload_new"),
    path("tai-len/tep/<uuid:upload>/", tus.piece, name="upload_piece"),
    path("tai-len/<uuid:upload>/bo/", uploads.drop, name="upload_drop"),
    path("tai-len/<uuid:upload>/da-co/", uploads.settle_same, name="upload_same"),
    path("duong-dan/", links.add_link, name="add_link"),
    path("duong-dan/kiem-tra/", links.check_links, name="check_links"),
    path("duong-dan/<uuid:attachment>/kiem-tra/", links.check_link, name="check_link"),
]
