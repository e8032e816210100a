"""Addresses of a plan's life: its states, amendments, below /truong/<school>/ke-hoach/<plan>/."""

from __future__ import annotations

from django.urls import path

from caitien.web.plans.views.amendments import (
    amendment_drop,
    amendment_end,
    amendment_file,
    amendments,
    amendments_file,
)
from caitien.web.plans.views.life import ADDRESSES, life, step_views

urlpatterns = [
    path("vong-doi/", life, name="life"),
    *(path(f"vong-doi/{part}/", step_views[kind], name=f"step_{kind}") for kind, part in ADDRESSES.items()),
    path("dieu-chinh/", amendments, name="amendments"),
    path("dieu-chinh/bang.<slug:format>", amendments_file, name="amendments_file"),
    path("dieu-chinh/<uuid:amendment>/bang.<slug:format>", amendment_file, name="amendment_file"),
    path("dieu-chinh/<uuid:amendment>/xong/", amendment_end, name="amendment_end"),
    path("dieu-chinh/<uuid:amendment>/bo/", amendment_drop, name="amendment_drop"),
]
