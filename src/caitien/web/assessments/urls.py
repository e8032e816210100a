"""Addresses of self-assessments, below /truong/<school>/tu-danh-gia/."""

from __future__ import annotations

from django.urls import include, path

app_name = "assessments"

urlpatterns = [
    path("", include("caitien.web.assessments.urls_of_a_school")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_board")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_criterion")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_weaknesses")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_council")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_report")),
    path("<uuid:assessment>/", include("caitien.web.assessments.urls_of_data")),
]
