"""Addresses of a plan's life: its states, below /truong/<school>/ke-hoach/<plan>/."""

from __future__ import annotations

from django.urls import path

from caitien.web.plans.views.life import ADDRESSES, life, step_views

urlpatterns = [
    path("vong-doi/", life, name="life"),
    *(path(f"vong-doi/{part}/", step_views[kind], name=f"step_{kind}") for kind, part in ADDRESSES.items()),
]
