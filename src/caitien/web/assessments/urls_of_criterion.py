"""Addresses of a criterion's page."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.criterion import criterion

urlpatterns = [path("tieu-chi/<str:code>/", criterion, name="criterion")]
