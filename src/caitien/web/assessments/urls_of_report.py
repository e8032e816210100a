"""Addresses of the words of the whole report, its documents, its approval."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.report import report, report_part

urlpatterns = [
    path("bao-cao/", report, name="report"),
    path("bao-cao/<slug:part>/", report_part, name="report_part"),
]
