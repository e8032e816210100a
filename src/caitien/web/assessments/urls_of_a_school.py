"""Addresses of a school's self-assessments: where one lands, a new one."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.beginning import begin_from_file, begun, home, new, years
from caitien.web.assessments.views.framework import framework_of_year, use_again

urlpatterns = [
    path("", home, name="home"),
    path("moi/", new, name="new"),
    path("tu-tep/", begin_from_file, name="from_file"),
    path("cac-nam/", years, name="years"),
    path("<uuid:assessment>/khoi-dau/", begun, name="beginning"),
    path("<uuid:assessment>/khung/", framework_of_year, name="framework"),
    path("<uuid:assessment>/dung-lai/", use_again, name="use_again"),
]
