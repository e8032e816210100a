"""Addresses of a school's self-assessments: where one lands, a new one."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.beginning import begin_from_file, begun, home, new, years

urlpatterns = [
    path("", home, name="home"),
    path("moi/", new, name="new"),
    path("tu-tep/", begin_from_file, name="from_file"),
    path("cac-nam/", years, name="years"),
    path("<uuid:assessment>/khoi-dau/", begun, name="beginning"),
]
